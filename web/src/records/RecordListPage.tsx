import { IconListCheck, IconPlus, IconSearch, IconTrash, IconUpload } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import {
  type FieldMeta,
  type ListQuery,
  type ObjectMeta,
  type RecordData,
  type Total,
  useRecordWindow,
  type Values,
} from '@/api';
import { noRows, type RowSelection } from '@/grid/rowSelection';
import {
  ActionIcon,
  Button,
  EmptyState,
  ErrorState,
  Group,
  NamedIcon,
  Text,
  Title,
  Tooltip,
  useLocalStorage,
  useMediaQuery,
  useTexts,
} from '@/ui';
import { columnFields } from './fieldGroups';
import type { Asking } from './find/FindBar';
import { BulkBar } from './list/BulkBar';
import { ColumnsMenu } from './list/ColumnsMenu';
import { ExportMenu, useBringBack } from './list/ExportMenu';
import { asFilter, FilterBar } from './list/FilterBar';
import { ListCards } from './list/ListCards';
import { kPage, ListSheet } from './list/ListSheet';
import { ListSkeleton } from './list/ListSkeleton';
import { LookSwitch } from './list/LookSwitch';
import classes from './list/list.module.css';
import { QuickSearch } from './list/QuickSearch';
import { RecordPreview } from './list/RecordPreview';
import { SheetTools } from './list/SheetTools';
import { useFileDrop } from './list/useFileDrop';
import { ViewTabs } from './list/ViewTabs';
import { type ListState, lookedAt, type RowLook } from './listState';
import { RecordCreate } from './RecordCreate';
import { useListSlots } from './slots';
import { useListState } from './useListState';

const BoardView = lazy(() => import('./board/BoardView').then((found) => ({ default: found.BoardView })));
const AreaView = lazy(() => import('./area/AreaView').then((found) => ({ default: found.AreaView })));
const ListCalendar = lazy(() =>
  import('./calendar/ListCalendar').then((found) => ({ default: found.ListCalendar })),
);

// What the page itself needs to know: how many there are, and whether they can be read at all.
const kTop = { first: 0, last: 0 };

/** The list of any object: saved views, conditions, a sheet, and one record beside it. */
export function RecordListPage({ object }: { object: ObjectMeta }) {
  const { t, label } = useTexts();
  const navigate = useNavigate();
  const { state, change, adjust, replaceAll } = useListState(object);
  const phone = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false });
  const [usualRows, setUsualRows] = useLocalStorage<RowLook>({
    key: 'daifuku-rows',
    defaultValue: 'compact',
  });
  const rowLook = state.rows ?? usualRows;
  const [creating, setCreating] = useState<{ initial?: Values }>();

  const columnKeys = state.columns?.join(',');
  const columns = useMemo(() => columnFields(object, columnKeys?.split(',')), [object, columnKeys]);
  const filterText = state.filter === undefined ? undefined : JSON.stringify(state.filter);
  const sort = state.sort ?? object.default_sort ?? '';
  const query = useMemo<ListQuery>(
    () => ({
      filter: asFilter(filterText === undefined ? undefined : JSON.parse(filterText)),
      sort: sort || undefined,
      // In another order they are the same question, with the same answer.
      fields: [...object.fields.filter((field) => field.key === object.title), ...columns]
        .map((field) => field.key)
        .sort(),
      q: state.q,
      deleted: state.deleted,
    }),
    [object, filterText, sort, columns, state.q, state.deleted],
  );
  const look = state.deleted ? undefined : state.as;
  // A calendar reads its own records, by their days; areas are only counted.
  const rows = useRecordWindow(object, query, kTop, look === 'calendar' || look === 'area' ? 1 : kPage);

  // Ticks belong to what is listed: other conditions, other rows.
  const listed = JSON.stringify([filterText, state.q, state.deleted]);
  const [ticked, setTicked] = useState<{ listed: string; selection: RowSelection }>({
    listed,
    selection: noRows,
  });
  const selection = ticked.listed === listed && !look ? ticked.selection : noRows;
  const onSelection = (next: RowSelection) => setTicked({ listed, selection: next });
  // Once it stands the sheet stays, whatever else is loaded: it holds what was typed and is not saved.
  const sheet = JSON.stringify([object.key, listed, sort, state.group]);
  const [finding, setFinding] = useState<Asking>();
  const [stood, setStood] = useState<string>();
  if (rows.total && stood !== sheet && !phone) setStood(sheet);
  const stands = stood === sheet && !look;
  // On a phone a card is opened by a touch; choosing several is a mode of its own.
  const [picking, setPicking] = useState(false);
  const choosing = phone && picking && !look;

  const open = (record: RecordData, fullPage: boolean) => {
    if (fullPage) void navigate({ to: '/o/$plural/$id', params: { plural: object.plural, id: record.id } });
    else adjust({ open: record.id });
  };
  const searched = state.filter !== undefined || !!state.q;
  const none = rows.total?.count === 0;
  const may = object.permissions;
  const bulk = may.update || may.delete;
  const { bring } = useBringBack(object);
  const drop = useFileDrop(bring, may.update || may.create);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the menu 書き出し does the same without a mouse
    <div className={classes.page} {...drop.handlers}>
      {drop.over && <div className={classes.drop}>{t('records.export.dropHere')}</div>}
      <header className={classes.head}>
        <Group gap="xs" wrap="nowrap">
          <NamedIcon name={object.icon} size={20} />
          <Title order={1}>{label(object.plural_label)}</Title>
          <Text c="dimmed" component="span" aria-live="polite">
            {countText(rows.total, t)}
          </Text>
        </Group>
        <Group gap="xs" wrap="nowrap">
          {may.import && phone && (
            <ActionIcon
              variant="default"
              aria-label={t('records.import.button')}
              onClick={() => void navigate({ to: '/import', search: { object: object.key } })}
            >
              <IconUpload size={16} />
            </ActionIcon>
          )}
          {may.import && !phone && (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconUpload size={14} />}
              onClick={() => void navigate({ to: '/import', search: { object: object.key } })}
            >
              {t('records.import.button')}
            </Button>
          )}
          {(may.export || may.update) && !phone && (
            <ExportMenu object={object} query={asShown(query, object, columns)} />
          )}
          {may.create && (
            <Button size="compact-sm" leftSection={<IconPlus size={14} />} onClick={() => setCreating({})}>
              {t('records.create.button')}
            </Button>
          )}
        </Group>
      </header>
      <ViewTabs
        object={object}
        state={state}
        // A saved view is a table, a board or a calendar; すべて is what is on the screen. The day stays.
        onState={({ day = state.day, ...next }) =>
          replaceAll(
            next.view
              ? { ...next, ...(next.as === 'calendar' ? { day } : {}) }
              : { ...next, as: state.as, by: state.by, span: state.span, day },
          )
        }
      />
      <div className={classes.tools}>
        <QuickSearch
          key={state.view}
          value={state.q ?? ''}
          label={t('records.list.search', { name: label(object.plural_label) })}
          onSearch={(q) => adjust({ q: q === '' ? undefined : q })}
          hotkey={phone || look !== undefined}
        />
        <FilterBar object={object} filter={state.filter} onFilter={(filter) => adjust({ filter })} />
        <span className={classes.space} />
        <LookSwitch object={object} state={state} onChange={change} />
        {!phone && look !== 'calendar' && look !== 'area' && (
          <ColumnsMenu
            object={object}
            chosen={state.columns}
            onChange={(chosen) => adjust({ columns: chosen })}
            rows={rowLook}
            onRows={(rows) => {
              setUsualRows(rows);
              adjust({ rows });
            }}
          />
        )}
        {!phone && !look && (
          <SheetTools
            object={object}
            columns={columns}
            query={query}
            state={state}
            onChange={adjust}
            onFind={() => setFinding((before) => ({ words: before?.words ?? '' }))}
          />
        )}
        {phone && bulk && !none && !look && (
          <Button
            size="compact-sm"
            variant={choosing ? 'filled' : 'default'}
            leftSection={<IconListCheck size={14} />}
            aria-pressed={choosing}
            onClick={() => {
              setPicking(!picking);
              onSelection(noRows);
            }}
          >
            {t('records.bulk.pick')}
          </Button>
        )}
        <Tooltip label={t('records.trash')}>
          <ActionIcon
            variant={state.deleted ? 'filled' : 'subtle'}
            aria-label={t('records.trash')}
            aria-pressed={state.deleted ?? false}
            onClick={() => change({ deleted: state.deleted ? undefined : true, open: undefined })}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Tooltip>
      </div>
      <div className={classes.body}>
        <div className={classes.main}>
          {rows.error && !rows.total && !stands ? (
            <ErrorState error={rows.error} onRetry={rows.refetch} />
          ) : none && look !== 'calendar' ? (
            <Nothing
              object={object}
              searched={searched}
              state={state}
              onClear={() => change({ filter: undefined, q: undefined, open: undefined })}
              onCreate={() => setCreating({})}
            />
          ) : look === 'board' ? (
            <Suspense fallback={<ListSkeleton />}>
              <BoardView
                object={object}
                by={state.by}
                query={query}
                columns={columns}
                phone={phone}
                current={state.open}
                onOpen={(record) => open(record, false)}
              />
            </Suspense>
          ) : look === 'area' ? (
            <Suspense fallback={<ListSkeleton />}>
              <AreaView
                object={object}
                state={state}
                query={query}
                columns={columns}
                onList={(filter) => change({ ...lookedAt(undefined), filter })}
              />
            </Suspense>
          ) : look === 'calendar' ? (
            <Suspense fallback={<ListSkeleton />}>
              <ListCalendar
                object={object}
                state={state}
                query={query}
                phone={phone}
                onChange={change}
                onAdjust={adjust}
                onOpen={(record) => open(record, false)}
                onCreate={may.create ? (initial) => setCreating({ initial }) : undefined}
              />
            </Suspense>
          ) : (
            <>
              {phone && (
                <ListCards
                  object={object}
                  query={query}
                  columns={columns}
                  selection={choosing ? selection : undefined}
                  onSelection={
                    bulk
                      ? (next) => {
                          setPicking(true);
                          onSelection(next);
                        }
                      : undefined
                  }
                />
              )}
              {!phone && rows.isPending && !stands && <ListSkeleton />}
              {(stands || (!phone && !rows.isPending)) && (
                <ListSheet
                  // A new question starts at its first row.
                  key={sheet}
                  object={object}
                  columns={columns}
                  query={query}
                  sort={sort}
                  onSort={(next) => adjust({ sort: next || undefined })}
                  look={{
                    widths: state.widths,
                    freeze: state.freeze,
                    rows: rowLook,
                    colors: state.colors,
                    group: state.deleted ? undefined : state.group,
                  }}
                  finding={finding}
                  onFindEnd={() => setFinding(undefined)}
                  onLook={adjust}
                  current={state.open}
                  onOpen={open}
                  onActive={(record) => state.open && adjust({ open: record.id })}
                  selection={selection}
                  onSelection={onSelection}
                  // A window that was made narrow shows cards; what was typed and is not saved waits behind them.
                  tucked={phone}
                />
              )}
            </>
          )}
        </div>
        {state.open && !phone && (
          <RecordPreview
            key={state.open}
            object={object}
            id={state.open}
            onClose={() => adjust({ open: undefined })}
          />
        )}
      </div>
      {(selection.ids.size > 0 || choosing) && (
        <BulkBar
          object={object}
          ids={[...selection.ids]}
          deleted={state.deleted}
          everything={
            query.filter && !query.q && rows.total ? { filter: query.filter, total: rows.total } : undefined
          }
          onClear={() => {
            setPicking(false);
            onSelection(noRows);
          }}
        />
      )}
      <RecordCreate
        object={object}
        initial={creating?.initial}
        opened={creating !== undefined}
        onClose={() => setCreating(undefined)}
        onCreated={(record) => {
          setCreating(undefined);
          // What was made on a day is seen there.
          open(record, look !== 'calendar' || phone);
        }}
      />
    </div>
  );
}

// For a file: the columns in the order of the screen.
function asShown(query: ListQuery, object: ObjectMeta, columns: readonly FieldMeta[]): ListQuery {
  return { ...query, fields: [object.title, ...columns.map((field) => field.key)] };
}

function countText(
  total: Total | undefined,
  t: (key: string, values: Record<string, unknown>) => string,
): string {
  if (!total) return '';
  const count = total.count.toLocaleString('en-US');
  return t(total.exact ? 'records.list.count' : 'records.list.countMore', { count });
}

interface NothingProps {
  object: ObjectMeta;
  searched: boolean;
  state: ListState;
  onClear: () => void;
  onCreate: () => void;
}

function Nothing({ object, searched, state, onClear, onCreate }: NothingProps) {
  const { t, label } = useTexts();
  const navigate = useNavigate();
  const name = label(object.label);
  const Empty = useListSlots().empty?.(object);
  if (searched) {
    return (
      <EmptyState
        icon={<IconSearch size={28} stroke={1.5} />}
        title={t('records.list.noMatch')}
        actions={
          <Button variant="default" onClick={onClear}>
            {t('records.filter.clear')}
          </Button>
        }
      >
        {state.q ? t('records.list.noMatchHelp', { q: state.q }) : undefined}
      </EmptyState>
    );
  }
  if (state.deleted)
    return <EmptyState icon={<IconTrash size={28} stroke={1.5} />} title={t('records.list.trashEmpty')} />;
  if (Empty) return <Empty object={object} />;
  return (
    <EmptyState
      icon={<NamedIcon name={object.icon} size={28} />}
      title={t('records.list.none', { name })}
      actions={
        <Group gap="xs">
          {object.permissions.import && (
            <Button
              leftSection={<IconUpload size={14} />}
              onClick={() => void navigate({ to: '/import', search: { object: object.key } })}
            >
              {t('records.import.fromExcel')}
            </Button>
          )}
          {object.permissions.create && (
            <Button variant="default" leftSection={<IconPlus size={14} />} onClick={onCreate}>
              {t('records.create.first', { name })}
            </Button>
          )}
        </Group>
      }
    >
      {label(object.help)}
    </EmptyState>
  );
}
