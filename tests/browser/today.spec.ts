// 今日: what waits for somebody, and doing it without leaving the page.
import { expect, type Page, test } from '@playwright/test';
import { axe } from './axe.ts';
import { call, type Running, signIn, startServer } from './server.ts';

let server: Running;
test.beforeAll(async () => {
  server = await startServer({ demo: 60 });
});
test.afterAll(async () => server.stop());

interface Made {
  id: string;
  version: number;
  title: string;
}
interface Inquiry extends Made {
  status: string;
  response?: string;
  responded_at?: string;
  owner_id?: { id: string };
}
const isPhone = (page: Page) => (page.viewportSize()?.width ?? 0) < 600;
const mark = () => `${Date.now() % 1_000_000}`;
const panel = (page: Page, title: string) => page.locator('section').filter({ has: page.getByRole('heading', { level: 2, name: title }) });
const link = (page: Page, title: string) => page.getByRole('link', { name: title, exact: true });
const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000 + 9 * 3_600_000).toISOString().slice(0, 10);

/** Presses what stands on the line of a record: a button at a desk, an item of the line's menu on a phone. */
async function act(page: Page, title: string, what: string) {
  await expect(link(page, title)).toBeVisible();
  const button = page.getByRole('button', { name: `「${title}」: ${what}`, exact: true });
  if (!isPhone(page) && (await button.count()) > 0) return button.click();
  await page.getByRole('button', { name: `「${title}」の操作` }).click();
  await page.getByRole('menuitem', { name: what }).click();
}

async function customer(page: Page, name: string) {
  return call<Made>(page, 'POST', '/companies', { name, stage: 'customer', phone: '03-1234-5678' });
}

test('an inquiry is answered and closed from the home screen, and the closing taken back', async ({ page }) => {
  await signIn(page, server);
  const name = `返事待ち商会${mark()}`;
  const company = await customer(page, name);
  const subject = `納期の確認${mark()}`;
  const inquiry = await call<Inquiry>(page, 'POST', '/inquiries', { subject, content: '来週届きますか', company: company.id, received_at: '2020-01-06T01:00:00Z' });
  await page.goto(server.url);
  const waiting = panel(page, '返事のない問い合わせ');
  // Oldest first, with who asked.
  await expect(waiting.getByRole('link').filter({ hasNotText: 'すべて' }).first()).toHaveText(subject);
  await expect(waiting).toContainText(name);
  await axe(page);

  await act(page, subject, '返事を書く');
  const drawer = page.getByRole('dialog');
  await expect(drawer).toContainText('来週届きますか');
  await axe(page);
  await drawer.getByRole('textbox').fill('火曜日に届きます');
  await drawer.getByRole('button', { name: '返事を残して解決にする' }).click();
  await expect(page.getByText(`「${subject}」を解決にしました。`).first()).toBeVisible();
  await expect(link(page, subject)).toHaveCount(0);
  const solved = await call<Inquiry>(page, 'GET', `/inquiries/${inquiry.id}`);
  expect(solved).toMatchObject({ status: 'solved', response: '火曜日に届きます' });
  expect(solved.responded_at).toBeTruthy();

  await page.getByRole('button', { name: '元に戻す' }).click();
  await expect(link(page, subject)).toBeVisible();
  expect((await call<Inquiry>(page, 'GET', `/inquiries/${inquiry.id}`)).status).toBe('open');
});

test('a colleague\'s inquiry is seen among everybody\'s and taken over; the choice is remembered', async ({ page }) => {
  await signIn(page, server);
  const company = await customer(page, `引き継ぎ商会${mark()}`);
  const users = await call<{ items: Made[] }>(page, 'GET', '/users/options');
  const session = await call<{ user: Made }>(page, 'GET', '/session');
  const other = users.items.find((each) => each.id !== session.user.id);
  const subject = `故障の相談${mark()}`;
  const inquiry = await call<Inquiry>(page, 'POST', '/inquiries', { subject, content: '動かない', company: company.id, received_at: '2020-02-03T01:00:00Z', owner_id: other?.id });
  await page.goto(server.url);
  await expect(panel(page, '返事のない問い合わせ')).toBeVisible();
  await expect(link(page, subject)).toHaveCount(0);
  await page.getByRole('radio', { name: '全員' }).click();
  await expect(link(page, subject)).toBeVisible();
  await expect(panel(page, '返事のない問い合わせ')).toContainText(other?.title ?? '?');
  await act(page, subject, '自分の担当にする');
  await expect(page.getByText(`「${subject}」を自分の担当にしました。`).first()).toBeVisible();
  await expect.poll(async () => (await call<Inquiry>(page, 'GET', `/inquiries/${inquiry.id}`)).owner_id?.id).toBe(session.user.id);
  await page.reload();
  await expect(page.getByRole('radio', { name: '全員' })).toBeChecked();
  await page.getByRole('radio', { name: '自分' }).click();
  await expect(link(page, subject)).toBeVisible();
});

test('a quiet customer, never contacted, is called and written down, and leaves the panel', async ({ page }) => {
  await signIn(page, server);
  const name = `音沙汰なし${mark()}株式会社`;
  const company = await customer(page, name);
  await page.goto(server.url);
  const quiet = panel(page, 'しばらく連絡のない会社');
  await quiet.getByRole('combobox').selectOption({ label: '365日以上' });
  await expect(link(page, name)).toBeVisible();
  await expect(quiet).toContainText('連絡なし');
  await page.reload();
  await expect(quiet.getByRole('combobox')).toHaveValue('365');

  await act(page, name, '連絡を記録');
  const drawer = page.getByRole('dialog');
  await expect(drawer.getByRole('link', { name: `${name} 03-1234-5678 に電話する` })).toHaveAttribute('href', 'tel:0312345678');
  await drawer.getByRole('textbox', { name: '内容' }).first().fill('近況を伺った');
  await axe(page);
  await drawer.getByRole('button', { name: '記録する' }).click();
  await expect(drawer).toHaveCount(0);
  await expect(link(page, name)).toHaveCount(0);
  const read = await call<{ last_contact_at?: string }>(page, 'GET', `/companies/${company.id}`);
  expect(read.last_contact_at).toBeTruthy();
});

test('a contract that ends becomes a task of a day, and the list behind a panel shows the same', async ({ page }) => {
  await signIn(page, server);
  const company = await customer(page, `契約商会${mark()}`);
  const name = `保守契約${mark()}`;
  await call(page, 'POST', '/contracts', { name, company: company.id, status: 'active', starts_on: '2020-01-01', expires_on: day(3) });
  const far = `先の契約${mark()}`;
  await call(page, 'POST', '/contracts', { name: far, company: company.id, status: 'active', starts_on: '2020-01-01', expires_on: day(400) });
  await page.goto(server.url);
  const contracts = panel(page, '満了が近い契約');
  await expect(contracts.getByRole('link', { name, exact: true })).toBeVisible();
  await expect(contracts.getByRole('link', { name: far })).toHaveCount(0);
  await contracts.getByRole('button', { name: `「${name}」の操作` }).click();
  await page.getByRole('menuitem', { name: 'あした' }).click();
  await expect(page.getByText(`「契約満了の相談: ${name}」をやることに入れました。`).first()).toBeVisible();
  const tasks = await call<{ items: { title: string; due_on: string; contract?: Made; company?: Made }[] }>(page, 'GET', `/tasks?q=${encodeURIComponent(name)}&fields=name,due_on,contract,company`);
  expect(tasks.items.find((each) => each.title === `契約満了の相談: ${name}`)).toMatchObject({ due_on: day(1), contract: { title: name }, company: { id: company.id } });

  await contracts.getByRole('link', { name: /すべて見る/ }).click();
  await expect(page).toHaveURL(/\/o\/contracts\?.*expires_on/);
  await expect(page.getByText(name, { exact: true }).first()).toBeVisible();
  await expect(page.getByText(far)).toHaveCount(0);
});

test('a task is ticked off and taken back, put off, and a deal\'s next day is moved', async ({ page }) => {
  await signIn(page, server);
  const company = await customer(page, `予定商会${mark()}`);
  const name = `見積を送る${mark()}`;
  const task = await call<Made>(page, 'POST', '/tasks', { name, due_on: '2020-01-06', company: company.id });
  const dealName = `更新の商談${mark()}`;
  const deal = await call<Made>(page, 'POST', '/deals', { name: dealName, stage: 'hearing', company: company.id, next_plan: '下見', next_plan_on: '2020-01-07' });
  await page.goto(server.url);
  await page.getByRole('checkbox', { name: `「${name}」を済みにする` }).click();
  await expect(page.getByText(`「${name}」を済みにしました。`).first()).toBeVisible();
  await expect(link(page, name)).toHaveCount(0);
  await page.getByRole('button', { name: '元に戻す' }).click();
  await expect(link(page, name)).toBeVisible();
  await page.getByRole('button', { name: `「${name}」をあとにする` }).click();
  await page.getByRole('menuitem', { name: 'あした' }).click();
  await expect.poll(async () => (await call<{ due_on: string }>(page, 'GET', `/tasks/${task.id}`)).due_on).toBe(day(1));

  const deals = panel(page, '商談の次の予定');
  await expect(deals.getByRole('link', { name: dealName, exact: true })).toBeVisible();
  await deals.getByRole('button', { name: `「${dealName}」の操作` }).click();
  await page.getByRole('menuitem', { name: '30日後' }).click();
  await expect(deals.getByRole('link', { name: dealName, exact: true })).toHaveCount(0);
  await expect.poll(async () => (await call<{ next_plan_on: string }>(page, 'GET', `/deals/${deal.id}`)).next_plan_on).toBe(day(30));
});

test('who only reads is offered no change', async ({ page }) => {
  await signIn(page, server, 'viewer@example.jp');
  await page.getByRole('radio', { name: '全員' }).click();
  await expect(panel(page, '商談の次の予定').getByRole('link').nth(1)).toBeVisible();
  await expect(page.getByRole('button', { name: /連絡を記録|の操作|返事を書く/ })).toHaveCount(0);
  await axe(page);
});
