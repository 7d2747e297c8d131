import { IconCheck, IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type ObjectMeta, type TidyCheck, useTidyChecks } from '@/api';
import { EmptyState, ErrorState, formatNumber, Loading, Text, useTexts } from '@/ui';
import classes from './tidy.module.css';

/** What can be tidied up, with how much of it there is. */
export function CheckList({ object }: { object: ObjectMeta }) {
  const { t, label } = useTexts();
  const { data, error, refetch } = useTidyChecks(object.key);
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading rows={10} />;
  if (data.length === 0)
    return <EmptyState title={t('records.tidy.noChecks', { name: label(object.plural_label) })} />;
  return (
    <ul className={classes.checks}>
      {data.map((check) => (
        <li key={check.key} className={classes.checkRow}>
          <Link to="/tidy" search={{ object: object.key, check: check.key }} className={classes.check}>
            <span className={classes.checkText}>
              <span className={classes.checkLabel}>{check.label}</span>
              <Text size="sm" c="dimmed" component="span">
                {check.help}
              </Text>
            </span>
            <Count check={check} />
            <IconChevronRight size={18} className={classes.chevron} aria-hidden />
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Count({ check }: { check: TidyCheck }) {
  const { t } = useTexts();
  // A large ledger is not looked through to its end for a number.
  if (check.count === 0 && check.more)
    return <span className={classes.soFar}>{t('records.tidy.soFarNone')}</span>;
  if (check.count === 0)
    return (
      <span className={classes.clean}>
        <IconCheck size={16} aria-hidden />
        {t('records.tidy.clean')}
      </span>
    );
  return (
    <span className={classes.count}>
      {t(check.more ? 'records.list.countMore' : 'records.list.count', { count: formatNumber(check.count) })}
    </span>
  );
}
