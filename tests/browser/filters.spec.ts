// 絞り込み: customers found by what belongs to them, by hand and by the ready-made conditions; the address and saved views keep it.
import { expect, type Page, test } from '@playwright/test';
import { axe } from './axe.ts';
import { call, type Running, signIn, startServer } from './server.ts';

let server: Running;
test.beforeAll(async () => {
  server = await startServer({ demo: 60 });
});
test.afterAll(async () => server.stop());

const isPhone = (page: Page) => (page.viewportSize()?.width ?? 0) < 600;
const mark = () => `${Date.now() % 10_000_000}`;
const daysAgo = (days: number) => new Date(Date.now() + 9 * 3_600_000 - days * 86_400_000).toISOString().slice(0, 10);
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const count = (page: Page, number: number) => expect(page.locator('header').getByText(`${number} 件`, { exact: true })).toBeVisible();
const sees = async (page: Page, names: string[], not: string[]) => {
  await count(page, names.length);
  const rows = isPhone(page) ? page.getByRole('listitem') : page.getByRole('row');
  for (const name of names) await expect(rows.filter({ hasText: name })).toHaveCount(1);
  for (const name of not) await expect(rows.filter({ hasText: name })).toHaveCount(0);
};

interface Made {
  often: string;
  once: string;
  quiet: string;
  names: { often: string; once: string; quiet: string };
}
/** Three customers: one that buys often, one that bought once and complains, one that nobody has ever spoken to. */
async function customers(page: Page): Promise<Made & { tag: string }> {
  const tag = `絞${mark()}`;
  const names = { often: `${tag}常連`, once: `${tag}苦情`, quiet: `${tag}疎遠` };
  const make = async (name: string) => (await call<{ id: string }>(page, 'POST', '/companies?duplicates=ignore', { name, tags: [tag] })).id;
  const [often, once, quiet] = [await make(names.often), await make(names.once), await make(names.quiet)];
  const order = (company: string, days: number) => call(page, 'POST', '/orders', { company, ordered_on: daysAgo(days), amount: 1000 });
  for (const days of [3, 40, 85]) await order(often, days);
  await order(once, 10);
  for (const days of [120, 150, 200]) await order(quiet, days);
  const spoken = (company: string, days: number) => call(page, 'POST', '/activities', { company, kind: 'call', status: 'done', content: '電話', happened_at: `${daysAgo(days)}T01:00:00Z` });
  await spoken(often, 2);
  await spoken(once, 70);
  await call(page, 'POST', '/inquiries', { company: often, subject: '済んだ苦情', content: '済み', kind: 'complaint', status: 'solved', received_at: `${daysAgo(3)}T01:00:00Z` });
  await call(page, 'POST', '/inquiries', { company: once, subject: '苦情', content: '遅い', kind: 'complaint', status: 'open', received_at: `${daysAgo(65)}T01:00:00Z` });
  return { often, once, quiet, names, tag };
}

/** The list of those three, with the builder open. */
async function build(page: Page, tag: string) {
  await page.goto(`${server.url}/o/companies?filter=${encodeURIComponent(JSON.stringify({ tags: { has: tag } }))}`);
  await count(page, 3);
  await page.getByRole('button', { name: /^絞り込み/ }).click();
}
const done = (page: Page) => button(page, isPhone(page) ? '一覧を見る' : '閉じる').click();

/** Chooses in the list that a new condition opens. */
async function choose(page: Page, typed: string, option: string) {
  const box = page.getByLabel('項目', { exact: true }).and(page.locator('input')).last();
  await expect(box).toBeFocused();
  await box.fill(typed);
  await page.getByRole('option', { name: option, exact: true }).click();
}

test('at least 3 orders in the last 90 days, built by hand, kept by the address', async ({ page }) => {
  await signIn(page, server);
  const { names, tag } = await customers(page);
  await build(page, tag);
  await button(page, 'つながる記録の条件を足す').click();
  await choose(page, '受注', '受注・購入');
  await sees(page, [names.often, names.once, names.quiet], []);
  const card = page.getByRole('group', { name: '受注・購入' });
  await card.getByLabel('あるか、何件か').selectOption({ label: '◯ 件以上ある' });
  await card.getByLabel('件数').fill('３');
  await sees(page, [names.often, names.quiet], [names.once]);
  await button(page, '受注の条件を足す').click();
  await choose(page, '購入日', '購入日');
  await card.getByLabel('購入日').selectOption({ label: '過去 ◯ 日' });
  await expect(card.getByLabel('いくつ')).toHaveValue('90');
  await sees(page, [names.often], [names.once, names.quiet]);
  await axe(page);
  await done(page);
  const chip = button(page, '受注・購入が 3 件以上ある（購入日が 過去 90 日）');
  await expect(chip).toBeVisible();

  await page.reload();
  await sees(page, [names.often], [names.once, names.quiet]);
  // The chip opens what it says, to be changed: at most 1 in the last 90 days.
  await chip.click();
  await card.getByLabel('あるか、何件か').selectOption({ label: '◯ 件以下' });
  await card.getByLabel('件数').fill('1');
  await sees(page, [names.once, names.quiet], [names.often]);
  await done(page);
  await expect(button(page, '受注・購入が 1 件以下（購入日が 過去 90 日）')).toBeVisible();
  await page.getByRole('button', { name: '条件「受注・購入が 1 件以下（購入日が 過去 90 日）」を外す' }).click();
  await sees(page, [names.often, names.once, names.quiet], []);
});

test('no contact for 60 days includes who was never spoken to', async ({ page }) => {
  await signIn(page, server);
  const { names, tag } = await customers(page);
  await build(page, tag);
  await button(page, '条件を足す').click();
  await choose(page, '最後の連絡', '最後の連絡');
  await page.getByLabel('最後の連絡', { exact: true }).selectOption({ label: '◯ 日より前' });
  await expect(page.getByText('一度もないものは入りません。')).toBeVisible();
  await page.getByLabel('いくつ').fill('60');
  await sees(page, [names.once], [names.often, names.quiet]);
  await page.getByLabel('最後の連絡', { exact: true }).selectOption({ label: '◯ 日以上ない' });
  await expect(page.getByText('一度もないものも入ります。')).toBeVisible();
  await sees(page, [names.once, names.quiet], [names.often]);
  await page.getByLabel('いくつ').fill('');
  await page.getByLabel('いくつ').fill('3');
  await page.getByLabel('単位').selectOption({ label: 'か月' });
  await sees(page, [names.quiet], [names.often, names.once]);
  await done(page);
  await page.reload();
  await expect(button(page, '最後の連絡が 3 か月以上ない')).toBeVisible();
  await sees(page, [names.quiet], [names.often, names.once]);
});

test('an open complaint, or many orders: a group of any', async ({ page }) => {
  await signIn(page, server);
  const { names, tag } = await customers(page);
  await build(page, tag);
  await button(page, 'まとまりを足す').click();
  const group = page.getByRole('group', { name: '条件のまとまり' });
  await page.keyboard.press('Escape');
  await group.getByRole('button', { name: 'この条件を外す' }).click();
  await group.getByRole('button', { name: 'つながる記録の条件を足す' }).click();
  await choose(page, '問い合わせ', '問い合わせ');
  await group.getByRole('button', { name: '問い合わせの条件を足す' }).click();
  await choose(page, '種類', '種類');
  await page.getByLabel('種類', { exact: true }).first().click();
  await page.getByRole('option', { name: 'クレーム', exact: true }).click();
  await page.keyboard.press('Escape');
  await sees(page, [names.often, names.once], [names.quiet]);
  await group.getByRole('button', { name: '問い合わせの条件を足す' }).click();
  await choose(page, '対応状況', '対応状況');
  await group.getByLabel('比べ方').last().selectOption({ label: '以外' });
  await page.getByLabel('対応状況', { exact: true }).first().click();
  await page.getByRole('option', { name: '解決', exact: true }).click();
  await page.keyboard.press('Escape');
  await sees(page, [names.once], [names.often, names.quiet]);
  await group.getByRole('button', { name: 'つながる記録の条件を足す' }).click();
  await choose(page, '受注', '受注・購入');
  await page.getByRole('group', { name: '受注・購入' }).getByLabel('あるか、何件か').selectOption({ label: '◯ 件以上ある' });
  await sees(page, [names.often, names.once, names.quiet], []);
  await page.getByRole('group', { name: '受注・購入' }).getByLabel('件数').fill('4');
  await sees(page, [names.once], [names.often, names.quiet]);
  await done(page);
  await page.reload();
  await expect(page.getByRole('button', { name: '問い合わせがある（種類が クレーム、対応状況が 解決 以外） または 受注・購入が 4 件以上ある', exact: true })).toBeVisible();
  await sees(page, [names.once], [names.often, names.quiet]);
});

test('ready-made conditions go in with one click, can be changed, and out with another', async ({ page }) => {
  await signIn(page, server);
  const { names, tag } = await customers(page);
  await build(page, tag);
  await button(page, '直近 90 日に受注 3 件以上').click();
  await expect(button(page, '直近 90 日に受注 3 件以上')).toHaveAttribute('aria-pressed', 'true');
  await sees(page, [names.often], [names.once, names.quiet]);
  await page.getByLabel('いくつ').fill('365');
  await sees(page, [names.often, names.quiet], [names.once]);
  await expect(button(page, '直近 90 日に受注 3 件以上')).toHaveAttribute('aria-pressed', 'false');
  await page.getByRole('button', { name: 'この条件を外す' }).last().click();
  await button(page, '60 日連絡がない').click();
  await sees(page, [names.once, names.quiet], [names.often]);
  await button(page, '未解決のクレームがある').click();
  await sees(page, [names.once], [names.often, names.quiet]);
  await button(page, '60 日連絡がない').click();
  await button(page, '未解決のクレームがある').click();
  await sees(page, [names.often, names.once, names.quiet], []);
});

// With a keyboard.
test('by the keyboard alone', { tag: '@desk' }, async ({ page }) => {
  await signIn(page, server);
  const { names, tag } = await customers(page);
  await page.goto(`${server.url}/o/companies?filter=${encodeURIComponent(JSON.stringify({ tags: { has: tag } }))}`);
  await count(page, 3);
  await page.getByRole('button', { name: /^絞り込み/ }).focus();
  await page.keyboard.press('Enter');
  await button(page, 'つながる記録の条件を足す').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('問い合わせ');
  await page.keyboard.press('Enter');
  const card = page.getByRole('group', { name: '問い合わせ' });
  await expect(card).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(card.getByLabel('あるか、何件か')).toBeFocused();
  await page.keyboard.press('End');
  await expect(card.getByLabel('あるか、何件か')).toHaveValue('none');
  await sees(page, [names.quiet], [names.often, names.once]);
  await page.keyboard.press('Escape');
  await expect(card).toBeHidden();
  await expect(page.getByRole('button', { name: /^絞り込み/ })).toBeFocused();
  await expect(button(page, '問い合わせがない')).toBeVisible();
});

// Views are saved at a desk.
test('a saved view holds for whoever opens it, with what he may see', { tag: '@desk' }, async ({ page, browser }) => {
  await signIn(page, server);
  const { names, tag } = await customers(page);
  await build(page, tag);
  await button(page, '直近 90 日に受注 3 件以上').click();
  await done(page);
  await count(page, 1);
  const view = `よく買う${tag}`;
  await button(page, 'この見方を保存').click();
  await page.getByRole('textbox', { name: '名前' }).fill(view);
  await page.getByRole('dialog').getByRole('checkbox', { name: 'みんなと共有する' }).check();
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
  await expect(page).toHaveURL(/view=/);
  // The same filter makes the board, and what is written out.
  await page.getByText('板', { exact: true }).click();
  await expect(page).toHaveURL(/as=board/);
  await expect(page.getByRole('link', { name: names.often, exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: names.quiet, exact: true })).toHaveCount(0);

  // Somebody who may see no orders but his own: the company he sees, its orders he does not.
  const viewer = (await call<{ items: { id: string; email: string }[] }>(page, 'GET', '/users')).items.find((each) => each.email === 'viewer@example.jp');
  expect(viewer).toBeDefined();
  await call(page, 'PATCH', '/roles/viewer', { objects: { '*': { read: 'all' }, order: { read: 'own' } } });
  const other = await (await browser.newContext({ locale: 'ja-JP', timezoneId: 'Asia/Tokyo' })).newPage();
  await signIn(other, server, 'viewer@example.jp');
  await other.goto(`${server.url}/o/companies`);
  await other.getByRole('button', { name: view }).click();
  await expect(button(other, '受注・購入が 3 件以上ある（購入日が 過去 90 日）')).toBeVisible();
  await expect(other.getByText('条件に合う', { exact: false }).first()).toBeVisible();
  await expect(other.getByText(names.often)).toHaveCount(0);
  // Closed altogether: the condition cannot be asked, and says nothing.
  await call(page, 'PATCH', '/roles/viewer', { objects: { '*': { read: 'all' }, order: { read: 'none' } } });
  await other.reload();
  await expect(other.getByText('絞り込み条件に直すところがあります。')).toBeVisible();
  await expect(button(other, '詳しい条件')).toBeVisible();
  await other.getByRole('button', { name: /^絞り込み/ }).click();
  await expect(button(other, '直近 90 日に受注 3 件以上')).toHaveCount(0);
  await expect(button(other, '60 日連絡がない')).toBeVisible();
  await call(page, 'PATCH', '/roles/viewer', { objects: { '*': { read: 'all' }, order: { read: 'all' } } });
  await other.context().close();
});
