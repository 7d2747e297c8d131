import { api } from './client';
import { keptVault, queueVault } from './device';
import { isApiError } from './error';
import { readKept } from './kept';
import { type RowAnswer, sendRows } from './rows';
import type { RecordWritten, Values } from './types';
import { reseal, seal, unkeep, unsealAll, vaultUser } from './vault';

// What was written without a line, in the order in which it is sent when there is one. Each has a key by which the server knows it
// again (Idempotency-Key), so that one whose answer was lost on the way is not written twice. Nothing leaves the queue but what the
// server has taken and what its writer gives up.

export interface Waiting {
  id: string;
  /** When it was written. */
  at: string;
  /** For the list: whom it is about, and what was written. */
  about: string;
  text: string;
  plural: string;
  write:
    | { do: 'create'; values: Values; parts?: Record<string, Values[]> }
    | { do: 'update'; id: string; version: number; values: Values };
  /** When it was first sent without hearing of it. */
  tried?: string;
  /** Why the server did not take it. */
  refused?: { code: string; messages: string[] };
}

// The server remembers a key for a day from the moment when it took it.
const keyMs = 23 * 3_600_000;

/** Whether nobody can say any more if it arrived: sent again it might be there twice. */
export function isUnsure(item: Waiting, now: number): boolean {
  return item.tried !== undefined && now - Date.parse(item.tried) > keyMs;
}

/** What an answer means for one that waits. */
export function outcomeOf(error: unknown): 'later' | 'signIn' | 'refused' {
  if (!isApiError(error)) return 'later';
  if (error.status === 401) return 'signIn';
  if (error.status === 0 || error.status === 408 || error.status === 429 || error.status >= 500)
    return 'later';
  return 'refused';
}

const listeners = new Set<() => void>();
export function subscribeQueue(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
const tell = () => {
  for (const listener of listeners) listener();
};

/** A key for a write, sent with the first attempt and every later one. Sorts by time. */
export function newWaitingId(): string {
  return `${String(Date.now()).padStart(15, '0')}-${crypto.randomUUID()}`;
}

export async function enqueue(user: string, item: Waiting): Promise<void> {
  await seal(queueVault, user, item.id, item);
  tell();
}
export async function waitingOf(user: string): Promise<Waiting[]> {
  try {
    return (await unsealAll(queueVault, user)).map(({ value }) => value as Waiting);
  } catch {
    return []; // switched off in this browser
  }
}
/** How many wait on this device, whoever's they are. */
export async function waitingCount(): Promise<number> {
  const user = await vaultUser(queueVault);
  return user === undefined ? 0 : (await waitingOf(user)).length;
}
export async function giveUp(id: string): Promise<void> {
  await unkeep(queueVault, id);
  tell();
}
/** Sends one again that was refused or is unsure: as a new one, for its writer has looked at it. Not one that is gone meanwhile. */
export async function tryAgain(user: string, item: Waiting): Promise<void> {
  const { tried: _tried, refused: _refused, ...rest } = item;
  const again = { ...rest, id: newWaitingId() };
  await reseal(queueVault, user, item.id, again, again.id);
  tell();
}

class Refused extends Error {
  constructor(readonly answer: NonNullable<RowAnswer['error']>) {
    super(answer.title);
  }
}

async function deliver({ id, plural, write }: Waiting): Promise<void> {
  if (write.do === 'create') {
    await api.post<RecordWritten>(
      `/${plural}`,
      { ...write.values, ...write.parts },
      { headers: { 'Idempotency-Key': id } },
    );
    return;
  }
  const operation = { op: 'update' as const, id: write.id, version: write.version, values: write.values };
  const { answers } = await sendRows({ key: '', plural }, [operation], id);
  if (answers[0]?.error) throw new Refused(answers[0].error);
}

function reason(error: unknown): NonNullable<Waiting['refused']> {
  if (error instanceof Refused) {
    const { code, title, problems } = error.answer;
    return { code, messages: [title, ...problems.map((problem) => problem.message)] };
  }
  if (!isApiError(error)) return { code: '', messages: [] };
  return { code: error.code, messages: [error.title, ...error.problems.map((problem) => problem.message)] };
}

/** A task that is done is done in what is kept too: ticked off once more it would be refused. */
async function settleKept(user: string, { write }: Waiting): Promise<void> {
  if (write.do !== 'update') return;
  try {
    const kept = await readKept();
    if (kept?.user !== user) return;
    const customers = kept.customers.map((customer) => ({
      ...customer,
      reasons: customer.reasons.filter(({ task }) => task?.id !== write.id),
    }));
    await reseal(keptVault, user, 'today', { ...kept, customers });
  } catch {
    // It is sent all the same; what is kept is asked for anew before long.
  }
}

async function settle(user: string, item: Waiting): Promise<'sent'> {
  await settleKept(user, item);
  await unkeep(queueVault, item.id);
  return 'sent';
}

type Outcome = 'sent' | 'later' | 'signIn' | 'refused' | 'gone';

async function sendOne(user: string, item: Waiting): Promise<Outcome> {
  // Known before it is sent: a page that is closed in between must not take it for one that never left. And what was given up, or
  // erased with the device, while the one before it was under way is not sent.
  const tried = { ...item, tried: item.tried ?? new Date().toISOString() };
  if (!(await reseal(queueVault, user, item.id, tried))) return 'gone';
  try {
    await deliver(item);
  } catch (error) {
    // It had arrived, the answer had not: the key is known, with the words of the first attempt.
    if (isApiError(error, 'idempotency_reused')) return settle(user, item);
    const outcome = error instanceof Refused ? 'refused' : outcomeOf(error);
    if (outcome === 'refused') await reseal(queueVault, user, item.id, { ...item, refused: reason(error) });
    return outcome;
  }
  return settle(user, item);
}

/** Sends what waits, one after the other, oldest first; stops where the line ends. Answers how many arrived. One page at a time. */
export async function sendWaiting(user: string): Promise<number> {
  const work = async () => {
    let sent = 0;
    for (const item of await waitingOf(user)) {
      if (item.refused || isUnsure(item, Date.now())) continue;
      const outcome = await sendOne(user, item);
      tell();
      if (outcome === 'sent') sent++;
      else if (outcome === 'later' || outcome === 'signIn') break;
    }
    return sent;
  };
  if (!navigator.locks) return work();
  return navigator.locks.request('daifuku-queue', { ifAvailable: true }, async (lock) => (lock ? work() : 0));
}
