import { Link } from '@tanstack/react-router';
import { PageHeader, Text, useTexts } from '@/ui';
import { useNavigation } from '../shell/useNavigation';
import classes from './SettingsLayout.module.css';
import { settingsPages } from './settingsPages';

export function SettingsIndex() {
  const { t } = useTexts();
  const { isManager } = useNavigation();
  return (
    <>
      <PageHeader title={t('app.settings')} />
      <div className={classes.cards}>
        {settingsPages
          .filter((page) => isManager || !page.managers)
          .map((page) => (
            <Link key={page.name} to={page.to} className={classes.card}>
              <page.icon size={22} stroke={1.5} aria-hidden />
              <span>
                <Text fw={700} component="span" display="block">
                  {t(`app.settingsPage.${page.name}`)}
                </Text>
                <Text size="xs" c="dimmed" component="span" display="block">
                  {t(`app.settingsHelp.${page.name}`)}
                </Text>
              </span>
            </Link>
          ))}
      </div>
    </>
  );
}
