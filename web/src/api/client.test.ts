import { afterEach, describe, expect, it, vi } from 'vitest';
import { api, buildUrl, isReachable, onSignInRequired, setCsrf } from './client';
import { ApiError, isApiError } from './error';

function answer(status: number, body?: unknown, type = 'application/problem+json'): Response {
  return new Response(body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body), {
    status,
    headers: { 'content-type': type },
  });
}
function serve(...answers: (Response | Error)[]) {
  const fetched = vi.fn(async (_url: string, _init: RequestInit) => {
    const next = answers.shift();
    if (!next || next instanceof Error) throw next ?? new TypeError('no more answers');
    return next;
  });
  vi.stubGlobal('fetch', fetched);
  return fetched;
}
async function failure(request: Promise<unknown>): Promise<ApiError> {
  const error = await request.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ApiError)) throw new Error(`not an ApiError: ${String(error)}`);
  return error;
}

afterEach(() => {
  vi.unstubAllGlobals();
  onSignInRequired(undefined);
});

describe('buildUrl', () => {
  it('leaves out what is empty and encodes the rest', () => {
    expect(
      buildUrl('/companies', { q: '山田 & 子', limit: 50, after: '', total: true, deleted: undefined }),
    ).toBe('/api/v1/companies?q=%E5%B1%B1%E7%94%B0+%26+%E5%AD%90&limit=50&total=1');
  });
});

describe('errors', () => {
  it('carries the problems of each field', async () => {
    serve(
      answer(422, {
        title: '入力に直すところがあります。',
        code: 'invalid',
        request_id: 'r1',
        problems: [
          { field: 'email', code: 'invalid_email', message: '形が違います。' },
          { field: 'email', code: 'too_long', message: '長すぎます。' },
          { code: 'other', message: '全体の問題。' },
        ],
      }),
    );

    const error = await failure(api.post('/companies', {}));

    expect(error.status).toBe(422);
    expect(error.title).toBe('入力に直すところがあります。');
    expect(error.byField).toEqual({ email: '形が違います。' });
    expect(error.general).toEqual(['全体の問題。']);
    expect(error.requestId).toBe('r1');
  });

  it('gives the conflict with the current record', async () => {
    const current = { id: 'a', version: 4 };
    serve(answer(409, { title: 'x', code: 'conflict', current, conflicts: [{ field: 'phone' }] }));

    const error = await failure(api.patch('/companies/a', { version: 3 }));

    expect(isApiError(error, 'conflict')).toBe(true);
    expect(error.current).toEqual(current);
    expect(error.conflicts).toHaveLength(1);
  });

  it('knows only the status of an answer that is no JSON', async () => {
    serve(answer(500, '<h1>Oops</h1>', 'text/html'));

    expect((await failure(api.get('/x'))).code).toBe('http_500');
  });

  it('says unreachable when nothing answers, until something does', async () => {
    serve(new TypeError('refused'), answer(200, {}, 'application/json'));

    expect((await failure(api.get('/x'))).code).toBe('unreachable');
    expect(isReachable()).toBe(false);

    await api.get('/x');
    expect(isReachable()).toBe(true);
  });
});

describe('requests', () => {
  it('sends the token with writes only', async () => {
    setCsrf('secret');
    const fetched = serve(answer(200, {}, 'application/json'), answer(200, {}, 'application/json'));

    await api.get('/x');
    await api.post('/x', { a: 1 });

    const headers = fetched.mock.calls.map(([, init]) => init.headers as Record<string, string>);
    expect(headers[0]).not.toHaveProperty('X-CSRF-Token');
    expect(headers[1]).toMatchObject({ 'X-CSRF-Token': 'secret', 'Content-Type': 'application/json' });
  });

  it('sends a request again after signing in again', async () => {
    const fetched = serve(
      answer(401, { code: 'sign_in_required' }),
      answer(200, { ok: 1 }, 'application/json'),
    );
    onSignInRequired(() => Promise.resolve(true));

    expect(await api.patch('/companies/a', { name: 'x' })).toEqual({ ok: 1 });
    expect(fetched.mock.calls[1]?.[1].body).toBe('{"name":"x"}');
  });

  it('fails when the user does not sign in again', async () => {
    serve(answer(401, { code: 'sign_in_required' }));
    onSignInRequired(() => Promise.resolve(false));

    expect((await failure(api.get('/x'))).code).toBe('sign_in_required');
  });

  it('reads one value a line', async () => {
    serve(answer(200, '{"id":"a"}\n{"id":"b"}\n', 'application/x-ndjson'));

    expect(await api.post('/x')).toEqual([{ id: 'a' }, { id: 'b' }]);
  });
});
