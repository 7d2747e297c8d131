// 板: a list laid out by a choice. Cards are moved by hand, by menu and by keys; what a move needs is asked for, what others did first is told.
import { expect, type Page, test } from '@playwright/test';
import { axe } from './axe.ts';
import { call, type Running, signIn, startServer } from './server.ts';

let server: Running;
test.beforeAll(async () => {
  server = await startServer({ demo: 120 });
});
test.afterAll(async () => server.stop());

interface Deal {
  id: string;
  version: number;
  title: string;
  stage: string;
  lose_reasons?: string[];
  next_plan?: string;
}
interface Summary {
  groups: { value: string; count: number; sums: { amount: number } }[];
}
const isPhone = (page: Page) => (page.viewportSize()?.width ?? 0) < 600;
const mark = () => `${Date.now() % 1_000_000}`;
const make = (page: Page, name: string, stage: string, more: object = {}) => call<Deal>(page, 'POST', '/deals', { name, stage, amount: 1_200_000, ...more });
const read = (page: Page, id: string) => call<Deal>(page, 'GET', `/deals/${id}`);
const card = (page: Page, title: string) => page.getByRole('listitem').filter({ has: page.getByRole('link', { name: title, exact: true }) });
const column = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const inColumn = (page: Page, name: string, title: string) => column(page, name).getByRole('link', { name: title, exact: true });
const sumOf = async (page: Page, stage: string) => (await call<Summary>(page, 'GET', '/deals/summary?group=stage&sum=amount')).groups.find((group) => group.value === stage) ?? { count: 0, sums: { amount: 0 } };

/** Shows a column: on a phone there is one at a time. */
async function show(page: Page, name: string) {
  if (isPhone(page)) await page.getByRole('tab', { name }).click();
  await expect(column(page, name)).toBeVisible();
}

async function openBoard(page: Page, search = '') {
  await page.goto(`${server.url}/o/deals?as=board${search}`);
  await show(page, '引き合い');
}

async function moveByMenu(page: Page, title: string, to: string) {
  await card(page, title).getByRole('button', { name: `「${title}」を移す` }).click();
  await page.getByRole('menuitem', { name: to, exact: true }).click();
}

test('from the table to the board, and a card to the next column and back', async ({ page }) => {
  await signIn(page, server);
  const title = `板の商談${mark()}`;
  const deal = await make(page, title, 'hearing');
  await page.goto(`${server.url}/o/deals`);
  await page.getByText('板', { exact: true }).click();
  await expect(page).toHaveURL(/as=board/);
  await show(page, 'ヒアリング');
  await expect(inColumn(page, 'ヒアリング', title)).toBeVisible();
  await expect(card(page, title)).toContainText('1,200,000円');
  const before = await sumOf(page, 'hearing');
  const total = (count: number) => (isPhone(page) ? page.getByRole('tab', { name: `ヒアリング ${count} 件` }) : column(page, 'ヒアリング').getByText(`${count} 件`));
  await expect(total(before.count)).toBeVisible();
  await expect(column(page, 'ヒアリング')).toContainText('金額の合計');
  await axe(page);

  await moveByMenu(page, title, '提案中');
  await expect(page.getByText(`「${title}」を「提案中」に移しました。`).first()).toBeVisible();
  await expect(total(before.count - 1)).toBeVisible();
  await show(page, '提案中');
  await expect(inColumn(page, '提案中', title)).toBeVisible();
  expect((await read(page, deal.id)).stage).toBe('proposing');
  await page.getByRole('button', { name: '元に戻す' }).click();
  await show(page, 'ヒアリング');
  await expect(inColumn(page, 'ヒアリング', title)).toBeVisible();
  await expect(total(before.count)).toBeVisible();
  expect((await read(page, deal.id)).stage).toBe('hearing');

  // The search and the way back to the table keep to the same list.
  await page.getByPlaceholder('商談の中を探す').fill(title);
  await expect(total(1)).toBeVisible();
  await page.getByText('表', { exact: true }).click();
  await expect(page).not.toHaveURL(/as=board/);
});

test('a saved view is the board that it was saved as', async ({ page }) => {
  await signIn(page, server);
  await openBoard(page, '&by=stage');
  const name = `板の見方${mark()}`;
  await page.getByRole('button', { name: 'この見方を保存' }).click();
  await page.getByRole('textbox', { name: '名前' }).fill(name);
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
  await expect(page).toHaveURL(/view=/);
  await page.getByRole('button', { name: '提案中から先の商談' }).click();
  await expect(page).not.toHaveURL(/as=board/);
  await page.getByRole('button', { name, exact: true }).click();
  await expect(page).toHaveURL(/as=board/);
  await expect(column(page, '引き合い')).toBeVisible();
});

// With a mouse and a keyboard.
test('a card is dragged, and moved by keys with the focus on it', { tag: '@desk' }, async ({ page }) => {
  await signIn(page, server);
  const title = `運ぶ商談${mark()}`;
  const deal = await make(page, title, 'lead');
  await openBoard(page, `&q=${encodeURIComponent(title)}`);
  await card(page, title).dragTo(column(page, 'ヒアリング'));
  await expect(inColumn(page, 'ヒアリング', title)).toBeVisible();
  await expect.poll(async () => (await read(page, deal.id)).stage).toBe('hearing');
  await expect(card(page, title)).not.toHaveAttribute('aria-busy');

  await inColumn(page, 'ヒアリング', title).focus();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(inColumn(page, '提案中', title)).toBeFocused();
  await expect.poll(async () => (await read(page, deal.id)).stage).toBe('proposing');
  await expect(page.getByRole('status').filter({ hasText: `「${title}」を「提案中」に移しました。` })).toHaveCount(1);
  await expect(card(page, title)).not.toHaveAttribute('aria-busy');
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(inColumn(page, 'ヒアリング', title)).toBeFocused();
  await expect.poll(async () => (await read(page, deal.id)).stage).toBe('hearing');
  await expect(card(page, title)).not.toHaveAttribute('aria-busy');
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(inColumn(page, '引き合い', title)).toBeFocused();
  await expect(card(page, title)).not.toHaveAttribute('aria-busy');
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(page.getByRole('status').filter({ hasText: 'これより先の列はありません' })).toHaveCount(1);
  await expect(page).toHaveURL(/as=board/);

  // A click looks at the card beside the board.
  await inColumn(page, '引き合い', title).click();
  await expect(page.getByRole('complementary', { name: title })).toBeVisible();
  await axe(page);
});

test('what a move needs is asked for where the card is put', async ({ page }) => {
  await signIn(page, server);
  const title = `理由の要る商談${mark()}`;
  const deal = await make(page, title, 'negotiating');
  await openBoard(page, `&q=${encodeURIComponent(title)}`);
  await show(page, '交渉・最終確認');
  const dialog = page.getByRole('dialog', { name: '「失注」に移すために' });
  await moveByMenu(page, title, '失注');
  await expect(dialog.getByText('失注した理由を', { exact: false })).toBeVisible();
  await axe(page);
  await dialog.getByRole('button', { name: '移さない' }).click();
  await expect(inColumn(page, '交渉・最終確認', title)).toBeVisible();
  expect((await read(page, deal.id)).stage).toBe('negotiating');

  await moveByMenu(page, title, '失注');
  await dialog.getByRole('button', { name: '入れて移す' }).click();
  await expect(dialog.getByText('失注した理由を', { exact: false })).toBeVisible();
  await dialog.getByLabel('失注した理由').click();
  await page.getByRole('option', { name: '競合に決定' }).click();
  await dialog.getByText(title).click();
  // Without the network what was filled in stays.
  const unreachable = `**/api/v1/deals/${deal.id}`;
  await page.route(unreachable, (route) => route.abort());
  await dialog.getByRole('button', { name: '入れて移す' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'つながりません' })).toBeVisible();
  await expect(dialog.getByText('競合に決定')).toBeVisible();
  await page.unroute(unreachable);
  await dialog.getByRole('button', { name: '入れて移す' }).click();
  await expect(dialog).toBeHidden();
  await show(page, '失注');
  await expect(inColumn(page, '失注', title)).toBeVisible();
  expect(await read(page, deal.id)).toMatchObject({ stage: 'lost', lose_reasons: ['competitor'] });

  // A rule of the company asks in the same way, together with what the product asks.
  const rule = await call<{ id: string }>(page, 'POST', '/rules', {
    object: 'deal',
    check: { kind: 'required', fields: ['next_plan'] },
    when: [{ field: 'stage', op: 'in', values: ['quoting'] }],
  });
  try {
    await show(page, '失注');
    await expect(card(page, title)).not.toHaveAttribute('aria-busy');
    await moveByMenu(page, title, '見積提出');
    const asks = page.getByRole('dialog', { name: '「見積提出」に移すために' });
    await asks.getByLabel('次回の予定', { exact: true }).fill('見積を説明する');
    await asks.getByRole('button', { name: '入れて移す' }).click();
    await expect(asks).toBeHidden();
    expect(await read(page, deal.id)).toMatchObject({ stage: 'quoting', next_plan: '見積を説明する' });
  } finally {
    await call(page, 'DELETE', `/rules/${rule.id}`);
  }
});

test('who was first is told, and the card stands where it is now', async ({ page }) => {
  // The page does not hear of the other's change before it moves the card.
  await page.route('**/api/v1/events', (route) => route.abort());
  await signIn(page, server);
  const title = `取り合う商談${mark()}`;
  const deal = await make(page, title, 'lead');
  await openBoard(page, `&q=${encodeURIComponent(title)}`);
  await expect(inColumn(page, '引き合い', title)).toBeVisible();
  await call(page, 'PATCH', `/deals/${deal.id}`, { version: deal.version, stage: 'quoting' });
  await moveByMenu(page, title, 'ヒアリング');
  await expect(page.getByText(`先に「${title}」を動かしました`)).toBeVisible();
  await show(page, '見積提出');
  await expect(inColumn(page, '見積提出', title)).toBeVisible();
  expect((await read(page, deal.id)).stage).toBe('quoting');
});

test('fifty cards at a time, and those that stand still say so', async ({ page }) => {
  await signIn(page, server);
  // Forty days on nothing has moved.
  await page.clock.setFixedTime(Date.now() + 40 * 86_400_000);
  await openBoard(page);
  await show(page, '受注');
  const cards = column(page, '受注').getByRole('listitem');
  await expect(cards).toHaveCount(50);
  await column(page, '受注').getByRole('button', { name: 'もっと見る' }).click();
  const { count } = await sumOf(page, 'won');
  await expect(cards).toHaveCount(count);
  // What is won stands still and may.
  await expect(column(page, '受注').getByText(/日このまま/)).toHaveCount(0);
  await show(page, '提案中');
  await expect(column(page, '提案中').getByText(/^[3-9]\d 日このまま$/).first()).toBeVisible();
  await axe(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await axe(page);
});

test('who may only read sees the board and moves nothing', async ({ page }) => {
  await signIn(page, server, 'viewer@example.jp');
  await openBoard(page);
  await expect(page.getByText('見るだけの板です', { exact: false })).toBeVisible();
  await expect(column(page, '引き合い').getByRole('link').first()).toBeVisible();
  await expect(page.getByRole('button', { name: /を移す/ })).toHaveCount(0);
  await expect(page.locator('[draggable="true"]')).toHaveCount(0);
});

test('other lists are laid out as well', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await signIn(page, server);
  await page.goto(`${server.url}/o/companies?as=board`);
  await show(page, '既存');
  await expect(column(page, '既存').getByRole('link').first()).toBeVisible();
  await axe(page);
  await page.goto(`${server.url}/o/deals?as=board&by=nothing&q=${encodeURIComponent('どこにもない商談')}`);
  await expect(page.getByText('条件に合うものがありません')).toBeVisible();
});
