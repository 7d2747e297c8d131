import { IconChevronDown, IconChevronRight, IconCopy } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { type FieldMeta, type ListQuery, type ObjectMeta, useListSummary } from '@/api';
import {
  Button,
  copyText,
  ErrorState,
  Loading,
  notifyDone,
  notifyError,
  SegmentedControl,
  Text,
  useFormat,
  useTexts,
} from '@/ui';
import { sumField } from '../board/boardModel';
import type { ListState } from '../listState';
import classes from './area.module.css';
import {
  type AreaNumbers,
  type AreaRow,
  areaField,
  areaFilter,
  areasOf,
  cityOf,
  type Region,
  ranked,
} from './areaModel';

interface AreaViewProps {
  object: ObjectMeta;
  state: ListState;
  query: ListQuery;
  columns: FieldMeta[];
  /** Shows the list of what a row counts. */
  onList: (filter: ListState['filter']) => void;
}

/** A list as a table of regions, prefectures and cities: where the customers are, and where there are none. */
export function AreaView(props: AreaViewProps) {
  const field = areaField(props.object, props.state.by);
  // A saved address may ask for the areas of what has no address (any more).
  return field ? <AreaTable key={field.key} {...props} field={field} /> : null;
}

function AreaTable({ object, query, columns, field, onList }: AreaViewProps & { field: FieldMeta }) {
  const { t, label } = useTexts();
  const format = useFormat();
  const amount = sumField(object, columns);
  const summary = useListSummary(object, {
    group: field.key,
    sum: amount ? [amount.key] : [],
    filter: query.filter,
    q: query.q,
  });
  const [order, setOrder] = useState<'place' | 'count'>('place');
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  if (summary.error) return <ErrorState error={summary.error} onRetry={() => void summary.refetch()} />;
  if (!summary.data) return <Loading rows={12} />;
  const areas = areasOf(field, summary.data, amount?.key);
  const city = cityOf(object, field);
  const most = Math.max(1, ...areas.regions.flatMap(({ rows }) => rows.map(({ count }) => count)));
  const named = (row: AreaRow) => (row.label ? label(row.label) : t('records.area.none'));
  const cells = (numbers: AreaNumbers) => (
    <Numbers
      numbers={numbers}
      total={areas.total.count}
      most={most}
      sum={amount && format.yen(numbers.sum)}
    />
  );
  const toggle = (key: string) =>
    setOpened((now) => {
      const next = new Set(now);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  const line = (row: AreaRow) => {
    const open = row.key !== null && opened.has(row.key);
    const name = named(row);
    return (
      <Area
        key={row.key}
        empty={row.count === 0}
        name={
          city && row.key !== null && row.count > 0 ? (
            <button
              type="button"
              className={classes.toggle}
              aria-expanded={open}
              onClick={() => row.key !== null && toggle(row.key)}
            >
              {open ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}
              {name}
            </button>
          ) : (
            <span className={classes.plain}>{name}</span>
          )
        }
        label={name}
        onList={
          row.count > 0 ? () => onList(listFilter(areaFilter(query.filter, field, row.key))) : undefined
        }
        numbers={cells(row)}
        below={
          open &&
          city &&
          row.key !== null && (
            <Cities
              object={object}
              query={query}
              prefecture={field}
              value={row.key}
              city={city}
              amount={amount}
              total={areas.total.count}
              most={most}
              onList={onList}
            />
          )
        }
      />
    );
  };
  const copy = () => {
    const head = [t('records.area.place'), t('records.area.count'), ...(amount ? [label(amount.label)] : [])];
    const rows = order === 'place' ? areas.regions.flatMap((region) => region.rows) : ranked(areas);
    const all = areas.nowhere ? [...rows, areas.nowhere] : rows;
    const text = [
      head,
      ...all.map((row) => [named(row), String(row.count), ...(amount ? [String(row.sum)] : [])]),
    ]
      .map((cellsOf) => cellsOf.join('\t'))
      .join('\r\n');
    copyText(text).then(() => notifyDone(t('records.area.copied')), notifyError);
  };
  return (
    <div className={classes.view}>
      <div className={classes.bar}>
        <SegmentedControl
          size="xs"
          aria-label={t('records.area.order')}
          value={order}
          onChange={(value) => setOrder(value === 'count' ? 'count' : 'place')}
          data={[
            { value: 'place', label: t('records.area.byPlace') },
            { value: 'count', label: t('records.area.byCount') },
          ]}
        />
        {!summary.data.exact && <Text size="xs">{t('records.area.partly')}</Text>}
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconCopy size={14} />}
          onClick={copy}
          className={classes.copy}
        >
          {t('records.area.copy')}
        </Button>
      </div>
      <div className={classes.scroll}>
        <table className={classes.table} aria-label={t('records.area.area')}>
          <thead>
            <tr>
              <th scope="col">{t('records.area.place')}</th>
              <th scope="col" className={classes.right}>
                {t('records.area.count')}
              </th>
              <th scope="col" className={classes.share}>
                {t('records.area.share')}
              </th>
              {amount && (
                <th scope="col" className={classes.right}>
                  {label(amount.label)}
                </th>
              )}
            </tr>
          </thead>
          {order === 'count' ? (
            <tbody>{ranked(areas).map(line)}</tbody>
          ) : (
            areas.regions.map((region) => (
              <tbody key={region.label.ja}>
                {/* Hokkaido is a region of one. */}
                {region.rows.length > 1 && <RegionHead region={region} numbers={cells(region)} />}
                {region.rows.map(line)}
              </tbody>
            ))
          )}
          {areas.nowhere && <tbody>{line(areas.nowhere)}</tbody>}
          <tfoot>
            <tr>
              <th scope="row">{t('records.area.total')}</th>
              {cells(areas.total)}
            </tr>
          </tfoot>
        </table>
      </div>
    </div>
  );
}

function RegionHead({ region, numbers }: { region: Region; numbers: ReactNode }) {
  const { label } = useTexts();
  return (
    <tr className={classes.region}>
      <th scope="rowgroup">{label(region.label)}</th>
      {numbers}
    </tr>
  );
}

interface AreaProps {
  name: ReactNode;
  label: string;
  numbers: ReactNode;
  empty?: boolean;
  inner?: boolean;
  onList?: () => void;
  below?: ReactNode;
}

function Area({ name, label, numbers, empty, inner, onList, below }: AreaProps) {
  const { t } = useTexts();
  return (
    <>
      <tr data-empty={empty || undefined} data-inner={inner || undefined}>
        <th scope="row">
          <span className={classes.name}>
            {name}
            {onList && (
              <button
                type="button"
                className={classes.list}
                aria-label={t('records.area.listOf', { name: label })}
                onClick={onList}
              >
                {t('records.area.list')}
              </button>
            )}
          </span>
        </th>
        {numbers}
      </tr>
      {below}
    </>
  );
}

function Numbers({
  numbers,
  total,
  most,
  sum,
}: {
  numbers: AreaNumbers;
  total: number;
  most: number;
  sum?: string;
}) {
  const share = total > 0 ? numbers.count / total : 0;
  return (
    <>
      <td className={classes.right}>{numbers.count.toLocaleString('en-US')}</td>
      <td className={classes.share}>
        <div className={classes.bars}>
          <span className={classes.measure}>
            <span
              className={classes.length}
              style={{ width: `${Math.min(100, (numbers.count / most) * 100)}%` }}
            />
          </span>
          <span className={classes.percent}>{numbers.count > 0 ? `${(share * 100).toFixed(1)}%` : ''}</span>
        </div>
      </td>
      {sum !== undefined && <td className={classes.right}>{sum}</td>}
    </>
  );
}

interface CitiesProps {
  object: ObjectMeta;
  query: ListQuery;
  prefecture: FieldMeta;
  value: string;
  city: FieldMeta;
  amount: FieldMeta | undefined;
  total: number;
  most: number;
  onList: AreaViewProps['onList'];
}

function Cities({ object, query, prefecture, value, city, amount, total, most, onList }: CitiesProps) {
  const { t } = useTexts();
  const format = useFormat();
  const summary = useListSummary(object, {
    group: city.key,
    sum: amount ? [amount.key] : [],
    filter: areaFilter(query.filter, prefecture, value),
    q: query.q,
  });
  const wide = amount ? 4 : 3;
  const message = (content: ReactNode) => (
    <tr data-inner>
      <td colSpan={wide}>{content}</td>
    </tr>
  );
  if (summary.error)
    return message(<ErrorState error={summary.error} onRetry={() => void summary.refetch()} />);
  if (!summary.data || summary.isPlaceholderData) return message(<Loading rows={2} />);
  const numbers = (count: number, sum: number) => (
    <Numbers numbers={{ count, sum }} total={total} most={most} sum={amount ? format.yen(sum) : undefined} />
  );
  const { groups, others } = summary.data;
  return (
    <>
      {groups.map((group) => {
        const key = typeof group.value === 'string' ? group.value : null;
        const name = key ?? t('records.area.noCity');
        return (
          <Area
            key={key}
            inner
            name={<span className={classes.plain}>{name}</span>}
            label={name}
            numbers={numbers(group.count, amount ? (group.sums[amount.key] ?? 0) : 0)}
            onList={() =>
              onList(listFilter(areaFilter(query.filter, prefecture, value, { field: city, key })))
            }
          />
        );
      })}
      {others && (
        <Area
          inner
          name={<span className={classes.plain}>{t('records.area.others', { count: others.groups })}</span>}
          label=""
          numbers={numbers(others.count, amount ? (others.sums[amount.key] ?? 0) : 0)}
        />
      )}
    </>
  );
}

// The two types say the same JSON.
function listFilter(filter: ReturnType<typeof areaFilter>): ListState['filter'] {
  return filter as ListState['filter'];
}
