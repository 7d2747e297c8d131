// Two people on one record: each sees the other's name, and which field he types into.
import { expect, test } from '@playwright/test';
import { call, signIn, startServer } from './server.ts';

test('two people on one record see each other, and what the other types into', async ({ page, browser, viewport }) => {
  const server = await startServer({ demo: 5 });
  const other = await browser.newContext({ viewport, locale: 'ja-JP', timezoneId: 'Asia/Tokyo' });
  try {
    await signIn(page, server);
    await call(page, 'POST', '/users', { name: '同僚 花子', email: 'hanako@example.jp', role: 'member', password: 'daifuku-demo' });
    const company = await call<{ id: string }>(page, 'POST', '/companies', { name: '居合わせ商会', business: '菓子の卸' });
    const colleague = await other.newPage();
    await signIn(colleague, server, 'hanako@example.jp');
    await page.goto(`${server.url}/o/companies/${company.id}`);
    const here = page.getByRole('status', { name: 'この記録をいま開いている人' });
    await expect(page.getByRole('heading', { level: 1 })).toContainText('居合わせ商会');
    await expect(here).toBeEmpty();

    await colleague.goto(`${server.url}/o/companies/${company.id}`);
    await expect(here).toContainText('同僚 花子さんが見ています');
    const there = colleague.getByRole('status', { name: 'この記録をいま開いている人' });
    await expect(there).toContainText('さんが見ています');

    await colleague.getByRole('button', { name: /事業.*を直す/ }).first().click();
    await expect(here).toContainText('同僚 花子さんが「');
    await expect(page.getByText('同僚 花子さんが入力中')).toBeVisible();
    await colleague.keyboard.press('Escape');
    await expect(page.getByText('同僚 花子さんが入力中')).toHaveCount(0);
    await expect(here).toContainText('見ています');

    // Gone when the page is left, and in nobody's history.
    await colleague.goto(server.url);
    await expect(here).toBeEmpty();
    const history = await call<{ items: unknown[] }>(page, 'GET', `/companies/${company.id}/history`);
    expect(history.items).toHaveLength(1);
  } finally {
    await other.close();
    await server.stop();
  }
});
