import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FieldMeta, ObjectMeta, RuleInput } from '@/api';
import en from '../../texts.later.en.json';
import ja from '../../texts.later.ja.json';
import { asKind, fieldsFor, isWhole, newRule, opsFor } from './ruleDraft';
import { ruleSentence } from './ruleSentence';

const field = (key: string, ja: string, more: Partial<FieldMeta>): FieldMeta => ({
  id: 1,
  key,
  kind: 'text',
  comparison: 'text',
  label: { ja, en: key },
  ...more,
});
const object = {
  key: 'company',
  fields: [
    field('name', '会社名', {}),
    field('stage', '段階', {
      kind: 'choice',
      comparison: 'choice',
      options: [
        { key: 'prospect', label: { ja: '見込み', en: 'Prospect' } },
        { key: 'negotiating', label: { ja: '商談中', en: 'Negotiating' } },
      ],
    }),
    field('founded_on', '設立日', { kind: 'date', comparison: 'date' }),
    field('employees', '従業員数', { kind: 'integer', comparison: 'number' }),
    field('total', '合計', { kind: 'money', comparison: 'number', read_only: true }),
  ],
} as unknown as ObjectMeta;

beforeAll(async () => {
  await i18next.init({
    lng: 'ja',
    resources: { ja: { translation: { app: ja } }, en: { translation: { app: en } } },
    interpolation: { escapeValue: false },
  });
});

function said(rule: Partial<RuleInput>, language: 'ja' | 'en' = 'ja') {
  return ruleSentence(
    object,
    { ...newRule('company'), ...rule },
    { t: i18next.getFixedT(language), label: (text) => text?.[language] ?? '' },
  );
}

describe('ruleSentence', () => {
  it('says a rule as one would', () => {
    expect(said({ check: { kind: 'required', fields: ['name'] } })).toBe('「会社名」を必ず入れる');
    expect(
      said({
        when: [{ field: 'stage', op: 'from', value: 'negotiating' }],
        check: { kind: 'required', fields: ['employees'] },
      }),
    ).toBe('「段階」が「商談中」から先のときは、「従業員数」を必ず入れる');
    expect(said({ check: { kind: 'range', field: 'founded_on', greatest: 'today' } })).toBe(
      '「設立日」は今日以下（以前）にする',
    );
    expect(said({ check: { kind: 'range', field: 'employees', least: 1, greatest: 1000 } })).toBe(
      '「従業員数」は1から1,000までにする',
    );
    expect(said({ check: { kind: 'unique', fields: ['name'] } }, 'en')).toContain('name');
  });
});

describe('ruleDraft', () => {
  it('offers only what fits', () => {
    expect(fieldsFor(object, 'required').map((each) => each.key)).not.toContain('total');
    expect(fieldsFor(object, 'range').map((each) => each.key)).toEqual(['founded_on', 'employees', 'total']);
    expect(opsFor(object.fields[1])).toContain('from');
    expect(opsFor(object.fields[3])).not.toContain('from');
  });
  it('keeps the field where it fits', () => {
    expect(asKind(object, { kind: 'required', fields: ['employees'] }, 'range')).toEqual({
      kind: 'range',
      field: 'employees',
    });
    expect(asKind(object, { kind: 'required', fields: ['stage'] }, 'range').field).toBeUndefined();
  });
  it('knows when a sentence is whole', () => {
    expect(isWhole(newRule('company'))).toBe(false);
    expect(isWhole({ ...newRule('company'), check: { kind: 'required', fields: ['name'] } })).toBe(true);
    expect(
      isWhole({
        ...newRule('company'),
        when: [{ field: 'stage', op: 'in', values: [] }],
        check: { kind: 'required', fields: ['name'] },
      }),
    ).toBe(false);
  });
});
