// 入力の決まり: put together as a sentence, counted, switched on, and then kept by the record page and by an import.
import { expect, type Locator, type Page, test } from '@playwright/test';
import { axe } from './axe.ts';
import { call, type Running, signIn, startServer } from './server.ts';

let server: Running;
test.beforeAll(async () => {
  server = await startServer({ demo: 40 });
});
test.afterAll(async () => server.stop());

// The input of a picker, not its list.
const picker = (within: Locator, name: string) => within.locator('input').and(within.getByLabel(name, { exact: true }));

test('a rule is made, counted, kept everywhere and taken back', async ({ page }) => {
  await signIn(page, server);
  const title = `${Date.now()}商会`;
  const company = await call<{ id: string }>(page, 'POST', '/companies?duplicates=ignore', { name: title, stage: 'prospect' });

  await page.goto(`${server.url}/settings/rules`);
  await page.getByRole('button', { name: '決まりを作る' }).first().click();
  const drawer = page.getByRole('dialog', { name: '決まりを作る' });
  await picker(drawer, '項目').click();
  await page.getByRole('option', { name: '取引先コード' }).click();
  await page.keyboard.press('Escape');
  await drawer.getByRole('button', { name: /条件を付ける/ }).click();
  await picker(drawer, '項目').last().click();
  await page.getByRole('option', { name: '段階', exact: true }).click();
  await picker(drawer, '条件').click();
  await page.getByRole('option', { name: 'この段階から先' }).click();
  await picker(drawer, '値').click();
  await page.getByRole('option', { name: '商談中' }).click();
  await drawer.getByLabel('画面に出す言葉', { exact: true }).fill('請求に使う番号です');
  await expect(drawer.getByText('「段階」が「商談中」から先のときは、「取引先コード」を必ず入れる')).toBeVisible();
  await drawer.getByRole('button', { name: '今ある記録を調べる' }).click();
  await expect(drawer.getByRole('status').filter({ hasText: 'この決まりに合っていません' })).toBeVisible();
  await axe(page);
  await drawer.getByRole('button', { name: '保存' }).click();
  await expect(drawer).toHaveCount(0);
  await expect(page.getByText('「段階」が「商談中」から先のときは、「取引先コード」を必ず入れる').first()).toBeVisible();
  await axe(page);

  // The record page says why.
  const refused = await page.evaluate(
    async ([id]) => {
      const session = await (await fetch('/api/v1/session')).json();
      const answer = await fetch(`/api/v1/companies/${id}`, {
        method: 'PATCH',
        headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': session.csrf },
        body: JSON.stringify({ stage: 'negotiating' }),
      });
      return [answer.status, (await answer.json()).problems?.[0]?.message];
    },
    [company.id] as const,
  );
  expect(refused).toEqual([422, '請求に使う番号です']);
  await page.goto(`${server.url}/o/companies/${company.id}`);
  await page.getByRole('button', { name: '段階を直す' }).click();
  const stage = page.getByRole('option', { name: '商談中' });
  if (!(await stage.isVisible())) await picker(page.getByRole('main'), '段階').click();
  await stage.click();
  await expect(page.getByText('請求に使う番号です').first()).toBeVisible();
});

test('what is missing is one click from being filled in', async ({ page }) => {
  await signIn(page, server);
  const title = `${Date.now()}整備`;
  const company = await call<{ id: string }>(page, 'POST', '/companies?duplicates=ignore', { name: title });
  await page.goto(`${server.url}/o/companies/${company.id}`);
  const ring = page.getByRole('button', { name: /^整備度/ });
  const before = await ring.textContent();
  await ring.click();
  await page.getByRole('button', { name: '従業員数', exact: true }).click();
  const box = page.getByRole('textbox', { name: '従業員数' });
  await expect(box).toBeVisible();
  await box.fill('12');
  await box.press('Enter');
  await expect(ring).not.toHaveText(before ?? '');
  // From elsewhere the page opens with the box ready to type into.
  await page.goto(`${server.url}/o/companies/${company.id}?fill=employees`);
  await expect(page.getByRole('textbox', { name: '従業員数' })).toBeFocused();

  await page.goto(`${server.url}/maturity`);
  await expect(page.getByRole('heading', { name: '整備度', exact: true })).toBeVisible();
  await expect(page.getByText('当たり前', { exact: true }).first()).toBeVisible();
  await axe(page);
});
