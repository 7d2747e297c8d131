import { lazy, Suspense, useState } from 'react';
import { useSession } from '@/api';
import { UnstyledButton, useTexts, VisuallyHidden } from '@/ui';
import classes from './Shell.module.css';

const load = () => import('./UserMenuOpen').then((m) => ({ default: m.UserMenuOpen }));
const UserMenuOpen = lazy(load);

/** The user's name in the header; the menu behind it is loaded when the pointer comes near. */
export function UserMenu({ onHelp }: { onHelp: () => void }) {
  const { t } = useTexts();
  const session = useSession().data;
  const user = session?.user;
  const [wanted, setWanted] = useState(false);
  if (!user) return null;
  const button = (
    <UnstyledButton
      className={classes.headerButton}
      aria-haspopup="menu"
      onPointerEnter={wanted ? undefined : () => void load()}
      onClick={wanted ? undefined : () => setWanted(true)}
    >
      <span
        className={classes.initial}
        aria-hidden
        data-news={session.feedback.answers + (session.feedback.new ?? 0) > 0 || undefined}
      >
        {user.title.slice(0, 1)}
      </span>
      <span>{user.title}</span>
      <VisuallyHidden>{t('app.userMenu')}</VisuallyHidden>
    </UnstyledButton>
  );
  if (!wanted) return button;
  return (
    <Suspense fallback={button}>
      <UserMenuOpen onHelp={onHelp} target={button} />
    </Suspense>
  );
}
