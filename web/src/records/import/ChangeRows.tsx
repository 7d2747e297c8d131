import { Link } from '@tanstack/react-router';
import type { ImportPreviewRow, ObjectMeta } from '@/api';
import { Table, useTexts } from '@/ui';
import classes from './import.module.css';

/** Updating rows: whose record it is, how it was found, and field by field what it holds now and then. */
export function ChangeRows({ rows, object }: { rows: ImportPreviewRow[]; object: ObjectMeta }) {
  const { t, label } = useTexts();
  const nameOf = (key: string) => {
    const field = object.fields.find((each) => each.key === key);
    return field ? label(field.label) : key;
  };
  return (
    // Wider than a phone: the keyboard scrolls it too.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className={classes.scroll} tabIndex={0} aria-label={t('records.import.rows.changes')}>
      <Table className={classes.changes}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('records.import.preview.row')}</Table.Th>
            <Table.Th>{t('records.import.rows.record')}</Table.Th>
            <Table.Th>{t('records.import.rows.changes')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.row}>
              <Table.Td className={classes.quiet}>{row.row}</Table.Td>
              <Table.Td>
                {row.match && (
                  <>
                    <Link
                      to="/o/$plural/$id"
                      params={{ plural: object.plural, id: row.match.id }}
                      target="_blank"
                    >
                      {row.match.title || row.match.id}
                    </Link>
                    <div className={classes.quiet}>
                      {t('records.import.rows.by')}: {t(`records.import.by.${row.match.by}`)}
                    </div>
                  </>
                )}
              </Table.Td>
              <Table.Td>
                <ul className={classes.changeList}>
                  {row.changes?.map((change) => (
                    <li key={`${change.field}-${change.kept}`} data-kept={change.kept || undefined}>
                      <b>{nameOf(change.field)}</b>{' '}
                      <span className={classes.old}>{change.old || t('records.import.rows.empty')}</span>
                      {' → '}
                      <span className={classes.new}>{change.new || t('records.import.rows.empty')}</span>
                      {change.kept && <em>（{t('records.import.rows.kept')}）</em>}
                    </li>
                  ))}
                </ul>
                {row.problems.map((problem) => (
                  <div key={`${problem.code}-${problem.column ?? ''}`} className={classes.cellProblem}>
                    {problem.message}
                  </div>
                ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
