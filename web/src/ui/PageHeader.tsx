import { Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** The head of a page: icon, title, a quiet line beside it, actions at the right end. */
export function PageHeader({
  title,
  icon,
  note,
  actions,
}: {
  title: ReactNode;
  icon?: ReactNode;
  note?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <Group component="header" justify="space-between" gap="sm" mb="sm" mih={32}>
      <Group gap="xs" wrap="nowrap" miw={0}>
        {icon && (
          <Text component="span" c="dimmed" lh={0} aria-hidden>
            {icon}
          </Text>
        )}
        <Title order={1} lineClamp={2}>
          {title}
        </Title>
        {note && (
          <Text c="dimmed" component="span">
            {note}
          </Text>
        )}
      </Group>
      {actions && <Group gap="xs">{actions}</Group>}
    </Group>
  );
}
