// A list by where its records are: regions, prefectures and cities, and the list behind each number.
import { expect, type Page, test } from '@playwright/test';
import { axe } from './axe.ts';
import { call, type Running, signIn, startServer } from './server.ts';

let server: Running;
test.beforeAll(async () => {
  server = await startServer({ demo: 20 });
});
test.afterAll(async () => server.stop());

test('counts lead to the list that they count, and a view keeps them', async ({ page, viewport }) => {
  const desk = (viewport?.width ?? 0) > 500;
  await signIn(page, server);
  const mark = `地域${Date.now()}`;
  for (const [city, count] of [
    ['松江市', 2],
    ['出雲市', 1],
  ] as const)
    for (let at = 0; at < count; ++at)
      await call(page, 'POST', '/companies?duplicates=ignore', { name: `${mark}${city}${at}`, prefecture: '島根県', city, note: mark });
  await call(page, 'POST', '/companies?duplicates=ignore', { name: `${mark}どこか`, note: mark });

  const filter = encodeURIComponent(JSON.stringify({ note: { contains: mark } }));
  await page.goto(`${server.url}/o/companies?filter=${filter}`);
  await page.getByText('地域', { exact: true }).click();
  const table = page.getByRole('table', { name: '地域' });
  const row = (name: string) => table.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: false }) });
  await expect(row('中国').getByRole('cell').first()).toHaveText('3');
  await expect(row('島根県').getByRole('cell').first()).toHaveText('3');
  await expect(row('鳥取県').getByRole('cell').first()).toHaveText('0');
  await expect(row('住所なし').getByRole('cell').first()).toHaveText('1');
  await expect(row('計').getByRole('cell').first()).toHaveText('4');
  await axe(page);

  // By keyboard to the cities, and on to the list.
  await table.getByRole('button', { name: '島根県', exact: true }).press('Enter');
  await expect(row('松江市').getByRole('cell').first()).toHaveText('2');
  await expect(row('出雲市').getByRole('cell').first()).toHaveText('1');
  await axe(page);
  await page.reload();
  await expect(row('島根県')).toBeVisible();
  await page.getByText('多い順', { exact: true }).click();
  await expect(table.getByRole('rowgroup').nth(1).getByRole('row')).toHaveCount(1);
  await table.getByRole('button', { name: '島根県', exact: true }).click();
  await table.getByRole('button', { name: '松江市の一覧' }).press('Enter');
  await expect(page.getByText('2 件', { exact: true }).first()).toBeVisible();
  await expect(page.getByText(`${mark}松江市0`).first()).toBeVisible();
  await expect(page.getByText(`${mark}出雲市0`)).toHaveCount(0);
  await page.goBack();
  await expect(row('島根県')).toBeVisible();

  if (!desk) return;
  await page.getByRole('button', { name: 'この見方を保存' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').first().fill(`${mark}の地図`);
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(page).toHaveURL(/view=/);
  await page.goto(`${server.url}/o/companies`);
  await page.getByRole('button', { name: `${mark}の地図`, exact: true }).click();
  await expect(row('島根県').getByRole('cell').first()).toHaveText('3');
});
