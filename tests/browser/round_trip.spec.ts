// What was exported comes back: the file says itself what it is, and nothing of it is new.
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { axe } from './axe.ts';
import { call, type Running, signIn, startServer } from './server.ts';

let server: Running;
test.beforeAll(async () => {
  server = await startServer({ demo: 20 });
});
test.afterAll(async () => server.stop());

for (const [format, label] of [
  ['CSV', /^CSV（UTF-8、ほかのソフト用/],
  ['JSON', /^JSON（1 行 1 件/],
] as const) {
  // Lists are exported at a desk.
  test(`an exported list in ${format} is known when it comes back`, { tag: '@desk' }, async ({ page }) => {
    await signIn(page, server);
    const { total } = await call<{ total: { count: number } }>(page, 'GET', '/people?total=exact');
    await page.goto(`${server.url}/o/people`);
    await page.getByRole('button', { name: '書き出し' }).click();
    await page.getByRole('menuitem', { name: 'ファイルに書き出す…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: '形' }).click();
    await page.getByRole('option', { name: label }).click();
    await dialog.getByText('全件・すべての項目').click();
    const download = page.waitForEvent('download');
    await dialog.getByRole('button', { name: '書き出す' }).click();
    const file = await download;
    const buffer = readFileSync((await file.path()) ?? '');

    await page.goto(`${server.url}/import`);
    await page.locator('input[type=file]').setInputFiles({ name: file.suggestedFilename(), mimeType: 'text/plain', buffer });
    await expect(page.getByRole('heading', { name: /登録済みのお客様の扱い/ })).toBeVisible();
    await page.getByText('新規と更新', { exact: true }).click();
    await expect(page.getByRole('button', { name: `変更なし ${total.count}`, exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: '新規 0', exact: true })).toBeVisible();
    // The link by its id has a name of its own among the places where a column goes.
    await expect(page.getByRole('row', { name: format === 'CSV' ? /会社の番号/ : /company\.id/ }).first()).toBeVisible();
    await axe(page, { best: true });
  });
}
