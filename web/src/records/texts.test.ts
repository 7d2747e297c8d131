import { describe, expect, it } from 'vitest';
import crmEn from '../crm/texts.en.json';
import crmJa from '../crm/texts.ja.json';
import fieldsEn from '../fields/texts.en.json';
import fieldsJa from '../fields/texts.ja.json';
import recordsEn from './texts.en.json';
import recordsJa from './texts.ja.json';

function keysOf(texts: unknown, path = ''): string[] {
  if (typeof texts === 'string') return [`${path} ${(texts.match(/\{\{\w+\}\}/g) ?? []).sort().join()}`];
  return Object.entries(texts as Record<string, unknown>)
    .flatMap(([key, inner]) => keysOf(inner, `${path}.${key}`))
    .sort();
}

describe('texts', () => {
  it.each([
    ['fields', fieldsJa, fieldsEn],
    ['records', recordsJa, recordsEn],
    ['crm', crmJa, crmEn],
  ])('%s has the same texts with the same values in both languages', (_name, ja, en) => {
    expect(keysOf(en)).toEqual(keysOf(ja));
  });
});
