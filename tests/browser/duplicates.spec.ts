// 名寄せ: from the scan of the ledger to a decision that stays.
import { expect, test } from '@playwright/test';
import { axe } from './axe.ts';
import { call, type Running, signIn, startServer } from './server.ts';

let server: Running;
test.beforeAll(async () => {
  server = await startServer({ demo: 40 });
});
test.afterAll(async () => server.stop());

test('half a name tells calmly whose names begin alike', async ({ page }) => {
  await signIn(page, server);
  await call(page, 'POST', '/companies?duplicates=ignore', { name: '株式会社鳴瀬製作所', city: '石巻市' });
  await call(page, 'POST', '/companies?duplicates=ignore', { name: '鳴瀬水産' });
  await page.goto(`${server.url}/o/companies`);
  await page.getByRole('button', { name: '新規', exact: true }).click();
  const form = page.getByRole('dialog');
  const name = form.getByRole('textbox', { name: /会社名/ }).first();
  await name.fill('鳴瀬');
  const hint = form.getByRole('status').filter({ hasText: '打ち始めが同じ登録' });
  await expect(hint.getByRole('listitem')).toHaveText([/^鳴瀬水産/, /^株式会社鳴瀬製作所/]);
  await axe(page, { within: '[role=dialog]' });
  await name.fill('鳴瀬製');
  await expect(hint.getByRole('listitem')).toHaveText([/^株式会社鳴瀬製作所/]);
  await expect(hint.getByRole('link', { name: '株式会社鳴瀬製作所' })).toHaveAttribute('href', /\/o\/companies\//);
  // The whole name is another matter: it may be the same.
  await name.fill('鳴瀬製作所');
  await expect(form.getByRole('status').filter({ hasText: 'すでに登録されているかもしれません' })).toContainText('株式会社鳴瀬製作所');
  await expect(hint).toHaveCount(0);
  await name.fill('');
  await expect(form.getByRole('status').filter({ hasText: '登録' })).toHaveCount(0);
});

test('two spellings are found, shown side by side and kept apart for good', async ({ page }) => {
  await signIn(page, server);
  const title = `${Date.now()}精機`;
  const facts = { phone: '052-911-0417', prefecture: '愛知県', city: '名古屋市北区', street: '大曽根1-2-3' };
  await call(page, 'POST', '/companies?duplicates=ignore', { name: `㈱${title}`, ...facts });
  await call(page, 'POST', '/companies?duplicates=ignore', { name: `${title}　株式会社`, ...facts, street: '大曽根１丁目２番３号' });

  await page.goto(`${server.url}/duplicates`);
  await page.getByRole('button', { name: /全体を調べる|調べ直す/ }).click();
  await expect(page.getByRole('status').filter({ hasText: '組が見つかりました' })).toBeVisible({ timeout: 30_000 });
  const card = page.getByRole('article').filter({ hasText: `㈱${title}` });
  await expect(card).toContainText('電話番号が同じ');
  await expect(card).toContainText('住所が同じ');
  await expect(card.getByRole('row', { name: /代表電話/ })).toContainText('052-911-0417');
  await axe(page);

  await card.getByRole('button', { name: '違うお客様' }).click();
  await expect(page.getByText('違うお客様として覚えました。')).toBeVisible();
  await expect(card).toHaveCount(0);
  await page.getByRole('button', { name: '調べ直す' }).click();
  await expect(page.getByRole('button', { name: '調べ直す' })).toBeEnabled();
  await expect(card).toHaveCount(0);

  await page.getByText('違うと決めた', { exact: true }).click();
  await expect(page).toHaveURL(/decision=different/);
  await card.getByRole('button', { name: '未確認に戻す' }).click();
  await expect(card).toHaveCount(0);
  await page.getByText('未確認', { exact: true }).click();
  await expect(card).toBeVisible();
});
