import { IconLayoutKanban, IconTable } from '@tabler/icons-react';
import type { ObjectMeta } from '@/api';
import { NativeSelect, SegmentedControl, useTexts } from '@/ui';
import type { ListState } from '../listState';
import classes from './board.module.css';
import { boardField, boardFields } from './boardModel';

interface BoardSwitchProps {
  object: ObjectMeta;
  state: ListState;
  onChange: (part: Partial<ListState>) => void;
}

/** 表 or 板, and what the board is laid out by. Nothing where the object has no choices, and in the trash. */
export function BoardSwitch({ object, state, onChange }: BoardSwitchProps) {
  const { t, label } = useTexts();
  const fields = boardFields(object);
  if (fields.length === 0 || state.deleted) return null;
  const board = state.as === 'board';
  return (
    <>
      {board && fields.length > 1 && (
        <NativeSelect
          size="xs"
          aria-label={t('records.board.by')}
          value={boardField(object, state.by)?.key}
          onChange={(event) => onChange({ by: event.currentTarget.value })}
          data={fields.map((field) => ({ value: field.key, label: label(field.label) }))}
        />
      )}
      <SegmentedControl
        size="xs"
        aria-label={t('records.board.as')}
        value={board ? 'board' : 'table'}
        onChange={(value) => onChange(value === 'board' ? { as: 'board' } : { as: undefined, by: undefined })}
        data={[
          {
            value: 'table',
            label: (
              <span className={classes.as}>
                <IconTable size={14} aria-hidden="true" />
                {t('records.board.table')}
              </span>
            ),
          },
          {
            value: 'board',
            label: (
              <span className={classes.as}>
                <IconLayoutKanban size={14} aria-hidden="true" />
                {t('records.board.board')}
              </span>
            ),
          },
        ]}
      />
    </>
  );
}
