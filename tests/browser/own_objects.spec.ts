// 種類を作る: somebody who has never written a program keeps properties, and finds them where he looks for the customer.
import { expect, type Page, test } from '@playwright/test';
import { axe } from './axe.ts';
import { call, type Running, signIn, startServer } from './server.ts';

let server: Running;
test.beforeAll(async () => {
  server = await startServer({ demo: 30 });
});
test.afterAll(async () => server.stop());

const navigation = (page: Page) => page.getByRole('navigation', { name: 'メインメニュー' });

/** Opens the dialog, makes the kind and ends on the page of its fields. */
async function make(page: Page, name: string, icon: string) {
  await page.goto(`${server.url}/settings/objects`);
  await page.getByRole('button', { name: '種類を作る' }).click();
  const dialog = page.getByRole('dialog', { name: '新しい種類を作る' });
  await dialog.getByLabel('名前').fill(name);
  await dialog.getByRole('radio', { name: icon }).click();
  await axe(page);
  await dialog.getByRole('button', { name: '作る' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page).toHaveURL(/\/settings\/fields\?object=c_\d+/);
  await expect(page.getByText(`${name}の項目`).first()).toBeVisible();
  return new URL(page.url()).searchParams.get('object') ?? '';
}

// The menu stands open at a desk only.
test.describe('at a desk', { tag: '@desk' }, () => {
  test('properties are made, filled, found, put away and brought back', async ({ page, browser }) => {
    await signIn(page, server);
    const other = await (await browser.newContext({ locale: 'ja-JP' })).newPage();
    await signIn(other, server);
    const key = await make(page, '物件', '家');
    // At once in the menu, for others too.
    await expect(navigation(page).getByRole('link', { name: '物件' })).toBeVisible();
    await expect(navigation(other).getByRole('link', { name: '物件' })).toBeVisible();
    await other.close();

    await page.getByRole('button', { name: '項目を追加' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByLabel('項目名', { exact: true }).fill('家賃');
    await drawer.getByRole('button', { name: '作成', exact: true }).click();
    await expect(drawer).toHaveCount(0);
    await expect(page.getByText('家賃').first()).toBeVisible();

    const company = await call<{ id: string }>(page, 'POST', '/companies?duplicates=ignore', { name: '物件試験不動産' });
    const record = await call<{ id: string }>(page, 'POST', `/${key}`, { name: '青葉荘 101', company: company.id });
    await navigation(page).getByRole('link', { name: '物件' }).click();
    await expect(page.getByRole('heading', { name: '物件', level: 1 })).toBeVisible();
    await expect(page.getByText('青葉荘 101').first()).toBeVisible();
    await axe(page);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'お客さまを探す' }).fill('青葉荘');
    await page.getByRole('option', { name: /青葉荘 101/ }).first().click();
    await expect(page).toHaveURL(new RegExp(`/o/${key}/${record.id}`));
    await expect(page.getByRole('heading', { name: '青葉荘 101' })).toBeVisible();
    await axe(page);
    await page.goto(`${server.url}/o/companies/${company.id}`);
    await expect(page.getByText('青葉荘 101').first()).toBeVisible();

    await page.goto(`${server.url}/settings/objects`);
    await page.getByRole('switch', { name: '物件を使う' }).press('Space');
    await expect(navigation(page).getByRole('link', { name: '物件' })).toHaveCount(0);
    await page.goto(`${server.url}/o/${key}`);
    await expect(page.getByText('ページが見つかりません')).toBeVisible();
    await page.goto(`${server.url}/settings/objects`);
    await page.getByRole('switch', { name: '物件を使う' }).press('Space');
    await expect(navigation(page).getByRole('link', { name: '物件' })).toBeVisible();
    await page.goto(`${server.url}/o/${key}/${record.id}`);
    await expect(page.getByRole('heading', { name: '青葉荘 101' })).toBeVisible();
  });

  test('a name that is taken is told at the box', async ({ page }) => {
    await signIn(page, server);
    await page.goto(`${server.url}/settings/objects`);
    await page.getByRole('button', { name: '種類を作る' }).click();
    const dialog = page.getByRole('dialog', { name: '新しい種類を作る' });
    await dialog.getByLabel('名前').fill('商談');
    await dialog.getByLabel('名前').press('Enter');
    await expect(dialog.getByText('「商談」という種類はもうあります')).toBeVisible();
  });
});

// For the narrow screen.
test.describe('on a phone', { tag: '@phone' }, () => {
  test('a kind is made with a thumb', async ({ page }) => {
    await signIn(page, server);
    await make(page, '車両', '車');
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  });
});
