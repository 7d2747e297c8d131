// 予定 for other calendars: a secret address that is switched on, copied, made anew and ended, and read without signing in.
import { expect, type Page, test } from '@playwright/test';
import { axe } from './axe.ts';
import { call, type Running, signIn, startServer } from './server.ts';

let server: Running;
test.beforeAll(async () => {
  server = await startServer({ demo: 20 });
});
test.afterAll(async () => server.stop());
test.use({ timezoneId: 'Asia/Tokyo', locale: 'ja-JP', permissions: ['clipboard-read', 'clipboard-write'] });

/** As a calendar program does: no cookie. */
async function read(url: string): Promise<{ status: number; text: string }> {
  const answer = await fetch(url);
  return { status: answer.status, text: (await answer.text()).replaceAll('\r\n ', '') };
}

const panel = (page: Page) => page.locator('section').filter({ has: page.getByRole('heading', { name: 'ほかのカレンダーで予定を見る' }) });
const addressIn = (page: Page) => panel(page).getByLabel('カレンダーの URL').inputValue();

test('my calendar gets an address, which is read without signing in, made anew and ended', async ({ page }) => {
  await signIn(page, server);
  const title = `外でも見る${Date.now() % 1_000_000}`;
  // The server's own day, not that of the computer of the test.
  const { server_time } = await call<{ server_time: string }>(page, 'GET', '/session');
  const tomorrow = new Date(Date.parse(server_time) + 33 * 3_600_000).toISOString().slice(0, 10);
  await call(page, 'POST', '/tasks', { name: title, due_on: tomorrow });
  await page.goto(`${server.url}/settings/account`);
  await expect(panel(page).getByText('いまは公開していません。')).toBeVisible();
  await axe(page);
  await panel(page).getByRole('button', { name: 'URL を作る' }).click();
  await expect(panel(page).getByText('この URL は今しか表示しません。', { exact: false })).toBeVisible();
  await expect(panel(page).getByText('Google カレンダー', { exact: true })).toBeVisible();
  await axe(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await axe(page);
  await page.emulateMedia({ colorScheme: 'light' });

  const first = await addressIn(page);
  await panel(page).getByRole('button', { name: 'コピー' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(first);
  const found = await read(first);
  expect(found.status).toBe(200);
  expect(found.text).toContain(`SUMMARY:${title}`);

  // What it holds is changed under the same address.
  await panel(page).getByLabel('自分のやること（期限の日に終日で）').click();
  await expect(panel(page).getByLabel('自分のやること（期限の日に終日で）')).not.toBeChecked();
  await expect(page.getByText('カレンダーに出すものを変えました。')).toBeVisible();
  expect((await read(first)).text).not.toContain(title);
  await panel(page).getByLabel('自分のやること（期限の日に終日で）').click();
  await expect(panel(page).getByLabel('自分のやること（期限の日に終日で）')).toBeChecked();
  await expect.poll(async () => (await read(first)).text).toContain(title);

  // Opened again, it is not shown any more.
  await page.reload();
  await expect(panel(page).getByText('もう一度見ることはできません。', { exact: false })).toBeVisible();
  await expect(panel(page).getByLabel('カレンダーの URL')).toHaveCount(0);
  await panel(page).getByRole('button', { name: 'URL を作り直す' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'URL を作り直す' }).click();
  const second = await addressIn(page);
  expect(second).not.toBe(first);
  expect((await read(first)).status).toBe(404);
  expect((await read(second)).status).toBe(200);

  await panel(page).getByRole('button', { name: '公開を止める' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '公開を止める' }).click();
  await expect(panel(page).getByText('いまは公開していません。')).toBeVisible();
  expect((await read(second)).status).toBe(404);
});

/** A calendar file with one event on a day of the next month. */
function calendarFile(title: string, day: string) {
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', `UID:${title}@google.com`, `SUMMARY:${title}`, `DTSTART:${day}T010000Z`, `DTEND:${day}T020000Z`, 'END:VEVENT', 'END:VCALENDAR', ''];
  return { name: '予定.ics', mimeType: 'text/calendar', buffer: Buffer.from(lines.join('\r\n')) };
}

test('a calendar file becomes activities from the page of plans, once', async ({ page }) => {
  await signIn(page, server);
  const title = `よそからの予定${Date.now() % 1_000_000}`;
  const send = async () => {
    await page.goto(`${server.url}/calendar`);
    await page.locator('input[type=file]').setInputFiles(calendarFile(title, '20301202'));
    await expect(page.getByRole('heading', { name: '予定を何にしますか' })).toBeVisible();
  };
  await send();
  await expect(page.getByRole('cell', { name: title }).first()).toBeVisible();
  await axe(page);
  await page.getByText('やることにする', { exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('やること');
  await page.getByText('活動にする', { exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('活動');
  await page.getByRole('button', { name: /1 行を取り込む/ }).click();
  const made = () => call<{ items: unknown[] }>(page, 'GET', `/activities?q=${encodeURIComponent(title)}`);
  await expect.poll(async () => (await made()).items.length).toBe(1);
  await send();
  await expect(page.getByRole('button', { name: /0 行を取り込む/ })).toBeDisabled();
});
