// Where the records of a list are: counts by region, prefecture and city. Pure functions of metadata and summaries.
import type { FieldMeta, Filter, Label, ObjectMeta, Summary } from '@/api';

/** The prefectures that a list can be counted by. */
export function areaFields(object: ObjectMeta): FieldMeta[] {
  return object.fields.filter(
    (field) => field.kind === 'prefecture' && !field.masked && !field.hidden && !field.system,
  );
}

export function areaField(object: ObjectMeta, asked: string | undefined): FieldMeta | undefined {
  const fields = areaFields(object);
  return fields.find((field) => field.key === asked) ?? fields[0];
}

/** The city of the same address, where it can be read. */
export function cityOf(object: ObjectMeta, prefecture: FieldMeta): FieldMeta | undefined {
  const key = prefecture.key.replace(/prefecture$/, 'city');
  if (!prefecture.whole || key === prefecture.key) return undefined;
  return object.fields.find((field) => field.key === key && !field.masked && !field.hidden);
}

// The eight regions of school books, by how many prefectures each has in the order of JIS X 0401.
const regions: readonly { label: Label; prefectures: number }[] = [
  { label: { ja: '北海道', en: 'Hokkaido' }, prefectures: 1 },
  { label: { ja: '東北', en: 'Tohoku' }, prefectures: 6 },
  { label: { ja: '関東', en: 'Kanto' }, prefectures: 7 },
  { label: { ja: '中部', en: 'Chubu' }, prefectures: 9 },
  { label: { ja: '近畿', en: 'Kinki' }, prefectures: 7 },
  { label: { ja: '中国', en: 'Chugoku' }, prefectures: 5 },
  { label: { ja: '四国', en: 'Shikoku' }, prefectures: 4 },
  { label: { ja: '九州・沖縄', en: 'Kyushu and Okinawa' }, prefectures: 8 },
];

export interface AreaNumbers {
  count: number;
  sum: number;
}
export interface AreaRow extends AreaNumbers {
  /** null: without an address. */
  key: string | null;
  label?: Label;
}
export interface Region extends AreaNumbers {
  label: Label;
  rows: AreaRow[];
}
export interface Areas {
  regions: Region[];
  /** Records without a prefecture, where there are some. */
  nowhere?: AreaRow;
  total: AreaNumbers;
}

/** Every prefecture in its place, those without a record too: a white spot is news as well. */
export function areasOf(field: FieldMeta, summary: Summary, sum: string | undefined): Areas {
  const numbers = (found: Summary['groups'][number] | undefined): AreaNumbers => ({
    count: found?.count ?? 0,
    sum: sum ? (found?.sums[sum] ?? 0) : 0,
  });
  const options = field.options ?? [];
  let at = 0;
  const made = regions.map(({ label, prefectures }): Region => {
    const rows = options.slice(at, at + prefectures).map((option): AreaRow => {
      const found = summary.groups.find(({ value }) => value === option.key);
      return { key: option.key, label: option.label, ...numbers(found) };
    });
    at += prefectures;
    return { label, rows, ...added(rows) };
  });
  const none = summary.groups.find(({ value }) => value === null);
  return {
    regions: made,
    nowhere: none && { key: null, ...numbers(none) },
    total: { count: summary.count, sum: sum ? (summary.sums[sum] ?? 0) : 0 },
  };
}

function added(rows: readonly AreaNumbers[]): AreaNumbers {
  return {
    count: rows.reduce((total, row) => total + row.count, 0),
    sum: rows.reduce((total, row) => total + row.sum, 0),
  };
}

/** The prefectures with records, the most first. */
export function ranked(areas: Areas): AreaRow[] {
  return areas.regions
    .flatMap(({ rows }) => rows)
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
}

/** The list that a row counts. */
export function areaFilter(
  filter: Filter | undefined,
  prefecture: FieldMeta,
  key: string | null,
  city?: { field: FieldMeta; key: string | null },
): Filter {
  const is = (field: FieldMeta, value: string | null): Filter => ({
    [field.key]: value === null ? { empty: true } : { eq: value },
  });
  const own = [is(prefecture, key), ...(city ? [is(city.field, city.key)] : [])];
  // Beside the conditions that are there, so that the builder shows each of them.
  const before =
    filter === undefined ? [] : 'and' in filter && Array.isArray(filter.and) ? filter.and : [filter];
  const all = [...before, ...own] as Filter[];
  return all.length === 1 && all[0] ? all[0] : { and: all };
}
