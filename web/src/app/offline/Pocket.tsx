import { IconRefresh, IconSend } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import { api, type CompanySettings, eraseKept, erasings, useObjects, useReachable, useSession } from '@/api';
import { keep } from '@/api/kept';
import { pinsOf } from '@/records/pins';
import { Button, notifyDone, useTexts } from '@/ui';
import shell from '../shell/Shell.module.css';
import { collect } from './collect';
import { isPocket } from './isPocket';
import classes from './offline.module.css';
import { useSending, useWaiting } from './usePocket';

const keepEveryMs = 20 * 60_000;
const lookForNewMs = 60 * 60_000;

/** What works behind the pages on a device that is carried about: keeps the customers of the day, sends what waits, tells of a new version. */
export function Pocket() {
  useKeeping();
  return (
    <>
      <NewVersion />
      <QueueBanner />
    </>
  );
}

/** Asks for the customers of the day now and then, while the page is looked at. */
function useKeeping(): void {
  const session = useSession().data;
  const user = session?.user.id;
  const csrf = session?.csrf;
  const objects = useObjects();
  const reachable = useReachable();
  // A line that comes and goes must not ask for everything each time; who signs in again begins anew.
  const last = useRef({ at: 0, csrf: '' });
  useEffect(() => {
    if (!user || !csrf || objects.length === 0 || !reachable || !isPocket() || !window.isSecureContext)
      return;
    const stop = new AbortController();
    let busy = false;
    const run = async () => {
      const isRecent = last.current.csrf === csrf && Date.now() - last.current.at < keepEveryMs / 2;
      if (document.visibilityState !== 'visible' || isRecent) return;
      last.current = { at: Date.now(), csrf };
      busy = true;
      const epoch = erasings();
      try {
        const settings = await api.get<CompanySettings>('/settings', { quiet: true, signal: stop.signal });
        if (settings.offline_copies === 'off') await eraseKept();
        else await keep(await collect(user, objects, pinsOf(user), stop.signal), epoch);
      } catch {
        // No line, or a browser that keeps nothing: what is there stays until it is too old.
        if (!stop.signal.aborted) last.current.at = 0;
      }
      busy = false;
    };
    void run();
    const timer = window.setInterval(() => void run(), keepEveryMs);
    const look = () => void run();
    document.addEventListener('visibilitychange', look);
    return () => {
      stop.abort();
      // Broken off half way: the next one begins anew.
      if (busy) last.current.at = 0;
      window.clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [user, csrf, objects, reachable]);
}

function QueueBanner() {
  const { t } = useTexts();
  const cache = useQueryClient();
  const user = useSession().data?.user.id;
  const reachable = useReachable();
  const items = useWaiting(user);
  const refused = items.filter((item) => item.refused).length;
  const onSent = useCallback(
    (sent: number) => {
      notifyDone(t('app.offline.sent', { count: sent }));
      void cache.invalidateQueries();
    },
    [cache, t],
  );
  useSending(user, reachable, items.length, onSent);
  if (items.length === 0) return null;
  return (
    <div className={shell.banner} role="status">
      <IconSend size={18} stroke={1.6} aria-hidden />
      <span className={classes.grow}>
        {t('app.offline.waiting', { count: items.length })}
        {refused > 0 && ` ${t('app.offline.refusedOf', { count: refused })}`}
      </span>
      <Button size="compact-sm" variant="default" renderRoot={(props) => <Link to="/offline" {...props} />}>
        {t('app.offline.look')}
      </Button>
    </div>
  );
}

/** Registers the worker and offers to load the pages of a new version; never in the middle of somebody's typing. */
function NewVersion() {
  const { t } = useTexts();
  const [waiting, setWaiting] = useState<ServiceWorker>();
  useEffect(() => {
    if (!isPocket() || !('serviceWorker' in navigator) || import.meta.env.DEV) return;
    let registration: ServiceWorkerRegistration | undefined;
    const look = () => {
      const found = registration?.waiting;
      // The first one of a device replaces nothing.
      if (found && navigator.serviceWorker.controller) setWaiting(found);
    };
    const follow = () => registration?.installing?.addEventListener('statechange', look);
    // Nothing comes back where a browser is told to let no worker in.
    const coming: Promise<ServiceWorkerRegistration | undefined> = navigator.serviceWorker.register(
      '/sw.js',
      { updateViaCache: 'none' },
    );
    void coming.then((made) => {
      if (!made) return;
      registration = made;
      look();
      follow();
      made.addEventListener('updatefound', follow);
    }, notHere);
    const ask = () => {
      if (document.visibilityState === 'visible') registration?.update().catch(notHere);
    };
    const timer = window.setInterval(ask, lookForNewMs);
    document.addEventListener('visibilitychange', ask);
    return () => {
      window.clearInterval(timer);
      document.removeEventListener('visibilitychange', ask);
      registration?.removeEventListener('updatefound', follow);
    };
  }, []);
  if (!waiting) return null;
  const reload = () => {
    // In charge already, as another page of this browser wanted it.
    if (waiting.state !== 'installed') return window.location.reload();
    navigator.serviceWorker.addEventListener('controllerchange', () => window.location.reload(), {
      once: true,
    });
    waiting.postMessage('take-over');
  };
  return (
    <div className={shell.banner} role="status">
      <IconRefresh size={18} stroke={1.6} aria-hidden />
      <span className={classes.grow}>{t('app.offline.newVersion')}</span>
      <Button size="compact-sm" variant="default" onClick={reload}>
        {t('app.offline.reload')}
      </Button>
    </div>
  );
}

// No worker may run here (no HTTPS, or switched off), or there is no line: the pages work without.
function notHere(): void {}
