import { IconArrowBackUp, IconArrowForwardUp, IconArrowsSort } from '@tabler/icons-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import {
  type FieldMeta,
  isReachable,
  type ListQuery,
  type ObjectMeta,
  type RecordWindow,
  subscribeReachable,
  useListSummary,
} from '@/api';
import { type CellAt, type CellRange, isOneCell, rowsIn } from '@/grid/cellRange';
import { ActionIcon, Button, Text, Tooltip, useTexts } from '@/ui';
import { formatNumber, formatYen } from '@/ui/format';
import { isHeading } from '../groups/groupLayout';
import { rangeStats } from './rangeStats';
import classes from './sheet.module.css';
import { openCells } from './sheetEdits';
import type { SheetEdits } from './useSheetEdits';

interface SheetStatusProps {
  object: ObjectMeta;
  query: ListQuery;
  fields: FieldMeta[];
  rows: RecordWindow;
  edits: SheetEdits;
  editable: boolean;
  picked: CellRange;
  /** There are more records than the subtotals of the groups count. */
  partly: boolean;
  onReach: (at: CellAt) => void;
}

// A drag passes many cells: sums are made where it rests.
const kRest = 120; // milliseconds

/** The line below a sheet: whether all is saved, what was not, and sums of what is chosen. */
export function SheetStatus(props: SheetStatusProps) {
  const { fields, rows, edits, editable, picked, onReach } = props;
  const { t } = useTexts();
  const reachable = useSyncExternalStore(subscribeReachable, isReachable);
  const open = openCells(edits.edits);
  const conflicts = open.filter(({ edit }) => edit.state === 'conflict');
  // In the order of the sheet; after the last one the first again.
  const next = () => {
    const rowOf = rows.places();
    const places = open
      .map(({ id, field }) => ({
        row: rowOf.get(id) ?? -1,
        column: fields.findIndex((each) => each.key === field),
      }))
      .filter(({ row, column }) => row >= 0 && column >= 0)
      .sort((a, b) => a.row - b.row || a.column - b.column);
    const here = picked.top * fields.length + picked.left;
    const after = places.find(({ row, column }) => row * fields.length + column > here) ?? places[0];
    if (after) onReach(after);
  };
  return (
    <section className={classes.status} aria-label={t('records.sheet.status')}>
      {editable && (
        <>
          <Tooltip label={t('records.sheet.undo')}>
            <ActionIcon
              variant="subtle"
              size="sm"
              aria-label={t('records.sheet.undo')}
              disabled={!edits.canUndo}
              onClick={edits.undo}
            >
              <IconArrowBackUp size={16} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t('records.sheet.redo')}>
            <ActionIcon
              variant="subtle"
              size="sm"
              aria-label={t('records.sheet.redo')}
              disabled={!edits.canRedo}
              onClick={edits.redo}
            >
              <IconArrowForwardUp size={16} />
            </ActionIcon>
          </Tooltip>
        </>
      )}
      <Text size="xs" component="span" role="status" c={open.length > 0 ? 'red' : undefined}>
        {edits.pending > 0
          ? t(reachable ? 'records.sheet.saving' : 'records.sheet.offline')
          : open.length > 0
            ? t('records.sheet.open', { count: open.length })
            : edits.saved > 0
              ? t('records.sheet.saved', { count: edits.saved })
              : ''}
      </Text>
      {edits.pending === 0 && open.length > 0 && (
        <>
          <Button size="compact-xs" variant="default" onClick={next}>
            {t('records.sheet.next')}
          </Button>
          {conflicts.length > 0 && (
            <Button size="compact-xs" variant="default" onClick={() => edits.insist(conflicts)}>
              {t('records.sheet.mineAll')}
            </Button>
          )}
          <Button size="compact-xs" variant="default" onClick={() => edits.drop(open)}>
            {t('records.sheet.forgetAll')}
          </Button>
        </>
      )}
      {edits.pending === 0 && edits.drafts > 0 && (
        <Button size="compact-xs" variant="default" onClick={() => edits.sendDrafts()}>
          {t('records.sheet.register', { count: edits.drafts })}
        </Button>
      )}
      {edits.held && edits.pending === 0 && (
        <Tooltip label={t('records.sheet.againHelp')}>
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconArrowsSort size={14} />}
            onClick={edits.sortAgain}
          >
            {t('records.sheet.again')}
          </Button>
        </Tooltip>
      )}
      {props.partly && (
        <Text size="xs" component="span" role="note" className={classes.partly}>
          {t('records.groups.newest')}
        </Text>
      )}
      <span className={classes.space} />
      <Sums {...props} />
    </section>
  );
}

const summable = new Set<string>(['integer', 'decimal', 'money']);

/** Of the column that the active cell stands in, over all rows of the list. */
function WholeSum({ object, query, field }: { object: ObjectMeta; query: ListQuery; field: FieldMeta }) {
  const { t, language } = useTexts();
  const { data } = useListSummary(object, { filter: query.filter, q: query.q, sum: [field.key] });
  const sum = data?.sums[field.key];
  if (!data || sum === undefined) return null;
  return (
    <Text size="xs" component="span" className={classes.sums}>
      {t(data.exact ? 'records.sheet.whole' : 'records.sheet.wholeNewest', {
        count: formatNumber(data.count),
        sum: field.kind === 'money' ? formatYen(sum, language) : formatNumber(sum),
      })}
    </Text>
  );
}

function Sums({ object, query, fields, rows, picked }: SheetStatusProps) {
  const { t, language } = useTexts();
  const [rested, setRested] = useState(picked);
  useEffect(() => {
    const timer = setTimeout(() => setRested(picked), kRest);
    return () => clearTimeout(timer);
  }, [picked]);
  const column = fields[rested.left];
  if (isOneCell(rested)) {
    if (!column || column.at_read || !summable.has(column.kind) || query.deleted) return null;
    return <WholeSum object={object} query={query} field={column} />;
  }
  const count = rowsIn(rested);
  // Subtotals would count twice.
  const records =
    count <= 10_000
      ? rows.peek(rested.top, rested.bottom)?.filter((record) => !isHeading(record))
      : undefined;
  const stats = records && rangeStats(records, fields.slice(rested.left, rested.right + 1));
  const number = (value: number) => (stats?.money ? formatYen(value, language) : formatNumber(value));
  return (
    <Text size="xs" component="span" className={classes.sums}>
      <span>{t('records.sheet.rows', { count: formatNumber(records?.length ?? count) })}</span>
      {stats && <span>{t('records.sheet.count', { count: formatNumber(stats.filled) })}</span>}
      {stats && stats.numbers > 1 && (
        <>
          <span>
            {t('records.sheet.average', {
              average: number(Math.round((stats.sum / stats.numbers) * 100) / 100),
            })}
          </span>
          <span>{t('records.sheet.sum', { sum: number(stats.sum) })}</span>
        </>
      )}
    </Text>
  );
}
