// The page of a customer: what to know first, writing down a call, what happened, its files and its old values.
import { expect, type Page, test } from '@playwright/test';
import { axe } from './axe.ts';
import { call, type Running, signIn, startServer } from './server.ts';

let server: Running;
test.beforeAll(async () => {
  server = await startServer({ demo: 30 });
});
test.afterAll(async () => server.stop());

interface Made {
  id: string;
  version: number;
}
const isPhone = (page: Page) => (page.viewportSize()?.width ?? 0) < 600;
const mark = () => `${Date.now() % 1_000_000}`;
const make = (page: Page, plural: string, values: object) => call<Made>(page, 'POST', `/${plural}?duplicates=ignore`, values);
const brief = (page: Page) => page.getByRole('region', { name: 'お客様の要点' });
const entry = (page: Page) => page.getByRole('region', { name: 'すばやく記録' });
const box = (page: Page) => entry(page).getByRole('textbox', { name: '内容', exact: true });

async function open(page: Page, id: string, plural = 'companies') {
  await page.goto(`${server.url}/o/${plural}/${id}`);
  await expect(brief(page)).toHaveAttribute('aria-busy', 'false');
}

/** The box to write into: on a phone it is behind a button. */
async function write(page: Page) {
  if (isPhone(page)) await page.getByRole('button', { name: '記録する', exact: true }).first().click();
  await expect(box(page)).toBeVisible();
}

async function tab(page: Page, name: string) {
  await page.getByRole('tab', { name, exact: true }).click();
}

test('what to know before the next visit is at the top', async ({ page }) => {
  await signIn(page, server);
  const name = `要点商会${mark()}`;
  const { id: company } = await make(page, 'companies', { name, employees: 12 });
  await open(page, company);
  await expect(brief(page)).toContainText('購入はまだありません。');
  await expect(brief(page)).toContainText('まだ連絡していません。');
  await expect(brief(page)).toContainText('予定はありません。');
  await expect(page.getByRole('note', { name: '注意' })).toHaveCount(0);

  await make(page, 'people', { name: `要点 花子${mark()}`, company, dislikes: '夜の電話' });
  const complaint = await make(page, 'inquiries', { kind: 'complaint', content: '荷物が届かない', company });
  await make(page, 'activities', { kind: 'visit', happened_at: '2026-01-10T03:00:00Z', content: '工場を見学', company });
  await make(page, 'activities', { kind: 'call', content: '納期の相談', company });
  await make(page, 'tasks', { name: '見本を送る', due_on: '2020-01-05', company });
  const { id: product } = await make(page, 'products', { name: `六角ボルト${mark()}`, unit: '箱', unit_price: 100 });
  for (const ordered_on of ['2026-01-05', '2026-02-05']) await make(page, 'orders', { company, ordered_on, order_lines: [{ product, quantity: 5 }] });
  await open(page, company);
  const warning = page.getByRole('note', { name: '注意' });
  await expect(warning).toContainText('夜の電話');
  await expect(warning).toBeInViewport();
  await expect(warning.getByRole('link', { name: '荷物が届かない' })).toHaveAttribute('href', `/o/inquiries/${complaint.id}`);
  // The complaint came in last: that is the last contact, whoever took it.
  await expect(brief(page)).toContainText('見本 花子（');
  await expect(brief(page)).toContainText('見本を送る');
  await expect(brief(page)).toContainText('2 回中 2 回');
  await expect(brief(page)).toContainText('5箱');
  await expect(brief(page)).toContainText('（2 回）');
  await axe(page);
});

test('a call is written down with a colleague, a tag and the next day', async ({ page }) => {
  await signIn(page, server);
  const { id } = await make(page, 'companies', { name: `電話商会${mark()}` });
  await make(page, 'activities', { kind: 'visit', content: '前の訪問のこと', company: id });
  await open(page, id);
  await write(page);
  // Who was there last is in view while writing.
  await expect(entry(page).getByRole('link', { name: '前の訪問のこと' })).toBeInViewport();
  await box(page).fill('');
  await box(page).pressSequentially('値引きの相談 @夏');
  const people = page.getByRole('listbox', { name: '知らせる人' });
  await expect(people.getByRole('option')).toHaveText(['@営業 夏男']);
  await axe(page);
  await page.keyboard.press('Enter');
  await expect(box(page)).toHaveValue('値引きの相談 @営業夏男 ');
  await box(page).pressSequentially('#値引き');
  await entry(page).getByRole('button', { name: '来週' }).click();
  await expect(entry(page).getByRole('button', { name: '来週' })).toHaveAttribute('aria-pressed', 'true');
  await box(page).focus();
  await page.keyboard.press('Alt+2');
  await expect(entry(page).getByRole('radio', { name: '訪問' })).toHaveAttribute('aria-checked', 'true');
  await page.keyboard.press('Alt+1');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('活動を記録しました。').first()).toBeVisible();
  const { items } = await call<{ items: { kind: string; mentions: { title: string }[]; tags: string[]; next_action_at: string }[] }>(
    page,
    'GET',
    `/activities?fields=kind,mentions,tags,next_action_at&filter=${encodeURIComponent(JSON.stringify({ and: [{ company: { eq: id } }, { kind: { eq: 'call' } }] }))}`,
  );
  expect(items).toHaveLength(1);
  expect([items[0].mentions.map((each) => each.title), items[0].tags]).toEqual([['営業 夏男'], ['値引き']]);
  // The day of the office, not of the machine that runs the test: the two differ for nine hours of each day.
  const now = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format();
  expect((Date.parse(items[0].next_action_at) - Date.parse(now)) / 86_400_000).toBe(7);
  await expect(brief(page)).toContainText('次の連絡');
});

test('what is half typed is there again, for the same person only', async ({ page, context }) => {
  await signIn(page, server);
  const { id } = await make(page, 'companies', { name: `書きかけ商会${mark()}` });
  await open(page, id);
  await write(page);
  await box(page).fill('途中まで');
  await page.close();
  const again = await context.newPage();
  await open(again, id);
  await write(again);
  await expect(box(again)).toHaveValue('途中まで');
  // Whoever signs out leaves nothing behind.
  const kept = () => again.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('daifuku.draft.')).length);
  expect(await kept()).toBe(1);
  await again.reload();
  await again.getByRole('button', { name: /見本 花子/ }).first().click();
  await again.getByRole('menuitem', { name: 'サインアウト' }).click();
  await expect(again.getByRole('button', { name: 'サインイン' })).toBeVisible();
  expect(await kept()).toBe(0);
});

test('what happened is narrowed by kind, period and words', async ({ page }) => {
  await signIn(page, server);
  const { id } = await make(page, 'companies', { name: `経緯商会${mark()}` });
  await make(page, 'activities', { kind: 'call', happened_at: '2024-01-10T03:00:00Z', content: '古い電話', company: id });
  await make(page, 'activities', { kind: 'call', content: 'ＦＡＸの相談', company: id });
  await make(page, 'activities', { kind: 'visit', content: '新しい訪問', company: id });
  await open(page, id);
  if (isPhone(page)) await tab(page, 'これまで');
  const line = page.getByRole('region', { name: 'これまでのやりとり' });
  const entries = line.getByRole('listitem');
  await expect(entries).toHaveCount(3);
  await line.getByText('電話', { exact: true }).first().click();
  await expect(entries).toHaveCount(2);
  await line.getByRole('combobox', { name: '期間' }).selectOption('この 30 日');
  await expect(entries).toHaveCount(1);
  await expect(entries).toContainText('ＦＡＸの相談');
  await line.getByRole('searchbox', { name: 'やりとりの中を探す' }).fill('ありません');
  await expect(line.getByText('この条件に合うやりとりはありません')).toBeVisible();
  await axe(page);
  await line.getByRole('button', { name: '条件を外す' }).click();
  await expect(entries).toHaveCount(3);
  await line.getByRole('searchbox', { name: 'やりとりの中を探す' }).fill('fax');
  await expect(entries).toHaveCount(1);
});

test('files are looked at in their place, one after the other', async ({ page }) => {
  await signIn(page, server);
  const { id } = await make(page, 'companies', { name: `書類商会${mark()}` });
  await open(page, id);
  await tab(page, 'ファイル');
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
  await page.locator('input[type=file][multiple]').setInputFiles([
    { name: '現場.png', mimeType: 'image/png', buffer: png },
    { name: '見積.pdf', mimeType: 'application/pdf', buffer: pdf },
    { name: '罠.html', mimeType: 'text/html', buffer: Buffer.from('<script>alert(1)</script>') },
  ]);
  const refused: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') refused.push(message.text());
  });
  await page.getByRole('button', { name: '現場.png', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('img', { name: '現場.png' })).toHaveJSProperty('naturalWidth', 1);
  await axe(page);
  // Only what can be shown is stepped through, in either order of the list.
  await expect(dialog).toContainText('2 件中');
  const framed = page.waitForResponse((answer) => answer.url().includes('/files/') && answer.headers()['content-type'] === 'application/pdf');
  await page.keyboard.press((await dialog.getByRole('button', { name: '次のファイル' }).isEnabled()) ? 'ArrowRight' : 'ArrowLeft');
  await expect(dialog.getByTitle('見積.pdf')).toBeVisible();
  expect((await framed).headers()['x-frame-options']).toBe('SAMEORIGIN');
  expect(refused).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  // A page of somebody else's is only ever saved.
  await expect(page.getByRole('link', { name: '罠.html', exact: true })).toHaveAttribute('download', '罠.html');
  const page_ = await page.request.get(`${server.url}${await page.getByRole('link', { name: '罠.html', exact: true }).getAttribute('href')}?inline=1`);
  expect([page_.headers()['content-disposition']?.split(';')[0], page_.headers()['content-type'], page_.headers()['x-frame-options']]).toEqual(['attachment', 'application/octet-stream', 'DENY']);
});

test('an old value comes back with one click, and goes again', async ({ page }) => {
  await signIn(page, server);
  const made = await make(page, 'companies', { name: `履歴商会${mark()}`, employees: 12 });
  await call(page, 'PATCH', `/companies/${made.id}`, { version: made.version, employees: 34 });
  const employees = async () => (await call<{ employees: number }>(page, 'GET', `/companies/${made.id}`)).employees;
  await open(page, made.id);
  await tab(page, '変更履歴');
  await page.getByRole('button', { name: '「12」に戻す' }).click();
  await expect.poll(employees).toBe(12);
  await page.getByRole('button', { name: '元に戻す' }).click();
  await expect.poll(employees).toBe(34);
});
