import { useState } from 'react';
import { type ObjectMeta, type TidyField, useObjects, useTidyItems } from '@/api';
import { Button, dateOf, ErrorState, formatDate, formatNumber, Loading, Text, useTexts } from '@/ui';
import { CleanState } from './CleanState';
import { MendDialog } from './MendDialog';
import { mendsOf } from './mends';
import classes from './tidy.module.css';

/** Own fields that hardly anybody fills in: they can be put away, and brought back in the settings. */
export function FieldsCheck({ object, check }: { object: ObjectMeta; check: string }) {
  const { t, language } = useTexts();
  const objects = useObjects();
  const found = useTidyItems<TidyField>(object.key, check);
  const [hiding, setHiding] = useState<TidyField>();
  const [mend] = mendsOf(check, object, objects);
  if (found.error && found.items.length === 0)
    return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Loading rows={6} />;
  return (
    <>
      {found.items.length === 0 && <CleanState />}
      <ul className={classes.fields} hidden={found.items.length === 0}>
        {found.items.map((item) => (
          <li key={item.field} className={classes.fieldRow}>
            <span className={classes.fieldText}>
              <span className={classes.checkLabel}>{item.label}</span>
              <Text size="sm" c="dimmed" component="span">
                {item.last
                  ? t('records.tidy.lastFilled', {
                      date: formatDate(dateOf(new Date(item.last)), 'short', language),
                    })
                  : t('records.tidy.neverFilled')}
              </Text>
            </span>
            <span className={classes.filled}>
              {t('records.tidy.filled', { filled: formatNumber(item.filled), of: formatNumber(item.of) })}
            </span>
            {mend && (
              <Button
                size="compact-sm"
                variant="default"
                aria-label={t('records.tidy.hideOne', { name: item.label })}
                onClick={() => setHiding(item)}
              >
                {t('records.tidy.mend.hide.name')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mend && hiding && (
        <MendDialog
          object={object}
          check={check}
          mend={mend}
          target={{ field: hiding.field }}
          onDone={() => setHiding(undefined)}
          onClose={() => setHiding(undefined)}
        />
      )}
    </>
  );
}
