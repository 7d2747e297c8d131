import { IconHelp, IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useSession } from '@/api';
import { Kbd, Text, UnstyledButton, useTexts } from '@/ui';
import { BrandMark, Wordmark } from '../Brand';
import classes from './Shell.module.css';
import { UserMenu } from './UserMenu';

export function Header({
  onSearch,
  onManual,
  onHelp,
}: {
  onSearch: () => void;
  onManual: () => void;
  onHelp: () => void;
}) {
  const { t } = useTexts();
  const company = useSession().data?.company.name;
  return (
    <header className={classes.header}>
      <Link to="/" className={classes.brand} aria-label={t('app.brandHome')}>
        <BrandMark size={26} />
        <Wordmark height={17} />
      </Link>
      {company && (
        <Text size="sm" c="#c9d8e8" truncate visibleFrom="md" maw={240}>
          {company}
        </Text>
      )}
      <UnstyledButton className={classes.search} onClick={onSearch} aria-keyshortcuts="Control+K Meta+K">
        <IconSearch size={16} stroke={1.8} aria-hidden />
        <span>{t('app.searchPlaceholder')}</span>
        <Kbd keys="mod+K" />
      </UnstyledButton>
      <UnstyledButton
        className={classes.headerIcon}
        onClick={onManual}
        aria-label={t('app.manual.here')}
        title={t('app.manual.here')}
        aria-keyshortcuts="F1"
      >
        <IconHelp size={20} stroke={1.7} aria-hidden />
      </UnstyledButton>
      <UserMenu onHelp={onHelp} />
    </header>
  );
}
