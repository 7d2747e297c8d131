import { localStorageColorSchemeManager, MantineProvider, mergeThemeOverrides } from '@mantine/core';
import './styles';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useEffect, useMemo } from 'react';
import { ConfirmProvider } from './ConfirmProvider';
import './global.css';
import { setNotifyCache } from './notify';
import { cssVariables, theme } from './theme';
import { useTexts } from './useTexts';

// Loaded after the first screen; messages given before wait in its store.
const Toasts = lazy(() => import('./Toasts').then((m) => ({ default: m.Toasts })));

// public/scheme.js reads the same key before the first paint.
const schemeManager = localStorageColorSchemeManager({ key: 'daifuku-scheme' });

export function UiProvider({ children }: { children: ReactNode }) {
  const cache = useQueryClient();
  useEffect(() => {
    setNotifyCache(cache);
    return () => setNotifyCache(undefined);
  }, [cache]);
  const { t } = useTexts();
  const close = t('ui.close');
  // Every dialog and toast can be closed, and its cross has a name in the reader's language.
  const named = useMemo(() => {
    const defaultProps = { closeButtonProps: { 'aria-label': close } };
    return mergeThemeOverrides(theme, {
      components: { Modal: { defaultProps }, Drawer: { defaultProps }, Notification: { defaultProps } },
    });
  }, [close]);
  return (
    <MantineProvider
      theme={named}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={schemeManager}
      defaultColorScheme="auto"
    >
      <Suspense>
        <Toasts />
      </Suspense>
      <ConfirmProvider>{children}</ConfirmProvider>
    </MantineProvider>
  );
}
