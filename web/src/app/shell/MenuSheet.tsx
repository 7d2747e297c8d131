import { IconFileImport, IconSettings, IconUsersGroup } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ObjectMeta } from '@/api';
import { Drawer, NamedIcon, useTexts } from '@/ui';
import classes from './Shell.module.css';

/** The rest of the navigation on a phone. */
export function MenuSheet({
  objects,
  canImport,
  opened,
  onClose,
}: {
  objects: ObjectMeta[];
  canImport: boolean;
  opened: boolean;
  onClose: () => void;
}) {
  const { t, label } = useTexts();
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="bottom"
      size="auto"
      title={t('app.menu')}
      radius="md"
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <ul className={classes.navList}>
        {objects.map((object) => (
          <li key={object.key}>
            <Link
              to="/o/$plural"
              params={{ plural: object.plural }}
              className={classes.navItem}
              style={{ height: 44 }}
              onClick={onClose}
            >
              <NamedIcon name={object.icon} size={20} />
              <span>{label(object.plural_label)}</span>
            </Link>
          </li>
        ))}
        {canImport && (
          <li>
            <Link to="/import" className={classes.navItem} style={{ height: 44 }} onClick={onClose}>
              <IconFileImport size={20} stroke={1.6} aria-hidden />
              <span>{t('app.import')}</span>
            </Link>
          </li>
        )}
        <li>
          <Link to="/duplicates" className={classes.navItem} style={{ height: 44 }} onClick={onClose}>
            <IconUsersGroup size={20} stroke={1.6} aria-hidden />
            <span>{t('app.duplicates')}</span>
          </Link>
        </li>
        <li>
          <Link to="/settings" className={classes.navItem} style={{ height: 44 }} onClick={onClose}>
            <IconSettings size={20} stroke={1.6} aria-hidden />
            <span>{t('app.settings')}</span>
          </Link>
        </li>
      </ul>
    </Drawer>
  );
}
