import type { FieldUse, FormCounts, UsageOfUser } from '@/api/usage';

// What the page makes of the numbers; the words are the page's.

const dayMs = 86_400_000;
/** Too few to say anything of a field. */
export const fewRecords = 20;
/** Fewer than this share has it: hardly anybody fills it in. */
const hardly = 0.02;
const mostHints = 8;
/** An invitation is good for a week; after three days it is worth a word. */
const invitedAfterDays = 3;
const formsBegun = 10;
const formsLeft = 0.3;

export const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0);
export const daysWith = (days: readonly number[]) => days.filter((each) => each > 0).length;

/** The day of the place `at` in `days`, of which the last is `today`. */
export function dayAt(today: string, length: number, at: number): string {
  return new Date(Date.parse(`${today}T00:00:00Z`) - (length - 1 - at) * dayMs).toISOString().slice(0, 10);
}

export type Hint =
  | { kind: 'quiet'; user: UsageOfUser; days: number; aWeek: number }
  | { kind: 'invited'; user: UsageOfUser; days: number }
  | { kind: 'absent'; user: UsageOfUser }
  | { kind: 'form'; counts: FormCounts; field: string };

/** Whom and what to look after: who stopped first, the longest silence last, as it can be mended least. */
export function hintsOf(users: readonly UsageOfUser[], forms: readonly FormCounts[], now: number): Hint[] {
  const out: Hint[] = [];
  const silent = users
    .filter((user) => user.state === 'quiet' || user.state === 'stopped')
    .sort((a, b) => a.silent_days - b.silent_days);
  for (const user of silent)
    out.push({ kind: 'quiet', user, days: user.silent_days, aWeek: user.a_week_before });
  for (const user of users) {
    const days = user.created_at ? Math.floor((now - Date.parse(user.created_at)) / dayMs) : 0;
    if (user.state === 'invited' && days >= invitedAfterDays) out.push({ kind: 'invited', user, days });
    if (user.state === 'absent' && days >= invitedAfterDays) out.push({ kind: 'absent', user });
  }
  for (const counts of forms) {
    const [worst] = counts.fields;
    if (worst && counts.opened >= formsBegun && counts.left >= counts.opened * formsLeft)
      out.push({ kind: 'form', counts, field: worst.field });
  }
  return out.slice(0, mostHints);
}

export interface Filled {
  field: string;
  filled: number;
  share: number;
}
/** The emptiest first. */
export function filledOf(use: FieldUse): Filled[] {
  return use.fields
    .map(({ field, filled }) => ({ field, filled, share: use.of === 0 ? 0 : filled / use.of }))
    .sort((a, b) => a.share - b.share);
}
export const isHardlyUsed = (filled: Filled) => filled.share < hardly;

export interface TeamUse {
  id: string;
  users: UsageOfUser[];
  days: number[];
  active: number;
}
/** A person in two teams counts in both; who is in none stands last, under ''. */
export function teamsOf(users: readonly UsageOfUser[], teams: readonly { id: string }[]): TeamUse[] {
  return [...teams.map((team) => team.id), '']
    .map((id) => {
      const own = users.filter((user) =>
        id === '' ? user.team_ids.length === 0 : user.team_ids.includes(id),
      );
      const days = own.reduce<number[]>(
        (sum, user) => user.days.map((count, at) => count + (sum[at] ?? 0)),
        [],
      );
      return { id, users: own, days, active: own.filter((user) => user.state === 'active').length };
    })
    .filter((team) => team.users.length > 0);
}

/** Entries added up by what they are of, or by their road; the most first. */
export function entriesBy(users: readonly UsageOfUser[], by: 'object' | 'road'): [string, number][] {
  const sums = new Map<string, number>();
  for (const { entries } of users)
    for (const entry of entries)
      sums.set(entry[by], (sums.get(entry[by]) ?? 0) + entry.made + entry.changed + entry.removed);
  return [...sums].sort((a, b) => b[1] - a[1]);
}

/** A span in the unit that says it best. */
export function spanOf(minutes: number): { unit: 'now' | 'minutes' | 'hours' | 'days'; count: number } {
  if (minutes < 1) return { unit: 'now', count: 0 };
  if (minutes < 60) return { unit: 'minutes', count: minutes };
  if (minutes < 48 * 60) return { unit: 'hours', count: Math.round(minutes / 60) };
  return { unit: 'days', count: Math.round(minutes / 1440) };
}
