// 表の中をさがす: Ctrl+F in a list, over rows that are loaded and rows that are not.
import { expect, type Locator, type Page, test } from '@playwright/test';
import { violations } from './axe.ts';
import { type Running, signIn, startServer } from './server.ts';

let server: Running;

test.beforeAll(async () => {
  server = await startServer({ demo: 3 });
});
test.afterAll(async () => server.stop());

const cell = (page: Page, row: number, at: number): Locator =>
  page.locator(`[role=row][aria-rowindex="${row + 1}"] [role=gridcell][aria-colindex="${at + 2}"]`);
const bar = (page: Page) => page.getByRole('search', { name: '表の中をさがす' });
const box = (page: Page) => bar(page).getByRole('textbox');

/** Companies of these names, in a list of their own, in the order of their numbers. */
async function open(page: Page, mark: string, count: number, nameOf: (at: number) => string): Promise<void> {
  await signIn(page, server);
  const lines = Array.from({ length: count }, (_, at) => ({ op: 'create', values: { name: nameOf(at + 1), employees: at + 1, tags: [mark] } }));
  await page.evaluate(async (body) => {
    const session = (await (await fetch('/api/v1/session')).json()) as { csrf: string };
    const answer = await fetch('/api/v1/companies/batch', { method: 'POST', headers: { 'Content-Type': 'application/x-ndjson', 'X-CSRF-Token': session.csrf }, body });
    if (!answer.ok) throw new Error(await answer.text());
  }, lines.map((line) => JSON.stringify(line)).join('\n'));
  const filter = encodeURIComponent(JSON.stringify({ tags: { has: mark } }));
  await page.goto(`${server.url}/o/companies?filter=${filter}&sort=employees&columns=phone,employees,note`);
  await expect(cell(page, 1, 0)).toHaveText(nameOf(1));
}

test('finds what stands in cells however it is written, and leads from hit to hit', async ({ page }) => {
  const names: Record<number, string> = { 3: '株式会社髙橋', 150: '高橋工業㈱', 350: '有限会社ﾀｶﾊｼ' };
  await open(page, 'さがす', 360, (at) => names[at] ?? `見本${at}商店`);
  await cell(page, 1, 1).click();
  await page.keyboard.press('Control+f');
  await expect(box(page)).toBeFocused();
  await page.keyboard.type('高橋');
  // The first is on the screen, the second on a page that was never read.
  await expect(bar(page).getByRole('status')).toContainText('1 / 2 件');
  await expect(cell(page, 3, 0)).toHaveAttribute('data-found', 'here');
  await expect(box(page)).toBeFocused();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(bar(page).getByRole('status')).toContainText('2 / 2 件');
  await expect(bar(page).getByRole('status')).toContainText('150 行目、会社名');
  await expect(cell(page, 150, 0)).toHaveAttribute('data-found', 'here');
  await expect(cell(page, 150, 0)).toBeInViewport();
  // Around the end, and back.
  await page.keyboard.press('Enter');
  await expect(cell(page, 3, 0)).toHaveAttribute('data-found', 'here');
  await page.keyboard.press('Shift+Enter');
  await expect(cell(page, 150, 0)).toHaveAttribute('data-found', 'here');

  // Kana of any width; a legal form in front or behind.
  await box(page).fill('たかはし');
  await expect(bar(page).getByRole('status')).toContainText('1 / 1 件');
  await expect(cell(page, 350, 0)).toHaveAttribute('data-found', 'here');
  await box(page).fill('(株)高橋');
  await expect(bar(page).getByRole('status')).toContainText('/ 2 件');
  await box(page).fill('どこにもない');
  await expect(bar(page).getByRole('status')).toContainText('見つかりません');

  // Sorted anew, the words stand and are looked for again; the hands stay where they sorted.
  await box(page).fill('高橋');
  await expect(bar(page).getByRole('status')).toContainText('/ 2 件');
  const head = (name: string) => page.getByRole('columnheader', { name }).getByRole('button', { name, exact: true });
  await head('会社名').click();
  await expect(page).toHaveURL(/sort=name/);
  await expect(box(page)).toHaveValue('高橋');
  await expect(bar(page).getByRole('status')).toContainText('/ 2 件');
  await expect(box(page)).not.toBeFocused();
  await head('従業員数').click();
  await expect(page).toHaveURL(/sort=employees/);

  // Esc closes, takes the marks away and leaves the hands in the cell that was found.
  await box(page).fill('たかはし');
  await expect(cell(page, 350, 0)).toHaveAttribute('data-found', 'here');
  await page.keyboard.press('Escape');
  await expect(bar(page)).toBeHidden();
  await expect(page.locator('[data-found]')).toHaveCount(0);
  await expect(cell(page, 350, 0)).toHaveAttribute('data-active', 'true');
  await expect(page.getByRole('textbox', { name: /350 行目/ })).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(cell(page, 349, 0)).toHaveAttribute('data-active', 'true');
});

test('follows what is typed into cells, and leaves the second Ctrl+F to the browser', async ({ page }) => {
  await open(page, '書く', 30, (at) => `書店${String(at).padStart(2, '0')}`);
  await page.keyboard.press('Control+f');
  await page.keyboard.type('重要');
  await expect(bar(page).getByRole('status')).toContainText('見つかりません');
  await cell(page, 7, 3).click();
  await page.keyboard.type('とても重要');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: '保存しました' })).toBeVisible();
  await expect(bar(page).getByRole('status')).toContainText('/ 1 件');
  await expect(cell(page, 7, 3)).toHaveAttribute('data-found', 'here');

  // Numbers are found without their signs.
  await box(page).fill('30');
  await expect(bar(page).getByRole('status')).toContainText('/ 2 件'); // 書店30 and 30 employees
  const taken = await page.evaluate(() => {
    const event = new KeyboardEvent('keydown', { key: 'f', ctrlKey: true, bubbles: true, cancelable: true });
    document.querySelector('search input')?.dispatchEvent(event);
    return event.defaultPrevented;
  });
  expect(taken).toBe(false);
  // From the sheet it leads back into the bar.
  await cell(page, 29, 1).click();
  await page.keyboard.press('Control+f');
  await expect(box(page)).toBeFocused();
  await bar(page).getByRole('button', { name: /やめる/ }).click();
  await expect(bar(page)).toBeHidden();
  // A board has no table to search: there the key is the list's own search.
  await page.goto(`${server.url}/o/companies?as=board`);
  await expect(page.getByRole('textbox', { name: '会社の中を探す' })).toBeVisible();
  await page.keyboard.press('Control+f');
  await expect(page.getByRole('textbox', { name: '会社の中を探す' })).toBeFocused();
});

test('says when rows could not be read, and reads them when asked again', async ({ page }) => {
  await open(page, '切断', 260, (at) => (at === 255 ? '最後の印' : `切断${at}`));
  await page.route('**/api/v1/companies?*', (route) => route.abort());
  await page.route('**/api/v1/companies/query', (route) => route.abort());
  await page.keyboard.press('Control+f');
  await page.keyboard.type('最後の印');
  const again = bar(page).getByRole('button', { name: /もう一度さがす/ });
  await expect(again).toBeVisible({ timeout: 60_000 });
  await page.unroute('**/api/v1/companies?*');
  await page.unroute('**/api/v1/companies/query');
  await again.click();
  await expect(bar(page).getByRole('status')).toContainText('1 / 1 件');
  await expect(cell(page, 255, 0)).toBeInViewport();
});
