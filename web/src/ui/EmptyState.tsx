import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** Nothing here yet: says what would be here and offers the first step. */
export function EmptyState({
  icon,
  title,
  children,
  actions,
  compact,
  page,
}: {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  compact?: boolean;
  /** The state is the whole page: its title is the heading. */
  page?: boolean;
}) {
  return (
    <Stack align="center" gap={6} py={compact ? 'md' : 48} px="md" ta="center">
      {icon && (
        <Text c="dimmed" component="span" lh={1} aria-hidden>
          {icon}
        </Text>
      )}
      {page ? <Title order={1}>{title}</Title> : <Text fw={600}>{title}</Text>}
      {children && (
        <Text c="dimmed" maw={420} component="div" style={{ textWrap: 'balance' }}>
          {children}
        </Text>
      )}
      {actions && <div style={{ marginTop: 8 }}>{actions}</div>}
    </Stack>
  );
}
