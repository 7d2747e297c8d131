import { useMemo } from 'react';
import { type ImportColumn, type ImportRun, type ImportSettings, type ObjectMeta, useObjects } from '@/api';
import { ChoiceBadge } from '@/fields';
import { joinList, Panel, Select, Table, useTexts } from '@/ui';
import classes from './import.module.css';
import { targetGroups, targetLabel } from './importTargets';

interface ColumnTableProps {
  run: ImportRun;
  object: ObjectMeta;
  onChange: (settings: ImportSettings) => void;
}

const newKinds = ['text', 'integer', 'date', 'choice'];

/** Where each column of the file goes, with what is in it and why it was matched so. */
export function ColumnTable({ run, object, onChange }: ColumnTableProps) {
  const { t, label, language } = useTexts();
  const objects = useObjects();
  const groups = useMemo(() => targetGroups(object, objects), [object, objects]);
  const targets = [
    ...groups.map((group) => ({
      group:
        group.path === ''
          ? t('records.import.columns.field')
          : t('records.import.columns.fieldOf', {
              name: group.labels.map((each) => label(each)).join(' › '),
            }),
      items: group.fields.map((field) => {
        const value = `field:${group.path ? `${group.path}.` : ''}${field.key}`;
        return { value, label: targetLabel(value, groups, label) };
      }),
    })),
    {
      group: t('records.import.columns.special'),
      items: [
        { value: 'note', label: t('records.import.columns.note') },
        { value: 'ignore', label: t('records.import.columns.ignore') },
        ...newKinds.map((kind) => ({
          value: `new:${kind}`,
          label: t('records.import.columns.new', { kind: t(`records.import.kinds.${kind}`) }),
        })),
      ],
    },
  ];
  // A column that goes where nobody else may send one keeps what the server said.
  const known = new Set(targets.flatMap((group) => group.items.map((item) => item.value)));
  const dataFor = (column: ImportColumn) =>
    known.has(column.to)
      ? targets
      : [...targets, { group: ' ', items: [{ value: column.to, label: nameOf(column.to) }] }];
  const kept = (to: string) => object.fields.find((field) => `field:${field.key}` === to);
  const nameOf = (to: string) => targetLabel(to, groups, label) || label(kept(to)?.label) || to;
  return (
    <Panel title={t('records.import.columns.title')} flush>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: wider than a phone, the keyboard scrolls it too */}
      <section className={classes.scroll} tabIndex={0} aria-label={t('records.import.columns.title')}>
        <Table className={classes.columns}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('records.import.columns.header')}</Table.Th>
              <Table.Th>{t('records.import.columns.samples')}</Table.Th>
              <Table.Th>{t('records.import.columns.to')}</Table.Th>
              <Table.Th>{t('records.import.columns.why')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {run.columns.map((column) => {
              const header = column.header || t('records.import.columns.unnamed');
              return (
                <Table.Tr key={column.index} data-ignored={column.to === 'ignore' || undefined}>
                  <Table.Th scope="row">{header}</Table.Th>
                  <Table.Td className={classes.samples}>
                    {joinList(column.samples.slice(0, 3), language)}
                  </Table.Td>
                  <Table.Td>
                    <Select
                      aria-label={`${t('records.import.columns.to')}: ${header}`}
                      searchable
                      allowDeselect={false}
                      value={column.to}
                      data={dataFor(column)}
                      onChange={(to) => to && onChange({ columns: [{ index: column.index, to }] })}
                    />
                  </Table.Td>
                  <Table.Td>
                    <Reason column={column} />
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </section>
    </Panel>
  );
}

function Reason({ column }: { column: ImportColumn }) {
  const { t } = useTexts();
  if (column.to === 'ignore' && column.reason !== 'none') return null;
  const percent = Math.round((column.confidence ?? 0) * 100);
  const unsure = column.reason === 'none' || percent < 60;
  return (
    <span title={t('records.import.columns.confidence', { percent })}>
      <ChoiceBadge color={unsure ? 'orange' : 'gray'}>
        {t(`records.import.columns.reason.${column.reason ?? 'none'}`)}
      </ChoiceBadge>
    </span>
  );
}
