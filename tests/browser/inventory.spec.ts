// Setting up by what is done today: purpose, trade, present work, and what follows from it, as one change.
import { expect, type Page, test } from '@playwright/test';
import { axe } from './axe.ts';
import { call, type Running, signIn, startServer } from './server.ts';

let server: Running;
test.beforeAll(async () => {
  server = await startServer({ demo: 10 });
});
test.afterAll(async () => server.stop());

interface Setting {
  key: string;
  own: boolean;
  hidden: boolean;
  label: { ja: string };
  plural_label: { ja: string };
}
const settings = async (page: Page) => (await call<{ items: Setting[] }>(page, 'GET', '/objects')).items;
const panel = (page: Page, name: string) => page.locator('section', { has: page.getByRole('heading', { name, exact: true }) });

test('an estate agent sets the ledger up by present work, in one press and back', async ({ page }) => {
  await signIn(page, server);
  await page.goto(`${server.url}/settings/inventory`);

  // Why: everybody reads it on the home screen.
  await page.getByRole('button', { name: 'お客様を一人も取りこぼさない' }).click();
  const purpose = page.getByRole('textbox', { name: '何のために使うか' });
  await expect(purpose).toHaveValue('お客様を一人も取りこぼさない');
  await panel(page, '何のために使うか').getByRole('button', { name: '保存' }).click();
  await expect(page.getByText('目的を保存しました')).toBeVisible();

  await expect(panel(page, '大福帳をこう整えます').getByText('業種を選ぶか、今の業務を入れると、ここに案が出ます。')).toBeVisible();
  await page.getByText('不動産', { exact: true }).click();
  await page.getByRole('button', { name: '不動産のよくある業務を入れる（4 件）' }).click();
  const works = panel(page, '今の業務');
  await expect(works.getByRole('link', { name: '内見の約束と案内' })).toBeVisible();
  // In the order in which they come about with a customer.
  await expect(works.getByRole('link')).toContainText(['ポータルサイトの反響に返事', '内見の約束と案内', '契約の更新の案内', '問い合わせ・苦情の対応']);
  await works.getByRole('textbox', { name: '業務' }).fill('鍵の貸し出し');
  await works.getByRole('button', { name: '足す' }).click();
  await expect(works.getByRole('link', { name: '鍵の貸し出し' })).toBeVisible();
  await expect(works.getByText(/合わせて月におよそ/)).toContainText('内見の約束と案内');
  await expect(panel(page, '使う人').getByText('営業', { exact: false }).first()).toBeVisible();

  const proposals = panel(page, '大福帳をこう整えます');
  await expect(proposals.getByLabel('商談 → ご希望')).toBeChecked();
  await expect(proposals.getByLabel('物件')).toBeChecked();
  await axe(page);
  await proposals.getByLabel('予算').uncheck();
  await proposals.getByRole('button', { name: /件を反映する/ }).click();
  await expect(page.getByText(/件を反映しました/)).toBeVisible();
  let now = await settings(page);
  expect(now.find((each) => each.key === 'deal')?.label.ja).toBe('ご希望');
  expect(now.find((each) => each.plural_label.ja === '物件')).toMatchObject({ own: true, hidden: false });
  expect(now.find((each) => each.key === 'order')?.hidden).toBe(true);
  const fields = (await call<{ items: { label: { ja: string } }[] }>(page, 'GET', '/fields?object=person')).items.map((field) => field.label.ja);
  expect(fields).toContain('希望の地域');
  expect(fields).not.toContain('予算');
  // What is so is said to be so.
  await expect(proposals.getByLabel('物件')).toHaveCount(0);
  await expect(proposals.getByText('（済んでいます）').first()).toBeVisible();

  // The new list is there at once, with its fields.
  const house = now.find((each) => each.plural_label.ja === '物件') as Setting;
  await page.goto(`${server.url}/o/${house.key}`);
  await expect(page.getByRole('heading', { level: 1, name: '物件' })).toBeVisible();
  await page.goto(`${server.url}/`);
  await expect(page.getByRole('region', { name: '目的' })).toContainText('お客様を一人も取りこぼさない');
  await axe(page);
});

test('what was carried out is taken back in one press', async ({ page }) => {
  await signIn(page, server);
  await page.goto(`${server.url}/settings/inventory`);
  await page.getByText('卸売', { exact: true }).click();
  const proposals = panel(page, '大福帳をこう整えます');
  await expect(proposals.getByLabel('得意先コード')).toBeChecked();
  const labels = async () => (await call<{ items: { label: { ja: string }; hidden?: boolean }[] }>(page, 'GET', '/fields?object=company')).items.filter((field) => !field.hidden).map((field) => field.label.ja);
  await proposals.getByRole('button', { name: /件を反映する/ }).click();
  const toast = page.getByRole('alert').filter({ hasText: '件を反映しました' });
  await expect(toast).toBeVisible();
  expect(await labels()).toContain('得意先コード');
  await toast.getByRole('button', { name: '元に戻す' }).click();
  await expect(page.getByText('元に戻しました')).toBeVisible();
  expect(await labels()).not.toContain('得意先コード');
});
