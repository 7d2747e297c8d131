import { describe, expect, it } from 'vitest';
import type { ObjectMeta } from '@/api';
import { valueText } from './valueText';

const stage = {
  key: 'stage',
  kind: 'choice',
  label: { ja: '段階', en: 'Stage' },
  comparison: 'choice',
  options: [{ key: 'lead', label: { ja: '見込み', en: 'Lead' } }],
};
const owner = { key: 'owner_id', kind: 'user', label: { ja: '担当者', en: 'Owner' }, comparison: 'link' };
const company = { key: 'company', fields: [stage, owner] } as unknown as ObjectMeta;
const text = (key: string, value: Parameters<typeof valueText>[2]) => valueText(company, key, value, 'ja');

describe('valueText', () => {
  it('puts a value of a field in words', () => {
    expect(text('stage', 'lead')).toBe('見込み');
    expect(text('owner_id', { id: 'u1', title: '山田 太郎' })).toBe('山田 太郎');
    expect(text('stage', null)).toBe('');
  });

  it('leaves what is in words already', () => {
    expect(text('stage', '休眠')).toBe('休眠');
    expect(text('phone', '03-1234-56')).toBe('03-1234-56');
  });

  it('says what is no field of the object: the day of a task, but not that a field is hidden', () => {
    expect(text('task', '2031-04-01')).toBe('2031年4月1日(火)');
    expect(text('hidden', true)).toBe('');
  });
});
