import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { Choices, ComparedCell, ComparedRow, ObjectMeta } from '@/api';
import { ChoiceBadge } from '@/fields';
import { Checkbox, Table, useTexts } from '@/ui';
import { takesCell, takesRow, withCell, withRow } from './choices';
import classes from './compare.module.css';

interface Props {
  object: ObjectMeta;
  rows: ComparedRow[];
  choices: Choices;
  /** Absent: it was applied, and is only to be read. */
  onChoices?: (choices: Choices) => void;
  phone: boolean;
}

const colors = {
  change: 'blue',
  conflict: 'orange',
  refused: 'gray',
  invalid: 'red',
  add: 'green',
  remove: 'red',
} as const;

/** Differences as rows of a table; on a phone each is a card. */
export function CompareTable({ object, rows, choices, onChoices, phone }: Props) {
  const { t } = useTexts();
  return (
    // Wider than a phone: the keyboard scrolls it too.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className={classes.scroll} tabIndex={0} aria-label={t('records.compare.title')}>
      <Table className={phone ? classes.cards : classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={52}>{t('records.compare.take')}</Table.Th>
            <Table.Th>{t('records.compare.recordColumn')}</Table.Th>
            <Table.Th>{t('records.compare.field')}</Table.Th>
            <Table.Th>{t('records.compare.before')}</Table.Th>
            <Table.Th>{t('records.compare.now')}</Table.Th>
            <Table.Th>{t('records.compare.next')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        {rows.map((row) => (
          <Table.Tbody key={row.row} className={classes.group}>
            {row.kind === 'edit' && row.seen ? (
              row.cells.map((cell, at) => (
                <CellRow
                  key={cell.field}
                  object={object}
                  row={row}
                  cell={cell}
                  first={at === 0}
                  choices={choices}
                  onChoices={onChoices}
                />
              ))
            ) : (
              <WholeRow object={object} row={row} choices={choices} onChoices={onChoices} />
            )}
          </Table.Tbody>
        ))}
      </Table>
    </section>
  );
}

function useFieldName(object: ObjectMeta) {
  const { label } = useTexts();
  return (key: string) => label(object.fields.find((field) => field.key === key)?.label) || key;
}

function Title({ object, row }: { object: ObjectMeta; row: ComparedRow }) {
  const { t } = useTexts();
  return (
    <>
      {row.id && row.seen ? (
        <Link to="/o/$plural/$id" params={{ plural: object.plural, id: row.id }}>
          {row.title || row.id}
        </Link>
      ) : (
        row.title
      )}
      {row.line > 0 && <div className={classes.quiet}>{t('records.compare.line', { line: row.line })}</div>}
    </>
  );
}

function Value({ text }: { text: string }) {
  const { t } = useTexts();
  if (text === '') return <span className={classes.quiet}>{t('records.compare.empty')}</span>;
  return <span className={classes.value}>{text}</span>;
}

interface CellProps extends Omit<Props, 'rows' | 'phone'> {
  row: ComparedRow;
  cell: ComparedCell;
  first: boolean;
}

function CellRow({ object, row, cell, first, choices, onChoices }: CellProps) {
  const { t } = useTexts();
  const field = useFieldName(object)(cell.field);
  const taken = takesCell(choices, row, cell);
  const open = cell.state === 'change' || cell.state === 'conflict';
  return (
    <Table.Tr data-state={cell.state}>
      <Table.Td>
        {open && (
          <Checkbox
            aria-label={t('records.compare.takeCell', { title: row.title, field })}
            checked={taken}
            disabled={!onChoices}
            onChange={(event) => onChoices?.(withCell(choices, row, cell.field, event.currentTarget.checked))}
          />
        )}
      </Table.Td>
      <Table.Td data-again={!first || undefined}>
        <Title object={object} row={row} />
      </Table.Td>
      <Table.Td data-label={t('records.compare.field')}>
        {field}
        {cell.state !== 'change' && (
          <div>
            <ChoiceBadge color={colors[cell.state]}>{t(`records.compare.state.${cell.state}`)}</ChoiceBadge>
          </div>
        )}
      </Table.Td>
      <Table.Td data-label={t('records.compare.before')}>
        <Value text={cell.before} />
      </Table.Td>
      <Table.Td data-label={t('records.compare.now')} data-changed={cell.state === 'conflict' || undefined}>
        <Value text={cell.now} />
      </Table.Td>
      <Table.Td data-label={t('records.compare.next')} data-next={taken || undefined}>
        <Value text={cell.next} />
        {cell.message && <div className={classes.problem}>{cell.message}</div>}
        {cell.state === 'conflict' && (
          <div className={classes.warning}>
            <IconAlertTriangle size={13} aria-hidden /> {t('records.compare.conflictHelp')}
          </div>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function WholeRow({ object, row, choices, onChoices }: Omit<Props, 'rows' | 'phone'> & { row: ComparedRow }) {
  const { t } = useTexts();
  const fieldName = useFieldName(object);
  const open = row.possible && row.seen && row.kind !== 'edit';
  const what = !row.seen
    ? t('records.compare.goneRow')
    : row.kind === 'add'
      ? t('records.compare.addRow')
      : t(row.line > 0 ? 'records.compare.emptiedRow' : 'records.compare.removeRow');
  return (
    <Table.Tr data-state={row.kind}>
      <Table.Td>
        {open && (
          <Checkbox
            aria-label={t('records.compare.takeRow', { title: row.title })}
            checked={takesRow(choices, row)}
            disabled={!onChoices}
            onChange={(event) => onChoices?.(withRow(choices, row, event.currentTarget.checked))}
          />
        )}
      </Table.Td>
      <Table.Td>
        <Title object={object} row={row} />
      </Table.Td>
      <Table.Td colSpan={4}>
        {row.kind !== 'edit' && (
          <ChoiceBadge color={colors[row.kind]}>{t(`records.compare.state.${row.kind}`)}</ChoiceBadge>
        )}{' '}
        {what}
        {row.message && <div className={classes.problem}>{row.message}</div>}
        {row.kind === 'add' && (
          <dl className={classes.values}>
            {row.cells.map((cell) => (
              <div key={cell.field}>
                <dt>{fieldName(cell.field)}</dt>
                <dd data-problem={cell.state === 'invalid' || undefined}>
                  {cell.next}
                  {cell.message && <span className={classes.problem}> {cell.message}</span>}
                </dd>
              </div>
            ))}
          </dl>
        )}
        {row.candidates && row.candidates.length > 0 && (
          <div className={classes.warning}>
            {t('records.compare.like')}{' '}
            {row.candidates.map((match) => (
              <Link key={match.id} to="/o/$plural/$id" params={{ plural: object.plural, id: match.id }}>
                {match.title}
              </Link>
            ))}
          </div>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
