// 設定 → 使い方 and ご意見箱: what is counted of forms, who enters, and an opinion that finds its way there and back.
import { expect, type Page, test } from '@playwright/test';
import { axe } from './axe.ts';
import { call, type Running, signIn, startServer } from './server.ts';

let server: Running;
test.beforeAll(async () => {
  server = await startServer({ demo: 20 });
});
test.afterAll(async () => server.stop());

interface Feedback {
  id: string;
  page: string;
  browser: string;
  text: string;
  state: string;
}
interface Counts {
  object: string;
  opened: number;
  saved: number;
  left: number;
  fields: { field: string; left: number }[];
}
const mark = () => `${Date.now() % 1_000_000}`;

/** The name at the top right; on a phone its hidden words are not there. */
const userMenu = (page: Page) => page.getByRole('banner').getByRole('button', { name: /営業|見本/ });

async function openForm(page: Page) {
  await userMenu(page).click();
  await page.getByRole('menuitem', { name: '困ったこと・意見を送る' }).click();
  const dialog = page.getByRole('dialog', { name: '困ったこと・意見を送る' });
  await expect(dialog).toBeVisible();
  return dialog;
}

const mine = async (page: Page) => (await call<{ items: Feedback[] }>(page, 'GET', '/feedback/mine')).items;

test('an opinion is sent from a screen, answered, and its answer is seen', async ({ page, browser }) => {
  const text = `字を大きくしたい ${mark()}`;
  await signIn(page, server, 'haruko@example.jp');
  await page.goto(`${server.url}/o/companies?q=${encodeURIComponent('秘密')}`);
  let dialog = await openForm(page);
  await dialog.getByText('こうしたい', { exact: true }).click();
  await dialog.getByLabel('内容').fill(text);
  // What goes along is to be seen, without what was searched for, and can be left out.
  await expect(dialog.getByRole('group', { name: 'いっしょに送るもの' })).toContainText('画面: /o/companies');
  await expect(dialog).not.toContainText('秘密');
  await dialog.getByRole('button', { name: /「ブラウザー: .*」を付けない/ }).click();
  await axe(page);
  await dialog.getByRole('button', { name: '送る', exact: true }).click();
  await expect(dialog.getByRole('article').filter({ hasText: text })).toContainText('未対応');
  const [sent] = await mine(page);
  expect(sent).toMatchObject({ text, page: '/o/companies', browser: '', state: 'new' });

  const office = await browser.newContext({ locale: 'ja-JP', timezoneId: 'Asia/Tokyo' });
  const desk = await office.newPage();
  await signIn(desk, server);
  await desk.goto(`${server.url}/settings/feedback`);
  const item = desk.getByRole('article').filter({ hasText: text });
  await item.getByRole('combobox', { name: /の進み具合/ }).click();
  await desk.getByRole('option', { name: '対応した' }).click();
  await expect(desk.getByText('「対応した」にしました')).toBeVisible();
  await item.getByLabel(/への返事/).fill('「表示」の「広い」をお試しください');
  await item.getByRole('button', { name: '返事を送る' }).click();
  await expect(desk.getByText('返事を送りました')).toBeVisible();
  await axe(desk);
  await office.close();

  await page.goto(`${server.url}/`);
  await userMenu(page).click();
  await page.getByRole('menuitem', { name: '困ったこと・意見を送る' }).filter({ hasText: '返事 1' }).click();
  dialog = page.getByRole('dialog', { name: '困ったこと・意見を送る' });
  const letter = dialog.getByRole('article').filter({ hasText: text });
  await expect(letter).toContainText('新しい返事');
  await expect(letter).toContainText('「表示」の「広い」をお試しください');
  await expect
    .poll(async () => (await call<{ feedback: { answers: number } }>(page, 'GET', '/session')).feedback.answers)
    .toBe(0);
});

test('without a line an opinion waits and is sent once', async ({ page, context }) => {
  const text = `電波のない所で ${mark()}`;
  await signIn(page, server, 'natsuo@example.jp');
  const dialog = await openForm(page);
  await dialog.getByLabel('内容').fill(text);
  await context.setOffline(true);
  await dialog.getByRole('button', { name: '送る', exact: true }).click();
  await expect(page.getByText('つながりしだい送ります。')).toBeVisible();
  await context.setOffline(false);
  await page.reload();
  await expect.poll(async () => (await mine(page)).filter((each) => each.text === text).length, { timeout: 20_000 }).toBe(1);
});

test('what is half written stays for the next time', async ({ page }) => {
  await signIn(page, server, 'akie@example.jp');
  let dialog = await openForm(page);
  await dialog.getByLabel('内容').fill('書きかけ');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.reload();
  dialog = await openForm(page);
  await expect(dialog.getByLabel('内容')).toHaveValue('書きかけ');
});

test('a form that is left is counted with its field, and stands in 使い方 @desk', async ({ page }) => {
  await signIn(page, server);
  const company = async () =>
    (await call<{ items: Counts[] }>(page, 'GET', '/usage/forms')).items.find((each) => each.object === 'company') ??
    { object: 'company', opened: 0, saved: 0, left: 0, fields: [] };
  const before = await company();
  await page.goto(`${server.url}/o/companies`);
  await page.getByRole('button', { name: '新規' }).click();
  const drawer = page.getByRole('dialog', { name: '会社を登録' });
  await drawer.getByLabel('会社名').first().fill('やめる商店');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '捨てて進む' }).click();
  await expect(drawer).toBeHidden();
  await expect.poll(async () => (await company()).left, { timeout: 40_000, intervals: [1000] }).toBe(before.left + 1);
  const after = await company();
  expect(after.opened).toBe(before.opened + 1);
  expect(after.fields.map((each) => each.field)).toContain('name');

  await page.goto(`${server.url}/settings/usage`);
  await expect(page.getByText('打った文字、見た画面、書いた中身は数えません')).toBeVisible();
  const forms = page.getByRole('table', { name: '入力が止まるところ' });
  await expect(forms.getByRole('row').filter({ hasText: '会社' }).first()).toContainText('「会社名」のところで');
  await axe(page);
});

test('who entered what stands there by person and by team, and is closed to others', async ({ page, browser }) => {
  await signIn(page, server, 'fuyuki@example.jp');
  await call(page, 'POST', '/companies', { name: `冬の商店${mark()}` });
  await page.goto(`${server.url}/settings/usage`);
  await expect(page.getByText('この設定は管理者だけが開けます。')).toBeVisible();

  const office = await browser.newContext({ locale: 'ja-JP', timezoneId: 'Asia/Tokyo', viewport: page.viewportSize() });
  const desk = await office.newPage();
  await signIn(desk, server);
  await desk.goto(`${server.url}/settings/usage`);
  const people = desk.getByRole('table', { name: 'だれが書いているか' });
  const row = people.getByRole('row').filter({ hasText: '営業 冬樹' });
  await expect(row).toContainText('書いている');
  await expect(row).toContainText('会社 1');
  await expect(row.getByRole('img', { name: 'この 4 週間で 1 件、書いた日は 1 日' })).toBeVisible();
  await axe(desk);
  await desk.getByText('チームごと', { exact: true }).click();
  await expect(people.getByRole('row').filter({ hasText: '人が書いている' }).first()).toBeVisible();
  await office.close();
});
