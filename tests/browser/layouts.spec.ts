// What the screens of a role show, in which order, and what must be filled in.
import { expect, type Page, test } from '@playwright/test';
import { axe } from './axe.ts';
import { call, type Running, signIn, startServer } from './server.ts';

let server: Running;
test.beforeAll(async () => {
  server = await startServer({ demo: 10 });
});
test.afterAll(async () => server.stop());

interface Field {
  key: string;
  hidden: boolean;
  required: boolean;
}
async function companyFields(page: Page): Promise<Field[]> {
  const { objects } = await call<{ objects: { key: string; fields: Field[] }[] }>(page, 'GET', '/metadata');
  return objects.find((each) => each.key === 'company')?.fields ?? [];
}

test('the owner decides what salespeople see and must fill in', async ({ page, browser }) => {
  await signIn(page, server);
  await page.goto(`${server.url}/settings/layouts?role=member&object=company`);
  await expect(page.getByText('標準のままです。')).toBeVisible();
  // A switch says what it is of to whom cannot see the row.
  await page.getByRole('switch', { name: '「FAX」を出す' }).uncheck({ force: true });
  await page.getByRole('checkbox', { name: '「代表電話」を必須にする' }).check();
  const names = async () => page.getByRole('button', { name: /を上へ$/ }).evaluateAll((found) => found.map((each) => each.getAttribute('aria-label')));
  const before = await names();
  const at = before.indexOf('「代表電話」を上へ');
  await page.getByRole('button', { name: '「代表電話」を下へ' }).click();
  expect((await names()).indexOf('「代表電話」を上へ')).toBe(at + 1);
  await axe(page);
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText(/の画面を決めました/)).toBeVisible();
  await expect(page.getByText('この役割のために変えてあります。')).toBeVisible();
  // The owner's own screens are as they were.
  expect((await companyFields(page)).find((field) => field.key === 'fax')?.hidden).toBe(false);

  const member = await browser.newContext({ locale: 'ja-JP', timezoneId: 'Asia/Tokyo', serviceWorkers: 'block', viewport: page.viewportSize() });
  const theirs = await member.newPage();
  await signIn(theirs, server, 'haruko@example.jp');
  const fields = await companyFields(theirs);
  expect(fields.find((field) => field.key === 'fax')?.hidden).toBe(true);
  expect(fields.find((field) => field.key === 'phone')?.required).toBe(true);
  await theirs.goto(`${server.url}/o/companies`);
  await theirs.getByRole('button', { name: '新規', exact: true }).click();
  const form = theirs.getByRole('dialog');
  await expect(form.getByRole('textbox', { name: '代表電話', exact: false }).first()).toBeVisible();
  await expect(form.getByRole('textbox', { name: 'FAX' })).toHaveCount(0);
  // The server asks for it, whoever sends: nothing was made without it.
  const made = call(theirs, 'POST', '/companies', { name: '電話のない商会' });
  await expect(made).rejects.toThrow(/422/);
  await member.close();

  await page.getByRole('button', { name: '標準に戻す' }).click();
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText('標準のままです。')).toBeVisible();
});
