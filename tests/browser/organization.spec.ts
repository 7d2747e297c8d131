// The chart of a customer's organization: made from departments, filled from where it stands.
import { expect, test } from '@playwright/test';
import { call, type Running, signIn, startServer } from './server.ts';

let server: Running;
test.beforeAll(async () => {
  server = await startServer({ demo: 1 });
});
test.afterAll(async () => server.stop());

test('departments with people, and a place for those without', async ({ page }) => {
  await signIn(page, server);
  const make = (plural: string, values: object) => call<{ id: string }>(page, 'POST', `/${plural}?duplicates=ignore`, values);
  const company = await make('companies', { name: '組織図テスト株式会社' });
  await page.goto(`${server.url}/o/companies/${company.id}`);
  await page.getByRole('tab', { name: '組織図' }).click();
  await expect(page.getByText('この会社の人と部署がまだ登録されていません')).toBeVisible();

  const company_ = { company: company.id };
  const head = await make('people', { name: '部長 一郎', job_rank: 'head', ...company_ });
  const sales = await make('departments', { name: '営業部', head: head.id, ...company_ });
  await make('departments', { name: '第一課', parent: sales.id, ...company_ });
  await make('people', { name: '課員 二郎', department: '第一課', ...company_ });
  await make('people', { name: '退職 三郎', employment: 'left', ...company_ });
  await page.reload();
  await page.getByRole('tab', { name: '組織図' }).click();

  const panel = page.getByRole('tabpanel', { name: '組織図' });
  const department = (name: string) => panel.getByRole('listitem').filter({ has: page.getByRole('link', { name, exact: true }) });
  await expect(department('営業部').first()).toContainText('部長 一郎');
  await expect(department('営業部').first()).toContainText('第一課');
  await expect(panel).not.toContainText('退職 三郎');

  // Somebody without a place is given one, and it can be taken back.
  await expect(panel.getByText('所属の決まっていない人')).toBeVisible();
  await panel.getByRole('button', { name: '課員 二郎さんの所属を選ぶ' }).click();
  await page.getByRole('menuitem', { name: '第一課' }).click();
  await expect(panel.getByText('所属の決まっていない人')).toBeHidden();
  await expect(department('第一課').last()).toContainText('課員 二郎');
  await page.getByRole('button', { name: '元に戻す' }).click();
  await expect(panel.getByText('所属の決まっていない人')).toBeVisible();

  // A section is added below its department.
  await panel.getByRole('button', { name: '「営業部」の操作' }).click();
  await page.getByRole('menuitem', { name: 'この下に部署を追加' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('部署名').fill('第二課');
  await form.getByRole('button', { name: '登録する' }).click();
  await expect(department('営業部').first()).toContainText('第二課');
  await panel.getByRole('link', { name: '第二課' }).click();
  await expect(page.getByRole('heading', { name: '第二課' })).toBeVisible();
});
