// 使うもの・呼び名: the words of the company on every screen, and nothing on it that is not used.
import { expect, type Page, test } from '@playwright/test';
import { axe } from './axe.ts';
import { call, type Running, signIn, startServer } from './server.ts';

let server: Running;
test.beforeAll(async () => {
  server = await startServer({ demo: 30 });
});
test.afterAll(async () => server.stop());

const navigation = (page: Page) => page.getByRole('navigation', { name: 'メインメニュー' });

// The menu stands open at a desk only.
test.describe('at a desk', { tag: '@desk' }, () => {
  test('deals are called cases everywhere, and deals again', async ({ page, browser }) => {
    await signIn(page, server);
    await page.goto(`${server.url}/settings/objects`);
    // Somebody else has a list open meanwhile.
    const other = await (await browser.newContext({ locale: 'ja-JP' })).newPage();
    await signIn(other, server);
    await other.goto(`${server.url}/o/deals`);
    await expect(other.getByRole('heading', { name: '商談', level: 1 })).toBeVisible();

    await page.getByRole('button', { name: '商談の呼び名を変える' }).click();
    const dialog = page.getByRole('dialog', { name: '呼び名を変える' });
    await dialog.getByLabel('呼び名', { exact: true }).fill('案件');
    await axe(page);
    await dialog.getByLabel('呼び名', { exact: true }).press('Enter');
    await expect(dialog).toHaveCount(0);
    // Under the pointer the words stay, however long the rest takes.
    await page.getByRole('button', { name: '元に戻す' }).hover();
    await expect(navigation(page).getByRole('link', { name: '案件' })).toBeVisible();
    await expect(page.getByText('もとの呼び名: 商談')).toBeVisible();
    await expect(other.getByRole('heading', { name: '案件', level: 1 })).toBeVisible();
    await other.close();
    await axe(page);

    await page.getByRole('button', { name: '元に戻す' }).click();
    await expect(navigation(page).getByRole('link', { name: '商談' })).toBeVisible();
  });

  test('what is not used disappears from the screens and comes back with all that is in it', async ({ page }) => {
    await signIn(page, server);
    const company = await call<{ id: string }>(page, 'POST', '/companies?duplicates=ignore', { name: 'しまう試験商会' });
    await call(page, 'POST', '/contracts', { name: 'しまわれる契約', company: company.id, signed_on: '2026-04-01' });
    await page.goto(`${server.url}/settings/objects`);
    const use = page.getByRole('switch', { name: '契約を使う' });
    // The switch itself is drawn beside its hidden box.
    await use.press('Space');
    await expect(use).not.toBeChecked();
    await expect(navigation(page).getByRole('link', { name: '契約' })).toHaveCount(0);

    await page.goto(`${server.url}/o/companies/${company.id}`);
    await expect(page.getByRole('heading', { name: 'しまう試験商会' })).toBeVisible();
    await expect(page.getByRole('tab', { name: '関連' })).toBeVisible();
    await page.getByRole('tab', { name: '関連' }).click();
    await expect(page.getByRole('heading', { name: /^商談（会社）/ })).toBeVisible();
    await expect(page.getByText('しまわれる契約')).toHaveCount(0);
    await page.goto(`${server.url}/o/contracts`);
    await expect(page.getByText('ページが見つかりません')).toBeVisible();

    await page.goto(`${server.url}/settings/objects`);
    await page.getByRole('switch', { name: '契約を使う' }).press('Space');
    await expect(navigation(page).getByRole('link', { name: '契約' })).toBeVisible();
    await page.goto(`${server.url}/o/contracts?q=しまわれる契約`);
    await expect(page.getByText('しまわれる契約').first()).toBeVisible();
  });

  test('the menu follows the order, by keyboard', async ({ page }) => {
    await signIn(page, server);
    await page.goto(`${server.url}/settings/objects`);
    const order = async () => {
      const names = await navigation(page).getByRole('list').first().getByRole('link').allTextContents();
      return names.indexOf('人') - names.indexOf('会社');
    };
    await expect.poll(order).toBe(1);
    await page.getByRole('button', { name: '会社を下へ' }).press('Enter');
    await expect.poll(order).toBe(-1);
    await page.getByRole('button', { name: '会社を上へ' }).press('Enter');
    await expect.poll(order).toBe(1);
  });

  test('a choice of the product takes the words of the company', async ({ page }) => {
    await signIn(page, server);
    await page.goto(`${server.url}/settings/fields?object=deal`);
    await page.getByRole('button', { name: '「進み具合」の操作' }).click();
    await page.getByRole('menuitem', { name: '編集' }).click();
    const drawer = page.getByRole('dialog', { name: /進み具合/ });
    await drawer.getByLabel('選択肢 1', { exact: true }).fill('はじめの話');
    await drawer.getByRole('button', { name: /^もう選ばせない/ }).nth(1).click();
    await expect(drawer.getByRole('button', { name: 'また選べるようにする' })).toBeVisible();
    await drawer.getByRole('button', { name: '保存' }).click();
    await expect(drawer).toHaveCount(0);
    const stage = (await call<{ objects: { key: string; fields: { key: string; options: { label: { ja: string }; hidden: boolean }[] }[] }[] }>(page, 'GET', '/metadata')).objects
      .find(({ key }) => key === 'deal')
      ?.fields.find(({ key }) => key === 'stage');
    expect(stage?.options.slice(0, 2).map(({ hidden }) => hidden)).toEqual([false, true]);
    await page.goto(`${server.url}/o/deals?as=board&by=stage`);
    await expect(page.getByText('はじめの話').first()).toBeVisible();
  });
});

// For the narrow screen.
test.describe('on a phone', { tag: '@phone' }, () => {
  test('the words are changed with a thumb', async ({ page }) => {
    await signIn(page, server);
    await page.goto(`${server.url}/settings/objects`);
    await page.getByRole('button', { name: '商談の呼び名を変える' }).tap();
    await expect(page.getByRole('dialog', { name: '呼び名を変える' })).toBeVisible();
    await axe(page);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  });
});
