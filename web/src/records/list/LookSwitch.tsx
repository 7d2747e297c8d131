import { type Icon, IconCalendar, IconLayoutKanban, IconMap2, IconTable } from '@tabler/icons-react';
import type { FieldMeta, ObjectMeta } from '@/api';
import { NativeSelect, SegmentedControl, useTexts } from '@/ui';
import { areaField, areaFields } from '../area/areaModel';
import { boardField, boardFields } from '../board/boardModel';
import { calendarField, calendarFields } from '../calendar/calendarModel';
import { type ListState, type Look, lookedAt } from '../listState';
import classes from './list.module.css';

interface LookSwitchProps {
  object: ObjectMeta;
  state: ListState;
  onChange: (part: Partial<ListState>) => void;
}

// What else than a table a list can be, and which of its fields it is then laid out by.
const kinds: readonly {
  as: Look;
  icon: Icon;
  fields: (object: ObjectMeta) => FieldMeta[];
  field: (object: ObjectMeta, by: string | undefined) => FieldMeta | undefined;
}[] = [
  { as: 'board', icon: IconLayoutKanban, fields: boardFields, field: boardField },
  { as: 'calendar', icon: IconCalendar, fields: calendarFields, field: calendarField },
  { as: 'area', icon: IconMap2, fields: areaFields, field: areaField },
];

/** 表, 板, 暦 or 地域, and what the latter are laid out by. Nothing where the object is only a table, and in the trash. */
export function LookSwitch({ object, state, onChange }: LookSwitchProps) {
  const { t, label } = useTexts();
  if (state.deleted) return null;
  const looks = kinds.filter(({ fields }) => fields(object).length > 0);
  if (looks.length === 0) return null;
  const now = looks.find(({ as }) => as === state.as);
  const fields = now?.fields(object) ?? [];
  const look = (value: Look | 'table', text: string, LookIcon: Icon) => ({
    value,
    label: (
      <span className={classes.as}>
        <LookIcon size={14} aria-hidden="true" />
        {text}
      </span>
    ),
  });
  return (
    <>
      {fields.length > 1 && (
        <NativeSelect
          size="xs"
          aria-label={t(`records.${now?.as}.by`)}
          value={now?.field(object, state.by)?.key}
          onChange={(event) => onChange({ by: event.currentTarget.value })}
          data={fields.map((each) => ({ value: each.key, label: label(each.label) }))}
        />
      )}
      <SegmentedControl
        size="xs"
        aria-label={t('records.board.as')}
        value={state.as ?? 'table'}
        onChange={(value) => onChange(lookedAt(value === 'table' ? undefined : (value as Look)))}
        data={[
          look('table', t('records.board.table'), IconTable),
          ...looks.map(({ as, icon }) => look(as, t(`records.${as}.${as}`), icon)),
        ]}
      />
    </>
  );
}
