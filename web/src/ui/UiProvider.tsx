import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import '@mantine/core/styles.layer.css';
import { Notifications } from '@mantine/notifications';
import '@mantine/notifications/styles.layer.css';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { ConfirmProvider } from './ConfirmProvider';
import './global.css';
import { setNotifyCache } from './notify';
import { cssVariables, theme } from './theme';

// public/scheme.js reads the same key before the first paint.
const schemeManager = localStorageColorSchemeManager({ key: 'daifuku-scheme' });

export function UiProvider({ children }: { children: ReactNode }) {
  const cache = useQueryClient();
  useEffect(() => {
    setNotifyCache(cache);
    return () => setNotifyCache(undefined);
  }, [cache]);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={schemeManager}
      defaultColorScheme="auto"
    >
      <Notifications position="bottom-right" limit={4} />
      <ConfirmProvider>{children}</ConfirmProvider>
    </MantineProvider>
  );
}
