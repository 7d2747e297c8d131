import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { useTexts } from './useTexts';

export interface ConfirmOptions {
  title: string;
  /** What will happen, with the count. */
  message?: ReactNode;
  confirm?: string;
  danger?: boolean;
}
type Ask = (options: ConfirmOptions) => Promise<boolean>;

const ConfirmContext = createContext<Ask>(() => Promise.resolve(false));

/** `if (await confirm({ title, message, danger: true })) ...` */
export function useConfirm(): Ask {
  return useContext(ConfirmContext);
}

export function ConfirmProvider({ children }: { children: ReactNode }) {
  const { t } = useTexts();
  const [open, setOpen] = useState<{ options: ConfirmOptions; answer: (yes: boolean) => void }>();
  const ask = useCallback<Ask>((options) => new Promise((answer) => setOpen({ options, answer })), []);
  const close = useMemo(
    () => (yes: boolean) => {
      open?.answer(yes);
      setOpen(undefined);
    },
    [open],
  );
  return (
    <ConfirmContext value={ask}>
      {children}
      <Modal opened={!!open} onClose={() => close(false)} title={open?.options.title} size="sm" zIndex={400}>
        <Stack gap="lg">
          {open?.options.message && <Text style={{ whiteSpace: 'pre-line' }}>{open.options.message}</Text>}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => close(false)}>
              {t('ui.cancel')}
            </Button>
            <Button
              color={open?.options.danger ? 'red' : undefined}
              onClick={() => close(true)}
              data-autofocus
            >
              {open?.options.confirm ?? t('ui.ok')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </ConfirmContext>
  );
}
