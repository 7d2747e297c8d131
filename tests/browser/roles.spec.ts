// An owner decides what the others see; a member finds it so.
import { expect, test } from '@playwright/test';
import { call, type Running, signIn, startServer } from './server.ts';

let server: Running;
test.beforeAll(async () => {
  server = await startServer({ demo: 20 });
});
test.afterAll(async () => server.stop());

test('a way of working, a masked field, and what a member then sees', async ({ page, browser, viewport }) => {
  await signIn(page, server);
  await call(page, 'PATCH', '/roles/member', {
    objects: { '*': { read: 'all', create: true, update: 'all', delete: 'own', export: false } },
    fields: { 'company.capital': null },
  });
  const [haruko] = (await call<{ items: { id: string }[] }>(page, 'GET', `/users/options?q=${encodeURIComponent('春子')}`)).items;
  await call(page, 'POST', '/companies?duplicates=ignore', { name: '春子担当商店', capital: '1000万円', owner_id: haruko?.id });
  await page.goto(`${server.url}/settings/roles`);
  await expect(page.getByRole('heading', { name: '「一般」の人ができること' })).toBeVisible();
  await expect(page.getByText('すべての記録を見られます。')).toBeVisible();
  await expect(page.getByRole('radio', { name: /みんなで共有/ })).toBeChecked();

  await page.getByRole('radio', { name: /^自分の担当だけ/ }).click();
  await expect(page.getByText('自分が担当する記録だけを見られます。')).toBeVisible();
  await page.getByRole('button', { name: '会社の項目ごとの権限' }).click();
  await page.getByRole('textbox', { name: '会社の項目を探す' }).fill('資本');
  await expect(page.getByLabel('「代表電話」の権限')).toBeHidden();
  await page.getByLabel('「資本金」の権限').selectOption({ label: '伏せる（＊＊＊）' });
  await expect(page.getByText('会社の「資本金」は伏せ字（＊＊＊）になります。')).toBeVisible();

  // Leaving asks first; nothing holds before it is saved.
  await page.getByText('管理者', { exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'やめる' }).click();
  await expect(page.getByText('2 か所を変えました（まだ保存していません）')).toBeVisible();
  const question = page.getByRole('dialog', { name: '保存していない変更があります' });
  await page.getByRole('navigation').getByRole('link', { name: '会社', exact: true }).first().click();
  await question.getByRole('button', { name: 'やめる' }).click();
  await expect(page).toHaveURL(/\/settings\/roles$/);
  // The browser itself asks when the tab is closed or loaded again.
  const held = () =>
    page.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })));
  expect(await held()).toBe(true);
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect(page.getByText('「一般」の権限を保存しました。')).toBeVisible();
  expect(await held()).toBe(false);
  await page.getByRole('navigation').getByRole('link', { name: '会社', exact: true }).first().click();
  await expect(page).toHaveURL(/\/o\/companies/);

  const other = await browser.newContext({ viewport, locale: 'ja-JP', timezoneId: 'Asia/Tokyo' });
  const member = await other.newPage();
  await signIn(member, server, 'haruko@example.jp');
  const me = (await call<{ user: { id: string } }>(member, 'GET', '/session')).user.id;
  const seen = await call<{ items: { id: string; owner_id?: { id: string }; capital?: unknown }[] }>(
    member,
    'GET',
    '/companies?limit=200&fields=capital',
  );
  expect(seen.items.length).toBeGreaterThan(0);
  expect(seen.items.every((each) => each.owner_id?.id === me)).toBe(true);
  const masked = seen.items.find((each) => each.capital !== undefined);
  expect(masked?.capital).toBe('＊＊＊');
  await member.goto(`${server.url}/settings/roles`);
  await expect(member.getByText('この設定は管理者だけが開けます。', { exact: false })).toBeVisible();
  await other.close();
});
