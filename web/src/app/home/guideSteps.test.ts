import { describe, expect, it } from 'vitest';
import { type GuideFacts, guideSteps, stepsDone } from './guideSteps';

const nothing: GuideFacts = {
  company: false,
  customers: false,
  colleagues: false,
  activity: false,
  task: false,
};

describe('the first steps', () => {
  it('are done by what is in the ledger, not by looking at the place', () => {
    const steps = guideSteps.owner;
    expect(stepsDone(steps, nothing, ['company', 'import'])).toEqual(new Set());
    expect(stepsDone(steps, { ...nothing, company: true, customers: true }, [])).toEqual(
      new Set(['company', 'import']),
    );
  });

  it('that leave nothing behind are done once their place was opened', () => {
    expect(stepsDone(guideSteps.viewer, nothing, ['find', 'elsewhere'])).toEqual(new Set(['find']));
  });

  it('never send anybody where the role may not go', () => {
    for (const role of ['member', 'viewer'] as const)
      expect(guideSteps[role].filter((step) => /^\/(settings|import)/.test(step.to))).toEqual([]);
  });
});
