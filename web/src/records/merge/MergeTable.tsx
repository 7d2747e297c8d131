import { IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import type { MergePlan, ObjectMeta, RecordData } from '@/api';
import { kindOf } from '@/fields';
import { ActionIcon, Anchor, Button, formatDateTime, Text, useTexts } from '@/ui';
import { readFields } from '../fieldGroups';
import classes from './merge.module.css';
import type { MergeRow } from './mergeRows';

interface MergeTableProps {
  object: ObjectMeta;
  plan: MergePlan;
  rows: { open: MergeRow[]; same: MergeRow[] };
  picked: Record<string, string>;
  errors: Record<string, string>;
  onPick: (key: string, id: string) => void;
  onInto: (id: string) => void;
  onRemove?: (id: string) => void;
}

/** The records side by side. A line is one question: whose value is kept. */
export function MergeTable({
  object,
  plan,
  rows,
  picked,
  errors,
  onPick,
  onInto,
  onRemove,
}: MergeTableProps) {
  const { t } = useTexts();
  const id = useId();
  const [unfolded, setUnfolded] = useState(false);
  return (
    <div className={classes.scroll}>
      <div className={classes.table} style={{ '--records': plan.records.length } as React.CSSProperties}>
        <div className={classes.head} role="radiogroup" aria-labelledby={`${id}-stays`}>
          <span className={classes.label} id={`${id}-stays`}>
            {t('records.merge.stays')}
          </span>
          {plan.records.map((record) => (
            <div key={record.id} className={classes.cell} data-chosen={record.id === plan.into || undefined}>
              <label className={classes.option}>
                <input
                  type="radio"
                  name={`${id}-into`}
                  checked={record.id === plan.into}
                  onChange={() => onInto(record.id)}
                />
                <span className={classes.title}>{record.title || t('records.untitled')}</span>
              </label>
              <div className={classes.about}>
                <span>{t('records.merge.updated', { at: formatDateTime(record.updated_at) })}</span>
                <Anchor
                  size="xs"
                  underline="always"
                  renderRoot={(props) => (
                    <Link
                      {...props}
                      to="/o/$plural/$id"
                      params={{ plural: object.plural, id: record.id }}
                      target="_blank"
                      aria-label={t('records.merge.open', { name: record.title })}
                    />
                  )}
                >
                  {t('records.merge.look')}
                </Anchor>
                {onRemove && (
                  <ActionIcon
                    size="sm"
                    aria-label={t('records.merge.remove', { name: record.title })}
                    onClick={() => onRemove(record.id)}
                  >
                    <IconX size={14} />
                  </ActionIcon>
                )}
              </div>
            </div>
          ))}
        </div>
        {rows.open.map((row) => (
          <Line
            key={row.group.key}
            object={object}
            records={plan.records}
            row={row}
            chosen={picked[row.group.key] ?? row.from}
            must={
              plan.numbers_differ &&
              picked[row.group.key] === undefined &&
              row.group.fields.some((field) => field.kind === 'corporate_number')
            }
            error={row.group.fields.map((field) => errors[field.key]).find(Boolean)}
            onPick={(record) => onPick(row.group.key, record)}
          />
        ))}
        {rows.open.length === 0 && (
          <Text className={classes.note} c="dimmed">
            {t('records.merge.nothingDiffers')}
          </Text>
        )}
        {rows.same.length > 0 && (
          <Button
            className={classes.fold}
            variant="subtle"
            aria-expanded={unfolded}
            onClick={() => setUnfolded(!unfolded)}
          >
            {t(unfolded ? 'records.merge.hideSame' : 'records.merge.showSame', { count: rows.same.length })}
          </Button>
        )}
        {unfolded &&
          rows.same.map((row) => (
            <Line
              key={row.group.key}
              object={object}
              records={plan.records}
              row={row}
              onPick={() => undefined}
            />
          ))}
      </div>
    </div>
  );
}

interface LineProps {
  object: ObjectMeta;
  records: RecordData[];
  row: MergeRow;
  chosen?: string;
  /** Nothing is proposed: a person has to choose. */
  must?: boolean;
  error?: string;
  onPick: (record: string) => void;
}

function Line({ object, records, row, chosen, must = false, error, onPick }: LineProps) {
  const { t, label, language } = useTexts();
  const id = useId();
  const said = (record: RecordData) => {
    const fields = readFields(row.group, object.title, record);
    return fields
      .map((field) => kindOf(field.kind).text(record[field.key], field, language))
      .filter(Boolean)
      .join(' ');
  };
  const head = (
    <span className={classes.label} id={`${id}-label`}>
      {label(row.group.label)}
      {row.union && !row.same && <small>{t('records.merge.union')}</small>}
      {!row.union && !row.same && row.from === undefined && <small>{t('records.merge.asWinner')}</small>}
      {error && (
        <small className={classes.problem} id={`${id}-error`}>
          {error}
        </small>
      )}
    </span>
  );
  if (row.from === undefined)
    return (
      // biome-ignore lint/a11y/useSemanticElements: a line of a comparison, not of a form
      <div className={classes.row} role="group" aria-labelledby={`${id}-label`}>
        {head}
        {records.map((record) => (
          <div key={record.id} className={classes.cell}>
            <span className={classes.value}>{said(record) || <i>{t('records.queue.empty')}</i>}</span>
          </div>
        ))}
      </div>
    );
  return (
    <div
      className={classes.row}
      role="radiogroup"
      aria-labelledby={`${id}-label`}
      aria-describedby={error ? `${id}-error` : undefined}
      data-conflict={row.conflict || undefined}
    >
      {head}
      {records.map((record) => {
        const on = !must && record.id === chosen;
        const text = said(record);
        return (
          <div key={record.id} className={classes.cell} data-chosen={on || undefined}>
            <label className={classes.option}>
              <input type="radio" name={`${id}-from`} checked={on} onChange={() => onPick(record.id)} />
              <span className={classes.value}>{text || <i>{t('records.queue.empty')}</i>}</span>
            </label>
          </div>
        );
      })}
    </div>
  );
}
