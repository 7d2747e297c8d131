import { useMemo } from 'react';
import { type ImportPreviewRow, type ImportRun, type ObjectMeta, useObjects } from '@/api';
import { ChoiceBadge } from '@/fields';
import { EmptyState, Table, useTexts } from '@/ui';
import classes from './import.module.css';
import { targetGroups, targetLabel } from './importTargets';

const colors = {
  create: 'green',
  update: 'blue',
  same: 'gray',
  look: 'orange',
  skip: 'gray',
  error: 'red',
} as const;

/** Rows as they will be stored; what cannot be stored is red, with the reason in words. */
export function PreviewTable({
  rows,
  run,
  object,
}: {
  rows: ImportPreviewRow[];
  run: ImportRun;
  object: ObjectMeta;
}) {
  const { t, label } = useTexts();
  const objects = useObjects();
  const groups = useMemo(() => targetGroups(object, objects), [object, objects]);
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
            {columns.map((column) => (
              <Table.Th key={column.index}>{targetLabel(column.to, groups, label) || column.header}</Table.Th>
            ))}
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

/** What the cell will be: a value of the row's record, or of one beside it. */
function storedValue(row: ImportPreviewRow, to: string): string | undefined {
  const key = to.replace(/^field:/, '');
  const dot = key.lastIndexOf('.');
  if (dot < 0) return row.values[key];
  return row.parts?.find((part) => part.path === key.slice(0, dot))?.values[key.slice(dot + 1)];
}

function PreviewRow({ row, columns }: { row: ImportPreviewRow; columns: ImportRun['columns'] }) {
  const { t, label } = useTexts();
  const objects = useObjects();
  const general = row.problems.filter((problem) => problem.column === undefined);
  return (
    <Table.Tr data-error={row.action === 'error' || undefined}>
      <Table.Td className={classes.quiet}>{row.row}</Table.Td>
      <Table.Td>
        <ChoiceBadge color={colors[row.action]}>{t(`records.import.preview.${row.action}`)}</ChoiceBadge>
        {row.parts?.map((part) => (
          <div key={part.path} className={classes.part}>
            {t(`records.import.preview.part.${part.action}`, {
              name: label(objects.find((each) => each.key === part.object)?.label),
            })}
          </div>
        ))}
        {general.map((problem) => (
          <div
            key={problem.code}
            className={classes.cellProblem}
            data-skip={row.action !== 'error' || undefined}
          >
            {problem.message}
          </div>
        ))}
      </Table.Td>
      {columns.map((column) => {
        const raw = row.cells[column.index] ?? '';
        const stored = storedValue(row, column.to);
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
