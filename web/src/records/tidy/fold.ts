import type { TidyChoice } from '@/api';

/** What was decided about a group so far: which spelling stays, and which are another thing after all. */
export interface FoldChoice {
  stays: string;
  apart: ReadonlySet<string>;
}

export function proposedFold(group: TidyChoice): FoldChoice {
  return { stays: group.proposal, apart: new Set() };
}

/** The spelling that stays is one of those that are folded. */
export function keep(choice: FoldChoice, value: string): FoldChoice {
  const apart = new Set(choice.apart);
  apart.delete(value);
  return { stays: value, apart };
}

export function toggleApart(choice: FoldChoice, value: string): FoldChoice {
  if (value === choice.stays) return choice;
  const apart = new Set(choice.apart);
  if (!apart.delete(value)) apart.add(value);
  return { ...choice, apart };
}

/** The spellings that give way, and in how many records. */
export function folded(group: TidyChoice, choice: FoldChoice): { values: string[]; count: number } {
  const giving = group.values.filter(({ value }) => value !== choice.stays && !choice.apart.has(value));
  return {
    values: giving.map(({ value }) => value),
    count: giving.reduce((sum, { count }) => sum + count, 0),
  };
}
