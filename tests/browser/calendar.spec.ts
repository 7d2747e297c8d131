// 暦 of a list and 予定: records by their dates. They are moved by hand, by dialog and by keys; what others did first is told.
import { expect, type Page, test } from '@playwright/test';
import { axe } from './axe.ts';
import { call, type Running, signIn, startServer } from './server.ts';

let server: Running;
test.beforeAll(async () => {
  server = await startServer({ demo: 60 });
});
test.afterAll(async () => server.stop());
test.use({ timezoneId: 'Asia/Tokyo', locale: 'ja-JP' });

interface Task {
  id: string;
  version: number;
  due_on: string;
}
interface Activity {
  id: string;
  version: number;
  happened_at: string;
}
const isPhone = (page: Page) => (page.viewportSize()?.width ?? 0) < 600;
const mark = () => `${Date.now() % 1_000_000}`;
const task = (page: Page, name: string, due_on: string) => call<Task>(page, 'POST', '/tasks', { name, due_on });
const activity = (page: Page, subject: string, happened_at: string, more: object = {}) => call<Activity>(page, 'POST', '/activities', { subject, kind: 'visit', happened_at, ...more });
const dueOf = async (page: Page, id: string) => (await call<Task>(page, 'GET', `/tasks/${id}`)).due_on;
const whenOf = async (page: Page, id: string) => new Date((await call<Activity>(page, 'GET', `/activities/${id}`)).happened_at).toISOString();
const day = (page: Page, date: string) => page.locator(`[data-day="${date}"]`);
const entry = (page: Page, title: string) => page.locator('[data-entry]').filter({ hasText: title });
const search = (title: string) => `&q=${encodeURIComponent(title)}`;

/** Shows what is on a day: on a phone the list of one day stands below the month. */
async function show(page: Page, label: RegExp) {
  if (isPhone(page)) await page.getByRole('button', { name: label }).click();
}

test('from the table to the calendar: month, week, day, and the period in the address', async ({ page }) => {
  await signIn(page, server);
  const title = `暦のやること${mark()}`;
  await task(page, title, '2026-11-18');
  await page.goto(`${server.url}/o/tasks?q=${encodeURIComponent(title)}`);
  await page.getByText('暦', { exact: true }).click();
  await expect(page).toHaveURL(/as=calendar/);
  await page.goto(`${server.url}/o/tasks?as=calendar&day=2026-11-18${search(title)}`);
  await expect(page.getByRole('heading', { name: '2026年11月（令和8年）' })).toBeVisible();
  await expect(entry(page, title)).toBeVisible();
  await show(page, /11月23日\(月\)/);
  await expect(page.getByText('勤労感謝の日').first()).toBeVisible();
  await axe(page);

  await page.getByRole('button', { name: '次の月' }).click();
  await expect(page.getByRole('heading', { name: '2026年12月（令和8年）' })).toBeVisible();
  await expect(page).toHaveURL(/day=2026-12/);
  await expect(entry(page, title)).toHaveCount(0);
  await page.getByRole('button', { name: '前の月' }).click();
  await page.getByText('週', { exact: true }).click();
  await expect(page).toHaveURL(/span=week/);
  await page.goto(`${server.url}/o/tasks?as=calendar&span=week&day=2026-11-18${search(title)}`);
  await expect(page.getByRole('heading', { name: '2026年11月15日 – 21日（令和8年）' })).toBeVisible();
  await expect(entry(page, title)).toBeVisible();
  // Weeks that begin on Monday.
  await page.getByRole('button', { name: '暦の設定' }).click();
  await page.getByRole('menuitem', { name: '月曜' }).click();
  await expect(page.getByRole('heading', { name: '2026年11月16日 – 22日（令和8年）' })).toBeVisible();
  await axe(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await axe(page);
});

test('only the days that are shown are asked for, and many are told', async ({ page }) => {
  await signIn(page, server);
  const title = `混んだ日${mark()}`;
  const many = Array.from({ length: 9 }, (_, at) => task(page, `${title}の${at + 1}`, '2027-03-10'));
  await Promise.all(many);
  await task(page, `${title}の外`, '2027-06-10');
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/v1/tasks?')) asked.push(decodeURIComponent(request.url()));
  });
  await page.goto(`${server.url}/o/tasks?as=calendar&day=2027-03-10${search(title)}`);
  if (isPhone(page)) {
    await expect(page.getByRole('button', { name: '3月10日(水) 9 件' })).toBeVisible();
    await expect(page.locator('[data-entry]')).toHaveCount(9);
    return;
  }
  const more = day(page, '2027-03-10').getByRole('button', { name: /^ほか \d 件$/ });
  await expect(more).toBeVisible();
  const shown = await day(page, '2027-03-10').locator('[data-entry]').count();
  await expect(more).toHaveText(`ほか ${9 - shown} 件`);
  const period = asked.filter((url) => url.includes('"gte":"2027-02-28","lte":"2027-04-03"'));
  expect(period.length).toBeGreaterThan(0);
  // Besides, the head of the list asks for its count and one record.
  expect(asked.filter((url) => !period.includes(url)).every((url) => /limit=1(&|$)/.test(url))).toBe(true);
  await more.click();
  await expect(page).toHaveURL(/span=day/);
  await expect(page.locator('[data-entry]')).toHaveCount(9);
  await page.goBack();
  await expect(more).toBeVisible();
});

test('a saved view is the calendar that it was saved as', async ({ page }) => {
  await signIn(page, server);
  await page.goto(`${server.url}/o/tasks?as=calendar&span=week&day=2026-11-18`);
  const name = `暦の見方${mark()}`;
  await page.getByRole('button', { name: 'この見方を保存' }).click();
  await page.getByRole('textbox', { name: '名前' }).fill(name);
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
  await expect(page).toHaveURL(/view=/);
  await page.getByText('表', { exact: true }).click();
  await expect(page).not.toHaveURL(/as=calendar/);
  await page.getByRole('button', { name, exact: false }).first().click();
  await expect(page).toHaveURL(/span=week/);
  await expect(page).toHaveURL(/as=calendar/);
  // Another day is no change of the view.
  await page.getByRole('button', { name: '次の週' }).click();
  await expect(page.getByRole('button', { name: '上書き保存' })).toHaveCount(0);
});

// With a mouse.
test('a task is dragged to another day, and the move taken back', { tag: '@desk' }, async ({ page }) => {
  await signIn(page, server);
  const title = `運ぶやること${mark()}`;
  const made = await task(page, title, '2026-11-18');
  await page.goto(`${server.url}/o/tasks?as=calendar&day=2026-11-18${search(title)}`);
  await entry(page, title).dragTo(day(page, '2026-11-25'));
  await expect(day(page, '2026-11-25').locator('[data-entry]')).toContainText(title);
  await expect.poll(() => dueOf(page, made.id)).toBe('2026-11-25');
  await expect(page.getByText(`「${title}」を11月25日(水)に移しました。`).first()).toBeVisible();
  await page.getByRole('button', { name: '元に戻す' }).click();
  await expect(day(page, '2026-11-18').locator('[data-entry]')).toContainText(title);
  expect(await dueOf(page, made.id)).toBe('2026-11-18');
});

// With a keyboard.
test('the keyboard goes over the days and moves what it stands on', { tag: '@desk' }, async ({ page }) => {
  await signIn(page, server);
  const title = `鍵で運ぶ${mark()}`;
  const made = await task(page, title, '2026-11-30');
  await page.goto(`${server.url}/o/tasks?as=calendar&day=2026-11-23${search(title)}`);
  await expect(entry(page, title)).toBeVisible();
  const number = (name: string) => page.getByRole('button', { name, exact: true });
  await number('11月23日(月) 勤労感謝の日').focus();
  await page.keyboard.press('ArrowRight');
  await expect(number('11月24日(火)')).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowDown');
  await expect(number('11月30日(月)')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(entry(page, title).getByRole('link')).toBeFocused();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect.poll(() => dueOf(page, made.id)).toBe('2026-11-29');
  await expect(day(page, '2026-11-29').getByRole('link', { name: title })).toBeFocused();
  await expect(entry(page, title)).not.toHaveAttribute('aria-busy');
  // Over the end of the month on the screen the next one follows.
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(() => dueOf(page, made.id)).toBe('2026-12-06');
  await expect(page.getByRole('heading', { name: '2026年12月（令和8年）' })).toBeVisible();
  await expect(day(page, '2026-12-06').getByRole('link', { name: title })).toBeFocused();
  await page.keyboard.press('PageUp');
  await expect(page.getByRole('heading', { name: '2026年11月（令和8年）' })).toBeVisible();
});

test('without dragging: the dialog moves to a usual day or a typed one', async ({ page }) => {
  await signIn(page, server);
  const title = `移すやること${mark()}`;
  const made = await task(page, title, '2026-11-18');
  await page.goto(`${server.url}/o/tasks?as=calendar&day=2026-11-18${search(title)}`);
  const ask = async () => {
    await entry(page, title).hover();
    await entry(page, title).getByRole('button', { name: `「${title}」を移す` }).click();
  };
  const dialog = page.getByRole('dialog', { name: `「${title}」を移す` });
  await ask();
  await expect(dialog.getByRole('button', { name: /あした/ })).toBeVisible();
  await axe(page);
  await dialog.getByRole('button', { name: /1 週間あと/ }).click();
  await expect.poll(() => dueOf(page, made.id)).toBe('2026-11-25');
  await show(page, /11月25日\(水\)/);
  await expect(entry(page, title)).not.toHaveAttribute('aria-busy');
  await ask();
  await dialog.getByLabel('日', { exact: true }).fill('R8.11.27');
  await dialog.getByLabel('日', { exact: true }).press('Enter');
  await expect(dialog).toBeHidden();
  await expect.poll(() => dueOf(page, made.id)).toBe('2026-11-27');
});

// Hours are shown on a desk.
test('an activity keeps its time on another day and takes another hour', { tag: '@desk' }, async ({ page }) => {
  await signIn(page, server);
  const title = `訪問${mark()}`;
  const made = await activity(page, title, '2027-02-03T10:30:00+09:00', { minutes: 60 });
  await page.goto(`${server.url}/o/activities?as=calendar&span=week&day=2027-02-03${search(title)}`);
  const column = (date: string) => page.locator(`[data-day="${date}"]`).last();
  await expect(column('2027-02-03').locator('[data-entry]')).toContainText('10:30');
  await axe(page);
  await entry(page, title).dragTo(column('2027-02-05'), { sourcePosition: { x: 20, y: 6 }, targetPosition: { x: 40, y: 48 * 13 + 6 } });
  await expect.poll(() => whenOf(page, made.id)).toBe('2027-02-05T04:00:00.000Z');
  await expect(entry(page, title)).not.toHaveAttribute('aria-busy');
  // Down by a quarter of an hour, to the day before.
  await entry(page, title).getByRole('link').focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(() => whenOf(page, made.id)).toBe('2027-02-05T04:15:00.000Z');
  await expect(entry(page, title)).not.toHaveAttribute('aria-busy');
  await page.keyboard.press('Alt+ArrowLeft');
  await expect.poll(() => whenOf(page, made.id)).toBe('2027-02-04T04:15:00.000Z');
});

test('an empty day makes something new on it', async ({ page }) => {
  await signIn(page, server);
  const title = `その日のやること${mark()}`;
  await page.goto(`${server.url}/o/tasks?as=calendar&day=2027-01-13`);
  if (isPhone(page)) await page.getByRole('button', { name: '追加' }).click();
  else await day(page, '2027-01-13').click({ position: { x: 60, y: 60 } });
  const form = page.getByRole('dialog', { name: 'やることを登録' });
  await form.getByLabel('やること', { exact: false }).first().fill(title);
  await form.getByRole('button', { name: '登録する' }).click();
  await expect(form).toBeHidden();
  const found = await call<{ items: Task[] }>(page, 'GET', `/tasks?fields=due_on${search(title)}`);
  expect(found.items.map((each) => each.due_on)).toEqual(['2027-01-13']);
  if (isPhone(page)) return;
  // It stands in the calendar and is open beside it.
  await expect(day(page, '2027-01-13').locator('[data-entry]')).toContainText(title);
  await expect(page.getByRole('complementary', { name: title })).toBeVisible();
});

// The same code moves on a phone.
test('who was first is told, and the entry stands where it is now', { tag: '@desk' }, async ({ page }) => {
  // The page does not hear of the other's change before it moves the entry.
  await page.route('**/api/v1/events', (route) => route.abort());
  await signIn(page, server);
  const title = `取り合う${mark()}`;
  const made = await task(page, title, '2026-11-18');
  await page.goto(`${server.url}/o/tasks?as=calendar&day=2026-11-18${search(title)}`);
  await expect(entry(page, title)).toBeVisible();
  await call(page, 'PATCH', `/tasks/${made.id}`, { version: made.version, due_on: '2026-11-10' });
  await entry(page, title).dragTo(day(page, '2026-11-25'));
  await expect(page.getByText(`先に「${title}」を変えました`)).toBeVisible();
  await expect(day(page, '2026-11-10').locator('[data-entry]')).toContainText(title);
  expect(await dueOf(page, made.id)).toBe('2026-11-10');
});

test('who may only read moves and makes nothing', async ({ page }) => {
  await signIn(page, server, 'viewer@example.jp');
  await page.goto(`${server.url}/o/tasks?as=calendar`);
  await expect(page.getByText('見るだけの暦です', { exact: false })).toBeVisible();
  await expect(page.getByRole('button', { name: /を移す|新しく作る|^追加$/ })).toHaveCount(0);
  await expect(page.locator('[draggable="true"]')).toHaveCount(0);
});

test('予定: my tasks and visits together, what is shown, and whose', async ({ page }) => {
  await signIn(page, server);
  const name = mark();
  await task(page, `予定のやること${name}`, '2027-02-16');
  await activity(page, `予定の訪問${name}`, '2027-02-16T14:00:00+09:00');
  if (isPhone(page)) await page.goto(`${server.url}/calendar?day=2027-02-16`);
  else {
    await page.getByRole('navigation').getByRole('link', { name: '予定' }).click();
    await expect(page.getByRole('heading', { name: '予定' })).toBeVisible();
    await page.goto(`${server.url}/calendar?day=2027-02-16`);
  }
  await expect(entry(page, `予定のやること${name}`)).toBeVisible();
  await expect(entry(page, `予定の訪問${name}`)).toContainText('14:00');
  await axe(page);
  await page.getByText('活動', { exact: true }).last().click();
  await expect(entry(page, `予定の訪問${name}`)).toHaveCount(0);
  await expect(page).toHaveURL(/hide=activity/);
  await expect(entry(page, `予定のやること${name}`)).toBeVisible();

  // A colleague's calendar holds other things.
  await page.getByRole('combobox', { name: 'だれの予定か' }).click();
  await page.getByRole('option').nth(1).click();
  await expect(page).toHaveURL(/who=(user|team)/);
  await page.emulateMedia({ colorScheme: 'dark' });
  await axe(page);
});

// Hours are shown on a desk.
test('予定: a time makes a visit, a day asks what', { tag: '@desk' }, async ({ page }) => {
  await signIn(page, server);
  await page.goto(`${server.url}/calendar?day=2027-02-16&span=week`);
  await page.locator('[data-day="2027-02-17"]').last().click({ position: { x: 60, y: 48 * 10 + 8 } });
  const form = page.getByRole('dialog', { name: '活動を登録' });
  await expect(form.getByLabel('日時', { exact: false }).first()).toHaveValue(/10:00/);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '2月17日(水)に新しく作る' }).click();
  const ask = page.getByRole('dialog', { name: '2月17日(水)に作るもの' });
  await axe(page);
  await ask.getByRole('button', { name: 'やること' }).click();
  await expect(page.getByRole('dialog', { name: 'やることを登録' })).toBeVisible();
});
