// What a list shows, as it stands in the address: a link to the page is a link to what is on the screen.
import type { ViewState as ApiViewState, Filter } from '@/api';
import type { Json } from '@/fields/filterModel';

export interface ListState {
  view?: string; // id of the saved view the list started from
  q?: string;
  filter?: Json;
  sort?: string; // "-updated_at,name_kana"
  columns?: string[];
  open?: string; // record in the side panel
  deleted?: boolean; // the trash
  as?: 'board'; // instead of the table
  by?: string; // field that makes the columns of the board
}

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
  if (search.as === 'board') state.as = 'board';
  const by = text('by');
  if (by) state.by = by;
  const columns = search.columns;
  if (typeof columns === 'string' && columns !== '') state.columns = columns.split(',');
  const filter = readJson(search.filter);
  if (filter !== undefined) state.filter = filter;
  return state;
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
  if (state.open) search.open = state.open;
  if (state.deleted) search.deleted = 1;
  if (state.as) search.as = state.as;
  if (state.by) search.by = state.by;
  return search;
}

// The API client types filters by their operators; both types are the same JSON.
export function fromApiView(view: ApiViewState): ViewState {
  return { ...view, filter: view.filter as Json | undefined };
}

export function toApiView(view: ViewState): ApiViewState {
  return { ...view, filter: view.filter as Filter | undefined };
}

// What a saved view keeps.
export interface ViewState {
  filter?: Json;
  sort?: string;
  columns?: string[];
  q?: string;
}

export function viewStateOf(state: ListState): ViewState {
  const { filter, sort, columns, q } = state;
  return {
    ...(filter === undefined ? {} : { filter }),
    ...(sort ? { sort } : {}),
    ...(columns ? { columns } : {}),
    ...(q ? { q } : {}),
  };
}

// Opening a view puts its whole state in the address: the link stays true when the view changes later.
export function stateOfView(id: string, view: ViewState): ListState {
  return { view: id, ...viewStateOf(view) };
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
