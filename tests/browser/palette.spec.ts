// Ctrl+K and the search page: any record by any spelling, and what can be done with it at once.
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
  title: string;
}
const isPhone = (page: Page) => (page.viewportSize()?.width ?? 0) < 600;
const mark = () => `${Date.now() % 1_000_000}`;
const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000 + 9 * 3_600_000).toISOString().slice(0, 10);
const box = (page: Page) => page.getByRole('combobox', { name: 'お客さまを探す' });
const option = (page: Page, name: string | RegExp) => page.getByRole('option', { name });

async function open(page: Page) {
  await page.goto(server.url);
  await expect(page.getByRole('heading', { name: '今日' })).toBeVisible();
  if (isPhone(page)) await page.getByRole('button', { name: '検索' }).click();
  else await page.keyboard.press('Control+k');
  await expect(box(page)).toBeFocused();
}

test('a reading in half-width letters finds the name, with the letters marked that were meant', async ({ page }) => {
  await signIn(page, server);
  const company = await call<Made>(page, 'POST', '/companies', { name: `株式会社髙畑製作所${mark()}`, name_kana: 'タカハタセイサクショ', phone: '03-9876-1234' });
  await open(page);
  await box(page).fill('ﾀｶﾊﾀ');
  const found = option(page, company.title);
  await expect(found.locator('mark')).toHaveText(['タカハタ']);
  await expect(page.getByRole('group', { name: '会社', exact: true })).toBeVisible();
  await axe(page);
  await box(page).fill('㈱高畑');
  await expect(found.locator('mark').first()).toHaveText('株式会社髙畑');
  await box(page).fill('98761234');
  await expect(found.locator('mark').first()).toHaveText('9876-1234');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/o/companies/${company.id}`));
});

test('a deal is begun with its customer by keys alone; Enter of a conversion chooses nothing', async ({ page }) => {
  await signIn(page, server);
  const company = await call<Made>(page, 'POST', '/companies', { name: `株式会社打鍵工業${mark()}` });
  await open(page);
  await box(page).fill('新しい商談 打鍵工業');
  await expect(option(page, `新しい商談: ${company.title}`)).toHaveAttribute('aria-selected', 'true');
  await box(page).dispatchEvent('keydown', { key: 'Enter', isComposing: true, keyCode: 229 });
  await expect(box(page)).toBeVisible();
  await page.keyboard.press('Enter');
  const form = page.getByRole('dialog');
  await expect(form.getByRole('heading', { name: '商談を登録' })).toBeVisible();
  await expect(form).toContainText(company.title);
});

test('a task is told in one line: what, with whom, when', async ({ page }) => {
  await signIn(page, server);
  const name = `株式会社一行商会${mark()}`;
  const company = await call<Made>(page, 'POST', '/companies', { name });
  await open(page);
  await box(page).fill(`やること 見積を送る ${name} 明日`);
  await option(page, `新しいやること: ${name}`).click();
  const form = page.getByRole('dialog');
  await expect(form.getByRole('textbox', { name: /^やること|^件名|^名前/ }).first()).toHaveValue('見積を送る');
  await form.getByRole('button', { name: '登録' }).click();
  await expect(page).toHaveURL(/\/o\/tasks\//);
  const made = await call<{ items: { title: string; due_on: string; company: Made }[] }>(page, 'GET', `/tasks?filter=${encodeURIComponent(JSON.stringify({ company: { eq: company.id } }))}&fields=name,due_on,company`);
  expect(made.items).toHaveLength(1);
  expect(made.items[0]).toMatchObject({ title: '見積を送る', due_on: day(1), company: { id: company.id } });
});

test('a call is offered with the number', async ({ page }) => {
  await signIn(page, server);
  const name = `有限会社電話先${mark()}`;
  await call<Made>(page, 'POST', '/companies', { name, phone: '06-1111-2222' });
  await open(page);
  await box(page).fill(`電話 ${name}`);
  await expect(option(page, `${name} に電話: 06-1111-2222`)).toBeVisible();
});

test('lists, saved views and settings are found by their names', async ({ page }) => {
  await signIn(page, server);
  const name = `大口の見方${mark()}`;
  await call(page, 'POST', '/views?object=deal', { object: 'deal', name, shared: false, state: { filter: { amount: { gte: 1 } }, sort: '-amount' } });
  await open(page);
  await box(page).fill('利用者');
  await expect(option(page, /^利用者\s*設定/)).toBeVisible();
  await box(page).fill(name);
  await option(page, name).first().click();
  await expect(page).toHaveURL(/\/o\/deals\?.*view=/);
});

test('the search page: types, pins, recent words, and help when nothing is found', async ({ page }) => {
  await signIn(page, server);
  const key = mark();
  const company = await call<Made>(page, 'POST', '/companies', { name: `株式会社探索物産${key}` });
  const person = await call<Made>(page, 'POST', '/people', { family_name: `探索物産${key}`, given_name: '花' }).catch(() => undefined);
  await page.goto(`${server.url}/search?q=${encodeURIComponent(`探索物産${key}`)}`);
  const link = page.getByRole('main').getByRole('link', { name: company.title });
  await expect(link.locator('mark')).toHaveText(`探索物産${key}`);
  await axe(page);
  await page.getByRole('tab', { name: /^会社 / }).click();
  await expect(page).toHaveURL(/type=company/);
  await expect(link).toBeVisible();
  if (person) await expect(page.getByRole('main').getByRole('link', { name: person.title })).toHaveCount(0);
  await page.getByRole('button', { name: `「${company.title}」のピン留め` }).click();
  await link.click();
  await expect(page).toHaveURL(new RegExp(company.id));

  await page.goto(`${server.url}/search`);
  await expect(page.getByRole('link', { name: company.title })).toBeVisible();
  await axe(page);
  await page.getByRole('button', { name: `探索物産${key}`, exact: true }).click();
  await expect(link).toBeVisible();
  await open(page);
  await expect(page.getByRole('group', { name: 'ピン留め' }).getByRole('option', { name: company.title })).toBeVisible();

  await page.goto(`${server.url}/search?q=${encodeURIComponent(`株式会社探索物産${key}無`)}`);
  await expect(page.getByText(/は見つかりませんでした/)).toBeVisible();
  await axe(page);
  await page.getByRole('button', { name: /で探す$/ }).last().click();
  await expect(link).toBeVisible();
});

test('what was pinned on a record\'s page and thrown away later is not offered', async ({ page }) => {
  await signIn(page, server);
  const company = await call<Made>(page, 'POST', '/companies', { name: `消える商店${mark()}` });
  await page.goto(`${server.url}/o/companies/${company.id}`);
  await page.getByRole('button', { name: 'その他の操作' }).click();
  await page.getByRole('menuitem', { name: 'ピン留めする・外す' }).click();
  await expect(page.getByText(`「${company.title}」をピン留めしました。`).first()).toBeVisible();
  await page.goto(`${server.url}/search`);
  await expect(page.getByRole('link', { name: company.title })).toBeVisible();
  await call(page, 'DELETE', `/companies/${company.id}`);
  await page.goto(`${server.url}/search`);
  await expect(page.getByText('探したい言葉を入れてください')).toBeVisible();
  await expect(page.getByRole('link', { name: company.title })).toHaveCount(0);
});
