import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { type MaturityItem, type ObjectMeta, type RecordData, useRecordMaturity } from '@/api';
import { Button, Popover, Text, UnstyledButton, useTexts } from '@/ui';
import { itemLabel } from './itemLabel';
import { MaturityRing } from './MaturityRing';
import classes from './maturity.module.css';

/** 整備度 of one record: a ring, and behind it what is missing, each a click from being filled in. */
export function RecordMaturityButton({
  object,
  record,
  onFill,
}: {
  object: ObjectMeta;
  record: RecordData;
  onFill: (field: string) => void;
}) {
  const { t, label } = useTexts();
  const [open, setOpen] = useState(false);
  const { data, isPending } = useRecordMaturity(object, record.id, record.version);
  if (!data)
    return isPending ? (
      // Its place, so that what stands beside it does not move.
      <span className={classes.button} data-waiting="" aria-hidden="true">
        <MaturityRing percent={0} />
        <span>{t('records.maturity.short', { percent: 50 })}</span>
      </span>
    ) : null;
  const name = t(`records.maturity.level.${data.level}`);
  const missing = data.items.filter((item) => !item.filled);
  const fillable = (item: MaturityItem) =>
    object.permissions.update &&
    !record.deleted_at &&
    !item.fresh &&
    item.fields.some((key) => object.fields.find((field) => field.key === key)?.writable);
  const next = missing.filter((item) => item.level === data.level + 1);
  const later = missing.filter((item) => item.level !== data.level + 1);
  const rows = (items: MaturityItem[]) => (
    <ul className={classes.missing}>
      {items.map((item) => (
        <li key={item.key}>
          {fillable(item) ? (
            <Button
              size="compact-sm"
              variant="subtle"
              onClick={() => {
                setOpen(false);
                onFill(item.fields[0] ?? item.key);
              }}
            >
              {itemLabel(item, object, t, label)}
            </Button>
          ) : (
            <Text size="sm" px={8} py={3}>
              {itemLabel(item, object, t, label)}
            </Text>
          )}
        </li>
      ))}
    </ul>
  );
  return (
    <Popover opened={open} onChange={setOpen} width={320} position="bottom-start" withArrow trapFocus>
      <Popover.Target>
        <UnstyledButton
          className={classes.button}
          aria-label={t('records.maturity.about', { level: name, percent: data.percent })}
          aria-expanded={open}
          onClick={() => setOpen((now) => !now)}
        >
          <MaturityRing percent={data.percent} />
          <span>{t('records.maturity.short', { percent: data.percent })}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p="sm" className={classes.dropdown}>
        <Text fw={600} size="sm">
          {name}
        </Text>
        {missing.length === 0 ? (
          <Text size="sm" mt={4} className={classes.allThere}>
            <IconCheck size={15} aria-hidden /> {t('records.maturity.allThere')}
          </Text>
        ) : (
          <>
            {data.level < 3 && (
              <Text size="xs" c="dimmed" mt={2}>
                {t('records.maturity.toNext', {
                  count: data.short_by,
                  level: t(`records.maturity.level.${data.level + 1}`),
                })}
              </Text>
            )}
            {rows(next)}
            {later.length > 0 && (
              <>
                <Text size="xs" c="dimmed" mt={6}>
                  {t('records.maturity.later')}
                </Text>
                {rows(later)}
              </>
            )}
          </>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
