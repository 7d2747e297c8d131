import type { ObjectMeta } from '@/api';

const kTargets = ['company', 'person', 'deal', 'contract'];

/** Whether plans can be begun on records of the object at all. */
export function takesPlans(object: ObjectMeta): boolean {
  return kTargets.includes(object.key);
}
