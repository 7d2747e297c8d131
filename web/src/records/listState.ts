// What a list shows, as it stands in the address: a link to the page is a link to what is on the screen.
import type { ViewState as ApiViewState, Filter } from '@/api';
import type { Json } from '@/fields/filterModel';
import { isDay, isSpan, type Span } from './calendar/period';
import { type ColorRule, readColors } from './colors/colorRules';
import { type Grouping, readGrouping, writeGrouping } from './groups/grouping';

export interface ListState {
  view?: string; // id of the saved view the list started from
  q?: string;
  filter?: Json;
  sort?: string; // "-updated_at,name_kana"
  columns?: string[];
  widths?: Record<string, number>; // of columns that somebody made wider or narrower, in pixels
  freeze?: number; // columns that stay as the others scroll; the name alone when absent
  rows?: RowLook;
  colors?: ColorRule[]; // first match wins
  group?: Grouping; // rows stand under headings with subtotals
  open?: string; // record in the side panel
  deleted?: boolean; // the trash
  as?: Look; // instead of the table
  by?: string; // field of the columns of the board, of the days of the calendar, of the areas
  span?: Span; // what the calendar shows at once; a month when absent
  day?: string; // in the period that it shows; today when absent
}

export type Look = (typeof looks)[number];
const looks = ['board', 'calendar', 'area'] as const;

/** How high the rows of a table are: one line, one line with air, two lines. */
export type RowLook = (typeof rowLooks)[number];
export const rowLooks = ['compact', 'roomy', 'wrap'] as const;

export interface SortKey {
  field: string;
  descending: boolean;
}

export function parseSort(sort: string | undefined): SortKey[] {
  if (!sort) return [];
  return sort
    .split(',')
    .filter((part) => part !== '' && part !== '-')
    .map((part) =>
      part.startsWith('-') ? { field: part.slice(1), descending: true } : { field: part, descending: false },
    );
}

export function writeSort(keys: readonly SortKey[]): string {
  return keys.map((key) => (key.descending ? `-${key.field}` : key.field)).join(',');
}

// A click on a header: up, down, then no order of its own. `add` (shift) keeps the other keys and makes this the second.
export function cycleSort(keys: readonly SortKey[], field: string, add: boolean): SortKey[] {
  const present = keys.find((key) => key.field === field);
  const next: SortKey | undefined = !present
    ? { field, descending: false }
    : present.descending
      ? undefined
      : { field, descending: true };
  if (!add) return next ? [next] : [];
  if (!present) return [...keys.slice(0, 1), { field, descending: false }];
  return keys.flatMap((key) => (key.field === field ? (next ? [next] : []) : [key]));
}

// Reads what the router found in the address. Anything malformed is left out: an old or mistyped link shows the list,
// not an error.
export function readListState(search: Record<string, unknown>): ListState {
  const state: ListState = {};
  const text = (key: string): string | undefined => {
    const value = search[key];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  };
  const view = text('view');
  if (view) state.view = view;
  const q = text('q');
  if (q) state.q = q;
  const sort = text('sort');
  if (sort) state.sort = sort;
  const open = text('open');
  if (open) state.open = open;
  if (search.deleted === true || search.deleted === 1 || search.deleted === '1') state.deleted = true;
  const as = looks.find((look) => look === search.as);
  if (as) state.as = as;
  const by = text('by');
  if (by) state.by = by;
  if (isSpan(search.span)) state.span = search.span;
  if (isDay(search.day)) state.day = search.day;
  const columns = search.columns;
  if (typeof columns === 'string' && columns !== '') state.columns = columns.split(',');
  const widths = readWidths(search.widths);
  if (widths) state.widths = widths;
  const freeze = text('freeze');
  if (freeze && /^\d{1,2}$/.test(freeze) && freeze !== '1') state.freeze = Number(freeze);
  const rows = rowLooks.find((look) => look === search.rows);
  if (rows) state.rows = rows;
  const colors = readColors(search.colors);
  if (colors.length > 0) state.colors = colors;
  const group = readGrouping(search.group);
  if (group) state.group = group;
  const filter = readJson(search.filter);
  if (filter !== undefined) state.filter = filter;
  return state;
}

// "name:300,phone:120"
function readWidths(value: unknown): Record<string, number> | undefined {
  if (typeof value !== 'string') return undefined;
  const widths = [...value.matchAll(/(?:^|,)(\w+):(\d{2,3})(?=,|$)/g)].map(([, key = '', width]) => [
    key,
    Number(width),
  ]);
  return widths.length > 0 ? (Object.fromEntries(widths) as Record<string, number>) : undefined;
}

function writeWidths(widths: Record<string, number>): string {
  return Object.entries(widths)
    .map(([key, width]) => `${key}:${width}`)
    .join(',');
}

function readJson(value: unknown): Json | undefined {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  if (typeof value !== 'string' || !value.startsWith('{')) return undefined;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return undefined;
  }
}

// The form for the address: only what differs from nothing.
export function writeListState(state: ListState): Record<string, unknown> {
  const search: Record<string, unknown> = {};
  if (state.view) search.view = state.view;
  if (state.q) search.q = state.q;
  if (state.filter !== undefined) search.filter = state.filter;
  if (state.sort) search.sort = state.sort;
  if (state.columns && state.columns.length > 0) search.columns = state.columns.join(',');
  if (state.widths) search.widths = writeWidths(state.widths);
  if (state.freeze !== undefined && state.freeze !== 1) search.freeze = state.freeze;
  if (state.rows) search.rows = state.rows;
  if (state.colors && state.colors.length > 0) search.colors = state.colors;
  if (state.group) search.group = writeGrouping(state.group);
  if (state.open) search.open = state.open;
  if (state.deleted) search.deleted = 1;
  if (state.as) search.as = state.as;
  if (state.by) search.by = state.by;
  if (state.span) search.span = state.span;
  if (state.day) search.day = state.day;
  return search;
}

// The API client types filters by their operators; both types are the same JSON.
export function fromApiView(view: ApiViewState): ViewState {
  const { colors, group, ...rest } = view;
  const read = readColors(colors);
  const grouping = readGrouping(group);
  return {
    ...rest,
    filter: view.filter as Json | undefined,
    ...(read.length > 0 ? { colors: read } : {}),
    ...(grouping ? { group: grouping } : {}),
  };
}

export function toApiView(view: ViewState): ApiViewState {
  const { group, ...rest } = view;
  return {
    ...rest,
    filter: view.filter as Filter | undefined,
    ...(group ? { group: writeGrouping(group) } : {}),
  };
}

// What a saved view keeps: of a calendar how it is looked at, not the day it was saved on.
export interface ViewState {
  filter?: Json;
  sort?: string;
  columns?: string[];
  widths?: Record<string, number>;
  freeze?: number;
  rows?: RowLook;
  colors?: ColorRule[];
  group?: Grouping;
  q?: string;
  as?: Look;
  by?: string;
  span?: Span;
}

export function viewStateOf(state: ListState): ViewState {
  const { filter, sort, columns, widths, freeze, rows, colors, group, q, as, by, span } = state;
  return {
    ...(filter === undefined ? {} : { filter }),
    ...(sort ? { sort } : {}),
    ...(columns ? { columns } : {}),
    ...(widths ? { widths } : {}),
    ...(freeze === undefined ? {} : { freeze }),
    ...(rows ? { rows } : {}),
    ...(colors && colors.length > 0 ? { colors } : {}),
    ...(group ? { group } : {}),
    ...(q ? { q } : {}),
    ...(as ? { as } : {}),
    ...(as && by ? { by } : {}),
    ...(as === 'calendar' && span ? { span } : {}),
  };
}

// Opening a view puts its whole state in the address: the link stays true when the view changes later.
export function stateOfView(id: string, view: ViewState): ListState {
  return { view: id, ...viewStateOf(view) };
}

// Another way to look at the same list: what belongs to the way before is left behind.
export function lookedAt(as: Look | undefined): Partial<ListState> {
  return { as, by: undefined, span: undefined, day: undefined };
}

// Whether the screen differs from the saved view, which shows the "save" button.
export function differsFromView(state: ListState, view: ViewState): boolean {
  return JSON.stringify(sorted(viewStateOf(state))) !== JSON.stringify(sorted(viewStateOf(view)));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

/** The search part of a link to a list that shows these records. */
export function toAddress(query: { filter?: Filter; sort?: string; q?: string }): Record<string, unknown> {
  return writeListState({ ...query, filter: query.filter as Json | undefined });
}
