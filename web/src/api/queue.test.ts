import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from './error';
import { isFresh } from './kept';
import {
  enqueue,
  giveUp,
  isUnsure,
  outcomeOf,
  sendWaiting,
  tryAgain,
  type Waiting,
  waitingOf,
} from './queue';

// The sealed store as a plain one: what it does itself is tested in the browser (tests/browser/phone.spec.ts).
const store = vi.hoisted(() => new Map<string, string>());
vi.mock('./vault', () => ({
  seal: async (_name: string, _user: string, id: string, value: unknown) => {
    store.set(id, JSON.stringify(value));
  },
  reseal: async (_name: string, _user: string, id: string, value: unknown, newId = id) => {
    if (!store.delete(id)) return false;
    store.set(newId, JSON.stringify(value));
    return true;
  },
  unkeep: async (_name: string, id: string) => {
    store.delete(id);
  },
  unsealAll: async () =>
    [...store.keys()].sort().map((id) => ({ id, value: JSON.parse(store.get(id) ?? '') as unknown })),
  vaultUser: async () => 'u',
}));

interface Sent {
  path: string;
  key: string | null;
  body: string;
}
let sent: Sent[];
/** The server's answers in turn; the last one goes on. */
let answers: (() => Promise<Response>)[];
const json = (status: number, body: unknown) => async () =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
const lost = () => Promise.reject(new TypeError('no line'));

beforeEach(() => {
  store.clear();
  sent = [];
  answers = [json(201, { id: '1' })];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const body = init.body instanceof Blob ? await init.body.text() : String(init.body);
    sent.push({ path, key: new Headers(init.headers).get('idempotency-key'), body });
    const [next = lost] = answers;
    if (answers.length > 1) answers.shift();
    return next();
  });
});

const note = (id: string, text: string): Waiting => ({
  id,
  at: '2026-11-24T01:00:00.000Z',
  about: '訪問先',
  text,
  plural: 'activities',
  write: { do: 'create', values: { content: text } },
});

describe('what waits', () => {
  it('goes in the order in which it was written, each under its key', async () => {
    await enqueue('u', note('2', 'あと'));
    await enqueue('u', note('1', 'さき'));
    expect(await sendWaiting('u')).toBe(2);
    expect(sent.map(({ key }) => key)).toEqual(['1', '2']);
    expect(await waitingOf('u')).toEqual([]);
  });

  it('stays when there is no line, and nothing overtakes it', async () => {
    answers = [lost];
    await enqueue('u', note('1', 'さき'));
    await enqueue('u', note('2', 'あと'));
    expect(await sendWaiting('u')).toBe(0);
    expect(sent).toHaveLength(1);
    const [first, second] = await waitingOf('u');
    expect(first?.tried, 'it may have arrived').toBeDefined();
    expect(second?.tried).toBeUndefined();
  });

  it('stays with the reason when the server refuses it, and the next one goes', async () => {
    answers = [
      json(422, {
        code: 'invalid',
        title: '入力に誤りがあります。',
        problems: [{ field: 'x', code: 'y', message: '長すぎます。' }],
      }),
      json(201, { id: '2' }),
    ];
    await enqueue('u', note('1', '断られる'));
    await enqueue('u', note('2', '届く'));
    expect(await sendWaiting('u')).toBe(1);
    const [left] = await waitingOf('u');
    expect(left).toMatchObject({
      id: '1',
      refused: { code: 'invalid', messages: ['入力に誤りがあります。', '長すぎます。'] },
    });
    expect(await sendWaiting('u'), 'it is not sent again by itself').toBe(0);
    if (left) await tryAgain('u', left);
    const [again] = await waitingOf('u');
    expect(again?.id).not.toBe('1');
    expect(again?.refused).toBeUndefined();
  });

  it('is not sent when it was given up while the one before it was under way', async () => {
    answers = [
      async () => {
        await giveUp('2');
        return json(201, { id: '1' })();
      },
    ];
    await enqueue('u', note('1', 'さき'));
    await enqueue('u', note('2', 'いらない'));
    expect(await sendWaiting('u')).toBe(1);
    expect(sent.map(({ key }) => key)).toEqual(['1']);
  });

  it('does not come back when the device was erased before it was refused', async () => {
    answers = [
      async () => {
        store.clear();
        return json(422, { code: 'invalid', title: '' })();
      },
    ];
    await enqueue('u', note('1', '消した'));
    expect(await sendWaiting('u')).toBe(0);
    expect(store.size).toBe(0);
  });

  it('is there once when it is tried again twice', async () => {
    const item = { ...note('1', '二度'), refused: { code: 'invalid', messages: [] } };
    await enqueue('u', item);
    await Promise.all([tryAgain('u', item), tryAgain('u', item)]);
    expect(await waitingOf('u')).toHaveLength(1);
  });

  it('has arrived when the server knows its key with other words', async () => {
    answers = [json(409, { code: 'idempotency_reused', title: '' })];
    await enqueue('u', note('1', '時刻を足した'));
    expect(await sendWaiting('u')).toBe(1);
    expect(await waitingOf('u')).toEqual([]);
  });

  it('is a row of a batch when it changes a record, whose own answer counts', async () => {
    answers = [
      async () =>
        new Response(
          '{"ok":false,"error":{"code":"conflict","title":"ほかの人が変えました。","problems":[]}}\n',
          {
            headers: { 'content-type': 'application/x-ndjson' },
          },
        ),
    ];
    await enqueue('u', {
      ...note('1', '済み'),
      plural: 'tasks',
      write: { do: 'update', id: 't', version: 3, values: { done: true } },
    });
    expect(await sendWaiting('u')).toBe(0);
    expect(sent[0]?.path).toBe('/api/v1/tasks/batch');
    expect(JSON.parse(sent[0]?.body ?? '')).toEqual({
      op: 'update',
      id: 't',
      version: 3,
      values: { done: true },
    });
    expect((await waitingOf('u'))[0]?.refused?.messages).toEqual(['ほかの人が変えました。']);
  });

  it('is not sent by itself when nobody can say any more whether it arrived', async () => {
    const now = Date.now();
    const item = { ...note('1', '古い'), tried: new Date(now - 24 * 3_600_000).toISOString() };
    expect(isUnsure(item, now)).toBe(true);
    expect(isUnsure({ ...item, tried: new Date(now - 3_600_000).toISOString() }, now)).toBe(false);
    await enqueue('u', item);
    expect(await sendWaiting('u')).toBe(0);
    expect(sent).toEqual([]);
    expect(await waitingOf('u')).toHaveLength(1);
  });
});

describe('what an answer means', () => {
  it.each([
    [0, 'later'],
    [401, 'signIn'],
    [403, 'refused'],
    [404, 'refused'],
    [409, 'refused'],
    [422, 'refused'],
    [429, 'later'],
    [500, 'later'],
    [503, 'later'],
  ])('%i: %s', (status, outcome) => {
    expect(outcomeOf(new ApiError(status, {}))).toBe(outcome);
  });
  it('keeps what failed for another reason', () => {
    expect(outcomeOf(new TypeError('?'))).toBe('later');
  });
});

describe('what is kept', () => {
  const at = '2026-11-24T00:00:00.000Z';
  it.each([
    ['2026-11-24T00:00:00.000Z', true],
    ['2026-11-24T11:59:59.000Z', true],
    ['2026-11-24T12:00:00.000Z', false],
    // A clock that was set back.
    ['2026-11-23T23:00:00.000Z', false],
  ])('at %s: %s', (now, fresh) => {
    expect(isFresh(at, Date.parse(now))).toBe(fresh);
  });
});
