// One-time links: what a person sees who opens one that works, and one that does not.
import { expect, test } from '@playwright/test';
import { axe } from './axe.ts';
import { call, type Running, signIn, startServer } from './server.ts';

const password = 'kono-daifuku-wa-oishii';

test('a set-up link that does not work is refused before anything is filled in', async ({ page }) => {
  const server = await startServer();
  try {
    await page.goto(`${server.setupLink.slice(0, -3)}xyz`);
    await expect(page.getByRole('heading', { name: 'このリンクは使えません' })).toBeVisible();
    await expect(page.getByText('daifuku serve --data')).toBeVisible();
    await expect(page.getByRole('textbox')).toHaveCount(0);
    await axe(page, { best: true });
    // The address keeps no token.
    await expect(page).toHaveURL(`${server.url}/setup`);

    // Half a link says the same.
    await page.goto(`${server.url}/login`);
    await page.goto(`${server.url}/setup`);
    await expect(page.getByRole('heading', { name: 'このリンクは使えません' })).toBeVisible();
    await page.getByRole('button', { name: 'English' }).click();
    await expect(page.getByRole('heading', { name: 'This link cannot be used' })).toBeVisible();
    await page.getByRole('button', { name: '日本語' }).click();

    await page.goto(`${server.url}/login`);
    await page.goto(server.setupLink);
    await page.getByLabel('会社名').fill('試験商事');
    await page.getByLabel('氏名').fill('大福 太郎');
    await page.getByLabel('メールアドレス').fill('owner@example.jp');
    await page.getByLabel('パスワード', { exact: true }).fill(password);
    await page.getByRole('button', { name: '使い始める' }).click();
    await expect(page.getByRole('heading', { name: '今日' })).toBeVisible();

    // Used: whoever comes with it is sent to sign in.
    await page.context().clearCookies();
    await page.goto(`${server.url}/login`);
    await page.goto(server.setupLink);
    await expect(page.getByRole('heading', { name: 'はじめの設定は済んでいます' })).toBeVisible();
    await page.getByRole('link', { name: 'サインイン' }).click();
    await expect(page.getByLabel('メールアドレス')).toBeVisible();
  } finally {
    await server.stop();
  }
});

test.describe('with people', () => {
  let server: Running;
  test.beforeAll(async () => {
    server = await startServer({ demo: 20 });
  });
  test.afterAll(async () => server.stop());

  test('an invitation works once, and says so when it does not', async ({ page, viewport }) => {
    await signIn(page, server);
    const email = `shinjin-${viewport?.width}@example.jp`;
    const made = await call<{ invite: string }>(page, 'POST', '/users', { name: '新人', email, role: 'member' });
    await page.context().clearCookies();

    await page.goto(`${server.url}/login`);
    await page.goto(made.invite);
    await page.getByLabel('新しいパスワード', { exact: true }).fill(password);
    await page.getByRole('button', { name: '使い始める' }).click();
    await expect(page.getByRole('heading', { name: '今日' })).toBeVisible();

    await page.context().clearCookies();
    await page.goto(`${server.url}/login`);
    await page.goto(made.invite);
    await expect(page.getByRole('heading', { name: 'このリンクは使えません' })).toBeVisible();
    await expect(page.getByText('管理者に、新しいリンクを')).toBeVisible();
    await expect(page.getByLabel('新しいパスワード')).toHaveCount(0);
  });
});
