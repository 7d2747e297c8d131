// How a sheet is arranged: its columns, colours and rows, and what a view keeps of it.
import { expect, type Locator, type Page, test } from '@playwright/test';
import { violations } from './axe.ts';
import { call, type Running, signIn, startServer } from './server.ts';

let server: Running;

test.beforeAll(async () => {
  server = await startServer({ demo: 40 });
});
test.afterAll(async () => server.stop());

const heads = (page: Page) => page.locator('[data-column]').evaluateAll((all) => all.map((each) => each.getAttribute('data-column')));
const head = (page: Page, column: string) => page.locator(`[data-column="${column}"]`);
const cell = (page: Page, row: number, at: number): Locator =>
  page.locator(`[role=row][aria-rowindex="${row + 1}"] [role=gridcell][aria-colindex="${at + 2}"]`);
const leftOf = (where: Locator) => where.evaluate((each) => Math.round(each.getBoundingClientRect().left));
const widthOf = (where: Locator) => where.evaluate((each) => Math.round(each.getBoundingClientRect().width));

test('what is typed and not saved is kept while the window is narrow', async ({ page }) => {
  await signIn(page, server);
  await page.goto(`${server.url}/o/companies?columns=phone,employees&sort=name`);
  await cell(page, 3, 2).click();
  await page.keyboard.type('たくさん');
  await page.keyboard.press('Enter');
  await expect(cell(page, 3, 2)).toHaveAttribute('data-mark', 'wrong');
  await page.setViewportSize({ width: 420, height: 800 });
  await expect(page.getByRole('grid')).toBeHidden();
  await expect(page.getByRole('status').filter({ hasText: '保存していないセル' })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect(cell(page, 3, 2)).toHaveText(/たくさん/);
  await expect(cell(page, 1, 0)).toBeVisible();
  await page.getByRole('button', { name: '保存されていない入力を取り消す' }).click();
  await expect(cell(page, 3, 2)).not.toHaveText(/たくさん/);
});

test('columns are dragged, frozen, fitted and hidden, and a view keeps it', async ({ page }) => {
  await page.setViewportSize({ width: 1100, height: 700 });
  await signIn(page, server);
  await page.goto(`${server.url}/o/companies?columns=stage,phone,employees,email,website,note&sort=name`);
  await expect(cell(page, 1, 0)).not.toBeEmpty();
  expect(await heads(page)).toEqual(['name', 'stage', 'phone', 'employees', 'email', 'website', 'note']);

  // The cell that was chosen goes along with its column, and the click that ends the drag does not sort.
  await cell(page, 2, 3).click();
  const from = await head(page, 'employees').boundingBox();
  const to = await head(page, 'stage').boundingBox();
  if (!from || !to) throw new Error('no headings');
  await page.mouse.move(from.x + 30, from.y + 15);
  await page.mouse.down();
  await page.mouse.move(to.x + 60, to.y + 15, { steps: 4 });
  await page.mouse.move(to.x + 5, to.y + 15, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => heads(page)).toEqual(['name', 'employees', 'stage', 'phone', 'email', 'website', 'note']);
  expect(new URL(page.url()).searchParams.get('sort')).toBe('name');
  await expect(cell(page, 2, 1)).toHaveAttribute('data-active', 'true');

  // By the keyboard: Alt+↓ on a heading.
  await head(page, 'phone').getByRole('button').first().focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(page.getByRole('menuitem', { name: '左へ移す' })).toBeVisible();
  await page.getByRole('menuitem', { name: '左へ移す' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => heads(page)).toEqual(['name', 'employees', 'phone', 'stage', 'email', 'website', 'note']);
  await expect(head(page, 'phone').getByRole('button').first()).toBeFocused();

  // What is frozen stays as the others scroll, in headings and cells alike.
  await head(page, 'employees').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'ここまで固定' }).click();
  await expect(page).toHaveURL(/freeze=2/);
  expect(await violations(page)).toEqual([]);
  const before = [await leftOf(cell(page, 1, 1)), await leftOf(cell(page, 1, 2))];
  await page.getByRole('grid').evaluate((each) => each.scrollBy(150, 0));
  await expect.poll(async () => (await leftOf(cell(page, 1, 2))) < (before[1] ?? 0)).toBe(true);
  expect(await leftOf(cell(page, 1, 1))).toBe(before[0]);
  expect(await leftOf(head(page, 'employees'))).toBe(before[0]);
  // The arrow keys bring what is under the frozen columns out from there, and the editor stands over its cell.
  await cell(page, 1, 1).click();
  await page.keyboard.press('ArrowRight');
  const edge = before[0] === undefined ? 0 : before[0] + (await widthOf(cell(page, 1, 1)));
  await expect.poll(() => leftOf(cell(page, 1, 2))).toBeGreaterThanOrEqual(edge - 1);
  await page.keyboard.press('F2');
  expect(Math.abs((await leftOf(page.locator('textarea').first())) - (await leftOf(cell(page, 1, 2))))).toBeLessThanOrEqual(2);
  await page.keyboard.press('Escape');

  // A double click on the edge makes a column as wide as what stands in it.
  await page.getByRole('grid').evaluate((each) => each.scrollTo(0, 0));
  const wide = await widthOf(head(page, 'phone'));
  const box = await head(page, 'phone').boundingBox();
  if (!box) throw new Error('no heading');
  await page.mouse.move(box.x + box.width - 1, box.y + 15);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width + 159, box.y + 15, { steps: 3 });
  await page.mouse.up();
  await expect.poll(() => widthOf(head(page, 'phone'))).toBe(wide + 160);
  await page.mouse.dblclick(box.x + box.width + 158, box.y + 15);
  await expect.poll(() => widthOf(head(page, 'phone'))).toBeLessThan(wide + 60);
  const fitted = await widthOf(head(page, 'phone'));
  const cut = await page.locator('[role=gridcell][aria-colindex="4"]').evaluateAll((all) => all.filter((each) => [each, ...each.querySelectorAll('*')].some((inner) => inner.scrollWidth > inner.clientWidth + 1 && inner.clientWidth > 0)).length);
  expect(cut).toBe(0);

  await head(page, 'website').click({ button: 'right' });
  await page.getByRole('menuitem', { name: '隠す' }).click();
  await expect.poll(() => heads(page)).toEqual(['name', 'employees', 'phone', 'stage', 'email', 'note']);

  // All of it comes back with the view.
  await page.getByRole('button', { name: '列', exact: true }).click();
  await page.getByText('2 行', { exact: true }).click();
  await page.keyboard.press('Escape');
  await expect.poll(() => cell(page, 1, 0).evaluate((each) => each.clientHeight)).toBeGreaterThan(40);
  await page.getByRole('button', { name: 'この見方を保存' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('並べた表');
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('button', { name: '並べた表', exact: true })).toBeVisible();
  await page.evaluate(() => localStorage.clear());
  await page.goto(`${server.url}/o/companies`);
  await expect.poll(() => heads(page)).not.toEqual(['name', 'employees', 'phone', 'stage', 'email', 'note']);
  await page.getByRole('button', { name: '並べた表', exact: true }).click();
  await expect.poll(() => heads(page)).toEqual(['name', 'employees', 'phone', 'stage', 'email', 'note']);
  expect(await widthOf(head(page, 'phone'))).toBe(fitted);
  await expect(head(page, 'employees')).toHaveAttribute('data-frozen', 'edge');
  expect(await cell(page, 1, 0).evaluate((each) => each.clientHeight)).toBeGreaterThan(40);
  const { items } = await call<{ items: { name: string; state: Record<string, unknown> }[] }>(page, 'GET', '/views?object=company');
  expect(items.find((each) => each.name === '並べた表')?.state).toMatchObject({ freeze: 2, rows: 'wrap', columns: ['employees', 'phone', 'stage', 'email', 'note'] });
});
