import { useState } from 'react';
import { type FieldMeta, type ObjectMeta, type TidyScope, useSession } from '@/api';
import { optionLabel } from '@/fields';
import { Button, formatNumber, joinList, Select, Text, useTexts } from '@/ui';
import { DaysDialog } from './DaysDialog';
import classes from './tidy.module.css';

interface StaleToolsProps {
  object: ObjectMeta;
  /** The field that the days are told by. */
  field: FieldMeta | undefined;
  days: Record<string, number> | undefined;
  scope: TidyScope;
  onScope: (scope: TidyScope) => void;
}

// No key of an option.
const kAll = '*';
const kDays = [30, 90, 180, 365, 730];

/** Which stage, and after how many days without news; the company's days are changed by its administrators. */
export function StaleTools({ object, field, days, scope, onScope }: StaleToolsProps) {
  const { t, label, language } = useTexts();
  const role = useSession().data?.user.role;
  const [setting, setSetting] = useState(false);
  const manages = role === 'owner' || role === 'manager';
  // A stage that is never looked at is not offered.
  const stages = Object.entries(days ?? {})
    .filter(([, count]) => count > 0)
    .map(([key, count]) => ({
      key,
      name: field ? optionLabel(field, key, language) : key,
      count,
    }));
  return (
    <div className={classes.tools}>
      <div className={classes.selects}>
        <Select
          label={field ? label(field.label) : t('records.tidy.stage')}
          allowDeselect={false}
          value={scope.stage ?? kAll}
          onChange={(key) => onScope({ ...scope, stage: key && key !== kAll ? key : undefined })}
          data={[
            { value: kAll, label: t('records.tidy.allStages') },
            ...stages.map(({ key, name }) => ({ value: key, label: name })),
          ]}
        />
        <Select
          label={t('records.tidy.days')}
          allowDeselect={false}
          value={String(scope.days ?? kAll)}
          onChange={(key) => onScope({ ...scope, days: key && key !== kAll ? Number(key) : undefined })}
          data={[
            { value: kAll, label: t('records.tidy.ownDays') },
            ...[...new Set([...kDays, ...(scope.days ? [scope.days] : [])])]
              .sort((a, b) => a - b)
              .map((count) => ({
                value: String(count),
                label: t('records.tidy.daysOrMore', { count: formatNumber(count) }),
              })),
          ]}
        />
      </div>
      {!scope.days && stages.length > 0 && (
        <Text size="sm" c="dimmed" className={classes.daysText}>
          {joinList(
            stages.map(({ name, count }) =>
              t('records.tidy.stageDays', { name, count: formatNumber(count) }),
            ),
            language,
          )}
        </Text>
      )}
      {manages && days && (
        <Button variant="default" onClick={() => setSetting(true)}>
          {t('records.tidy.setDays')}
        </Button>
      )}
      {setting && days && (
        <DaysDialog object={object} field={field} days={days} onClose={() => setSetting(false)} />
      )}
    </div>
  );
}
