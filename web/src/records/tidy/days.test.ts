import { describe, expect, it } from 'vitest';
import { kMostDays, validDays } from './days';

describe('validDays', () => {
  it('takes whole days; none at all is never', () => {
    expect(validDays({ lead: 60, customer: '90', lost: 0 })).toEqual({ lead: 60, customer: 90, lost: 0 });
  });

  it.each([{ lead: '' }, { lead: -3 }, { lead: 1.5 }, { lead: kMostDays + 1 }])(
    'waits while one of them cannot be: %j',
    (values) => {
      expect(validDays({ ...values, customer: 90 })).toBeUndefined();
    },
  );
});
