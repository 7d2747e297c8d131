import { useQueries } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import {
  fetchRecords,
  isApiError,
  keys,
  type ListQuery,
  type ObjectMeta,
  type RecordData,
  useObjects,
} from '@/api';
import { fromFilterJson, useFiscalMonth, useNames } from '@/fields';
import type { RowPaint } from '@/grid/sheetTypes';
import { notifyDone, useTexts } from '@/ui';
import { filterSentence } from '../filterText';
import { endsOf } from '../groups/useGroups';
import { asFilter } from '../list/FilterBar';
import { namedIn } from '../list/filterThings';
import { type ColorRule, isScale, numberOf, paintOf, type RuleAnswer } from './colorRules';

export type Paint = (record: RecordData) => RowPaint | undefined;

interface RowColorsProps {
  object: ObjectMeta;
  query: ListQuery;
  rules: readonly ColorRule[];
  /** Ids of the records that are shown, in portions of at most 200 that stay the same while one scrolls. */
  pages: readonly (readonly string[])[];
  onPaint: (paint: Paint | undefined) => void;
}

/**
 * Finds the colours of the rows. What a condition means is asked of the server, for the records that are on the screen: a
 * colour and a filter with the same words are the same records, also for conditions on related ones. Draws nothing itself.
 */
export function RowColors({ object, query, rules, pages, onPaint }: RowColorsProps) {
  const whys = useRuleTexts(object, rules);
  const { deleted } = query;
  const asked = useMemo(
    () =>
      rules.flatMap((rule, at) =>
        isScale(rule)
          ? []
          : pages.filter((ids) => ids.length > 0).map((ids) => ({ at, ids, when: rule.when })),
      ),
    [rules, pages],
  );
  const met = useQueries({
    queries: asked.map(({ ids, when }) => ({
      queryKey: [...keys.lists(object.key), 'meet', when, ids, deleted],
      queryFn: async ({ signal }: { signal: AbortSignal }) => {
        const filter = asFilter({ and: [{ id: { in: [...ids] } }, when] });
        const page = await fetchRecords(
          object,
          { filter, fields: [object.title], deleted },
          { limit: 200 },
          signal,
        );
        return page.items.map(({ id }) => id);
      },
      staleTime: 30_000,
    })),
    combine: (results) =>
      results.map(({ data, error }) => ({ data, refused: isApiError(error) && error.status === 422 })),
  });
  const refused = new Set(met.flatMap(({ refused: no }, place) => (no ? (asked[place]?.at ?? []) : [])));
  useRefused([...refused].map((at) => whys[at] ?? ''));
  const scales = useMemo(
    () => rules.flatMap((rule, at) => (isScale(rule) ? [{ at, field: rule.scale }] : [])),
    [rules],
  );
  const ends = useQueries({
    queries: scales.map(({ field }) => ({
      queryKey: [...keys.lists(object.key), 'ends', field, query.filter, query.q, deleted],
      queryFn: ({ signal }: { signal: AbortSignal }) => endsOf(object, query, field, signal),
      staleTime: 30_000,
    })),
    combine: (results) => results.map(({ data }) => data),
  });
  const answers = useMemo(() => {
    const ids = rules.map(() => new Set<string>());
    asked.forEach(({ at }, place) => {
      for (const id of met[place]?.data ?? []) ids[at]?.add(id);
    });
    return rules.map((rule, at): RuleAnswer => {
      const why = whys[at] ?? '';
      if (!isScale(rule)) return { ids: ids[at], why };
      const of = ends[scales.findIndex((scale) => scale.at === at)];
      const [low, high] = [numberOf(of?.low), numberOf(of?.high)];
      return { ends: low === undefined || high === undefined ? undefined : { low, high }, why };
    });
  }, [rules, asked, met, scales, ends, whys]);

  const latest = useRef(onPaint);
  latest.current = onPaint;
  useEffect(() => {
    const known = new WeakMap<RecordData, { paint: RowPaint | undefined }>();
    latest.current((record) => {
      const before = known.get(record);
      if (before) return before.paint;
      const paint = paintOf(record, rules, answers);
      known.set(record, { paint });
      return paint;
    });
  }, [rules, answers]);
  useEffect(() => () => latest.current(undefined), []);
  return null;
}

// A colour that is not there says that nothing meets the condition: where it could not be asked, that is said.
function useRefused(whys: readonly string[]) {
  const { t } = useTexts();
  const text = whys.join('\n');
  useEffect(() => {
    if (text !== '') notifyDone(t('records.colors.refused', { why: text }));
  }, [text, t]);
}

/** Each rule in words: what is told of the cells that it colours. */
export function useRuleTexts(object: ObjectMeta, rules: readonly ColorRule[]): readonly string[] {
  const { t, label, language } = useTexts();
  const objects = useObjects();
  const fiscalMonth = useFiscalMonth();
  const models = useMemo(
    () => rules.map((rule) => (isScale(rule) ? undefined : fromFilterJson(rule.when))),
    [rules],
  );
  const nameOf = useNames(
    namedIn(
      models.flatMap((model) => model?.conditions ?? []),
      object,
      objects,
    ),
  );
  const texts = rules.map((rule, at) => {
    const model = models[at];
    if (model) return filterSentence(model, object, { t, language, objects, nameOf, fiscalMonth });
    const field = isScale(rule) ? object.fields.find((each) => each.key === rule.scale) : undefined;
    return field ? t('records.colors.scaleOf', { name: label(field.label) }) : '';
  });
  const joined = texts.join('\n');
  return useMemo(() => joined.split('\n'), [joined]);
}
