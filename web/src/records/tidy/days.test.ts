import { describe, expect, it } from 'vitest';
import { kMostDays, validDays } from './days';

describe('validDays', () => {
  it('takes whole days from one on', () => {
    expect(validDays({ lead: 60, customer: '90' })).toEqual({ lead: 60, customer: 90 });
  });

  it.each([{ lead: '' }, { lead: 0 }, { lead: -3 }, { lead: 1.5 }, { lead: kMostDays + 1 }])(
    'waits while one of them cannot be: %j',
    (values) => {
      expect(validDays({ ...values, customer: 90 })).toBeUndefined();
    },
  );
});
