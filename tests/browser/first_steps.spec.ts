// The first minutes of a new company: what to do first, sample customers to look around with, and away again.
import { expect, type Page, test } from '@playwright/test';
import { axe } from './axe.ts';
import { type Running, startServer } from './server.ts';

let server: Running;
test.beforeAll(async () => {
  server = await startServer();
});
test.afterAll(async () => server.stop());

test('an empty ledger is tried with a sample, which goes away in one press', async ({ page }) => {
  await page.goto(server.setupLink);
  await page.getByLabel('会社名').fill('試験商事');
  await page.getByLabel('氏名').fill('大福 太郎');
  await page.getByLabel('メールアドレス').fill('owner@example.jp');
  await page.getByLabel('パスワード', { exact: true }).fill('kono-daifuku-wa-oishii');
  await page.getByRole('button', { name: '使い始める' }).click();
  await expect(page.getByRole('heading', { name: '今日' })).toBeVisible();

  // What an owner does first; what is in the ledger decides what is behind him.
  const guide = page.locator('section', { has: page.getByRole('heading', { name: /^はじめの一歩/ }) });
  await expect(guide.getByRole('heading')).toHaveText('はじめの一歩（0/5）');
  await guide.getByRole('link', { name: /業務の棚卸しをする/ }).click();
  await expect(page).toHaveURL(/\/settings\/inventory$/);
  await page.goBack();
  await expect(guide.getByRole('heading')).toHaveText('はじめの一歩（1/5）');
  await axe(page);

  await page.getByRole('button', { name: '見本を入れて試してみる' }).click();
  // Eight hundred records in one transaction: a busy PostgreSQL takes its time.
  await expect(page.getByText(/見本のお客様を入れました/)).toBeVisible({ timeout: 60_000 });
  const sample = page.locator('section', { has: page.getByRole('heading', { name: '見本が入っています' }) });
  await expect(sample).toBeVisible();
  // The day has work now, and the sample is nobody's list of customers.
  await expect(page.getByRole('link', { name: '請求書の宛名を確かめる', exact: true })).toBeVisible();
  await expect(guide.getByRole('link', { name: /まだ お客様の名簿を入れる/ })).toBeVisible();
  await axe(page);

  await sample.getByRole('button', { name: '見本を片付ける' }).click();
  await expect(page.getByText(/見本の \d+ 件をごみ箱に移しました/)).toBeVisible();
  await expect(sample).toHaveCount(0);
  await page.getByRole('button', { name: '元に戻す' }).click();
  await expect(sample).toBeVisible();
  await sample.getByRole('button', { name: '見本を片付ける' }).click();
  await expect(sample).toHaveCount(0);
  await page.goto(`${server.url}/o/companies`);
  await expect(page.getByText('会社はまだありません')).toBeVisible();

  await page.goto(server.url);
  await guide.getByRole('button', { name: '片付ける' }).click();
  await expect(guide).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('heading', { name: '最近見たもの' })).toBeVisible();
  await expect(guide).toHaveCount(0);
});
