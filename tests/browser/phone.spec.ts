// The phone in the pocket: the customers of the day without a line, notes that wait for one, and what is left on the device afterwards.
import { createServer, request as ask, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { axe } from './axe';
import { call, type Running, signIn, startServer } from './server';

test.use({ serviceWorkers: 'allow' });
// Two long days out: they take a busy machine two minutes each.
test.setTimeout(300_000);

/** Stands before the server as the line does: can lose an answer on the way, and lets a new version of the worker be found. */
interface Line {
  url: string;
  loseAnswers: boolean;
  posts: number;
  version: string;
  close(): Promise<void>;
}

async function startLine(server: Running): Promise<Line> {
  const to = new URL(server.url);
  const line = { loseAnswers: false, posts: 0, version: '' } as Line;
  const proxy: Server = createServer((request, response) => {
    const isNote = request.method === 'POST' && request.url === '/api/v1/activities';
    if (isNote) line.posts++;
    const lost = isNote && line.loseAnswers;
    const path = request.url ?? '/';
    const headers = { ...request.headers, ...(path === '/sw.js' ? { 'accept-encoding': 'identity' } : {}) };
    const onward = ask({ host: to.hostname, port: to.port, method: request.method, path, headers }, (answer) => {
      if (lost) {
        // The server has it; the phone never hears of it.
        answer.resume();
        answer.on('end', () => response.destroy());
        return;
      }
      if (path !== '/sw.js') {
        response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(response);
        return;
      }
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (piece: string) => {
        text += piece;
      });
      answer.on('end', () => {
        const { 'content-length': _length, etag: _etag, ...rest } = answer.headers;
        response.writeHead(200, rest);
        response.end(line.version ? text.replaceAll(/daifuku-shell-[0-9a-f]{12}/g, `daifuku-shell-${line.version}`) : text);
      });
    });
    onward.on('error', () => response.destroy());
    // The phone went away: the stream of events behind it ends as well.
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
  line.url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  line.close = () =>
    new Promise((done) => {
      proxy.closeAllConnections();
      proxy.close(() => done());
    });
  return line;
}

// The day of the browser, which is not that of this process.
const today = (page: Page) =>
  page.evaluate(() => {
    const now = new Date();
    return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;
  });

/** All texts in the databases and caches of this origin, as somebody reads them who has the unlocked device. */
function leftBehind(page: Page): Promise<{ databases: string[]; caches: string[]; plain: string; workers: number }> {
  return page.evaluate(async () => {
    const databases = (await indexedDB.databases()).map(({ name }) => name ?? '');
    let plain = '';
    for (const name of databases) {
      const database = await new Promise<IDBDatabase>((done, fail) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => done(opening.result);
        opening.onerror = () => fail(opening.error);
      });
      for (const store of database.objectStoreNames) {
        const rows = await new Promise<unknown[]>((done) => {
          const asked = database.transaction(store).objectStore(store).getAll();
          asked.onsuccess = () => done(asked.result);
        });
        for (const row of rows as Record<string, unknown>[])
          for (const value of Object.values(row))
            plain += value instanceof ArrayBuffer ? new TextDecoder().decode(value) : String(value);
      }
      database.close();
    }
    return {
      databases,
      caches: await caches.keys(),
      plain,
      workers: (await navigator.serviceWorker.getRegistrations()).length,
    };
  });
}

/** Names the customers of the day as they are sealed now: another name after each collection; empty when nothing is kept. */
function sealedDay(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const name = 'daifuku-kept';
    if (!(await indexedDB.databases()).some((each) => each.name === name)) return '';
    const database = await new Promise<IDBDatabase | undefined>((done) => {
      const opening = indexedDB.open(name);
      // Gone since: an empty one made here would stand in the way of the page.
      opening.onupgradeneeded = () => opening.transaction?.abort();
      opening.onsuccess = () => done(opening.result);
      opening.onerror = () => done(undefined);
    });
    if (!database) return '';
    const row = await new Promise<{ iv: Uint8Array } | undefined>((done) => {
      const asked = database.transaction('values').objectStore('values').get('today');
      asked.onsuccess = () => done(asked.result as { iv: Uint8Array } | undefined);
      asked.onerror = () => done(undefined);
    });
    database.close();
    return row ? String(row.iv) : '';
  });
}

/** The customers of the day are on the device, others than those of `before`, and the worker has its files. */
async function isKept(page: Page, before = ''): Promise<void> {
  await expect
    .poll(
      async () => {
        const now = await sealedDay(page);
        return now !== '' && now !== before;
      },
      { message: 'the customers are kept', timeout: 40_000 },
    )
    .toBe(true);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

async function notesWith(page: Page, text: string): Promise<{ id: string; content: string; happened_at: string }[]> {
  const filter = encodeURIComponent(JSON.stringify({ content: { contains: text } }));
  return (await call<{ items: { id: string; content: string; happened_at: string }[] }>(page, 'GET', `/activities?filter=${filter}&fields=content,happened_at`)).items;
}

let server: Running;
let line: Line;
test.beforeEach(async () => {
  server = await startServer({ demo: 40 });
  line = await startLine(server);
});
test.afterEach(async () => {
  await line?.close();
  await server?.stop();
});

/** Signs in over the line and plans a visit today; answers the customer. */
async function aDayOut(page: Page, context: BrowserContext): Promise<{ id: string; phone: string }> {
  await signIn(page, { ...server, url: line.url });
  // Only then the next one is that of after the reload.
  await isKept(page);
  const company = await call<{ id: string }>(page, 'POST', '/companies', {
    name: '訪問先テスト株式会社',
    phone: '03-1234-5678',
    city: '千代田区',
  });
  await call(page, 'POST', '/tasks', { name: '見積書を持って行く', due_on: await today(page), company: company.id });
  const before = await sealedDay(page);
  await page.reload();
  await isKept(page, before);
  await context.setOffline(true);
  return { id: company.id, phone: '03-1234-5678' };
}

// For a device that is carried about: on the desk nothing is kept.
test('the customers of the day and notes without a line', { tag: '@phone' }, async ({ page, context }) => {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) problems.push(message.text());
  });
  const { id } = await aDayOut(page, context);
  const { plain, databases } = await leftBehind(page);
  expect(databases).toContain('daifuku-kept');
  expect(plain).not.toContain('訪問先テスト');
  expect(plain).not.toContain('1234-5678');
  expect(plain, 'a key that no script reads').toContain('[object CryptoKey]');

  // Started anew without a line: the shell comes from the device, and the page is that of what is kept.
  await page.goto(`${line.url}/`);
  await expect(page.getByRole('heading', { name: 'きょうとあしたのお客様' })).toBeVisible();
  await expect(page.getByText('この端末の控えを表示しています')).toBeVisible();
  await expect(page.getByText(/(たった今|分前)の内容です/)).toBeVisible();
  await axe(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await axe(page);
  await page.emulateMedia({ colorScheme: 'light' });

  await expect(page.getByRole('link', { name: '訪問先テスト株式会社 03-1234-5678 に電話する' })).toHaveAttribute('href', 'tel:0312345678');
  await page.getByRole('link', { name: /訪問先テスト株式会社.*きょう/ }).click();
  await expect(page.getByRole('heading', { name: '訪問先テスト株式会社' })).toBeVisible();
  await expect(page.getByText('千代田区')).toBeVisible();
  await axe(page);

  const small = await page.locator('a:visible, button:visible, [role=radio]:visible').evaluateAll((all) =>
    all.filter((each) => each.getBoundingClientRect().height < 43.5).map((each) => each.outerHTML.slice(0, 120)),
  );
  expect(small, 'nothing too small for a thumb').toEqual([]);

  // A note, its next step, and a task that is done, all of which wait.
  const before = Date.now();
  await page.getByRole('radio', { name: '訪問' }).click();
  await page.getByLabel('内容').fill('社長に見積書を渡した。来週返事をいただく。');
  await page.getByLabel('次にすること').fill('返事を聞く');
  await page.getByRole('button', { name: '記録する' }).click();
  await expect(page.getByText('送信待ちにしました')).toBeVisible();
  await page.getByRole('button', { name: '「見積書を持って行く」を済みにする' }).click();
  await expect(page.getByRole('button', { name: '「見積書を持って行く」を済みにする' })).toBeDisabled();
  await page.getByRole('link', { name: '一覧にもどる' }).click();
  await expect(page.getByText('送信待ち 2 件')).toBeVisible();
  expect((await leftBehind(page)).plain).not.toContain('社長に見積書');

  // The line is back, but its first answer is lost: the note is on the server and the phone does not know.
  line.loseAnswers = true;
  await context.setOffline(false);
  await expect.poll(() => line.posts).toBeGreaterThan(0);
  line.loseAnswers = false;
  await expect(page.getByText('送信待ちの 2 件を送りました')).toBeVisible({ timeout: 40_000 });
  await expect(page.getByText(/送信待ち \d+ 件/)).toBeHidden();
  // What is done cannot be ticked off once more.
  await page.getByRole('link', { name: /訪問先テスト株式会社.*千代田区/ }).click();
  await expect(page.getByRole('heading', { name: '訪問先テスト株式会社' })).toBeVisible();
  await expect(page.getByRole('button', { name: '「見積書を持って行く」を済みにする' })).toBeHidden();
  expect(line.posts, 'it was sent again').toBeGreaterThan(1);
  const notes = await notesWith(page, '社長に見積書を渡した');
  expect(notes).toHaveLength(1);
  expect(Math.abs(Date.parse(notes[0].happened_at) - before), 'when it happened, not when it was sent').toBeLessThan(60_000);
  const company = await call<{ next_action: string }>(page, 'GET', `/companies/${id}`);
  expect(company.next_action).toBe('返事を聞く');
  const tasks = await call<{ items: { title: string; done: boolean }[] }>(page, 'GET', `/tasks?q=${encodeURIComponent('見積書を持って行く')}&fields=done`);
  expect(tasks.items.find((task) => task.title === '見積書を持って行く')?.done).toBe(true);

  // On the customer's own page: the line goes while the note is sent; it waits, and arrives once.
  await page.goto(`${line.url}/o/companies/${id}`);
  await page.getByRole('button', { name: '記録する' }).click();
  await page.getByRole('radio', { name: '電話' }).click();
  await page.getByPlaceholder(/電話の内容/).fill('駐車場から電話した');
  line.loseAnswers = true;
  await page.getByRole('dialog').getByRole('button', { name: '記録する' }).click();
  await expect(page.getByText('送信待ちにしました')).toBeVisible();
  await expect(page.getByText('送信待ち 1 件')).toBeVisible();
  line.loseAnswers = false;
  await expect(page.getByText('送信待ち 1 件')).toBeHidden({ timeout: 40_000 });
  expect(await notesWith(page, '駐車場から電話した')).toHaveLength(1);

  // Back from a call it is one touch to write it down.
  await page.evaluate(() => document.addEventListener('click', (event) => (event.target as Element).closest('a[href^="tel:"]') && event.preventDefault()));
  await page.getByRole('link', { name: '03-1234-5678' }).first().click();
  await page.getByRole('button', { name: '通話を記録する' }).click();
  await expect(page.getByRole('dialog').getByRole('radio', { name: '電話' })).toBeChecked();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();

  // A photo goes without what the camera wrote beside the picture.
  const drawn = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 3000;
    canvas.height = 2000;
    return canvas.toDataURL('image/jpeg').split(',')[1];
  });
  const picture = Buffer.from(drawn, 'base64');
  const place = Buffer.from('Exif\0\0GPS 35.6812 139.7671', 'latin1');
  const exif = Buffer.concat([Buffer.from([0xff, 0xe1, 0, place.length + 2]), place]);
  const photo = Buffer.concat([picture.subarray(0, 2), exif, picture.subarray(2)]);
  await page.locator('input[type=file][capture]').first().setInputFiles({ name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer: photo });
  await expect(page.getByText('写真を「ファイル」に付けました')).toBeVisible();
  const { items: files } = await call<{ items: { id: string; name: string; type: string }[] }>(page, 'GET', `/companies/${id}/files`);
  expect(files).toHaveLength(1);
  expect(files[0].name).toMatch(/^\d{4}-\d{2}-\d{2} \d{2}\.\d{2}\.jpg$/);
  const stored = await page.evaluate(async (file) => {
    const bytes = await (await fetch(`/api/v1/files/${file}`)).arrayBuffer();
    const { width, height } = await createImageBitmap(new Blob([bytes]));
    return { text: new TextDecoder('latin1').decode(bytes), width, height };
  }, files[0].id);
  expect([stored.width, stored.height]).toEqual([2400, 1600]);
  expect(stored.text).not.toContain('139.7671');

  // From anywhere: whom, then what.
  await page.goto(`${line.url}/`);
  await expect(page.getByRole('link', { name: '名刺を撮る' })).toBeVisible();
  await page.getByRole('button', { name: '記録', exact: true }).click();
  await page.getByLabel(/どのお客様ですか/).fill('訪問先');
  await page.getByRole('button', { name: /訪問先テスト株式会社/ }).click();
  await expect(page.getByRole('dialog').getByPlaceholder(/電話の内容/)).toBeVisible();
  await axe(page);
  expect(problems).toEqual([]);
});

test('what is refused stays, and nothing stays after signing out', { tag: '@phone' }, async ({ page, context }) => {
  const { id } = await aDayOut(page, context);
  await page.goto(`${line.url}/offline?c=company:${id}`);
  await page.getByRole('radio', { name: 'メモ' }).click();
  await page.getByLabel('内容').fill('消えた会社のメモ');
  await page.getByRole('button', { name: '記録する' }).click();
  await expect(page.getByText('送信待ちにしました')).toBeVisible();
  // Meanwhile somebody deletes the customer.
  const desk = await context.browser()?.newContext();
  const other = await desk?.newPage();
  if (!other) throw new Error('no second browser');
  await signIn(other, server, 'manager@example.jp');
  await call(other, 'DELETE', `/companies/${id}`);

  await context.setOffline(false);
  await page.getByRole('link', { name: '一覧にもどる' }).click();
  await expect(page.getByRole('button', { name: 'もう一度送る' })).toBeVisible({ timeout: 40_000 });
  await expect(page.getByText('消えた会社のメモ')).toBeVisible();
  await axe(page);

  // A new version while the page is open: it is offered, and loaded when that is wanted.
  await page.goto(`${line.url}/`);
  await expect(page.getByText('送信待ち 1 件')).toBeVisible();
  await expect(page.getByText('新しい版があります')).toBeHidden();
  line.version = '0123456789ab';
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: '読み込み直す' }).click()]);
  await expect(page.getByRole('heading', { name: '今日' })).toBeVisible();
  await expect.poll(async () => (await leftBehind(page)).caches).toEqual(['daifuku-shell-0123456789ab']);
  await expect(page.getByRole('button', { name: '読み込み直す' })).toBeHidden();

  // The session ends at the server: the customers leave the device, the note does not.
  await page.context().clearCookies();
  await page.goto(`${line.url}/`);
  await expect(page.getByText('送信待ちの記録が 1 件あります')).toBeVisible();
  expect((await leftBehind(page)).databases).not.toContain('daifuku-kept');
  await page.goto(`${line.url}/offline`);
  await expect(page.getByText('この端末に控えはありません')).toBeVisible();

  const began = Date.now();
  await signIn(page, { ...server, url: line.url });
  await isKept(page);
  const longEnough = 2 * (Date.now() - began) + 1000;
  await page.getByRole('button', { name: /見本 花子/ }).click();
  await page.getByRole('menuitem', { name: 'サインアウト' }).click();
  await expect(page.getByText('送信待ちが 1 件あります')).toBeVisible();
  await page.getByRole('button', { name: '消してサインアウト' }).click();
  await expect(page.getByLabel('メールアドレス')).toBeVisible();
  const left = await leftBehind(page);
  expect(left.plain, 'neither customers, nor notes, nor their keys').toBe('');
  expect(left.caches).toEqual([]);
  expect(left.workers).toBe(0);

  // Another one signs in: nothing of the first; and a company may forbid keeping.
  await call(other, 'PATCH', '/settings', { offline_copies: 'off' });
  const settings = page.waitForResponse((answer) => new URL(answer.url()).pathname === '/api/v1/settings');
  await signIn(page, { ...server, url: line.url }, 'haruko@example.jp');
  await page.evaluate(() => navigator.serviceWorker.ready);
  expect(await (await settings).json()).toMatchObject({ offline_copies: 'off' });
  // Where it is allowed the customers were there by then.
  await page.waitForTimeout(longEnough);
  expect(await sealedDay(page), 'the company forbids it').toBe('');
  await page.goto(`${line.url}/offline`);
  await expect(page.getByText('この端末に控えはありません')).toBeVisible();
  expect((await leftBehind(page)).plain).toBe('');
  await desk?.close();
});
