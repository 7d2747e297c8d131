// The first day of a small company: set up, bring the old list in, find a customer, write down what happened, undo.
import { expect, type Page, test } from '@playwright/test';
import { type Running, startServer } from './server.ts';

// 顧客一覧 as it comes out of an old program: CP932, a title line, legal forms short, widths mixed, one wrong mail address.
const rows = [
  ['顧客一覧　2026年10月1日現在', '', '', '', ''],
  ['会社名', 'フリガナ', '電話番号', 'メール', '住所'],
  ['㈱山田製作所', 'ヤマダセイサクショ', '０３－１２３４－５６７８', 'info@yamada.example.jp', '東京都千代田区丸の内1-1-1'],
  ['（有）髙橋商店', 'タカハシショウテン', '0422-21-1234', 'takahashi＠example.jp', '東京都武蔵野市吉祥寺本町1-2-3'],
  ['ＤＭＭ．ｃｏｍ合同会社', 'ディーエムエム', '06-6123-4567', 'こわれたアドレス', '大阪府大阪市北区梅田3-1'],
];

let server: Running;
test.beforeAll(async () => {
  server = await startServer();
});
test.afterAll(async () => server.stop());

async function cp932(page: Page, text: string): Promise<Buffer> {
  // The browser decodes Shift_JIS but does not encode it; turn its decoder around for the characters at hand.
  const bytes = await page.evaluate((wanted) => {
    const decoder = new TextDecoder('shift_jis');
    const table = new Map<string, number[]>();
    for (let high = 0x81; high <= 0xfc; high++) {
      for (let low = 0x40; low <= 0xfc; low++) {
        const one = decoder.decode(new Uint8Array([high, low]));
        if (one.length === 1 && one !== '\uFFFD' && !table.has(one)) table.set(one, [high, low]);
      }
    }
    return [...wanted].flatMap((c) => (c.charCodeAt(0) < 0x80 ? [c.charCodeAt(0)] : (table.get(c) ?? [0x3f])));
  }, text);
  return Buffer.from(bytes);
}

test('from the set-up link to a customer with a history', async ({ page, viewport }) => {
  const phone = (viewport?.width ?? 0) < 600;
  const wrong: string[] = [];
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(server.url) && !request.url().startsWith('data:') && !request.url().startsWith('blob:')) wrong.push(`foreign request ${request.url()}`);
  });

  await page.goto(server.setupLink);
  await page.getByLabel('会社名').fill('試験商事');
  await page.getByLabel('氏名').fill('大福 太郎');
  await page.getByLabel('メールアドレス').fill('owner@example.jp');
  await page.getByLabel('パスワード', { exact: true }).fill('kono-daifuku-wa-oishii');
  await page.getByRole('button', { name: '使い始める' }).click();
  await expect(page.getByRole('heading', { name: '今日' })).toBeVisible();

  await page.goto(`${server.url}/import`);
  const file = await cp932(page, rows.map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\r\n'));
  await page.locator('input[type=file]').setInputFiles({ name: '顧客一覧.csv', mimeType: 'text/csv', buffer: file });
  await expect(page.getByText('㈱山田製作所').first()).toBeVisible();
  await expect(page.getByText('フリガナ').first()).toBeVisible();
  await expect(page.getByText('見出しより上の行')).toBeVisible();
  await page.getByRole('button', { name: '3 行を取り込む' }).click();
  await expect(page.getByRole('heading', { name: '取り込みが終わりました' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('新しく登録').locator('..')).toContainText('3 件');

  // However it is typed, it is found.
  for (const typed of ['株式会社山田', 'ﾔﾏﾀﾞ', '03-1234', '@yamada']) {
    await page.goto(`${server.url}/search?q=${encodeURIComponent(typed)}`);
    await expect(page.getByRole('link', { name: /山田製作所/ }).first(), typed).toBeVisible();
  }
  await page.getByRole('link', { name: /山田製作所/ }).first().click();
  await expect(page.getByRole('heading', { name: /山田製作所/ })).toBeVisible();

  // A call, written down with its next step.
  if (phone) {
    await page.getByRole('button', { name: '記録する' }).click();
  }
  await page.getByRole('radio', { name: '電話', exact: true }).click();
  await page.getByPlaceholder('電話の内容').fill(phone ? '電車の中から折り返した' : '見積の件で電話。来週もう一度');
  await page.keyboard.press('Control+Enter');
  if (phone) await page.getByRole('tab', { name: 'これまで' }).click();
  await expect(page.getByText(phone ? '電車の中から折り返した' : '見積の件で電話').first()).toBeVisible();
  expect(wrong).toEqual([]);
});
