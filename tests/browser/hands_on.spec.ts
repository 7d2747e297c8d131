// What is done to records where they stand: handing a customer over, choosing several on a phone, files that come back.
import { expect, test } from '@playwright/test';
import { call, type Running, signIn, startServer } from './server.ts';

let server: Running;
test.beforeAll(async () => {
  server = await startServer({ demo: 40 });
});
test.afterAll(async () => server.stop());

interface Found {
  items: { id: string; title: string; owner_id?: { title: string } }[];
}

test('a customer is handed over, and the history says so', async ({ page }) => {
  await signIn(page, server);
  const company = await call<{ id: string }>(page, 'POST', '/companies?duplicates=ignore', { name: '引き継ぎ商店' });
  await page.goto(`${server.url}/o/companies/${company.id}`);
  await page.getByRole('button', { name: /担当・チームを変える/ }).click();
  await page.getByRole('textbox', { name: '担当者' }).press('Backspace');
  await expect(page.getByRole('button', { name: /担当 決まっていません/ })).toBeVisible();
  await page.getByRole('button', { name: /担当・チームを変える/ }).click();
  await page.getByRole('textbox', { name: '担当者' }).fill('春子');
  await page.getByRole('option', { name: /営業 春子/ }).click();
  await expect(page.getByRole('button', { name: /担当 営業 春子/ })).toBeVisible();
  await page.getByRole('button', { name: /担当・チームを変える/ }).click();
  await page.getByLabel('チーム', { exact: true }).selectOption({ label: '西日本営業課' });
  await expect(page.getByRole('button', { name: /チーム 西日本営業課/ })).toBeVisible();
  await page.getByRole('tab', { name: '変更履歴' }).click();
  const newest = page.getByRole('tabpanel', { name: '変更履歴' }).getByRole('listitem').first();
  await expect(newest).toContainText('担当チーム');
  await expect(newest).toContainText('西日本営業課');
});

// A desk has tick boxes.
test('several records are chosen and changed on a phone', { tag: '@phone' }, async ({ page }) => {
  await signIn(page, server);
  await page.goto(`${server.url}/o/companies?sort=name_kana`);
  const cards = page.getByRole('main').getByRole('listitem');
  await expect(cards.first()).toBeVisible();

  // A finger that stays begins it; the touch that ends it opens nothing.
  const box = await cards.nth(1).boundingBox();
  if (!box) throw new Error('no card');
  const touch = await page.context().newCDPSession(page);
  const at = [{ x: box.x + 60, y: box.y + 20 }];
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at });
  await expect(page.getByText('1 件を選択中')).toBeVisible();
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await expect(page).toHaveURL(/\/o\/companies\?/);
  await page.getByRole('checkbox').nth(2).click();
  await expect(page.getByText('2 件を選択中')).toBeVisible();

  const owners = async () =>
    (await call<Found>(page, 'GET', '/companies?sort=name_kana&limit=3')).items.map((each) => each.owner_id?.title);
  const before = await owners();
  await page.getByRole('button', { name: '担当者を変更' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: '新しい値' }).fill('春子');
  await page.getByRole('option', { name: /営業 春子/ }).click();
  await dialog.getByRole('button', { name: '2 件を変更' }).click();
  await expect(page.getByText('2 件を変更しました。')).toBeVisible();
  expect(await owners()).toEqual([before[0], '営業 春子', '営業 春子']);
  await page.getByRole('button', { name: '元に戻す' }).click();
  await expect(page.getByText('元に戻しました。').first()).toBeVisible();
  expect(await owners()).toEqual(before);
});

test('a removed file comes back', async ({ page }) => {
  await signIn(page, server);
  const company = await call<{ id: string }>(page, 'POST', '/companies?duplicates=ignore', { name: '添付商店' });
  await page.goto(`${server.url}/o/companies/${company.id}`);
  await page.getByRole('tab', { name: 'ファイル' }).click();
  const panel = page.getByRole('tabpanel', { name: 'ファイル' });
  await panel.locator('input[type=file][multiple]').setInputFiles({ name: '見積書.txt', mimeType: 'text/plain', buffer: Buffer.from('見積') });
  const file = panel.getByRole('link', { name: '見積書.txt', exact: true });
  await expect(file).toBeVisible();

  await panel.getByRole('button', { name: '見積書.txt を削除' }).click();
  await expect(file).toBeHidden();
  await page.getByRole('button', { name: '元に戻す', exact: true }).click();
  await expect(file).toBeVisible();

  await panel.getByRole('button', { name: '見積書.txt を削除' }).click();
  await expect(file).toBeHidden();
  // On a phone the words of what was done lie over the end of the page.
  const close = page.getByRole('button', { name: '閉じる', exact: true });
  await expect(async () => {
    if ((await close.count()) > 0) await close.first().click({ timeout: 1000 });
    await expect(close).toHaveCount(0, { timeout: 1000 });
  }).toPass();
  await panel.getByRole('button', { name: '消した添付' }).click();
  await panel.getByRole('button', { name: '見積書.txt を元に戻す' }).click();
  await expect(file).toBeVisible();
  await expect(panel.getByText('消した添付はありません。')).toBeVisible();
});
