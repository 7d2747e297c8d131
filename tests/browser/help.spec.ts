// The manual inside the product: at the right place from every screen, readable, searched, and all its links lead somewhere.
import { expect, type Page, test } from '@playwright/test';
import { axe } from './axe.ts';
import { type Running, signIn, startServer } from './server.ts';

let server: Running;
test.beforeAll(async () => {
  server = await startServer({ demo: 20 });
});
test.afterAll(async () => server.stop());

for (const [path, heading] of [
  ['/o/companies', '一覧の表に打ち込む'],
  ['/tidy', '整理・整頓'],
  ['/settings/fields', '独自の項目'],
] as const)
  test(`the help of ${path} opens at "${heading}"`, async ({ page }) => {
    await signIn(page, server);
    await page.goto(`${server.url}${path}`);
    await page.getByRole('button', { name: 'この画面の使い方' }).click();
    const drawer = page.getByRole('dialog', { name: '使い方' });
    await expect(drawer.getByRole('heading', { name: heading, exact: true })).toBeInViewport();
    await expect(drawer.getByRole('searchbox', { name: '説明書の中を探す' })).toBeFocused();
    await axe(page);
    await page.keyboard.press('Escape');
    await expect(drawer).toHaveCount(0);
  });

test('a word is found in the whole manual, however it is typed', async ({ page, viewport }) => {
  await signIn(page, server);
  await page.goto(`${server.url}/`);
  await expect(page.getByRole('button', { name: 'この画面の使い方' })).toBeVisible();
  await page.keyboard.press('F1');
  const drawer = page.getByRole('dialog', { name: '使い方' });
  await drawer.getByRole('searchbox').fill('ＥＸＣＥＬ 直して');
  await drawer.getByRole('button', { name: /^Excel で直して戻す/ }).click();
  await expect(drawer.getByRole('heading', { name: 'Excel で直して戻す' })).toBeInViewport();
  await drawer.getByRole('searchbox').fill('どこにもない言葉');
  await expect(drawer.getByText('その言葉は説明書にありません')).toBeVisible();
  await drawer.getByRole('searchbox').fill('');
  // Work goes on beside it at a desk.
  if ((viewport?.width ?? 0) > 1000) {
    await page.getByRole('link', { name: '会社', exact: true }).first().click();
    await expect(page.getByRole('heading', { name: '会社', level: 1 })).toBeVisible();
    await expect(drawer).toBeVisible();
  }
  await drawer.getByRole('link', { name: '説明書を開く' }).click();
  await expect(page.getByRole('heading', { name: '書き出し', level: 2 })).toBeVisible();
});

test('every chapter can be read, with its pictures and links', async ({ page }) => {
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(server.url) && !request.url().startsWith('data:')) elsewhere.push(request.url());
  });
  await signIn(page, server);
  await page.goto(`${server.url}/help`);
  const chapters = page.getByRole('navigation', { name: '説明書の章' }).getByRole('link');
  await expect(chapters.first()).toBeVisible();
  const names = await chapters.allTextContents();
  expect(names.length).toBeGreaterThan(8);
  for (const name of names) {
    await chapters.filter({ hasText: name }).first().click();
    await expect(page.getByRole('heading', { name, level: 2 })).toBeVisible();
    const broken = await page.evaluate(async () => {
      const images = [...document.querySelectorAll<HTMLImageElement>('main img')];
      for (const image of images) image.loading = 'eager';
      await Promise.all(images.map((image) => image.decode().catch(() => undefined)));
      return images.filter((image) => image.naturalWidth === 0).map((image) => image.src);
    });
    expect(broken).toEqual([]);
  }
  await axe(page);
  await page.goto(`${server.url}/help/records`);
  await page.getByRole('link', { name: '探す', exact: true }).first().click();
  await expect(page.getByRole('heading', { name: '探す', level: 2 })).toBeVisible();
  await page.goto(`${server.url}/help/nonsense`);
  await expect(page.getByText('ページが見つかりません')).toBeVisible();
  expect(elsewhere).toEqual([]);
});
