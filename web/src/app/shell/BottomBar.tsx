import { IconFileImport, IconMenu2, IconSearch, IconSettings, IconSun } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Drawer, NamedIcon, UnstyledButton, useDisclosure, useTexts } from '@/ui';
import classes from './Shell.module.css';
import { useNavigation } from './useNavigation';

// A phone holds five items under the thumb; the rest is in the menu.
const objectTabs = 2;

export function BottomBar({ onSearch }: { onSearch: () => void }) {
  const { t, label } = useTexts();
  const { objects, canImport } = useNavigation();
  const [opened, menu] = useDisclosure(false);
  return (
    <>
      <nav className={classes.bottomBar} aria-label={t('app.navigation')}>
        <Link to="/" className={classes.tab}>
          <IconSun size={21} stroke={1.6} aria-hidden />
          {t('app.home')}
        </Link>
        {objects.slice(0, objectTabs).map((object) => (
          <Link
            key={object.key}
            to="/o/$plural"
            params={{ plural: object.plural }}
            activeOptions={{ includeSearch: false }}
            className={classes.tab}
          >
            <NamedIcon name={object.icon} size={21} />
            {label(object.plural_label)}
          </Link>
        ))}
        <UnstyledButton className={classes.tab} onClick={onSearch}>
          <IconSearch size={21} stroke={1.6} aria-hidden />
          {t('app.search')}
        </UnstyledButton>
        <UnstyledButton className={classes.tab} onClick={menu.open} aria-expanded={opened}>
          <IconMenu2 size={21} stroke={1.6} aria-hidden />
          {t('app.menu')}
        </UnstyledButton>
      </nav>
      <Drawer
        opened={opened}
        onClose={menu.close}
        position="bottom"
        size="auto"
        title={t('app.menu')}
        radius="md"
        closeButtonProps={{ 'aria-label': t('ui.close') }}
      >
        <ul className={classes.navList}>
          {objects.slice(objectTabs).map((object) => (
            <li key={object.key}>
              <Link
                to="/o/$plural"
                params={{ plural: object.plural }}
                className={classes.navItem}
                style={{ height: 44 }}
                onClick={menu.close}
              >
                <NamedIcon name={object.icon} size={20} />
                <span>{label(object.plural_label)}</span>
              </Link>
            </li>
          ))}
          {canImport && (
            <li>
              <Link to="/import" className={classes.navItem} style={{ height: 44 }} onClick={menu.close}>
                <IconFileImport size={20} stroke={1.6} aria-hidden />
                <span>{t('app.import')}</span>
              </Link>
            </li>
          )}
          <li>
            <Link to="/settings" className={classes.navItem} style={{ height: 44 }} onClick={menu.close}>
              <IconSettings size={20} stroke={1.6} aria-hidden />
              <span>{t('app.settings')}</span>
            </Link>
          </li>
        </ul>
      </Drawer>
    </>
  );
}
