import type { ListQuery, TimelineQuery } from './types';

// Keys of the query cache. Everything of one object begins with ['o', object], so that one call invalidates it.
export const keys = {
  session: ['session'] as const,
  link: ['link'] as const,
  metadata: ['metadata'] as const,
  object: (object: string) => ['o', object] as const,
  lists: (object: string) => ['o', object, 'list'] as const,
  list: (object: string, query: ListQuery) => ['o', object, 'list', query] as const,
  listPage: (object: string, query: ListQuery, page: number, size: number) =>
    ['o', object, 'list', query, 'page', size, page] as const,
  record: (object: string, id: string) => ['o', object, 'record', id] as const,
  timeline: (object: string, id: string, query?: TimelineQuery) =>
    ['o', object, 'timeline', id, ...(query ? [query] : [])] as const,
  // Made of the same activities, orders and tasks: what makes a timeline old makes this old.
  brief: (object: string, id: string) => ['o', object, 'timeline', id, 'brief'] as const,
  // Not under the object: a change of records does not change who looks at them.
  presence: (object: string, id: string) => ['presence', object, id] as const,
  history: (object: string, id: string) => ['o', object, 'history', id] as const,
  files: (object: string, id: string) => ['o', object, 'files', id] as const,
  // Under the files, so that both load again together.
  removedFiles: (object: string, id: string) => ['o', object, 'files', id, 'removed'] as const,
  views: (object: string) => ['views', object] as const,
  search: (q: string, objects?: string[], limit?: number) =>
    ['search', q, objects ?? [], limit ?? 0] as const,
  recent: ['recent'] as const,
  changes: ['changes'] as const,
  sample: ['sample'] as const,
  exports: ['exports'] as const,
  comparison: (id: string) => ['comparison', id] as const,
  cardScans: ['cards'] as const,
  cardScan: (id: string) => ['cards', id] as const,
  imports: ['imports'] as const,
  importMaps: ['import-maps'] as const,
  import: (id: string) => ['imports', id] as const,
  // Under the object: what changes its records changes its queue.
  queue: (object: string) => ['o', object, 'queue'] as const,
  pairs: (object: string, decision: string) => ['o', object, 'queue', decision] as const,
  scan: (object: string) => ['o', object, 'scan'] as const,
  // As above: what is filled in changes them.
  maturity: (object: string) => ['o', object, 'maturity'] as const,
  // What was typed into sheets and can be taken back; not under the object, since no change makes it old.
  sheetSteps: (object: string) => ['sheet-steps', object] as const,
  shortRecords: (object: string, level: number, lacks: string) =>
    ['o', object, 'maturity', level, lacks] as const,
  recordMaturity: (object: string, id: string) => ['o', object, 'maturity', 'record', id] as const,
  // As above: what is mended leaves the lists.
  tidy: (object: string) => ['o', object, 'tidy'] as const,
  userOptions: (q: string) => ['user-options', q] as const,
  teamOptions: ['team-options'] as const,
  tags: (object: string, q: string) => ['tags', object, q] as const,
  postal: (code: string) => ['postal', code] as const,
  postalOf: (prefecture: string, city: string, street: string) =>
    ['postal', prefecture, city, street] as const,
  reading: (part: string, name: string) => ['reading', part, name] as const,
  holidays: (year: number) => ['holidays', year] as const,
  split: (text: string) => ['address', text] as const,
  reference: (what: string) => ['reference', what] as const,
  admin: (what: string, of = '') => ['admin', what, of] as const,
};
