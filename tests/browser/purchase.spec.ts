// A purchase is written down with its lines from a customer's page, and taken back in one go.
import { expect, test } from '@playwright/test';
import { call, type Running, signIn, startServer } from './server.ts';

let server: Running;
test.beforeAll(async () => {
  server = await startServer({ demo: 20 });
});
test.afterAll(async () => server.stop());

interface Page1<T> {
  items: T[];
}

test('lines, their sum, and one undo', async ({ page, viewport }) => {
  const phone = (viewport?.width ?? 0) < 600;
  await signIn(page, server);
  const company = await call<{ id: string }>(page, 'POST', '/companies?duplicates=ignore', { name: phone ? '携帯購入商店' : '机上購入商店' });
  await call(page, 'POST', '/products', { name: `六角ボルト${phone ? '甲' : '乙'}`, unit: '箱', unit_price: 1200 });
  await page.goto(`${server.url}/o/companies/${company.id}`);
  if (phone) await page.getByRole('button', { name: '記録する' }).click();
  await page.getByRole('radio', { name: /受注/ }).click();
  if (!phone) await page.getByPlaceholder('購入の内容やメモ').click();

  const item = (row: number) => page.getByRole('textbox', { name: `${row} 行目の商品` });
  await item(1).click();
  await page.keyboard.type('六角ボルト');
  await page.getByRole('option', { name: /^六角ボルト./ }).first().click();
  // The keyboard goes on to the quantity; the usual price is there already.
  await expect(page.getByLabel('1 行目の数量')).toBeFocused();
  await page.keyboard.type('３');
  await expect(page.getByLabel('1 行目の単価（税抜）')).toHaveValue('1,200');
  await expect(page.getByText('税抜合計 3,600円')).toBeVisible();
  await page.keyboard.press('Enter');

  // What is no product is just written.
  await expect(item(2)).toBeFocused();
  await page.keyboard.type('送料');
  await page.getByRole('option', { name: /と書くだけにする/ }).click();
  await page.getByLabel('2 行目の単価（税抜）').fill('500');
  await expect(page.getByText('税抜合計 4,100円')).toBeVisible();

  // A quantity is not guessed.
  await page.getByLabel('2 行目の数量').fill('');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('数を入れてください')).toBeVisible();
  await page.getByLabel('2 行目の数量').fill('1');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('受注を記録しました。')).toBeVisible();

  const filter = encodeURIComponent(JSON.stringify({ company: { eq: company.id } }));
  const orders = await call<Page1<{ id: string; name: string; total: number }>>(page, 'GET', `/orders?filter=${filter}&fields=name,total`);
  expect(orders.items.map((each) => [each.name.replace(/[甲乙]/, ''), each.total])).toEqual([['六角ボルト ほか 1 件', 4510]]);
  const ofOrder = encodeURIComponent(JSON.stringify({ order: { eq: orders.items[0]?.id } }));
  const lines = () => call<Page1<{ amount: number }>>(page, 'GET', `/order_lines?filter=${ofOrder}&fields=amount`);
  expect((await lines()).items.map((line) => line.amount).sort()).toEqual([3600, 500]);

  await page.getByRole('button', { name: '元に戻す' }).click();
  await expect(page.getByText('元に戻しました。').first()).toBeVisible();
  expect((await lines()).items).toEqual([]);
  expect((await call<Page1<unknown>>(page, 'GET', `/orders?filter=${filter}`)).items).toEqual([]);
});

test('a sum alone', async ({ page, viewport }) => {
  const phone = (viewport?.width ?? 0) < 600;
  await signIn(page, server);
  const company = await call<{ id: string }>(page, 'POST', '/companies?duplicates=ignore', { name: phone ? '携帯合計商店' : '机上合計商店' });
  await page.goto(`${server.url}/o/companies/${company.id}`);
  if (phone) await page.getByRole('button', { name: '記録する' }).click();
  await page.getByRole('radio', { name: /受注/ }).click();
  if (!phone) await page.getByPlaceholder('購入の内容やメモ').click();
  await page.getByLabel('合計（税込）').fill('１万２千円');
  await expect(page.getByText('→ 12,000円')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('受注を記録しました。')).toBeVisible();
  const filter = encodeURIComponent(JSON.stringify({ company: { eq: company.id } }));
  const orders = await call<Page1<{ total: number }>>(page, 'GET', `/orders?filter=${filter}&fields=total`);
  expect(orders.items.map((each) => each.total)).toEqual([12000]);
});
