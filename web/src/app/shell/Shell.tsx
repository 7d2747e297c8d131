import { useQueryClient } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { keys, useEventStream, useSession } from '@/api';
import { useHotkey, useLocalStorage, useTexts } from '@/ui';
import { setLanguage } from '../i18n';
import { BottomBar } from './BottomBar';
import { CreateProvider } from './CreateProvider';
import { Header } from './Header';
import classes from './Shell.module.css';
import { Sidebar } from './Sidebar';
import { SignInAgain } from './SignInAgain';
import { UnreachableBanner } from './UnreachableBanner';

const CommandPalette = lazy(() => import('./CommandPalette').then((m) => ({ default: m.CommandPalette })));
const KeyboardHelp = lazy(() => import('./KeyboardHelp').then((m) => ({ default: m.KeyboardHelp })));

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

  useEventStream(!!session);
  useHotkey('mod+K', () => setPalette((open) => !open), { whileTyping: true });
  useHotkey('/', () => setPalette(true));
  useHotkey('?', () => setHelp(true));

  const wanted = session?.user.language;
  // When the account's setting arrives or changes. Choosing in a menu sets both at once.
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
        <Header onSearch={() => setPalette(true)} onHelp={() => setHelp(true)} />
        <Sidebar collapsed={collapsed} onToggle={() => setCollapsed((now) => !now)} />
        <main id="main" className={classes.main} tabIndex={-1}>
          <UnreachableBanner />
          <div className={classes.content}>
            <Outlet />
          </div>
        </main>
        <BottomBar onSearch={() => setPalette(true)} />
        <Suspense>
          {palette && <CommandPalette onClose={() => setPalette(false)} onHelp={() => setHelp(true)} />}
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
