import type { Role } from '@/api';

/** What is known of somebody's beginnings; a step without such a fact is done once its place was opened. */
export interface GuideFacts {
  company: boolean;
  customers: boolean;
  colleagues: boolean;
  activity: boolean;
  task: boolean;
}

export interface GuideStep {
  key: 'company' | 'import' | 'colleagues' | 'inventory' | 'find' | 'call' | 'next' | 'calendar' | 'manual';
  to: string;
  fact?: keyof GuideFacts;
}

const company: GuideStep = { key: 'company', to: '/settings/company', fact: 'company' };
const imports: GuideStep = { key: 'import', to: '/import', fact: 'customers' };
const colleagues: GuideStep = { key: 'colleagues', to: '/settings/users', fact: 'colleagues' };
const inventory: GuideStep = { key: 'inventory', to: '/settings/inventory' };
const find: GuideStep = { key: 'find', to: '/search' };
const call: GuideStep = { key: 'call', to: '/o/companies', fact: 'activity' };
const next: GuideStep = { key: 'next', to: '/calendar', fact: 'task' };
const calendar: GuideStep = { key: 'calendar', to: '/calendar' };
const manual: GuideStep = { key: 'manual', to: '/help' };

/** The first steps of each role: who sets the ledger up, who leads, who sells, who only looks. */
export const guideSteps: Readonly<Record<Role, readonly GuideStep[]>> = {
  owner: [company, inventory, imports, colleagues, call],
  manager: [imports, colleagues, call, next],
  member: [find, call, next, manual],
  viewer: [find, calendar, manual],
};

/** Which steps are behind somebody. */
export function stepsDone(
  steps: readonly GuideStep[],
  facts: GuideFacts,
  opened: readonly string[],
): Set<string> {
  return new Set(
    steps
      .filter((step) => (step.fact ? facts[step.fact] : opened.includes(step.key)))
      .map((step) => step.key),
  );
}
