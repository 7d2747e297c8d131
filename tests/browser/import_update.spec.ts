// A monthly list: it updates who is there, asks about who is not sure, and is taken back as a whole.
import { expect, type Page, test } from '@playwright/test';
import { axe } from './axe.ts';
import { call, type Running, signIn, startServer } from './server.ts';

let server: Running;
test.beforeAll(async () => {
  server = await startServer({ demo: 20 });
});
test.afterAll(async () => server.stop());

async function upload(page: Page, name: string, rows: string[]): Promise<void> {
  await page.goto(`${server.url}/import?object=company`);
  await page
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(`\uFEFF${rows.join('\r\n')}`) });
  await expect(page.getByRole('heading', { name: /登録済みのお客様の扱い/ })).toBeVisible();
}

test('a list updates who is registered, a person decides on the rest, and undo brings it back', async ({ page, viewport }) => {
  await signIn(page, server);
  const mark = `月次${viewport?.width}`;
  const digits = String(viewport?.width).padStart(4, '0');
  const sure = await call<{ id: string }>(page, 'POST', '/companies', { name: `株式会社${mark}製作所`, phone: `03-1234-${digits}`, employees: 100 });
  const weak = await call<{ id: string }>(page, 'POST', '/companies', { name: `${mark}商店`, phone: `06-1111-${digits}` });
  await upload(page, `${mark}.csv`, [
    '会社名,電話番号,従業員数',
    `㈱${mark}製作所,03-1234-${digits},120`,
    `${mark}商店,,7`,
    `${mark}物産,045-111-${digits},3`,
  ]);

  await page.getByText('新規と更新', { exact: true }).click();
  await page.getByLabel('値が違うとき').selectOption({ label: 'ファイルの値で上書きする' });
  await expect(page.getByRole('button', { name: '更新 1', exact: true })).toBeVisible();
  await page.getByRole('button', { name: '更新 1', exact: true }).click();
  await expect(page.getByRole('listitem').filter({ hasText: '従業員数' })).toContainText('100 → 120');
  await expect(page.getByText('照合: 電話')).toBeVisible();

  // Nobody has said yet who that is.
  await expect(page.getByText('要確認の 1 行は、決めるまで取り込みません。')).toBeVisible();
  await page.getByRole('button', { name: '要確認 1', exact: true }).click();
  await expect(page.getByText(`06-1111-${digits}`)).toBeVisible();
  await axe(page, { best: true });
  await page.getByRole('button', { name: 'この記録に入れる' }).click();
  await expect(page.getByText('選んだ記録に入れる')).toBeVisible();

  await page.getByRole('button', { name: '新規 1 行・更新 2 行を取り込む' }).click();
  await expect(page.getByRole('heading', { name: '取り込みが終わりました' })).toBeVisible({ timeout: 60_000 });
  const employees = async (id: string) => (await call<{ employees?: number }>(page, 'GET', `/companies/${id}`)).employees;
  expect([await employees(sure.id), await employees(weak.id)]).toEqual([120, 7]);

  // One of them is edited by hand; the undo leaves that edit and says where.
  const now = await call<{ version: number }>(page, 'GET', `/companies/${weak.id}`);
  await call(page, 'PATCH', `/companies/${weak.id}`, { version: now.version, employees: 8 });
  await page.getByRole('button', { name: 'この取り込みを取り消す' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'この取り込みを取り消す' }).click();
  await expect(page.getByText('あとで変えられていたため残したもの')).toBeVisible();
  await expect(page.getByRole('link', { name: `${mark}商店` })).toBeVisible();
  expect([await employees(sure.id), await employees(weak.id)]).toEqual([100, 8]);
});

test('the diagnosis tells what is wrong with a list and mends it', async ({ page, viewport }) => {
  await signIn(page, server);
  const mark = `診断${viewport?.width}`;
  await upload(page, `${mark}.csv`, [
    '会社名,電話番号,郵便番号,住所,最終訪問日,予備',
    `${mark}製作所,03-1234-5678,100-0005,東京都千代田区丸の内1-2-3,2026-10-01,`,
    `${mark}製作所,03-1234-5678,100-0005,東京都千代田区丸の内1-2-3,2026-10-01,`,
    `${mark}商店,06-1111-2222,100-0005,大阪府大阪市北区梅田1-1,1999-10-01,`,
  ]);
  const finding = (text: string) => page.getByRole('listitem').filter({ hasText: text });
  await expect(finding('郵便番号と住所が合わない行')).toBeVisible();
  await finding('前の行とまったく同じ行').getByRole('button', { name: '例を見る' }).click();
  await expect(finding('前の行とまったく同じ行').getByText('3 行目')).toBeVisible();
  await expect(page.getByRole('button', { name: '新規 2', exact: true })).toBeVisible();
  await finding('年より前の行').getByRole('button', { name: 'この行を除く' }).click();
  await expect(page.getByRole('button', { name: '新規 1', exact: true })).toBeVisible();
  await finding('全部が空の列').getByRole('button', { name: '列を取り込まない' }).click();
  await expect(finding('全部が空の列')).toContainText('直しました');
  await finding('年より前の行').getByRole('button', { name: '元に戻す' }).click();
  await expect(page.getByRole('button', { name: '新規 2', exact: true })).toBeVisible();
});
