// The language of the screen, also of what the server put into words.
import { expect, test } from '@playwright/test';
import { call, type Running, signIn, startServer } from './server.ts';

let server: Running;
test.beforeAll(async () => {
  server = await startServer({ demo: 20 });
});
test.afterAll(async () => server.stop());

test('what the server says changes with the language', async ({ page }) => {
  await signIn(page, server);
  const company = await call<{ id: string }>(page, 'POST', '/companies?duplicates=ignore', { name: '語学商会', stage: 'customer' });
  await call(page, 'POST', '/deals', { name: '教材の引き合い', amount: 12000, company: company.id });
  await page.goto(`${server.url}/o/companies/${company.id}`);
  const timeline = page.getByRole('tab', { name: 'これまで' });
  await timeline.click();
  await expect(page.getByText('引き合い / 12,000円')).toBeVisible();

  await page.getByRole('button', { name: /^見本 花子/ }).click();
  await page.getByText('English', { exact: true }).click();
  await expect(page.getByText('Lead / ¥12,000')).toBeVisible();
});
