import { useQueryClient } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { keys, useEventStream, useSession } from '@/api';
import { useHotkey, useLocalStorage, useTexts } from '@/ui';
import { loadLaterTexts, setLanguage } from '../i18n';
import { BottomBar } from './BottomBar';
import { CreateProvider } from './CreateProvider';
import { Header } from './Header';
import classes from './Shell.module.css';
import { Sidebar } from './Sidebar';
import { SignInAgain } from './SignInAgain';
import { UnreachableBanner } from './UnreachableBanner';

const CommandPalette = lazy(() => import('./CommandPalette').then((m) => ({ default: m.CommandPalette })));
const Pocket = lazy(() => import('../offline/Pocket').then((m) => ({ default: m.Pocket })));
const HelpDrawer = lazy(() => import('../help/HelpDrawer').then((m) => ({ default: m.HelpDrawer })));
const KeyboardHelp = lazy(() => import('./KeyboardHelp').then((m) => ({ default: m.KeyboardHelp })));

const settledMs = 1500;

/** The frame of every page after sign-in. */
export function Shell() {
  const { t } = useTexts();
  const cache = useQueryClient();
  const session = useSession().data;
  const [collapsed, setCollapsed] = useLocalStorage({
    key: 'daifuku-sidebar-collapsed',
    defaultValue: false,
  });
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  const [manual, setManual] = useState(false);

  useEventStream(!!session);
  useHotkey('mod+K', () => setPalette((open) => !open), { whileTyping: true });
  useHotkey('/', () => setPalette(true));
  useHotkey('?', () => setHelp(true));
  useHotkey('F1', () => setManual((open) => !open), { whileTyping: true });

  // What works behind the pages begins when the first one is there.
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(true), settledMs);
    return () => window.clearTimeout(timer);
  }, []);

  const wanted = session?.user.language;
  // When the account's setting arrives or changes. Choosing in a menu sets both at once.
  // What is opened from any screen may belong to a page.
  useEffect(() => {
    if (settled) void loadLaterTexts().catch(() => undefined);
  }, [settled]);
  useEffect(() => {
    if (wanted) void setLanguage(wanted);
  }, [wanted]);

  const version = session?.metadata_version;
  useEffect(() => {
    if (version)
      void cache.invalidateQueries({
        queryKey: keys.metadata,
        predicate: (query) => isOld(query.state.data, version),
      });
  }, [cache, version]);

  return (
    <CreateProvider>
      <div className={classes.shell} data-collapsed={collapsed || undefined}>
        <a href="#main" className={classes.skip}>
          {t('app.skip')}
        </a>
        <Header
          onSearch={() => setPalette(true)}
          onManual={() => setManual(true)}
          onHelp={() => setHelp(true)}
        />
        <Sidebar collapsed={collapsed} onToggle={() => setCollapsed((now) => !now)} />
        <main id="main" className={classes.main} tabIndex={-1}>
          <UnreachableBanner />
          {settled && (
            <Suspense>
              <Pocket />
            </Suspense>
          )}
          <div className={classes.content}>
            <Outlet />
          </div>
        </main>
        <BottomBar onSearch={() => setPalette(true)} />
        <Suspense>
          {palette && <CommandPalette onClose={() => setPalette(false)} onHelp={() => setHelp(true)} />}
          {manual && <HelpDrawer onClose={() => setManual(false)} onKeyboard={() => setHelp(true)} />}
          {help && <KeyboardHelp onClose={() => setHelp(false)} />}
        </Suspense>
        <SignInAgain />
      </div>
    </CreateProvider>
  );
}

function isOld(data: unknown, version: string): boolean {
  const known = (data as { version?: string } | undefined)?.version;
  return known !== undefined && known !== version;
}
