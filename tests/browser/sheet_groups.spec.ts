// A list in groups with subtotals, and cells coloured by conditions.
import { expect, type Locator, type Page, test } from '@playwright/test';
import { violations } from './axe.ts';
import { call, type Running, signIn, startServer } from './server.ts';

let server: Running;

test.beforeAll(async () => {
  server = await startServer({ demo: 3 });
});
test.afterAll(async () => server.stop());

interface Row {
  id: string;
  [field: string]: unknown;
}

const columns = ['stage', 'phone', 'employees', 'founded_on'];
const row = (page: Page, number: number): Locator => page.locator(`[role=row][aria-rowindex="${number + 1}"]`);
const cell = (page: Page, number: number, column: string): Locator =>
  row(page, number).locator(`[role=gridcell][aria-colindex="${(column === 'name' ? 0 : columns.indexOf(column) + 1) + 2}"]`);
const settled = (page: Page) => expect(page.getByRole('status').filter({ hasText: '保存しました' })).toBeVisible();

/** 120 customers with 1 to 120 employees, 3 in negotiation with 1,000 each and one without a number of employees. */
async function make(page: Page, mark: string): Promise<string> {
  await signIn(page, server);
  const name = (at: number) => `${mark}${String(at).padStart(3, '0')}`;
  const lines = Array.from({ length: 124 }, (_, at) => {
    const of = at < 120 ? { stage: 'customer', employees: at + 1, founded_on: '2020-03-31' } : at < 123 ? { stage: 'negotiating', employees: 1000, founded_on: '2020-04-01' } : { stage: 'negotiating' };
    return JSON.stringify({ op: 'create', values: { name: name(at + 1), tags: [mark], ...of } });
  });
  await page.evaluate(async (body) => {
    const session = (await (await fetch('/api/v1/session')).json()) as { csrf: string };
    const answer = await fetch('/api/v1/companies/batch', { method: 'POST', headers: { 'Content-Type': 'application/x-ndjson', 'X-CSRF-Token': session.csrf }, body });
    if (!answer.ok) throw new Error(await answer.text());
  }, lines.join('\n'));
  return `${server.url}/o/companies?filter=${encodeURIComponent(JSON.stringify({ tags: { has: mark } }))}&sort=name&columns=${columns.join()}`;
}

async function stored(page: Page, mark: string): Promise<Row[]> {
  const { items } = await call<{ items: Row[] }>(page, 'POST', '/companies/query', { filter: { tags: { has: mark } }, sort: 'name', fields: ['name', ...columns], limit: 200 });
  return items;
}

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((words) => {
    const data = new DataTransfer();
    data.setData('text/plain', words);
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}

test('groups have counts and sums of all their rows, are closed and opened, and a view keeps them', async ({ page }) => {
  const address = await make(page, '小計');
  await page.goto(address);
  await expect(cell(page, 1, 'name')).toHaveText('小計001');
  await page.getByRole('button', { name: '表の道具' }).click();
  await page.getByRole('menuitem', { name: 'まとまりごとの小計' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'まとめる項目' }).fill('段階');
  await page.getByRole('option', { name: '段階', exact: true }).click();
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'この形にする' }).click();
  await expect(page).toHaveURL(/group=stage/);

  // In the order of the choices: 商談中 stands before 既存. Rows that are not loaded are counted all the same.
  await expect(cell(page, 1, 'name')).toHaveText('商談中4 件');
  await expect(cell(page, 1, 'employees')).toHaveText('3,000');
  await expect(cell(page, 6, 'name')).toHaveText('既存120 件');
  await expect(cell(page, 6, 'employees')).toHaveText('7,260');
  await expect(row(page, 1)).toHaveAttribute('aria-expanded', 'true');
  await expect(row(page, 1).getByRole('checkbox')).toHaveCount(0);
  await expect(page.getByRole('treegrid')).toHaveAttribute('aria-rowcount', '127');
  expect(await violations(page)).toEqual([]);

  // A click on the heading, and the keys: out of a group that closes to its heading.
  await cell(page, 1, 'name').click();
  await expect(row(page, 1)).toHaveAttribute('aria-expanded', 'false');
  await expect(cell(page, 2, 'name')).toHaveText('既存120 件');
  await cell(page, 9, 'employees').click();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(row(page, 2)).toHaveAttribute('aria-expanded', 'false');
  await expect(cell(page, 2, 'employees')).toHaveAttribute('data-active', 'true');
  await expect(page).toHaveURL(/group=stage/);
  await page.keyboard.press('+');
  await expect(row(page, 2)).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('-');
  await expect(row(page, 2)).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('Alt+ArrowRight');
  await expect(cell(page, 3, 'name')).toHaveText('小計001');
  // The last row comes from the second page of the group.
  await page.keyboard.press('Control+End');
  await expect(cell(page, 122, 'name')).toHaveText('小計120');

  // A folded view by years of the company: March and April are two of them.
  await page.goto(`${address}&group=${encodeURIComponent('founded_on:fiscal!')}`);
  await expect(cell(page, 1, 'name')).toHaveText('2020年度3 件');
  await expect(cell(page, 2, 'name')).toHaveText('2019年度120 件');
  await expect(cell(page, 2, 'employees')).toHaveText('7,260');
  await expect(cell(page, 3, 'name')).toHaveText('（なし）1 件');
  await expect(row(page, 4)).toHaveCount(0);
  await page.getByRole('button', { name: 'この見方を保存' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('年度の小計');
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
  await page.goto(`${server.url}/o/companies`);
  await page.getByRole('button', { name: '年度の小計', exact: true }).click();
  await expect(cell(page, 2, 'name')).toHaveText('2019年度120 件');
  await page.getByRole('button', { name: 'まとまりをやめる' }).click();
  await expect(cell(page, 1, 'name')).toHaveText('小計001');
});

test('cells in groups are typed into, filled and pasted; what would go over a heading is refused', async ({ page }) => {
  const address = await make(page, '編集');
  await page.goto(`${address}&group=stage`);
  await expect(cell(page, 6, 'name')).toHaveText('既存120 件');
  await cell(page, 7, 'employees').click();
  await page.keyboard.type('501');
  await page.keyboard.press('Enter');
  await settled(page);
  expect((await stored(page, '編集'))[0]?.employees).toBe(501);
  // The sums follow, the rows keep their places until they are put in order again.
  await expect(cell(page, 6, 'employees')).toHaveText('7,760');
  await cell(page, 8, 'stage').click();
  await page.keyboard.type('商談中');
  await page.keyboard.press('Enter');
  await settled(page);
  await expect.poll(async () => (await stored(page, '編集'))[1]?.stage).toBe('negotiating');
  await expect(cell(page, 6, 'name')).toHaveText('既存119 件');
  await expect(cell(page, 8, 'name')).toHaveText('編集002');
  await expect(cell(page, 126, 'name')).toHaveCount(0); // not on the screen
  await page.getByRole('button', { name: '並べ直す' }).click();
  await expect(cell(page, 1, 'name')).toHaveText('商談中5 件');
  await expect(cell(page, 2, 'name')).toHaveText('編集002');

  // Into a group: paste and undo.
  await cell(page, 9, 'phone').click();
  await paste(page, '03-0000-0001\n03-0000-0002');
  await settled(page);
  await expect.poll(async () => (await stored(page, '編集')).slice(2, 4).map((each) => each.phone)).toEqual(['03-0000-0001', '03-0000-0002']);
  await page.keyboard.press('Control+z');
  await expect.poll(async () => (await stored(page, '編集')).slice(2, 4).map((each) => each.phone ?? null)).toEqual([null, null]);

  // Over a heading: nothing is written, and it is said why.
  const before = await stored(page, '編集');
  await cell(page, 6, 'phone').click();
  await paste(page, '1\n2\n3');
  await expect(page.getByText('まとまりの見出しをまたいで')).toBeVisible();
  await cell(page, 7, 'phone').click();
  await page.keyboard.type('x');
  await expect(page.getByText('見出しの行には入力できません')).toBeVisible();
  expect(await stored(page, '編集')).toEqual(before);

  // Emptied over a heading: the records around it, and one undo brings all back.
  await cell(page, 6, 'employees').click();
  await cell(page, 8, 'employees').click({ modifiers: ['Shift'] });
  await page.keyboard.press('Delete');
  await expect.poll(async () => (await stored(page, '編集')).filter((each) => each.employees == null).length).toBe(2);
  await page.keyboard.press('Control+z');
  await expect.poll(async () => stored(page, '編集').then((all) => all.map((each) => each.employees ?? null))).toEqual(before.map((each) => each.employees ?? null));

  // Sums of chosen cells do not count a subtotal twice.
  await cell(page, 7, 'employees').click();
  await cell(page, 9, 'employees').click({ modifiers: ['Shift'] });
  await expect(page.getByText('2 行', { exact: true })).toBeVisible();
});

test('cells and rows are coloured by conditions, the first one wins, and a view keeps it', async ({ page }) => {
  const address = await make(page, '色分');
  await page.goto(address);
  await expect(cell(page, 1, 'name')).toHaveText('色分001');
  await page.getByRole('button', { name: '表の道具' }).click();
  await page.getByRole('menuitem', { name: '条件で色を付ける' }).click();
  const rule = (number: number) => page.getByRole('group', { name: `決まり ${number}` });
  await expect(rule(1)).toBeVisible();
  const choose = async (number: number, field: string, operator: string, value: string) => {
    await rule(number).getByRole('combobox').first().click();
    await page.getByRole('option', { name: field, exact: true }).first().click();
    await rule(number).getByRole('combobox', { name: '条件', exact: true }).or(rule(number).getByLabel('比べ方')).first().selectOption(operator);
    await rule(number).getByRole('textbox', { name: field }).fill(value);
  };
  await choose(1, '従業員数', 'lte', '2');
  await rule(1).getByRole('radio', { name: '緑' }).check();
  await page.getByRole('button', { name: '決まりを足す' }).click();
  await choose(2, '従業員数', 'lte', '4');
  await rule(2).getByRole('combobox', { name: '色を付ける所' }).selectOption('employees');
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');

  const paint = (number: number, column: string) => cell(page, number, column).getAttribute('data-paint');
  await expect.poll(() => paint(1, 'phone')).toBe('green');
  await expect.poll(() => paint(3, 'employees')).toBe('orange');
  expect([await paint(2, 'employees'), await paint(3, 'phone'), await paint(5, 'employees')]).toEqual(['green', null, null]);
  // The colour is never the only sign.
  await expect(cell(page, 3, 'employees')).toHaveAttribute('aria-description', /従業員数.*4/);
  await cell(page, 3, 'employees').hover();
  await expect(cell(page, 3, 'employees')).toHaveAttribute('title', /従業員数.*4/);
  expect(await violations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await violations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });

  // It follows what is saved.
  await cell(page, 5, 'employees').click();
  await page.keyboard.type('1');
  await page.keyboard.press('Enter');
  await settled(page);
  await expect.poll(() => paint(5, 'phone')).toBe('green');
  // And rows far below, which are asked for as they come.
  await page.keyboard.press('Control+End');
  await expect(cell(page, 124, 'name')).toHaveText('色分124');
  // Its neighbour has its colour, so that this row has been asked for too.
  await cell(page, 123, 'employees').click();
  await page.keyboard.type('1');
  await page.keyboard.press('Enter');
  await expect.poll(() => paint(123, 'name')).toBe('green');
  expect(await paint(124, 'name')).toBeNull();

  await page.getByRole('button', { name: 'この見方を保存' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('色の見方');
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
  await page.goto(`${server.url}/o/companies`);
  await page.getByRole('button', { name: '色の見方', exact: true }).click();
  await expect.poll(() => paint(1, 'phone')).toBe('green');

  // Shades from the lowest to the highest, and a condition that counts from today.
  const colors = JSON.stringify([{ when: { founded_on: { relative: 'today' } }, color: 'red' }, { scale: 'employees' }]);
  await page.goto(`${address}&colors=${encodeURIComponent(colors)}`);
  await expect.poll(() => paint(1, 'employees')).toBe('low');
  await cell(page, 1, 'employees').click();
  await page.keyboard.press('Control+End');
  await cell(page, 122, 'employees').click();
  await expect.poll(() => paint(122, 'employees')).toBe('high');
  expect(await paint(124, 'employees')).toBeNull();

  // A rule that cannot be asked is not passed over in silence, and the others go on.
  const old = JSON.stringify([{ when: { no_such_field: { eq: 1 } }, color: 'red' }, { when: { employees: { lte: 2 } }, color: 'blue' }]);
  await page.goto(`${address}&colors=${encodeURIComponent(old)}`);
  await expect(page.getByText('色を付けられない決まりがあります')).toBeVisible();
  await expect.poll(() => paint(1, 'name')).toBe('blue');
});
