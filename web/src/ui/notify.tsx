import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { QueryClient } from '@tanstack/react-query';
import i18next from 'i18next';
import { api, isApiError, type Undone } from '@/api';

// Toasts. Callable from anywhere, so they take their texts from the i18n instance and the cache from UiProvider.

let cache: QueryClient | undefined;
export function setNotifyCache(client: QueryClient | undefined): void {
  cache = client;
}

export function notifyDone(message: string): void {
  notifications.show({ message, autoClose: 4000, withBorder: true });
}

export function notifyError(error: unknown): void {
  notifyProblem(errorText(error));
}

/** Something did not go as asked. */
export function notifyProblem(message: string): void {
  notifications.show({
    message,
    color: 'red',
    autoClose: 8000,
    withBorder: true,
    role: 'alert',
  });
}

/** What went wrong, in the user's words: the server's title, else ours. */
export function errorText(error: unknown): string {
  if (isApiError(error, 'unreachable')) return i18next.t('ui.unreachable');
  if (isApiError(error)) {
    const details = [...error.general, ...Object.values(error.byField)];
    return [error.title || i18next.t('ui.failed'), ...details].join('\n');
  }
  return i18next.t('ui.failed');
}

/** Takes a change back and says so; what the undo did can be taken back in turn. */
export async function undoChange(changeId: string): Promise<void> {
  try {
    const answer = await api.post<Undone>('/undo', { change: changeId });
    void cache?.invalidateQueries();
    const skipped = answer.skipped.map((item) => `${item.title}: ${item.reason}`).join('\n');
    const text = i18next.t('ui.undone') + (skipped ? `\n${skipped}` : '');
    notifyUndo(text, answer.undone > 0 ? answer.change : undefined);
  } catch (error) {
    notifyError(error);
  }
}

/** Says what was done and offers to take it back. */
export function notifyUndo(message: string, changeId: string | undefined): void {
  if (!changeId) {
    notifyDone(message);
    return;
  }
  const id = `undo-${changeId}`;
  const undo = async () => {
    notifications.hide(id);
    await undoChange(changeId);
  };
  notifications.show({
    id,
    autoClose: 10_000,
    withBorder: true,
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="sm" style={{ whiteSpace: 'pre-line' }}>
          {message}
        </Text>
        <Button size="compact-sm" variant="light" flex="none" onClick={() => void undo()}>
          {i18next.t('ui.undo')}
        </Button>
      </Group>
    ),
  });
}
