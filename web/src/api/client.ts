import { eraseKept } from './device';
import { ApiError } from './error';
import type { Language } from './types';

// One client for the whole page. What it remembers (CSRF token, language, reachability) belongs to the page, not to a component.

export const apiBase = '/api/v1';

type QueryValue = string | number | boolean | undefined | null;
export interface RequestOptions {
  query?: Record<string, QueryValue>;
  signal?: AbortSignal;
  headers?: Record<string, string>;
  /** Answer a lost session with an error instead of asking the user to sign in again. */
  quiet?: boolean;
  /** Goes on when the page is left. */
  keepalive?: boolean;
  /** Is given the headers of the answer. */
  onHeaders?: (headers: Headers) => void;
}

let csrf = '';
let language: Language = 'ja';
let reachable = true;
let askToSignIn: (() => Promise<boolean>) | undefined;
let refreshCsrf: (() => Promise<void>) | undefined;
const reachabilityListeners = new Set<() => void>();

export function setCsrf(token: string): void {
  csrf = token;
}
export function setRequestLanguage(wanted: Language): void {
  language = wanted;
}
/** `ask` shows a sign-in dialog over the page; true = signed in again, the request that waited is sent once more. */
export function onSignInRequired(ask: (() => Promise<boolean>) | undefined): void {
  askToSignIn = ask;
}
export function onCsrfRefused(refresh: () => Promise<void>): void {
  refreshCsrf = refresh;
}

export function isReachable(): boolean {
  return reachable;
}
export function subscribeReachable(listener: () => void): () => void {
  reachabilityListeners.add(listener);
  return () => reachabilityListeners.delete(listener);
}
function setReachable(now: boolean): void {
  if (reachable === now) return;
  reachable = now;
  for (const listener of reachabilityListeners) listener();
}

export function buildUrl(path: string, query?: Record<string, QueryValue>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {}))
    if (value !== undefined && value !== null && value !== '')
      search.set(name, value === true ? '1' : String(value));
  const text = search.toString();
  return apiBase + path + (text ? `?${text}` : '');
}

async function readBody(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  const type = response.headers.get('content-type') ?? '';
  if (type.includes('ndjson')) {
    const lines = (await response.text()).split('\n').filter((line) => line.trim() !== '');
    return lines.map((line) => JSON.parse(line) as unknown);
  }
  if (!type.includes('json')) return undefined;
  return response.json();
}

/** The error of an answer that is not 2xx; a body that is no JSON (a proxy's page) leaves only the status. */
export async function errorOf(response: Response): Promise<ApiError> {
  let body: unknown;
  try {
    body = await readBody(response);
  } catch {
    body = undefined;
  }
  return new ApiError(response.status, (body ?? {}) as Record<string, unknown>);
}

async function send(method: string, path: string, body: BodyInit | undefined, options: RequestOptions) {
  const headers: Record<string, string> = {
    Accept: 'application/json',
    'Accept-Language': language,
    ...options.headers,
  };
  if (method !== 'GET') {
    headers['X-CSRF-Token'] = csrf;
    // For the history: entered on a small screen.
    if (globalThis.innerWidth < 640) headers['X-Entry'] ??= 'phone';
  }
  let response: Response;
  try {
    response = await fetch(buildUrl(path, options.query), {
      method,
      headers,
      body,
      signal: options.signal,
      keepalive: options.keepalive,
      credentials: 'same-origin',
    });
  } catch (error) {
    if (options.signal?.aborted || (error instanceof DOMException && error.name === 'AbortError'))
      throw error;
    setReachable(false);
    throw new ApiError(0, { code: 'unreachable' });
  }
  // A gateway in front of a stopped server answers in its place.
  setReachable(![502, 503, 504].includes(response.status) || response.headers.has('x-request-id'));
  return response;
}

async function answerOf<T>(response: Response, options: RequestOptions): Promise<T> {
  options.onHeaders?.(response.headers);
  return (await readBody(response)) as T;
}

async function request<T>(
  method: string,
  path: string,
  body: BodyInit | undefined,
  options: RequestOptions,
): Promise<T> {
  let response = await send(method, path, body, options);
  // Signed in no more: what is kept on the device for this user goes at once.
  if (response.status === 401) await eraseKept();
  if (response.status === 401 && !options.quiet && askToSignIn && (await askToSignIn()))
    response = await send(method, path, body, options);
  if (response.ok) return answerOf<T>(response, options);
  const error = await errorOf(response);
  if (response.status === 403 && error.code === 'forged' && refreshCsrf && !options.quiet) {
    await refreshCsrf();
    response = await send(method, path, body, options);
    if (response.ok) return answerOf<T>(response, options);
    throw await errorOf(response);
  }
  throw error;
}

function withJson(options: RequestOptions): RequestOptions {
  return { ...options, headers: { 'Content-Type': 'application/json', ...options.headers } };
}

export const api = {
  get: <T>(path: string, options: RequestOptions = {}) => request<T>('GET', path, undefined, options),
  post: <T>(path: string, body: unknown = {}, options: RequestOptions = {}) =>
    request<T>('POST', path, JSON.stringify(body), withJson(options)),
  patch: <T>(path: string, body: unknown, options: RequestOptions = {}) =>
    request<T>('PATCH', path, JSON.stringify(body), withJson(options)),
  delete: <T = void>(path: string, options: RequestOptions = {}) =>
    request<T>('DELETE', path, undefined, withJson(options)),
  /** A raw file, or a form with files; the browser sets the type of a form. */
  upload: <T>(path: string, body: Blob | FormData, options: RequestOptions = {}) =>
    request<T>('POST', path, body, {
      ...options,
      headers:
        body instanceof FormData
          ? options.headers
          : { 'Content-Type': 'application/octet-stream', ...options.headers },
    }),
};
