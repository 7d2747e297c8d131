import { IconCalendar, IconMenu2, IconPencilPlus, IconSearch, IconSun } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { NamedIcon, UnstyledButton, useDisclosure, useTexts } from '@/ui';
import classes from './Shell.module.css';
import { useNavigation } from './useNavigation';

const RecordSheet = lazy(() => import('./RecordSheet').then((m) => ({ default: m.RecordSheet })));
const MenuSheet = lazy(() => import('./MenuSheet').then((m) => ({ default: m.MenuSheet })));

// A phone holds six items under the thumb; the rest is in the menu.
const objectTabs = 1;

export function BottomBar({ onSearch }: { onSearch: () => void }) {
  const { t, label } = useTexts();
  const { objects, tools } = useNavigation();
  const [opened, menu] = useDisclosure(false);
  const [used, setUsed] = useState(false);
  const [recording, setRecording] = useState(false);
  const days = tools.some((tool) => tool.to === '/calendar');
  const open = () => {
    setUsed(true);
    menu.open();
  };
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
        <UnstyledButton className={classes.tab} onClick={() => setRecording(true)} aria-haspopup="dialog">
          <IconPencilPlus size={21} stroke={1.6} aria-hidden />
          {t('app.record.tab')}
        </UnstyledButton>
        {days && (
          <Link to="/calendar" activeOptions={{ includeSearch: false }} className={classes.tab}>
            <IconCalendar size={21} stroke={1.6} aria-hidden />
            {t('app.calendar')}
          </Link>
        )}
        <UnstyledButton className={classes.tab} onClick={open} aria-expanded={opened}>
          <IconMenu2 size={21} stroke={1.6} aria-hidden />
          {t('app.menu')}
        </UnstyledButton>
      </nav>
      {used && (
        <Suspense>
          <MenuSheet
            objects={objects.slice(objectTabs)}
            tools={tools.filter((tool) => tool.to !== '/calendar')}
            opened={opened}
            onClose={menu.close}
          />
        </Suspense>
      )}
      {recording && (
        <Suspense>
          <RecordSheet onClose={() => setRecording(false)} />
        </Suspense>
      )}
    </>
  );
}
