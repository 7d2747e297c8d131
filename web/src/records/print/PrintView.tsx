import { useMemo, useState } from 'react';
import { type FieldMeta, type ListQuery, type ObjectMeta, useObjects, useViews } from '@/api';
import { fromFilterJson, kindOf, useFiscalMonth, useNames } from '@/fields';
import { Button, ErrorState, Progress, SegmentedControl, Text, today, useFormat, useTexts } from '@/ui';
import { isScale } from '../colors/colorRules';
import { type Paint, RowColors, useRuleTexts } from '../colors/RowColors';
import { filterSentence } from '../filterText';
import { useGroups } from '../groups/useGroups';
import { namedIn } from '../list/filterThings';
import { type ListState, parseSort } from '../listState';
import { Paper } from './Paper';
import { PaperTable } from './PaperTable';
import {
  kMostPrinted,
  kMostUnexported,
  letterSize,
  type Orientation,
  orientationFor,
  pageRule,
  sharesOf,
} from './paper';
import classes from './print.module.css';
import { usePrintRows } from './usePrintRows';

interface PrintViewProps {
  object: ObjectMeta;
  /** The title first. */
  columns: FieldMeta[];
  query: ListQuery;
  state: ListState;
  onClose: () => void;
}

const kPortion = 100;

/** The list as it comes on paper: all its rows, what they were chosen by, light colours. */
export function PrintView({ object, columns, query, state, onClose }: PrintViewProps) {
  const { t, label, language } = useTexts();
  const format = useFormat();
  const views = useViews(object.key);
  const view = views.data?.find((each) => each.id === state.view);
  const words = useListWords(object, state);
  const { groups, field, exact, error } = useGroups(object, query, columns, state.group);
  const most = object.permissions.export ? kMostPrinted : kMostUnexported;
  const rows = usePrintRows(object, query, field ? groups : null, most);
  const shares = useMemo(
    () => sharesOf(columns, state.widths, object.title),
    [columns, state.widths, object],
  );
  const [chosen, setChosen] = useState<Orientation>();
  const orientation = chosen ?? orientationFor(shares);
  const [paint, setPaint] = useState<{ of: Paint | undefined }>();
  const rules = state.colors ?? [];
  const whys = useRuleTexts(object, rules);
  const { parts } = rows;
  const pages = useMemo(() => {
    const ids = parts.flatMap(({ records }) => records.map(({ id }) => id));
    return Array.from({ length: Math.ceil(ids.length / kPortion) }, (_, at) =>
      ids.slice(at * kPortion, (at + 1) * kPortion),
    );
  }, [parts]);
  const number = (value: number) => value.toLocaleString('en-US');
  const failed = rows.error ?? error;
  const name = view?.name ?? label(object.plural_label);
  return (
    <Paper label={t('records.print.title')} onClose={onClose}>
      <style>{pageRule(orientation)}</style>
      {rules.length > 0 && rows.done && (
        <RowColors
          object={object}
          query={query}
          rules={rules}
          pages={pages}
          onPaint={(of) => setPaint({ of })}
        />
      )}
      <div className={classes.bar}>
        <Button size="compact-sm" data-first disabled={!rows.done} onClick={() => window.print()}>
          {t('records.print.do')}
        </Button>
        <SegmentedControl
          size="xs"
          aria-label={t('records.print.orientation')}
          value={orientation}
          onChange={(value) => setChosen(value as Orientation)}
          data={[
            { value: 'portrait', label: t('records.print.portrait') },
            { value: 'landscape', label: t('records.print.landscape') },
          ]}
        />
        <Text size="sm" role="status">
          {rows.done
            ? t('records.print.ready', { count: number(rows.read) })
            : failed
              ? ''
              : t('records.print.reading', { count: number(rows.read) })}
        </Text>
        <span className={classes.space} />
        <Button size="compact-sm" variant="default" onClick={onClose}>
          {t('ui.close')}
        </Button>
      </div>
      {!rows.done && !failed && <Progress value={100} size="xs" animated aria-label={t('ui.loading')} />}
      {failed ? (
        <div className={classes.failed}>
          <ErrorState error={failed} onRetry={rows.retry} />
        </div>
      ) : (
        <article
          className={classes.paper}
          data-orientation={orientation}
          style={{ fontSize: `${letterSize(shares, orientation)}pt` }}
        >
          <header className={classes.head}>
            <h1>{name}</h1>
            <p>{t('records.print.made', { date: format.date(today()), count: number(rows.read) })}</p>
            {words.map((text) => (
              <p key={text}>{text}</p>
            ))}
            {rows.done && rows.cut && (
              <p className={classes.cut}>
                {t(object.permissions.export ? 'records.print.cut' : 'records.print.cutUnexported', {
                  most: number(most),
                })}
              </p>
            )}
            {field && !exact && <p className={classes.cut}>{t('records.groups.newest')}</p>}
            {rules.length > 0 && (
              <ul className={classes.legend}>
                {rules.map((rule, at) => (
                  <li key={whys[at]}>
                    <span className={classes.sample} data-paint={isScale(rule) ? 'middle' : rule.color} />
                    {whys[at]}
                  </li>
                ))}
              </ul>
            )}
          </header>
          <PaperTable
            object={object}
            columns={columns}
            shares={shares}
            rows={rows}
            groupField={field}
            paint={paint?.of}
            text={(value, column) => {
              const kind = kindOf(column.kind);
              // Days as they stand in the cells, which is shorter than in a sentence.
              const say = column.comparison === 'date' ? (kind.edit ?? kind.text) : kind.text;
              return say(value, column, language);
            }}
          />
        </article>
      )}
    </Paper>
  );
}

/** What the list is of, in words: its conditions, what was looked for, its order. */
function useListWords(object: ObjectMeta, state: ListState): string[] {
  const { t, label, language } = useTexts();
  const objects = useObjects();
  const fiscalMonth = useFiscalMonth();
  const model = fromFilterJson(state.filter);
  const nameOf = useNames(namedIn(model.conditions, object, objects));
  const filter = filterSentence(model, object, { t, language, objects, nameOf, fiscalMonth });
  const order = parseSort(state.sort ?? object.default_sort)
    .map(({ field, descending }) => {
      const known = object.fields.find((each) => each.key === field);
      return known && t(descending ? 'records.print.down' : 'records.print.up', { name: label(known.label) });
    })
    .filter((text) => text !== undefined);
  return [
    ...(filter ? [t('records.print.filter', { filter })] : []),
    ...(state.q ? [t('records.print.words', { q: state.q })] : []),
    ...(state.deleted ? [t('records.trash')] : []),
    ...(order.length > 0 ? [t('records.print.order', { order: order.join('、') })] : []),
  ];
}
