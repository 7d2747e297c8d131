// Filling in: a postal code with its towns, an address pasted into one box, a guessed reading, the corporate register.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { axe } from './axe.ts';
import { call, type Running, signIn, startServer } from './server.ts';

let server: Running;
test.beforeAll(async () => {
  server = await startServer({ demo: 20 });
});
test.afterAll(async () => server.stop());

const prefectures =
  '北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県'.split(' ');
const town = (at: number, code: string, city: string, name: string) =>
  `${String(at + 1).padStart(2, '0')}999,"${code.slice(0, 5)}","${code}","ｹﾝ","ｼ","ｶﾅ","${prefectures[at]}","${city}","${name}",0,0,0,0,0,0`;

/** Twelve digits with their check digit in front. */
function numbered(twelve: string): string {
  const sum = [...twelve].reverse().reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 2), 0);
  return `${9 - (sum % 9)}${twelve}`;
}

async function newCompany(page: Page) {
  await page.goto(`${server.url}/o/companies`);
  await page.getByRole('button', { name: '新規', exact: true }).click();
  const drawer = page.getByRole('dialog');
  await expect(drawer).toBeVisible();
  return drawer;
}

async function noViolations(page: Page) {
  await axe(page);
}

test('a postal code, a pasted address and a guessed reading fill a form', async ({ page }) => {
  await signIn(page, server);
  await page.goto(`${server.url}/settings/reference`);
  const file = join(server.folder, 'KEN_ALL.CSV');
  const rows = prefectures.map((_, at) => town(at, `${String(at + 1).padStart(2, '0')}00000`, 'どこか市', '以下に掲載がない場合'));
  writeFileSync(file, [...rows, town(22, '4980000', '弥富市', '五明'), town(22, '4980000', '弥富市', '鎌島'), town(12, '1000005', '千代田区', '丸の内')].join('\r\n'));
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: '日本郵便のファイルを読み込む' }).click();
  await (await chooser).setFiles(file);
  await expect(page.getByText('KEN_ALL.CSV を読み込みました。')).toBeVisible();
  await expect(page.getByText('50 件')).toBeVisible();
  await noViolations(page);

  const drawer = await newCompany(page);
  await drawer.getByRole('button', { name: 'すべての項目を出す' }).click();
  await drawer.getByRole('textbox', { name: '会社名' }).fill('株式会社山田製作所');
  await drawer.getByLabel('郵便番号', { exact: true }).fill('498-0000');
  await expect(drawer.getByLabel('市区町村', { exact: true })).toHaveValue('弥富市');
  await expect(drawer.getByLabel('町名・番地', { exact: true })).toHaveValue('');
  await drawer.getByRole('button', { name: '鎌島' }).click();
  await expect(drawer.getByLabel('町名・番地', { exact: true })).toHaveValue('鎌島');

  await drawer.getByLabel('町名・番地', { exact: true }).fill('〒100-0005 東京都千代田区丸の内1-4-1 丸の内ビル3F');
  await drawer.getByRole('button', { name: '〒100-0005 ｜ 東京都 ｜ 千代田区 ｜ 丸の内1-4-1 ｜ 丸の内ビル3F' }).click();
  await expect(drawer.getByLabel('町名・番地', { exact: true })).toHaveValue('丸の内1-4-1');
  await expect(drawer.getByLabel('市区町村', { exact: true })).toHaveValue('千代田区');
  await expect(drawer.getByLabel('建物名', { exact: true })).toHaveValue('丸の内ビル3F');
  await expect(drawer.getByLabel('郵便番号', { exact: true })).toHaveValue('100-0005');

  await drawer.getByLabel('郵便番号', { exact: true }).fill('');
  await drawer.getByRole('button', { name: '〒100-0005 丸の内' }).click();
  await expect(drawer.getByLabel('郵便番号', { exact: true })).toHaveValue('100-0005');

  const { available } = await call<{ available: boolean }>(page, 'GET', '/readings');
  if (available) {
    const kana = drawer.getByLabel('フリガナ', { exact: true });
    await expect(drawer.getByText('推定', { exact: true })).toBeVisible();
    await expect(kana).toHaveValue('');
    await kana.focus();
    await page.keyboard.press('Enter');
    await expect(kana).toHaveValue('ヤマダセイサクショ');
    await expect(drawer.getByText('推定の読みです。')).toBeVisible();
  }
  await noViolations(page);
});

test('what the register proposes is accepted and taken back', async ({ page }) => {
  await signIn(page, server);
  const name = `${Date.now()}精機`;
  const number = numbered(String(Date.now()).slice(-12).padStart(12, '1'));
  const made = await call<{ id: string }>(page, 'POST', '/companies?duplicates=ignore', { name: `㈱${name}`, prefecture: '東京都', city: '千代田区', street: '丸の内1-4-1' });
  const line = ['1', number, '01', '0', '2026-04-01', '2026-04-01', `株式会社${name}`, '', '301', '東京都', '千代田区', '丸の内１丁目４番１号', '', '13', '101', '1000005', '', '', '', '', '', '', '2015-10-05', '1', '', '', '', '', 'セイキ', '0'];
  const file = join(server.folder, `diff-${name}.csv`);
  writeFileSync(file, `${line.join(',')}\n`);
  expect(readFileSync(file, 'utf8')).toContain(number);
  await page.goto(`${server.url}/settings/reference`);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: '国税庁のファイルを読み込む' }).click();
  await (await chooser).setFiles(file);
  await expect(page.getByText(`diff-${name}.csv`)).toBeVisible();
  await page.getByRole('link', { name: '台帳と照らし合わせる' }).click();
  await page.getByRole('button', { name: /照らし合わせる$/ }).click();
  const card = page.getByRole('article', { name: `㈱${name}` });
  await expect(card).toContainText('番地まで同じ');
  await expect(card).toContainText(number.replace(/^(.)(....)(....)(....)$/, '$1-$2-$3-$4'));
  await noViolations(page);
  await card.getByRole('button', { name: '台帳に入れる' }).click();
  await expect(card).toHaveCount(0);
  expect((await call<{ corporate_number?: string }>(page, 'GET', `/companies/${made.id}`)).corporate_number).toBe(number);
  await page.getByRole('button', { name: '元に戻す' }).click();
  await expect(card).toBeVisible();
  await card.getByRole('button', { name: '見送る' }).click();
  await expect(card).toHaveCount(0);
  await page.getByRole('button', { name: '見送ったもの' }).click();
  await expect(card).toBeVisible();
});
