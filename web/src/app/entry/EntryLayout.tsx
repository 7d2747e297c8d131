import type { ReactNode } from 'react';
import { Paper, Text, Title } from '@/ui';
import { BrandMark, Wordmark } from '../Brand';
import classes from './EntryLayout.module.css';
import { LanguageLinks } from './LanguageLinks';

/** The frame of the pages before sign-in. */
export function EntryLayout({
  title,
  help,
  children,
}: {
  title: string;
  help?: ReactNode;
  children: ReactNode;
}) {
  return (
    <main className={classes.page}>
      <div className={classes.brand}>
        <BrandMark size={40} />
        <Wordmark height={26} />
      </div>
      <Paper className={classes.card}>
        <Title order={1} mb={help ? 4 : 'md'}>
          {title}
        </Title>
        {help && (
          <Text c="dimmed" mb="md" component="div">
            {help}
          </Text>
        )}
        {children}
      </Paper>
      <LanguageLinks />
    </main>
  );
}
