import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const src = fileURLToPath(new URL('../../', import.meta.url));
const folders = readdirSync(src, { withFileTypes: true }).filter((entry) => entry.isDirectory());

function flatten(texts: object, prefix = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    const name = prefix ? `${prefix}.${key}` : key;
    if (typeof value === 'string') found.set(name, value);
    else for (const [inner, text] of flatten(value as object, name)) found.set(inner, text);
  }
  return found;
}

function textsOf(folder: string, language: string): Map<string, string> | undefined {
  const found = new Map<string, string>();
  for (const name of [`texts.${language}.json`, `texts.later.${language}.json`]) {
    const path = join(src, folder, name);
    if (!existsSync(path)) continue;
    for (const [key, text] of flatten(JSON.parse(readFileSync(path, 'utf8')) as object)) found.set(key, text);
  }
  return found.size > 0 ? found : undefined;
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1] ?? '').sort();
}

const withTexts = folders.map((folder) => folder.name).filter((name) => textsOf(name, 'ja'));

describe('texts', () => {
  it.each(withTexts)('%s has the same keys and placeholders in both languages', (folder) => {
    const ja = textsOf(folder, 'ja') ?? new Map<string, string>();
    const en = textsOf(folder, 'en') ?? new Map<string, string>();

    expect([...en.keys()].sort()).toEqual([...ja.keys()].sort());
    for (const [key, text] of ja)
      expect([key, ...placeholders(en.get(key) ?? '')]).toEqual([key, ...placeholders(text)]);
  });

  it.each(withTexts)('%s has no Japanese in its English texts', (folder) => {
    const left = [...(textsOf(folder, 'en') ?? [])].filter(([, text]) =>
      /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}\u3000-\u303f]/u.test(text),
    );

    expect(left).toEqual([]);
  });

  it('holds every key that the sources name', () => {
    const known = new Set<string>();
    for (const folder of withTexts)
      for (const key of textsOf(folder, 'ja')?.keys() ?? []) known.add(`${folder}.${key}`);
    const missing: string[] = [];
    for (const entry of readdirSync(src, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.tsx?$/.test(entry.name) || entry.name.includes('.test.')) continue;
      const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
      // Either t('folder.key'), or t('key') in a file whose texts are useTranslation('folder').
      const namespace = /useTranslation\('(\w+)'\)/.exec(text)?.[1];
      for (const [, key = ''] of text.matchAll(/(?<![\w.])(?:i18next\.)?t\(\s*'([^']+)'/g)) {
        const full = namespace ? `${namespace}.${key}` : key;
        if (!known.has(full) && !known.has(`${full}_other`)) missing.push(`${entry.name}: ${full}`);
      }
    }

    expect(missing).toEqual([]);
  });
});
