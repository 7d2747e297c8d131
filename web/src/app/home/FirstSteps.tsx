import type { ReactNode } from 'react';
import { EmptyState, Panel, useTexts } from '@/ui';
import { BrandMark } from '../Brand';
import classes from './HomePage.module.css';

export function FirstSteps({ name, actions }: { name: string; actions: ReactNode }) {
  const { t } = useTexts();
  return (
    <div className={classes.first}>
      <Panel>
        <EmptyState
          compact
          icon={<BrandMark size={40} />}
          title={t('app.welcome', { name })}
          actions={actions}
        >
          {t('app.welcomeHelp')}
        </EmptyState>
      </Panel>
    </div>
  );
}
