import { Group, Paper, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Panel.module.css';

/** A framed part of a page with a small head. `flush` leaves the padding of the body to the content (lists, tables). */
export function Panel({
  title,
  actions,
  flush,
  children,
}: {
  title?: ReactNode;
  actions?: ReactNode;
  flush?: boolean;
  children: ReactNode;
}) {
  return (
    <Paper component="section" className={classes.panel}>
      {(title || actions) && (
        <Group className={classes.head} justify="space-between" gap="xs" wrap="nowrap">
          {title && <Title order={2}>{title}</Title>}
          {actions && (
            <Group gap={4} wrap="nowrap" className={classes.actions}>
              {actions}
            </Group>
          )}
        </Group>
      )}
      <div className={flush ? undefined : classes.body}>{children}</div>
    </Paper>
  );
}
