// The service worker: gives the files of the screens where there is no line. It holds files of the program only, which are the same
// for everybody; what the server says of customers (/api) never passes through it.

const worker = self as unknown as ServiceWorkerGlobalScope;

// Filled in by the build (vite.config.ts): the files of the shell and of the pages that a phone uses, and what names this set.
const files: readonly string[] = JSON.parse('__SHELL_FILES__') as string[];
const cacheName = 'daifuku-shell-__SHELL_VERSION__';
const page = '/index.html';
// On a line that is there but does not move the page of the last time is better than none.
const patienceMs = 3000;

worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(cacheName)
      .then((cache) => cache.addAll(files.map((file) => new Request(file, { cache: 'no-cache' })))),
  );
});

worker.addEventListener('activate', (event) => {
  const others = (name: string) => name.startsWith('daifuku-shell-') && name !== cacheName;
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter(others).map((name) => caches.delete(name))))
      .then(() => worker.clients.claim()),
  );
});

// The user said so: the pages load again once this one is in charge.
worker.addEventListener('message', (event) => {
  if (event.data === 'take-over') void worker.skipWaiting();
});

// Opened it would be made again after signing out has removed it.
function kept(file: string): Promise<Response | undefined> {
  return caches.match(file, { cacheName });
}

// A page comes fresh from the server when it answers in time: its files then fit the server.
async function pageOf(request: Request): Promise<Response> {
  const asked = fetch(request);
  const late = new Promise<undefined>((done) => setTimeout(() => done(undefined), patienceMs));
  const fresh = await Promise.race([asked, late]).catch(() => undefined);
  // A gateway in front of a server that stands still is no answer either.
  if (fresh && fresh.status < 500) return fresh;
  return (await kept(page)) ?? asked;
}

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
  if (url.pathname === '/api' || url.pathname.startsWith('/api/')) return;
  if (request.mode === 'navigate') event.respondWith(pageOf(request));
  else if (files.includes(url.pathname))
    event.respondWith(kept(url.pathname).then((found) => found ?? fetch(request)));
});
