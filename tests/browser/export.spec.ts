// Out under control: a list as a file with what had to change, the log of it, and Excel and back.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { axe } from './axe.ts';
import { call, type Running, signIn, startServer } from './server.ts';

let server: Running;
test.beforeAll(async () => {
  server = await startServer({ demo: 20 });
});
test.afterAll(async () => server.stop());

interface Made {
  id: string;
  name: string;
}

async function accessible(page: Page) {
  await axe(page);
}

/** The workbook as somebody in front of Excel would change it. */
function edit(file: string, ...words: string[]) {
  const done = spawnSync('python3', [resolve(process.cwd(), '../tests/support/workbook.py'), file, ...words], { encoding: 'utf8' });
  expect(done.stderr).toBe('');
}

function listOf(names: string[], fields: string) {
  const filter = encodeURIComponent(JSON.stringify({ name: { in: names } }));
  return `${server.url}/o/companies?filter=${filter}&columns=${fields}`;
}

// Lists are exported at a desk.
test('a list goes out in the old encoding, and what had to change is told and logged', { tag: '@desk' }, async ({ page }) => {
  await signIn(page, server);
  const made = await call<Made>(page, 'POST', '/companies', { name: `髙﨑🍡${Date.now()}商店` });
  await page.goto(`${server.url}/o/companies?q=${encodeURIComponent(made.name)}`);
  await page.getByRole('button', { name: '書き出し' }).click();
  await page.getByRole('menuitem', { name: 'ファイルに書き出す…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await accessible(page);
  await dialog.getByRole('combobox', { name: '形' }).click();
  await page.getByRole('option', { name: 'CSV（Excel 用・Shift_JIS）' }).click();
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: '書き出す' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^会社_\d{8}\.csv$/);
  const text = new TextDecoder('shift_jis').decode(readFileSync((await file.path()) ?? ''));
  expect(text).toContain('髙﨑');
  expect(text).not.toContain('🍡');
  await expect(dialog.getByText('1 件を書き出しました。')).toBeVisible();
  await expect(dialog.getByRole('row', { name: /🍡/ })).toContainText(made.name);
  await accessible(page);
  await dialog.getByRole('button', { name: '閉じる', exact: true }).last().click();

  await page.goto(`${server.url}/settings/exports`);
  const line = page.getByRole('row').nth(1);
  await expect(line).toContainText('会社');
  await expect(line).toContainText('CSV cp932');
  await expect(line).toContainText(made.name);
  await accessible(page);
});

// Tables are edited at a desk; the page of differences is looked at in both widths.
test('a view goes to Excel and back: changes, a conflict, rows added and removed, and undo', { tag: '@desk' }, async ({ page }) => {
  await signIn(page, server);
  const stamp = `${Date.now()}`;
  const one = await call<Made>(page, 'POST', '/companies', { name: `往復一${stamp}`, employees: 10, note: '元のまま' });
  const two = await call<Made>(page, 'POST', '/companies', { name: `往復二${stamp}`, employees: 20 });
  const gone = await call<Made>(page, 'POST', '/companies', { name: `往復三${stamp}`, employees: 30 });
  const file = join(server.folder, `${stamp}.xlsx`);
  const fields = 'name,employees,note';
  await page.goto(listOf([one.name, two.name, gone.name], fields));
  await page.getByRole('button', { name: '書き出し' }).click();
  await page.getByRole('menuitem', { name: 'Excel で直して戻す' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('dialog').getByRole('button', { name: '書き出す' }).click();
  await (await download).saveAs(file);
  await page.getByRole('dialog').getByRole('button', { name: '閉じる', exact: true }).last().click();
  edit(file, 'set', one.name, '従業員数', '11', ',', 'set', one.name, '補足情報', '直した', ',', 'set', two.name, '従業員数', '21', ',', 'remove', gone.name, ',', 'add', `会社名=往復四${stamp}`);
  await call(page, 'PATCH', `/companies/${two.id}`, { employees: 25 });

  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: '書き出し' }).click();
  await page.getByRole('menuitem', { name: '直した表を戻す…' }).click();
  await (await chooser).setFiles(file);
  await expect(page.getByRole('heading', { name: '直した表との違い' })).toBeVisible();
  const conflict = page.getByRole('row', { name: new RegExp(`${two.name}.*従業員数`) });
  await expect(conflict).toContainText('食い違い');
  for (const value of ['20', '25', '21']) await expect(conflict.getByText(value, { exact: true })).toBeVisible();
  await expect(conflict.getByRole('checkbox')).not.toBeChecked();
  await expect(page.getByRole('checkbox', { name: `${one.name}の従業員数を反映` })).toBeChecked();
  await accessible(page);
  await page.getByRole('checkbox', { name: `${one.name}の補足情報を反映` }).uncheck();
  await page.getByRole('checkbox', { name: `${gone.name}を反映` }).check();
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.getByRole('checkbox', { name: `${one.name}の補足情報を反映` })).not.toBeChecked();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('button', { name: '選んだ違いを反映' }).click();
  await expect(page.getByRole('status').filter({ hasText: '1 か所を直し、1 件を追加し、1 件を削除しました。' })).toBeVisible();
  const read = (id: string) => call<{ employees: number; note?: string; deleted_at?: string }>(page, 'GET', `/companies/${id}`);
  expect(await read(one.id)).toMatchObject({ employees: 11, note: '元のまま' });
  expect(await read(two.id)).toMatchObject({ employees: 25 });
  expect((await read(gone.id)).deleted_at).toBeTruthy();

  await page.getByRole('button', { name: '元に戻す' }).click();
  await expect(page.getByText('元に戻しました')).toBeVisible();
  expect(await read(one.id)).toMatchObject({ employees: 10 });
  expect((await read(gone.id)).deleted_at).toBeFalsy();
});

// Tables are edited at a desk.
test('a table of another kind is refused with a word on what to do', { tag: '@desk' }, async ({ page }) => {
  await signIn(page, server);
  await page.goto(`${server.url}/o/companies`);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: '書き出し' }).click();
  await page.getByRole('menuitem', { name: '直した表を戻す…' }).click();
  await (await chooser).setFiles({ name: '名簿.xlsx', mimeType: 'text/csv', buffer: Buffer.from('会社名\nA') });
  await expect(page.getByText('「Excel で直して戻す」で書き出した表ではありません', { exact: false })).toBeVisible();
});
