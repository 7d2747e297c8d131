import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ConfirmOptions } from './ConfirmProvider';
import { useTexts } from './useTexts';

export function ConfirmDialog({
  options,
  onAnswer,
}: {
  options: ConfirmOptions | undefined;
  onAnswer: (yes: boolean) => void;
}) {
  const { t } = useTexts();
  return (
    <Modal
      opened={!!options}
      onClose={() => onAnswer(false)}
      title={options?.title}
      size="sm"
      zIndex={400}
      withCloseButton={false}
    >
      <Stack gap="lg">
        {options?.message && (
          <Text component="div" style={{ whiteSpace: 'pre-line' }}>
            {options.message}
          </Text>
        )}
        <Group justify="flex-end" gap="xs">
          <Button
            variant="default"
            onClick={() => onAnswer(false)}
            data-autofocus={options?.danger || undefined}
          >
            {t('ui.cancel')}
          </Button>
          <Button
            color={options?.danger ? 'red' : undefined}
            onClick={() => onAnswer(true)}
            data-autofocus={!options?.danger || undefined}
          >
            {options?.confirm ?? t('ui.ok')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
