import type { FieldMeta, FieldValue, ObjectMeta, RecordData } from '@/api';
import { kindOf } from '@/fields';
import { useTexts } from '@/ui';
import { numberOf } from '../colors/colorRules';
import type { Paint } from '../colors/RowColors';
import { sumFields } from '../groups/grouping';
import { groupName } from '../groups/groupNames';
import { percentOf } from './paper';
import classes from './print.module.css';
import type { PrintPart, PrintRows } from './usePrintRows';

interface PaperTableProps {
  object: ObjectMeta;
  columns: readonly FieldMeta[];
  shares: readonly { key: string; width: number }[];
  rows: PrintRows;
  groupField: FieldMeta | undefined;
  paint: Paint | undefined;
  text: (value: FieldValue, column: FieldMeta) => string;
}

/** The rows on paper: the head stands on every page, groups begin with their sums, the whole ends with its own. */
export function PaperTable({ object, columns, shares, rows, groupField, paint, text }: PaperTableProps) {
  const words = useTexts();
  const { t, label } = words;
  const summed = sumFields(object, columns);
  const sums = (of: Readonly<Record<string, number>>) =>
    columns.slice(1).map((column) => (
      <td key={column.key} data-align={kindOf(column.kind).align}>
        {column.key in of ? text(of[column.key], column) : ''}
      </td>
    ));
  const cell = (record: RecordData, column: FieldMeta, at: number) => {
    const painted = paint?.(record);
    const color = painted?.cells?.[column.key] ?? painted?.row;
    const value = record[column.key];
    return (
      <td key={column.key} data-align={kindOf(column.kind).align} data-paint={color?.color}>
        {column.masked
          ? '＊＊＊'
          : at === 0 && typeof value !== 'string'
            ? record.title
            : text(value, column)}
      </td>
    );
  };
  const number = (value: number) => value.toLocaleString('en-US');
  const whole = rows.done && !rows.cut && summed.length > 0 && rows.read > 0;
  return (
    <table className={classes.table}>
      <colgroup>
        {shares.map((share) => (
          <col key={share.key} style={{ width: `${percentOf(share, shares)}%` }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.key} scope="col" data-align={kindOf(column.kind).align}>
              {label(column.label)}
            </th>
          ))}
        </tr>
      </thead>
      {rows.parts.map(({ group, records }) => (
        <tbody key={group?.key ?? ''}>
          {group && groupField && (
            <tr className={classes.group}>
              <th scope="rowgroup">
                {t('records.groups.head', {
                  name: groupName(group.name, groupField, words),
                  count: number(group.numbers.count),
                })}
              </th>
              {sums(group.numbers.sums)}
            </tr>
          )}
          {records.map((record) => (
            <tr key={record.id}>{columns.map((column, at) => cell(record, column, at))}</tr>
          ))}
        </tbody>
      ))}
      {whole && (
        <tbody>
          <tr className={classes.group}>
            <th scope="row">{t('records.print.total', { count: number(rows.read) })}</th>
            {sums(totalOf(rows.parts, summed))}
          </tr>
        </tbody>
      )}
    </table>
  );
}

function totalOf(parts: readonly PrintPart[], summed: readonly FieldMeta[]): Record<string, number> {
  const all = parts.flatMap(({ records }) => records);
  return Object.fromEntries(
    summed.map(({ key }) => [key, all.reduce((sum, record) => sum + (numberOf(record[key]) ?? 0), 0)]),
  );
}
