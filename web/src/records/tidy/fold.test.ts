import { describe, expect, it } from 'vitest';
import { folded, keep, proposedFold, toggleApart } from './fold';

const group = {
  field: 'department',
  label: '部署',
  values: [
    { value: '営業部', count: 12 },
    { value: '営業部 ', count: 3 },
    { value: 'ｴｲｷﾞｮｳ部', count: 1 },
  ],
  proposal: '営業部',
  count: 16,
};

describe('fold', () => {
  it('folds all other spellings to the proposed one', () => {
    expect(folded(group, proposedFold(group))).toEqual({ values: ['営業部 ', 'ｴｲｷﾞｮｳ部'], count: 4 });
  });

  it('leaves out what is another thing', () => {
    const choice = toggleApart(proposedFold(group), 'ｴｲｷﾞｮｳ部');

    expect(folded(group, choice)).toEqual({ values: ['営業部 '], count: 3 });
    expect(folded(group, toggleApart(choice, 'ｴｲｷﾞｮｳ部')).count).toBe(4);
  });

  it('never leaves out the spelling that stays', () => {
    const apart = toggleApart(proposedFold(group), 'ｴｲｷﾞｮｳ部');

    expect(folded(group, keep(apart, 'ｴｲｷﾞｮｳ部'))).toEqual({ values: ['営業部', '営業部 '], count: 15 });
    expect(toggleApart(apart, '営業部')).toBe(apart);
  });
});
