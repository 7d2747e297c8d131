// What a screen reader is told, by the accessibility tree: places, headings, names, and what changes while one works.
import { expect, type Page, test } from '@playwright/test';
import { call, type Running, signIn, startServer } from './server.ts';

let server: Running;
test.beforeAll(async () => {
  server = await startServer({ demo: 20 });
});
test.afterAll(async () => server.stop());

const operated = /^- (?:'?)(button|link|textbox|combobox|searchbox|checkbox|radio|switch|slider|spinbutton|tab|menuitem|dialog|grid)\b(?! ")/;

/** Lines of the tree that stand for something to use and have no name. */
async function nameless(page: Page): Promise<string[]> {
  const tree = await page.locator('body').ariaSnapshot();
  return tree
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => operated.test(line));
}

async function headingLevels(page: Page): Promise<number[]> {
  const tree = await page.locator('body').ariaSnapshot();
  return [...tree.matchAll(/heading [^\n]*\[level=(\d)\]/g)].map((match) => Number(match[1]));
}

test('every screen has its places, its headings in order, and a name for all that is used', async ({ page, viewport }) => {
  await signIn(page, server);
  const { items } = await call<{ items: { id: string }[] }>(page, 'GET', '/companies?limit=1&sort=-order_total&fields=name');
  const wrong: string[] = [];
  for (const path of [
    '/',
    '/o/companies',
    '/o/deals?as=board',
    '/o/tasks?as=calendar',
    `/o/companies/${items[0]?.id}`,
    '/calendar',
    '/search?q=a',
    '/import',
    '/duplicates',
    '/tidy',
    '/settings/fields',
    '/settings/objects',
    '/settings/inventory',
    '/help',
  ]) {
    await page.goto(server.url + path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
    const problems = await nameless(page);
    if ((await page.getByRole('main').count()) !== 1) problems.push('one main place');
    const menus = (viewport?.width ?? 0) > 600 ? page.getByRole('navigation', { name: 'メニュー' }) : page.getByRole('navigation');
    if ((await menus.count()) === 0) problems.push('a named menu');
    const levels = await headingLevels(page);
    if (levels.filter((level) => level === 1).length !== 1) problems.push(`headings of the first level: ${levels}`);
    if (levels.some((level, at) => level - (levels[at - 1] ?? 0) > 1)) problems.push(`a level left out: ${levels}`);
    if (!(await page.title())) problems.push('a title');
    wrong.push(...problems.map((problem) => `${path}: ${problem}`));
  }
  expect(wrong).toEqual([]);
});

test('a cell says where it stands, what is in it and that it was saved', { tag: '@desk' }, async ({ page }) => {
  await signIn(page, server);
  await page.goto(`${server.url}/o/companies?columns=phone,employees&sort=name`);
  const grid = page.getByRole('grid');
  await expect(grid).toHaveAttribute('aria-rowcount', /\d+/);
  await expect(grid).toHaveAttribute('aria-colcount', /\d+/);
  await expect(grid.getByRole('columnheader', { name: '従業員数' })).toHaveAttribute('aria-colindex', '4');
  await grid.locator('[aria-rowindex="2"] [aria-colindex="3"]').click();
  await expect(page.getByRole('textbox', { name: /^代表電話、1 行目/ })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('textbox', { name: /^従業員数、1 行目/ })).toBeFocused();
  await page.keyboard.type('321');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: '保存しました' })).toBeVisible();
});

test('a dialog has a name, takes the focus and gives it back; what is wrong is said at its box', async ({ page }) => {
  await signIn(page, server);
  await page.goto(`${server.url}/o/companies`);
  const open = page.getByRole('button', { name: '新規', exact: true });
  await open.click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toHaveAccessibleName(/会社/);
  expect(await dialog.evaluate((node) => node.contains(document.activeElement))).toBe(true);
  await dialog.getByRole('button', { name: /^登録/ }).first().click();
  const name = dialog.getByRole('textbox', { name: '会社名' });
  await expect(name).toHaveAttribute('aria-invalid', 'true');
  await expect(name).toHaveAccessibleDescription(/入力/);
  await expect(name).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(open).toBeFocused();
});
