import { Link } from '@tanstack/react-router';
import type { ObjectMeta } from '@/api';
import { Drawer, NamedIcon, useTexts } from '@/ui';
import classes from './Shell.module.css';
import type { Tool } from './useNavigation';

/** The rest of the navigation on a phone. */
export function MenuSheet({
  objects,
  tools,
  opened,
  onClose,
}: {
  objects: ObjectMeta[];
  tools: Tool[];
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
        {tools.map(({ to, text, Icon }) => (
          <li key={to}>
            <Link to={to} className={classes.navItem} style={{ height: 44 }} onClick={onClose}>
              <Icon size={20} stroke={1.6} aria-hidden />
              <span>{t(text)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Drawer>
  );
}
