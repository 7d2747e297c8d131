// Every screen without accessibility violations, light and dark, on a desk and on a phone.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { type Running, startServer } from './server.ts';

let server: Running;
test.beforeAll(async () => {
  server = await startServer({ demo: 40 });
});
test.afterAll(async () => server.stop());

for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds nothing (${scheme})`, async ({ page, viewport }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    const found: string[] = [];
    const check = async (name: string) => {
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
      for (const violation of violations) {
        for (const node of violation.nodes) found.push(`${name}: ${violation.id} ${node.target.join(' ')}`);
      }
    };
    await page.goto(`${server.url}/login`);
    await expect(page.getByRole('button', { name: 'サインイン' })).toBeVisible();
    await check('login');
    await page.getByLabel('メールアドレス').fill('demo@example.jp');
    await page.getByLabel('パスワード', { exact: true }).fill('daifuku-demo');
    await page.getByRole('button', { name: 'サインイン' }).click();
    await expect(page.getByRole('heading', { name: '今日' })).toBeVisible();
    const company = await page.evaluate(async () => (await (await fetch('/api/v1/companies?limit=1&sort=-order_total&fields=name')).json()).items[0].id);
    const screens: [string, string][] = [
      ['home', '/'],
      ['list', '/o/companies'],
      ['record', `/o/companies/${company}`],
      ['search', `/search?q=${encodeURIComponent('株')}`],
      ['import', '/import'],
      ['users', '/settings/users'],
      ['fields', '/settings/fields'],
      ['rules', '/settings/rules'],
      ['maturity', '/maturity'],
      ['tidy', '/tidy'],
      ['account', '/settings/account'],
    ];
    for (const [name, path] of screens) {
      await page.goto(server.url + path);
      await expect(page.getByRole('heading').first()).toBeVisible();
      await page.waitForLoadState('networkidle').catch(() => undefined);
      await check(name);
    }
    const fold = page.getByRole('button', { name: '会社の項目ごとの権限' });
    await page.goto(`${server.url}/settings/roles`);
    await fold.click();
    await check('roles');
    await page.goto(`${server.url}/o/companies/${company}`);
    await page.getByRole('tab', { name: '組織図' }).click();
    await page.waitForLoadState('networkidle').catch(() => undefined);
    await check('organization');
    if ((viewport?.width ?? 0) < 600) await page.getByRole('button', { name: '記録する' }).click();
    await page.getByRole('radio', { name: /受注/ }).click();
    await page.getByRole('textbox').first().click();
    await check('purchase');
    expect(found).toEqual([]);
  });
}
