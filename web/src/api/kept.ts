import { eraseKept, erasings, keptVault } from './device';
import type { Label, Values } from './types';
import { seal, unsealAll, vaultUser } from './vault';

// The customers of the day as they are kept on the device: words ready to be read, for no metadata is at hand there, and only what is
// needed on the way to a customer.

export interface KeptEntry {
  kind: 'call' | 'visit' | 'note';
  plural: string;
  /** What the record begins with: its kind, and which customers it is about. */
  values: Values;
  /** Where what is typed goes; a field that may not be written is not here. */
  text: string;
  at?: string;
  nextText?: string;
  nextDate?: string;
}
export interface KeptReason {
  /** The day, or the moment of a visit. */
  at: string;
  text: string;
  /** A task that can be ticked off. */
  task?: { plural: string; id: string; version: number; finish: Values };
}
export interface KeptCustomer {
  object: string;
  plural: string;
  id: string;
  label: Label;
  icon: string;
  title: string;
  kana: string;
  phones: { label: Label; number: string }[];
  mails: string[];
  address: string;
  facts: { label: Label; text: string }[];
  timeline: { at: string; kind: Label; title: string; text: string }[];
  reasons: KeptReason[];
  pinned: boolean;
  entries: KeptEntry[];
}
export interface Kept {
  user: string;
  /** When it was asked of the server. */
  at: string;
  customers: KeptCustomer[];
}

/** No longer than a sign-in lasts at the server. */
export const keptHours = 12;

/** Whether it may still be shown. A clock that was set back makes nothing young again. */
export function isFresh(at: string, now: number): boolean {
  const age = now - Date.parse(at);
  return age >= 0 && age < keptHours * 3_600_000;
}

/** Keeps it in the place of what was there, unless the device was erased since `epoch`. */
export async function keep(kept: Kept, epoch: number): Promise<void> {
  if (epoch === erasings()) await seal(keptVault, kept.user, 'today', kept);
  // Erased while it was written: the same again.
  if (epoch !== erasings()) await eraseKept();
}

/** What the device has; what is too old is removed when it is found. */
export async function readKept(now = Date.now()): Promise<Kept | undefined> {
  const user = await vaultUser(keptVault);
  if (user === undefined) return undefined;
  const [found] = await unsealAll(keptVault, user);
  const kept = found?.value as Kept | undefined;
  if (kept && isFresh(kept.at, now)) return kept;
  await eraseKept();
  return undefined;
}
