import { IconChevronRight } from '@tabler/icons-react';
import type { RecordData } from '@/api';
import { useTexts } from '@/ui';
import { kCount } from './groupLayout';
import classes from './groups.module.css';

/** The first cell of a heading: the name of the group and how many are in it. The sheet opens and closes it. */
export function GroupHead({ record }: { record: RecordData }) {
  const { t } = useTexts();
  return (
    <span className={classes.head}>
      <IconChevronRight size={14} className={classes.mark} aria-hidden="true" />
      <span className={classes.name}>{record.title}</span>
      <span className={classes.count}>
        {t('records.list.count', { count: Number(record[kCount] ?? 0).toLocaleString('en-US') })}
      </span>
    </span>
  );
}
