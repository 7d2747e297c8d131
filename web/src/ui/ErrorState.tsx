import { Button, Text } from '@mantine/core';
import { IconAlertTriangle, IconLock, IconPlugConnectedX } from '@tabler/icons-react';
import { isApiError } from '@/api';
import { EmptyState } from './EmptyState';
import { errorText } from './notify';
import { useTexts } from './useTexts';

/** In place of content that could not be loaded; a refused permission says so, anything else can be tried again. */
export function ErrorState({
  error,
  onRetry,
  compact,
}: {
  error: unknown;
  onRetry?: () => void;
  compact?: boolean;
}) {
  const { t } = useTexts();
  const forbidden = isApiError(error, 'forbidden');
  const Icon = forbidden
    ? IconLock
    : isApiError(error, 'unreachable')
      ? IconPlugConnectedX
      : IconAlertTriangle;
  return (
    <div role="alert">
      <EmptyState
        compact={compact}
        icon={<Icon size={28} stroke={1.5} />}
        title={forbidden ? t('ui.forbidden') : t('ui.loadFailed')}
        actions={
          !forbidden &&
          onRetry && (
            <Button variant="default" onClick={onRetry}>
              {t('ui.retry')}
            </Button>
          )
        }
      >
        {errorText(error)}
        {isApiError(error) && error.requestId && (
          <Text size="xs" c="dimmed" mt={4}>
            {t('ui.requestId', { id: error.requestId })}
          </Text>
        )}
      </EmptyState>
    </div>
  );
}
