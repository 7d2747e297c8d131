// Lists from elsewhere: pasted from Excel, exported by a card service, and one's own with a map that is kept.
import { expect, type Page, test } from '@playwright/test';
import { axe } from './axe.ts';
import { call, type Running, signIn, startServer } from './server.ts';

let server: Running;
test.beforeAll(async () => {
  server = await startServer({ demo: 5 });
});
test.afterAll(async () => server.stop());

const cards =
  '会社名,部署,役職,姓,名,TEL1,携帯番号,email1,郵便番号,住所1,名刺交換日,名刺ID,名刺所有者\r\n' +
  '株式会社青葉の森工業,営業部,部長,青葉,太郎,03-1111-2222,090-1111-2222,taro@aoba.example.jp,100-0005,東京都千代田区丸の内1-2-3,2025/04/01,1001,田中\r\n';

async function upload(page: Page, name: string, text: string) {
  await page.goto(`${server.url}/import`);
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(`\ufeff${text}`) });
  await expect(page.getByRole('heading', { name: '2. 列の行き先' })).toBeVisible();
}

test('a table pasted from Excel, a cell of two lines in it', async ({ page, viewport }) => {
  await signIn(page, server);
  await page.goto(`${server.url}/import`);
  await page.getByRole('button', { name: 'Excel からコピーした表を貼り付ける' }).click();
  const company = `株式会社貼り付け${viewport?.width}`;
  await page.getByRole('textbox', { name: 'Excel からコピーした表を貼り付ける' }).fill(`会社名\t電話番号\t備考\n${company}\t03-1234-5678\t"一行目\n二行目"\n`);
  await page.getByRole('button', { name: 'この表を読む' }).click();
  await page.getByRole('button', { name: '1 行を取り込む' }).click();
  await expect(page.getByRole('heading', { name: '取り込みが終わりました' })).toBeVisible({ timeout: 60_000 });
  const found = await call<{ items: { id: string }[] }>(page, 'GET', `/search?q=${encodeURIComponent(company)}`);
  const record = await call<{ note: string }>(page, 'GET', `/companies/${found.items[0]?.id}`);
  expect(record.note).toBe('一行目\n二行目');
});

test('cards of Sansan are recognised, and become a company with its person', async ({ page, viewport }) => {
  await signIn(page, server);
  await upload(page, 'sansan.csv', cards.replaceAll('青葉', `青葉${viewport?.width}`).replaceAll('aoba', `aoba${viewport?.width}`));
  await expect(page.getByText('Sansan の名刺データとして読みました')).toBeVisible();
  await expect(page.getByText('＋ 会社')).toBeVisible();
  await axe(page, { best: true });
  await page.getByRole('button', { name: '1 行を取り込む' }).click();
  await expect(page.getByRole('heading', { name: '取り込みが終わりました' })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'この取り込みを取り消す' }).click();
  await page.getByRole('dialog').getByRole('button', { name: /取り消す/ }).click();
  await expect(page.getByText('2 件を元に戻しました。')).toBeVisible();
});

test('a map that was saved reads the next file, and is deleted again', async ({ page, viewport }) => {
  await signIn(page, server);
  const name = `販売管理${viewport?.width}`;
  const heading = `お得意様${viewport?.width}`;
  await upload(page, '得意先.csv', `${heading},かけ先\n株式会社対応甲,03-1111-2222\n`);
  await page.getByRole('combobox', { name: `取り込む先: ${heading}` }).fill('会社名');
  await page.getByRole('option', { name: '会社名', exact: true }).click();
  await page.getByRole('button', { name: 'この対応を保存' }).click();
  await page.getByLabel('対応の名前').fill(name);
  await page.getByLabel('ほかの人も使えるようにする').check();
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect(page.getByText(`${name}として読みました`)).toBeVisible();

  await upload(page, '来月.csv', `${heading},かけ先\n株式会社対応乙,03-1111-3333\n`);
  await expect(page.getByText(`${name}として読みました`)).toBeVisible();
  await page.getByRole('button', { name: 'この対応を削除' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'この対応を削除' }).click();
  await expect(page.getByText(`${name}として読みました`)).toBeHidden();
});
