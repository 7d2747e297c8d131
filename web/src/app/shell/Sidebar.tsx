import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand, IconSun } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMetadata } from '@/api';
import { NamedIcon, Skeleton, UnstyledButton, useTexts } from '@/ui';
import classes from './Shell.module.css';
import { type Tool, useNavigation } from './useNavigation';

export function Sidebar({ collapsed, onToggle }: { collapsed: boolean; onToggle: () => void }) {
  const { t, label } = useTexts();
  const { isPending } = useMetadata();
  const { objects, tools } = useNavigation();

  const tool = ({ to, text, Icon }: Tool) => (
    <li key={to}>
      <Link
        to={to}
        activeOptions={{ includeSearch: false }}
        className={classes.navItem}
        aria-label={t(text)}
        title={collapsed ? t(text) : undefined}
      >
        <Icon size={18} stroke={1.6} aria-hidden />
        <span>{t(text)}</span>
      </Link>
    </li>
  );

  return (
    <nav className={classes.sidebar} aria-label={t('app.navigation')}>
      <ul className={`${classes.navList} ${classes.navObjects}`}>
        <li>
          <Link
            to="/"
            className={classes.navItem}
            aria-label={t('app.home')}
            title={collapsed ? t('app.home') : undefined}
          >
            <IconSun size={18} stroke={1.6} aria-hidden />
            <span>{t('app.home')}</span>
          </Link>
        </li>
        {tools.filter(({ daily }) => daily).map(tool)}
        {isPending &&
          [64, 48, 72, 56, 60].map((width) => (
            <li key={width} className={classes.navItem}>
              <Skeleton circle height={18} />
              {!collapsed && <Skeleton height={12} width={width} />}
            </li>
          ))}
        {objects.map((object) => (
          <li key={object.key}>
            <Link
              to="/o/$plural"
              params={{ plural: object.plural }}
              activeOptions={{ exact: false, includeSearch: false }}
              className={classes.navItem}
              aria-label={label(object.plural_label)}
              title={collapsed ? label(object.plural_label) : undefined}
            >
              <NamedIcon name={object.icon} />
              <span>{label(object.plural_label)}</span>
            </Link>
          </li>
        ))}
      </ul>
      <ul className={`${classes.navList} ${classes.navFoot}`}>
        {tools.filter(({ daily }) => !daily).map(tool)}
        <li>
          <UnstyledButton
            className={classes.navItem}
            onClick={onToggle}
            aria-expanded={!collapsed}
            aria-label={collapsed ? t('app.expand') : t('app.collapse')}
          >
            {collapsed ? (
              <IconLayoutSidebarLeftExpand size={18} stroke={1.6} aria-hidden />
            ) : (
              <IconLayoutSidebarLeftCollapse size={18} stroke={1.6} aria-hidden />
            )}
            <span>{t('app.collapse')}</span>
          </UnstyledButton>
        </li>
      </ul>
    </nav>
  );
}
