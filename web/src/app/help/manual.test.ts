import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { anchorOf, chapters, foldWords, searchManual, sectionsOf } from './manual';
import { allPlaces, knownPaths, placeOf } from './places';

const docs = new URL('../../../../docs/', import.meta.url);
const text = (name: string) => readFileSync(new URL(`${name}.md`, docs), 'utf8');
const sections = chapters.flatMap(({ name }) => sectionsOf(name, text(name)));

describe('the manual', () => {
  it('holds every file of docs but the state of the product, under its own title', () => {
    const files = readdirSync(docs).filter((file) => file.endsWith('.md') && file !== 'status.md');
    expect(chapters.map(({ name }) => `${name}.md`).sort()).toEqual(files.sort());
    for (const { name, title } of chapters)
      expect(sections.find(({ chapter }) => chapter === name)?.heading).toBe(title);
  });

  it('leads to places that are there', () => {
    for (const { chapter, heading } of allPlaces)
      if (heading)
        expect(sections.filter((each) => each.chapter === chapter).map((each) => each.heading)).toContain(
          heading,
        );
  });

  it('knows every screen', () => {
    const router = readFileSync(new URL('../router.tsx', import.meta.url), 'utf8');
    const under = new Set(['login', 'setup', 'invite', '$', 'help']);
    const routes = [
      ...router.matchAll(/const (\w+) = createRoute\(\{\s*getParentRoute: \(\) => (\w+),\s*path: '([^']*)'/g),
    ]
      .filter(([, , parent]) => parent !== 'root')
      .map(([, , parent, path]) => (parent === 'settings' ? `/settings${path}` : (path ?? '')))
      .filter((path) => !under.has(path.split('/').filter(Boolean)[0] ?? path));
    expect(routes.length).toBeGreaterThan(20);
    const missing = routes.filter((route) => {
      const first = route.replace(/\$\w+/g, ':').replace(/\/$/, '') || '/';
      return !knownPaths.some((path) => first === path || (path !== '/' && first.startsWith(`${path}/`)));
    });
    expect(missing).toEqual([]);
  });

  it('chooses the place of the screen', () => {
    expect(placeOf('/').heading).toBe('今日の画面');
    expect(placeOf('/o/companies').heading).toBe('一覧の表に打ち込む');
    expect(placeOf('/o/deals', { as: 'board' }).heading).toBe('板で見る');
    expect(placeOf('/o/companies', { as: 'area' }).heading).toBe('地域で見る');
    expect(placeOf('/o/companies/1').heading).toBe('お客様のページ');
    expect(placeOf('/o/companies/compare/1').chapter).toBe('export');
    expect(placeOf('/import/9').chapter).toBe('import');
    expect(placeOf('/settings/fields').heading).toBe('独自の項目');
  });
});

describe('anchors', () => {
  it('are those of the pages of the repository', () => {
    expect(anchorOf('Excel で直して戻す')).toBe('excel-で直して戻す');
    expect(anchorOf('2 つの記録を 1 つにする（統合）')).toBe('2-つの記録を-1-つにする統合');
    expect(anchorOf('プログラムから使う: トークン')).toBe('プログラムから使う-トークン');
  });

  it('are what the links inside the manual say', () => {
    const known = new Set(sections.map(({ chapter, heading }) => `${chapter}.md#${anchorOf(heading)}`));
    for (const { name } of chapters)
      for (const [, link] of text(name).matchAll(/\]\(([a-z]+\.md#[^)]+)\)/g)) expect(known).toContain(link);
  });
});

describe('looking for a word', () => {
  it('does not mind width, case and kana', () => {
    expect(foldWords('ＥＸＣＥＬ タグ')).toBe('excel たぐ');
    const found = searchManual(sections, 'ｅｘｃｅｌ なおして');
    expect(found).toEqual([]);
    expect(searchManual(sections, 'ｅｘｃｅｌ 直して').map(({ section }) => section.heading)).toContain(
      'Excel で直して戻す',
    );
  });

  it('puts headings first and says where the word stands', () => {
    const [first] = searchManual(sections, '整備度');
    expect(first?.section.heading).toContain('整備度');
    expect(searchManual(sections, '存在しない言葉の列')).toEqual([]);
    expect(searchManual(sections, '  ')).toEqual([]);
  });

  it('does not take a comment in a code block for a heading', () => {
    expect(sectionsOf('start', '# 題\n```\n# 説明\n```\n言葉').map(({ heading }) => heading)).toEqual(['題']);
  });
});
