import { describe, expect, it } from 'vitest';
import { byReason } from './byReason';

describe('byReason', () => {
  it('says each reason once, the most frequent first', () => {
    const skipped = [
      { title: '甲', reason: '変更する権限がありません' },
      { title: '乙', reason: '担当者がいません' },
      { title: '丙', reason: '担当者がいません' },
      { title: '丁', reason: '担当者がいません' },
    ];

    expect(byReason(skipped, 2)).toEqual([
      { reason: '担当者がいません', titles: ['乙', '丙'], count: 3 },
      { reason: '変更する権限がありません', titles: ['甲'], count: 1 },
    ]);
    expect(byReason([], 2)).toEqual([]);
  });
});
