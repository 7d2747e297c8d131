import { IconChevronLeft } from '@tabler/icons-react';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useTexts } from '@/ui';
import { useNavigation } from '../shell/useNavigation';
import classes from './SettingsLayout.module.css';
import { settingsPages } from './settingsPages';

export function SettingsLayout() {
  const { t } = useTexts();
  const { isManager } = useNavigation();
  const path = useLocation({ select: (location) => location.pathname });
  return (
    <div className={classes.layout}>
      <nav className={classes.nav} aria-label={t('app.settings')}>
        <div className={classes.title}>{t('app.settings')}</div>
        {settingsPages
          .filter((page) => isManager || !page.managers)
          .map((page) => (
            <Link
              key={page.name}
              to={page.to}
              className={classes.item}
              activeOptions={{ includeSearch: false }}
            >
              <page.icon size={17} stroke={1.6} aria-hidden />
              {t(`app.settingsPage.${page.name}`)}
            </Link>
          ))}
      </nav>
      <div style={{ minWidth: 0 }}>
        {path.replace(/\/$/, '') !== '/settings' && (
          <Link to="/settings" className={classes.back}>
            <IconChevronLeft size={16} aria-hidden />
            {t('app.settings')}
          </Link>
        )}
        <Outlet />
      </div>
    </div>
  );
}
