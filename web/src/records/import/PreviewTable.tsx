import type { ImportPreviewRow, ImportRun, ObjectMeta } from '@/api';
import { ChoiceBadge } from '@/fields';
import { EmptyState, Table, useTexts } from '@/ui';
import classes from './import.module.css';

const colors = { create: 'green', update: 'blue', skip: 'gray', error: 'red' } as const;

/** The first rows as they will be stored; what cannot be stored is red, with the reason in words. */
export function PreviewTable({ run, object }: { run: ImportRun; object: ObjectMeta }) {
  const { t, label } = useTexts();
  const rows = run.preview ?? [];
  if (rows.length === 0) return <EmptyState compact title={t('records.import.preview.empty')} />;
  const columns = run.columns.filter((column) => column.to !== 'ignore');
  return (
    // Wider than a phone: the keyboard scrolls it too.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className={classes.scroll} tabIndex={0} aria-label={t('records.import.preview.title')}>
      <Table className={classes.preview}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('records.import.preview.row')}</Table.Th>
            <Table.Th>{t('records.import.preview.action')}</Table.Th>
            {columns.map((column) => {
              const key = column.to.replace(/^field:/, '');
              const whole = object.wholes?.find((each) => each.key === key);
              const field = object.fields.find((each) => each.key === key);
              return (
                <Table.Th key={column.index}>{label(whole?.label ?? field?.label) || column.header}</Table.Th>
              );
            })}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <PreviewRow key={row.row} row={row} columns={columns} />
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function PreviewRow({ row, columns }: { row: ImportPreviewRow; columns: ImportRun['columns'] }) {
  const { t } = useTexts();
  const general = row.problems.filter((problem) => problem.column === undefined);
  return (
    <Table.Tr data-error={row.action === 'error' || undefined}>
      <Table.Td className={classes.quiet}>{row.row}</Table.Td>
      <Table.Td>
        <ChoiceBadge color={colors[row.action]}>{t(`records.import.preview.${row.action}`)}</ChoiceBadge>
        {general.map((problem) => (
          <div
            key={problem.code}
            className={classes.cellProblem}
            data-skip={row.action === 'skip' || undefined}
          >
            {problem.message}
          </div>
        ))}
      </Table.Td>
      {columns.map((column) => {
        const key = column.to.replace(/^field:/, '');
        const raw = row.cells[column.index] ?? '';
        const stored = row.values[key];
        const problems = row.problems.filter((problem) => problem.column === column.index);
        return (
          <Table.Td key={column.index} data-problem={problems.length > 0 || undefined} title={raw}>
            <span className={classes.cell}>{problems.length > 0 ? raw : (stored ?? raw)}</span>
            {problems.map((problem) => (
              <div key={problem.code} className={classes.cellProblem}>
                {problem.message}
              </div>
            ))}
          </Table.Td>
        );
      })}
    </Table.Tr>
  );
}
