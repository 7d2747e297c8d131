import type { Filter, Session } from '@/api';

/** Whose work the home screen shows. */
export type Whose = 'mine' | 'team' | 'all';
export const everyWhose: readonly Whose[] = ['mine', 'team', 'all'];

/** Whose records: as a condition; undefined for everybody's. Who is in no team has no "team". */
export function ofWhom(
  whose: Whose,
  user: Session['user'] | undefined,
  unclaimed?: boolean,
): Filter | undefined {
  if (whose === 'all') return undefined;
  const teams = user?.teams.map((team) => team.id) ?? [];
  if (whose === 'team' && teams.length > 0) return { team_id: { in: teams } };
  const mine: Filter = { owner_id: { eq: 'me' } };
  return unclaimed ? { or: [mine, { owner_id: { empty: true } }] } : mine;
}
