// The list as a sheet: typed into like Excel, by hand, by the clipboard and by two people at once.
import { type Browser, expect, type Locator, type Page, test } from '@playwright/test';
import { violations } from './axe.ts';
import { call, type Running, signIn, startServer } from './server.ts';

interface Row {
  id: string;
  version: number;
  [field: string]: unknown;
}

const columns = ['stage', 'phone', 'employees', 'closing_month', 'founded_on', 'parent', 'email', 'note'];
let server: Running;

test.beforeAll(async () => {
  server = await startServer({ demo: 3 });
});
test.afterAll(async () => server.stop());

function cellAt(page: Page, row: number, column: string): Locator {
  const at = column === 'name' ? 0 : columns.indexOf(column) + 1;
  return page.locator(`[role=row][aria-rowindex="${row + 1}"] [role=gridcell][aria-colindex="${at + 2}"]`);
}

/** Companies of their own, named so, in a list of their own. */
async function open(page: Page, mark: string, count: number, values: (at: number) => object = () => ({})): Promise<void> {
  await signIn(page, server);
  const lines = Array.from({ length: count }, (_, at) =>
    JSON.stringify({ op: 'create', values: { name: `${mark}${String(at + 1).padStart(4, '0')}商店`, tags: [mark], ...values(at) } }),
  );
  await page.evaluate(async (body) => {
    const session = (await (await fetch('/api/v1/session')).json()) as { csrf: string };
    const answer = await fetch('/api/v1/companies/batch', {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-ndjson', 'X-CSRF-Token': session.csrf },
      body,
    });
    if (!answer.ok) throw new Error(await answer.text());
  }, lines.join('\n'));
  await look(page, mark);
}

async function look(page: Page, mark: string): Promise<void> {
  const filter = JSON.stringify({ tags: { has: mark } });
  await page.goto(`${server.url}/o/companies?filter=${encodeURIComponent(filter)}&sort=name&columns=${columns.join(',')}`);
  await expect(cellAt(page, 1, 'name')).toContainText(`${mark}0001`);
}

async function stored(page: Page, mark: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (let offset = 0; ; offset += 200) {
    const { items } = await call<{ items: Row[] }>(page, 'POST', '/companies/query', { filter: { tags: { has: mark } }, sort: 'name', fields: ['name', ...columns], limit: 200, offset });
    // What is empty is left out of an answer.
    rows.push(...items.map((row) => ({ ...Object.fromEntries(columns.map((column) => [column, null])), ...row })));
    if (items.length < 200) return rows;
  }
}

const settled = (page: Page) => expect(page.getByRole('status').filter({ hasText: '保存しました' })).toBeVisible();

/** The clipboard as Excel fills it. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((words) => {
    const data = new DataTransfer();
    data.setData('text/plain', words);
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}

test('is typed into with the keys of Excel, and every step can be taken back', async ({ page }) => {
  await open(page, '打鍵', 3);
  await cellAt(page, 1, 'phone').click();
  await page.keyboard.type('０３－１２３４－５６７８');
  await page.keyboard.press('Enter');
  await page.keyboard.type('0422-21-1234');
  await page.keyboard.press('Tab');
  await page.keyboard.type('１，２００');
  await expect(page.getByRole('option', { name: '1,200' })).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.type('３');
  await expect(page.getByRole('option', { name: '3月' })).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.type('R8/4/1');
  await expect(page.getByRole('option', { name: '令和8年4月1日' })).toBeVisible();
  await page.keyboard.press('Enter');
  await cellAt(page, 3, 'stage').dblclick();
  await expect(page.getByRole('listbox', { name: '候補' })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.type('既存');
  await page.keyboard.press('Enter');
  await settled(page);
  const [one, two, three] = await stored(page, '打鍵');
  expect(one?.phone).toBe('03-1234-5678');
  expect([two?.phone, two?.employees, two?.closing_month, two?.founded_on]).toEqual(['0422-21-1234', 1200, 3, '2026-04-01']);
  expect(three?.stage).toBe('customer');
  await expect(cellAt(page, 1, 'phone')).toHaveText('03-1234-5678');

  // F2 mends a text where it stands, Esc forgets, Delete empties.
  await cellAt(page, 2, 'note').click();
  await page.keyboard.type('一行目');
  await page.keyboard.press('Alt+Enter');
  await page.keyboard.type('二行目');
  await page.keyboard.press('Enter');
  await cellAt(page, 2, 'phone').click();
  await page.keyboard.press('F2');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('9');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Delete');
  await settled(page);
  await expect.poll(async () => (await stored(page, '打鍵'))[1]).toMatchObject({ note: '一行目\n二行目', phone: null });

  // Back to the start of the session, and forth again.
  for (let times = 0; times < 8; ++times) await page.keyboard.press('Control+z');
  await expect.poll(async () => (await stored(page, '打鍵')).map(({ phone, employees, stage }) => [phone, employees, stage])).toEqual([
    [null, null, 'prospect'],
    [null, null, 'prospect'],
    [null, null, 'prospect'],
  ]);
  await expect(page.getByRole('button', { name: '元に戻す（Ctrl+Z）' })).toBeDisabled();
  await page.keyboard.press('Control+y');
  await expect(cellAt(page, 1, 'phone')).toHaveText('03-1234-5678');
});

test('takes a Japanese conversion from its first key, and its Enter ends no cell', async ({ page }) => {
  await open(page, '変換', 2);
  const keys = await page.context().newCDPSession(page);
  await cellAt(page, 1, 'note').click();
  const box = page.getByRole('textbox', { name: /補足情報/ });
  await expect(box).toBeFocused();
  for (const text of ['k', 'か', 'かb', 'かぶ', '株']) {
    await keys.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Process', windowsVirtualKeyCode: 229 });
    await keys.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  }
  await expect(box).toHaveValue('株');
  await keys.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 });
  await keys.send('Input.insertText', { text: '株' });
  await expect(box).toBeFocused();
  await expect(box).toHaveValue('株');
  await page.keyboard.press('Enter');
  await settled(page);
  expect((await stored(page, '変換')).map((row) => row.note)).toEqual(['株', null]);
  await expect(box).toHaveAccessibleName(/2 行目/);
});

test('takes what is copied from Excel; bad cells turn red and the good ones go in', async ({ page }) => {
  await open(page, '貼付', 4);
  await cellAt(page, 1, 'phone').click();
  await paste(page, '03-1111-2222\t12人\r\n電話なし\t30\r\n"03-3333-4444"\tたくさん\r\n');
  await expect(page.getByText('2 個のセルが保存されていません')).toBeVisible();
  const rows = await stored(page, '貼付');
  expect(rows.map(({ phone, employees }) => [phone, employees])).toEqual([
    ['03-1111-2222', 12],
    [null, 30],
    ['03-3333-4444', null],
    [null, null],
  ]);
  await expect(cellAt(page, 2, 'phone')).toHaveAttribute('data-mark', 'wrong');
  await expect(cellAt(page, 2, 'phone')).toHaveText('電話なし');
  await page.getByRole('button', { name: 'そこへ' }).click();
  await expect(page.getByRole('alert').filter({ hasText: '電話番号として読めません' })).toBeVisible();
  await page.getByRole('button', { name: 'そこへ' }).click();
  await expect(page.getByRole('alert').filter({ hasText: '数' })).toBeVisible();
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    expect(await violations(page), scheme).toEqual([]);
  }
  // It is mended where it stands.
  await page.keyboard.type('45');
  await page.keyboard.press('Enter');
  await cellAt(page, 2, 'phone').click();
  await page.getByRole('button', { name: '入力を取り消す', exact: true }).click();
  await expect(page.getByText('保存されていません')).toBeHidden();
  expect((await stored(page, '貼付'))[2]?.employees).toBe(45);

  // A quoted cell of several lines, one cell over many, and more rows than there are.
  await cellAt(page, 3, 'note').click();
  await paste(page, '"一行目\n二行目"\r\n三行目\r\n落ちる行');
  // The row below the last one is a record too, as soon as it has a name.
  await expect(page.getByText('1 個のセルが保存されていません')).toBeVisible();
  await page.getByRole('button', { name: '保存されていない入力を取り消す' }).click();
  await cellAt(page, 1, 'email').click();
  await cellAt(page, 2, 'email').click({ modifiers: ['Shift'] });
  await paste(page, 'info@example.jp');
  await expect.poll(async () => (await stored(page, '貼付')).map(({ note, email }) => [note, email])).toEqual([
    [null, 'info@example.jp'],
    [null, 'info@example.jp'],
    ['一行目\n二行目', null],
    ['三行目', null],
  ]);
});

test('copies, fills and finds the records that names mean', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, '複写', 4, (at) => (at === 0 ? { phone: '03-9999-0000', employees: 10, note: '=1+1' } : at === 1 ? { employees: 20 } : {}));
  await cellAt(page, 1, 'phone').click();
  await cellAt(page, 1, 'note').click({ modifiers: ['Shift'] });
  await page.keyboard.press('Control+c');
  // No formula for the program it is pasted into.
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("03-9999-0000\t10\t\t\t\t\t'=1+1");
  await cellAt(page, 4, 'phone').click();
  await page.keyboard.press('Control+v');
  await settled(page);
  expect((await stored(page, '複写'))[3]).toMatchObject({ phone: '03-9999-0000', employees: 10, note: '=1+1' });

  // Two numbers go on by their step.
  await cellAt(page, 1, 'employees').click();
  await cellAt(page, 2, 'employees').click({ modifiers: ['Shift'] });
  const handle = page.locator('[data-handle]');
  await handle.hover();
  await page.mouse.down();
  await cellAt(page, 4, 'employees').hover();
  await page.mouse.up();
  await expect.poll(async () => (await stored(page, '複写')).map((row) => row.employees)).toEqual([10, 20, 30, 40]);
  await expect(page.getByText('合計: 100')).toBeVisible();
  await cellAt(page, 3, 'employees').click();
  await expect(page.getByText('一覧の 4 件の合計: 100')).toBeVisible();
  // Ctrl+D from the line above.
  await cellAt(page, 1, 'founded_on').click();
  await page.keyboard.type('2020/4/1');
  await page.keyboard.press('Enter');
  await cellAt(page, 2, 'phone').click();
  await cellAt(page, 2, 'founded_on').click({ modifiers: ['Shift'] });
  await page.keyboard.press('Control+d');
  await expect.poll(async () => (await stored(page, '複写'))[1]).toMatchObject({ phone: '03-9999-0000', founded_on: '2020-04-01' });
  await cellAt(page, 2, 'employees').click();
  await page.keyboard.type('20');
  await page.keyboard.press('Enter');
  // What was copied is as long as it was, with an empty cell at its end.
  await cellAt(page, 2, 'note').click();
  await page.keyboard.type('下に空');
  await page.keyboard.press('Enter');
  await cellAt(page, 2, 'note').click();
  await cellAt(page, 3, 'note').click({ modifiers: ['Shift'] });
  await page.keyboard.press('Control+c');
  await cellAt(page, 3, 'note').click();
  await page.keyboard.press('Control+v');
  await expect.poll(async () => (await stored(page, '複写')).map((row) => row.note)).toEqual(['=1+1', '下に空', '下に空', null]);

  // A link by its name, however it is written; by a part of it with the suggestions; and never by guessing.
  await call(page, 'POST', '/companies', { name: '株式会社親山製作所' });
  await cellAt(page, 1, 'parent').click();
  await paste(page, '㈱親山製作所\r\nどこにもない会社\r\n');
  await expect(cellAt(page, 1, 'parent')).toHaveText('株式会社親山製作所');
  await expect(cellAt(page, 2, 'parent')).toHaveAttribute('data-mark', 'wrong');
  await cellAt(page, 3, 'parent').click();
  await page.keyboard.type('親山');
  await expect(page.getByRole('option', { name: '株式会社親山製作所' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(cellAt(page, 3, 'parent')).toHaveText('株式会社親山製作所');
  await expect.poll(async () => (await stored(page, '複写')).map((row) => (row.parent as { title: string } | null)?.title ?? null)).toEqual(['株式会社親山製作所', null, '株式会社親山製作所', null]);
});

test('loses nothing when two people paste a thousand rows into the same list at once', async ({ page, browser }) => {
  test.setTimeout(300_000);
  const count = 1000;
  await open(page, '同時', count);
  const other = await second(browser, '同時');
  const block = (of: string) => Array.from({ length: count }, (_, at) => `${of}${at + 1}`).join('\r\n');
  await cellAt(page, 1, 'note').click();
  await cellAt(other, 1, 'note').click();
  // Both know the list as it was: the second writes without having seen the first.
  await Promise.all([paste(page, block('甲')), paste(other, block('乙'))]);
  const done = async (each: Page) => {
    await expect(each.getByText('保存しています…')).toBeHidden({ timeout: 120_000 });
    const text = (await each.getByRole('region', { name: '表の状態' }).innerText()).replaceAll(',', '');
    const open = /(\d+) 個のセルが保存されていません/.exec(text)?.[1];
    const saved = /(\d+) 個のセルを保存しました/.exec(text)?.[1];
    return { open: Number(open ?? 0), saved: Number(saved ?? 0) };
  };
  await expect.poll(async () => (await stored(page, '同時')).filter((row) => row.note).length, { timeout: 120_000 }).toBe(count);
  const [mine, theirs] = [await done(page), await done(other)];
  // Every cell is either of one or of the other, and each knows which of his did not go in.
  const memos = (await stored(page, '同時')).map((row) => String(row.note));
  const first = memos.filter((memo, at) => memo === `甲${at + 1}`).length;
  const secondOnes = memos.filter((memo, at) => memo === `乙${at + 1}`).length;
  expect(first + secondOnes).toBe(count);
  expect(mine.open + theirs.open).toBe(count);
  expect([mine.open, theirs.open]).toEqual([count - first, count - secondOnes]);
  // Who did not get in sees both values at the cell and chooses.
  const [loser, word, winner] = mine.open > 0 ? [page, '甲', '乙'] : [other, '乙', '甲'];
  const at = memos.findIndex((memo) => memo.startsWith(winner)) + 1;
  await cellAt(loser, 1, 'note').click();
  for (let row = 1; row < at; ++row) await loser.keyboard.press('ArrowDown');
  await expect(cellAt(loser, at, 'note')).toHaveAttribute('data-mark', 'conflict');
  await expect(loser.getByText(`${winner}${at}`, { exact: true })).toBeVisible();
  await loser.getByRole('button', { name: 'すべて自分の値にする' }).click();
  await expect(loser.getByText('個のセルが保存されていません')).toBeHidden({ timeout: 120_000 });
  await expect.poll(async () => (await stored(page, '同時')).filter((row, place) => row.note === `${word}${place + 1}`).length, { timeout: 120_000 }).toBe(count);
  await other.context().close();
});

async function second(browser: Browser, mark: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'ja-JP', timezoneId: 'Asia/Tokyo', serviceWorkers: 'block' });
  const page = await context.newPage();
  await signIn(page, server);
  await look(page, mark);
  return page;
}

test('keeps what is typed while the line is down, and rows where they are', async ({ page, context }) => {
  await open(page, '断線', 5);
  // Sorted by the last change: a row would leap to the top as soon as it is saved.
  await page.goto(page.url().replace('sort=name', 'sort=-updated_at'));
  await expect(cellAt(page, 5, 'name')).toBeVisible();
  const name = await cellAt(page, 4, 'name').innerText();
  await context.setOffline(true);
  await cellAt(page, 4, 'phone').click();
  await page.keyboard.type('03-7777-8888');
  await page.keyboard.press('Enter');
  await expect(page.getByText('つながりしだい保存します')).toBeVisible();
  await context.setOffline(false);
  await settled(page);
  expect((await stored(page, '断線')).filter((row) => row.phone === '03-7777-8888').map((row) => row.name)).toEqual([name]);
  await expect(cellAt(page, 4, 'name')).toHaveText(name);
  await page.getByRole('button', { name: '並べ直す' }).click();
  await expect(cellAt(page, 1, 'name')).toHaveText(name);
});

test('writes into the row that was typed into, whatever comes meanwhile', async ({ page }) => {
  await open(page, '行違い', 5);
  await page.goto(page.url().replace('sort=name', 'sort=-updated_at'));
  await expect(cellAt(page, 5, 'name')).toBeVisible();
  const name = await cellAt(page, 2, 'name').innerText();
  const last = (await stored(page, '行違い')).find((row) => row.name !== name && row.name !== undefined) as Row;
  await cellAt(page, 2, 'phone').click();
  await page.keyboard.type('03-2222-');
  // Somebody else changes another record: it would come first now.
  const lists = page.waitForResponse((answer) => answer.url().includes('/companies/query') || answer.url().includes('/companies?'));
  await call(page, 'PATCH', `/companies/${last.id}`, { email: 'sakini@example.jp' });
  await lists;
  await page.keyboard.type('3333');
  await page.keyboard.press('Enter');
  await settled(page);
  expect((await stored(page, '行違い')).filter((row) => row.phone === '03-2222-3333').map((row) => row.name)).toEqual([name]);

  // Other columns, or a page of its own, do not throw away what is not saved.
  await cellAt(page, 3, 'phone').click();
  await page.keyboard.type('電話なし');
  await page.keyboard.press('Enter');
  await expect(page.getByText('1 個のセルが保存されていません')).toBeVisible();
  await page.getByRole('button', { name: '列', exact: true }).click();
  await page.getByRole('checkbox', { name: '業種' }).check();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('columnheader', { name: '業種' })).toBeVisible();
  await expect(page.getByText('1 個のセルが保存されていません')).toBeVisible();
  await page.getByRole('link', { name: '今日', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'やめる' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.getByRole('button', { name: 'そこへ' }).click();
  await expect(page.getByRole('alert').filter({ hasText: '電話番号として読めません' })).toBeVisible();
  await expect(page.locator('[data-active][data-mark=wrong]')).toHaveText('電話なし');
});

test('makes new records of the rows at its end', async ({ page }) => {
  await open(page, '新行', 2, () => ({ stage: 'customer' }));
  const filter = JSON.stringify({ and: [{ tags: { has: '新行' } }, { stage: { in: ['customer'] } }] });
  await page.goto(`${server.url}/o/companies?filter=${encodeURIComponent(filter)}&sort=name&columns=${columns.join(',')}`);
  await expect(cellAt(page, 3, 'name')).toHaveText('＋ 新しい会社');
  await cellAt(page, 3, 'name').click();
  await page.keyboard.type('新行０００１商店');
  await page.keyboard.press('Tab');
  // It is in the ledger already: told while it is typed, as on the form.
  await expect(page.getByRole('link', { name: '新行0001商店' })).toBeVisible();
  for (const scheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    expect(await violations(page), scheme).toEqual([]);
  }
  await page.keyboard.press('Tab');
  await page.keyboard.type('03-5555-0003');
  await page.keyboard.press('Tab');
  // Nothing is sent before the row is left; then it begins with what the list asks for.
  await expect(page.getByRole('button', { name: '1 行を登録する' })).toBeVisible();
  expect(await stored(page, '新行')).toHaveLength(2);
  await page.keyboard.press('Enter');
  await settled(page);
  // Behind the Tabs of a line Enter leads to its beginning.
  await expect(page.getByRole('textbox', { name: /会社名、4 行目/ })).toBeFocused();
  expect((await stored(page, '新行')).map(({ name, phone, stage }) => [name, phone, stage])).toContainEqual(['新行０００１商店', '03-5555-0003', 'customer']);
  await expect(cellAt(page, 4, 'name')).toHaveText('＋ 新しい会社');

  // Three rows from Excel, one of them without a name and one with a bad cell.
  await cellAt(page, 4, 'name').click();
  await paste(page, '新行甲商店\t既存\t03-5555-0004\r\n\t既存\t03-5555-0005\r\n新行乙商店\t既存\t電話なし\r\n');
  await expect(page.getByText('2 個のセルが保存されていません')).toBeVisible();
  await expect(cellAt(page, 5, 'name')).toHaveAttribute('data-mark', 'wrong');
  const made = async () => (await stored(page, '新行')).map(({ name, phone }) => `${name} ${phone}`).filter((each) => /[甲乙丙]/.test(each)).sort();
  expect(await made()).toEqual(['新行乙商店 null', '新行甲商店 03-5555-0004']);
  await expect(cellAt(page, 6, 'phone')).toHaveAttribute('data-mark', 'wrong');
  // Mended where they stand: the bad cell of a record that is there, and the row that still is none.
  await cellAt(page, 6, 'phone').click();
  await page.keyboard.type('03-5555-0006');
  await page.keyboard.press('Enter');
  await cellAt(page, 5, 'name').click();
  await page.keyboard.type('新行丙商店');
  await page.keyboard.press('Enter');
  await expect(page.getByText('保存されていません')).toBeHidden();
  await settled(page);
  await expect.poll(made).toEqual(['新行丙商店 03-5555-0005', '新行乙商店 03-5555-0006', '新行甲商店 03-5555-0004']);
  // One step back is one row less, and the list sorted again has them all in their places.
  await page.keyboard.press('Control+z');
  await expect.poll(async () => (await stored(page, '新行')).length).toBe(5);
  await page.getByRole('button', { name: '並べ直す' }).click();
  await expect(cellAt(page, 6, 'name')).toHaveText('＋ 新しい会社');
});

test('tells what cannot be changed, and lets the keyboard out', async ({ page }) => {
  await open(page, '固定', 2);
  await page.goto(`${page.url()}&columns=updated_at,phone`.replace(/&columns=stage[^&]*/, ''));
  await expect(page.getByRole('columnheader', { name: '代表電話' })).toBeVisible();
  await page.locator('[role=row][aria-rowindex="2"] [role=gridcell][aria-colindex="3"]').click();
  await page.keyboard.type('x');
  await expect(page.getByText('ここでは変えられません')).toBeVisible();
  // ↓ leads from the search box into the list.
  await page.getByRole('textbox', { name: '会社の中を探す' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('textbox', { name: /1 行目/ })).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('textbox', { name: /1 行目/ })).not.toBeFocused();
});
