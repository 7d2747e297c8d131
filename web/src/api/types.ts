// Shapes of the HTTP API. Records are described by metadata at run time, so their values are open here.

export type Language = 'ja' | 'en';
export interface Label {
  ja: string;
  en: string;
}
export interface Reference {
  id: string;
  title: string;
}
export type Role = 'owner' | 'manager' | 'member' | 'viewer';

export interface Session {
  user: Reference & { email: string; role: Role; language: Language; teams: Reference[] };
  csrf: string;
  company: { name: string; purpose: string };
  metadata_version: string;
  /** Answers in the ご意見箱 that I have not read; for those who administer also what is new in it. */
  feedback: { answers: number; new?: number };
  server_time: string;
}

export const fieldKinds = [
  'text',
  'long_text',
  'kana',
  'email',
  'emails',
  'phone',
  'phones',
  'url',
  'urls',
  'postal_code',
  'prefecture',
  'integer',
  'decimal',
  'money',
  'percent',
  'date',
  'date_time',
  'month',
  'yes_no',
  'choice',
  'choices',
  'link',
  'links',
  'user',
  'users',
  'file',
  'corporate_number',
  'invoice_number',
  'tags',
] as const;
export type FieldKind = (typeof fieldKinds)[number];
export type Comparison = 'text' | 'number' | 'date' | 'choice' | 'items' | 'link' | 'yes_no' | 'none';

export interface Option {
  key: string;
  label: Label;
  color?: string;
  hidden?: boolean;
  /** After so many days without a change a record at this option stands still; 0: never. */
  stale_after?: number;
}

export interface FieldMeta {
  id: number;
  key: string;
  kind: FieldKind;
  label: Label;
  help?: Label;
  section?: string;
  required?: boolean;
  unique?: boolean;
  max?: number;
  /** What a number may be at least and at most. */
  least?: number | null;
  greatest?: number | null;
  /** Fields whose values end up in this one ("content", "deal.amount"): it is read no further than they are. */
  made_from?: string[];
  options?: Option[];
  target?: string | null;
  maturity?: 1 | 2 | 3;
  searchable?: boolean;
  personal?: boolean;
  sensitive?: boolean;
  in_list?: boolean;
  sortable?: boolean;
  comparison: Comparison;
  read_only?: boolean;
  writable?: boolean;
  masked?: boolean;
  whole?: string | null;
  /** How it is worked out: as it is kept, and with the labels of today. */
  formula?: { source: string; ja: string; en: string } | null;
  rollup?: Rollup | null;
  /** Worked out whenever it is read: no list is filtered or sorted by it. */
  at_read?: boolean;
  custom?: boolean;
  hidden?: boolean;
  system?: boolean;
}

export type RollupFunction = 'count' | 'sum' | 'min' | 'max' | 'average';

/** A value over the records of `object` whose `link` leads here. */
export interface Rollup {
  object: string;
  link: string;
  function: RollupFunction;
  field?: string | null;
  filter?: Filter | null;
}

export interface ObjectPermissions {
  read: boolean;
  create: boolean;
  update: boolean;
  delete: boolean;
  import: boolean;
  export: boolean;
}

export interface ObjectMeta {
  key: string;
  plural: string;
  label: Label;
  plural_label: Label;
  help?: Label;
  icon?: string;
  title: string;
  customer?: boolean;
  in_navigation?: boolean;
  default_sort?: string;
  parent_link?: string | null;
  customer_links?: string[];
  timeline?: boolean;
  permissions: ObjectPermissions;
  sections: { key: string; label: Label }[];
  links_in: { object: string; field: string; label: Label }[];
  /** Fields made of parts (an address, a name with its kana), by the name that the parts' `whole` says. */
  wholes?: { key: string; kind: string; label: Label; splittable?: boolean }[];
  fields: FieldMeta[];
}

/** What the company calls an object, and whether it uses it. */
export interface ObjectSetting {
  key: string;
  plural: string;
  icon: string;
  customer: boolean;
  /** Has a list of its own in the menu; the others are seen on the pages of customers. */
  in_navigation: boolean;
  label: Label;
  plural_label: Label;
  declared_label: Label;
  declared_plural_label: Label;
  help: Label;
  /** Made by the company itself. */
  own: boolean;
  /** Fields that lead to the customers on whose timelines its records stand. */
  customer_links: string[];
  hidden: boolean;
  /** Keys of those in use that must have it; its own key when it is the last kind of customer. */
  needed_by: string[];
}

export interface Metadata {
  version: string;
  objects: ObjectMeta[];
}

export type HiddenLink = { hidden: true };
export interface FileValue {
  id: string;
  name: string;
  size: number;
  type: string;
}
export type FieldValue =
  | string
  | number
  | boolean
  | string[]
  | Reference
  | HiddenLink
  | FileValue
  | (Reference | HiddenLink)[]
  | null
  | undefined;

export interface RecordSystem {
  id: string;
  object: string;
  version: number;
  title: string;
  updated_at: string;
  created_at?: string;
  created_by?: Reference;
  updated_by?: Reference;
  owner_id?: Reference;
  team_id?: Reference;
  deleted_at?: string;
}
export type RecordData = RecordSystem & { [field: string]: FieldValue };
/** What a create or a change answers: the record, and the id that takes the change back. */
export type RecordWritten = RecordData & { change?: string };
export type Values = Record<string, FieldValue>;

export interface Total {
  count: number;
  exact: boolean;
}
export interface Page<T> {
  items: T[];
  next?: string | null;
  total?: Total;
}

export type FilterOp =
  | 'eq'
  | 'ne'
  | 'in'
  | 'contains'
  | 'starts'
  | 'gt'
  | 'gte'
  | 'lt'
  | 'lte'
  | 'between'
  | 'empty'
  | 'has'
  | 'relative'
  | 'some'
  | 'none'
  | 'where'
  | 'at_least'
  | 'at_most'
  | 'via';
export type Filter =
  | { and: Filter[] }
  | { or: Filter[] }
  | { not: Filter }
  | { [field: string]: { [op in FilterOp]?: unknown } };

/** What decides which records a list shows, in which order. */
export interface ListQuery {
  filter?: Filter;
  sort?: string;
  fields?: string[];
  q?: string;
  deleted?: boolean;
}

export interface Problem {
  field?: string;
  code: string;
  message: string;
}

export interface DuplicateCandidate {
  id: string;
  title: string;
  subtitle?: string;
  /** How likely, 1 to 99. */
  percent: number;
  reasons: { code: string; field: string; agrees: boolean; text: string }[];
}

/** A record whose name begins as what is being typed: a hint, and no claim that it is the same. */
export interface BeginsAlike {
  id: string;
  title: string;
  subtitle?: string;
}

export interface FoundForDraft {
  candidates: DuplicateCandidate[];
  begins: BeginsAlike[];
}

export interface Conflict {
  field: string;
  yours: FieldValue;
  theirs: FieldValue;
  by?: Reference;
  at?: string;
}

export interface TimelineEntry {
  at: string;
  object: string;
  id: string;
  kind?: string | null;
  title: string;
  summary?: string;
  by?: Reference;
}

/** What is asked of a timeline; all that is given must hold. `what`: order, or with its kind activity.call. */
export interface TimelineQuery {
  what?: string[];
  by?: string;
  from?: string;
  until?: string;
  q?: string;
  /** Tell also what there is to choose from. */
  facets?: boolean;
}
export interface TimelineFacets {
  kinds: { object: string; kind: string | null; count: number }[];
  people: { id: string; title: string; count: number }[];
}
export interface TimelinePage extends Page<TimelineEntry> {
  facets?: TimelineFacets;
}

export interface HistoryEntry {
  id: string;
  at: string;
  by?: Reference;
  action: 'create' | 'update' | 'delete' | 'restore' | 'merge';
  source: 'screen' | 'sheet' | 'phone' | 'api' | 'import' | 'rule' | 'undo' | 'demo';
  changes: { field: string; old?: FieldValue; new?: FieldValue }[];
}

export interface AttachedFile extends FileValue {
  at: string;
  by?: Reference;
}

export interface RemovedFile extends AttachedFile {
  deleted_at: string;
}

export interface SearchHit {
  object: string;
  id: string;
  title: string;
  subtitle?: string;
  matches?: { field: string; text: string }[];
}
export interface RecentItem {
  object: string;
  id: string;
  title: string;
  subtitle?: string;
  at: string;
}
export interface ChangeItem {
  at: string;
  by?: Reference;
  action: HistoryEntry['action'];
  object: string;
  id: string;
  title: string;
  fields?: string[];
}

export interface ViewState {
  filter?: Filter;
  sort?: string;
  columns?: string[];
  widths?: Record<string, number>;
  freeze?: number;
  rows?: 'compact' | 'roomy' | 'wrap';
  /** Read by the screens alone. */
  colors?: unknown;
  group?: string;
  q?: string;
  as?: 'board' | 'calendar' | 'area';
  by?: string;
  span?: 'month' | 'week' | 'day';
}
export interface View {
  id: string;
  object: string;
  name: string;
  shared: boolean;
  mine: boolean;
  position: number;
  state: ViewState;
}

export interface PostalTown {
  postal_code: string;
  prefecture: string;
  city: string;
  town: string;
  city_kana?: string;
  town_kana?: string;
  /** Which part of the town, in the post's words. */
  note?: string;
}

/** What a postal code stands for: a town, or the office that has a code of its own. */
export interface PostalAddress extends PostalTown {
  office?: string;
  office_kana?: string;
  street?: string;
}

/** A postal code that an address may have. */
export interface PostalMatch extends PostalTown {
  /** The town and its numbers fit. */
  exact: boolean;
}

export interface SplitAddress {
  found: boolean;
  postal_code?: string;
  /** The code was looked up and not in the text. */
  postal_code_guessed?: boolean;
  prefecture?: string;
  city?: string;
  street?: string;
  building?: string;
  city_known?: boolean;
}

export interface PostalPart {
  loaded: boolean;
  rows: number;
  loaded_on?: string;
}
export interface PostalState {
  towns: PostalPart;
  offices: PostalPart;
}

export interface Undone {
  undone: number;
  skipped: { object: string; id: string; title: string; reason: string }[];
  change: string;
}

export interface BatchResult {
  change?: string;
  count: number;
  problems: { id: string; title: string; message: string }[];
  /** Changed, though a rule of the company warns. */
  warnings: { id: string; title: string; message: string }[];
}

export type ImportStatus = 'ready' | 'running' | 'done' | 'failed' | 'cancelled' | 'undone' | 'undoing';
export interface ImportColumn {
  index: number;
  header: string;
  samples: string[];
  to: string;
  confidence?: number;
  reason?: 'header' | 'import_name' | 'part' | 'content' | 'title' | 'map' | 'chosen' | 'none';
}
export interface ImportPreviewRow {
  row: number;
  cells: string[];
  values: Record<string, string>;
  problems: { column?: number; field?: string; code: string; message: string }[];
  action: ImportAction;
  /** The record that an updating row means, and how it was found. */
  match?: { id: string; title: string; by: string };
  changes?: { field: string; old: string; new: string; kept: boolean }[];
  /** Of a row that a person has to look at. */
  candidates?: { id: string; title: string; subtitle: string; reasons: string[] }[];
  /** Further records of the row: the company of a person, the order of a line. */
  parts?: { path: string; object: string; action: 'create' | 'link'; values: Record<string, string> }[];
}
export type ImportAction = 'create' | 'update' | 'same' | 'look' | 'skip' | 'error';
export type ImportMode = 'create' | 'update' | 'both';
export type FillPolicy = 'blanks' | 'overwrite' | 'newest';
export type UnsureRows = 'wait' | 'create' | 'skip';
export interface ImportRowChoice {
  row: number;
  choice: 'use' | 'create' | 'skip' | 'ask';
  id?: string;
}
export interface ImportFinding {
  code: string;
  message: string;
  count: number;
  column?: number;
  samples: { row: number; text: string }[];
  mended: boolean;
  mend?: ImportSettings;
  unmend?: ImportSettings;
}
export interface ImportDiagnosis {
  status: 'running' | 'done';
  rows?: number;
  findings?: ImportFinding[];
}
export interface ImportMapChoice {
  id: string;
  object: string;
  own: boolean;
  name: string;
}

/** A column map that somebody saved. */
export interface ImportMap {
  id: string;
  object: string;
  name: string;
  shared: boolean;
  mine: boolean;
  owner: string;
  changeable: boolean;
  updated_at: string;
}

export interface ImportRun {
  id: string;
  object: string;
  name: string;
  status: ImportStatus;
  detected: {
    format: 'csv' | 'tsv' | 'xlsx' | 'json' | 'vcard' | 'ics';
    encoding?: string;
    delimiter?: string;
    sheets?: { name: string; hidden?: boolean; rows?: number }[];
    sheet?: number;
    header_row?: number;
    title_lines?: string[];
    header?: boolean;
    rows?: number;
  };
  notices?: { code: string; message: string; column?: number; count?: number }[];
  columns: ImportColumn[];
  /** The column map it is read with, and all that fit it, the best first. */
  map?: ImportMapChoice;
  maps?: ImportMapChoice[];
  preview?: ImportPreviewRow[];
  counts?: {
    rows: number;
    ok: number;
    errors: number;
    warnings: number;
    /** Rows whose record is registered already. */
    known?: number;
    creates?: number;
    updates?: number;
    same?: number;
    /** Rows of which it is not clear whom they mean. */
    looks?: number;
    left_out?: number;
    links_to_make?: number;
    /** False while a long file is still being counted. */
    complete?: boolean;
  };
  /** What must be put right before it can run: no column for a required field. */
  problems?: Problem[];
  failure?: { code: string; message: string };
  duplicates?: 'skip' | 'create';
  progress?: {
    done: number;
    total: number;
    created: number;
    updated: number;
    failed: number;
    skipped?: number;
    same?: number;
    unsure?: number;
    linked?: number;
    /** Rows that were written with something told: a mended value, a rule that warns. */
    warnings?: number;
    seconds_left?: number;
  };
  mode?: ImportMode;
  /** By what rows find their record: a field, "id", or empty for all that identify. */
  key?: string;
  /** Fields that rows may be found by. */
  keys?: string[];
  policy?: FillPolicy;
  policies?: Record<string, FillPolicy>;
  empty_cells?: 'keep' | 'clear';
  date_column?: number;
  file_date?: string;
  unsure?: UnsureRows;
  choices?: ImportRowChoice[];
  repeats?: 'keep' | 'drop';
  stale_column?: number;
  stale_years?: number;
  /** It was stopped, and can go on where it was. */
  can_continue?: boolean;
  undo?: {
    undone: number;
    skipped: number;
    kept?: { object: string; id: string; code: string; reason: string }[];
    change: string;
  };
  change?: string;
  create_links?: boolean;
  owner_id?: Reference | string | null;
  created_at?: string;
}
export interface ImportSettings {
  /** Id of a column map; empty: the one that fits, "none": none. */
  map?: string;
  encoding?: string;
  delimiter?: string;
  sheet?: number;
  header?: boolean;
  header_row?: number;
  object?: string;
  duplicates?: 'skip' | 'create';
  columns?: { index: number; to: string }[];
  create_links?: boolean;
  owner_id?: string | null;
  mode?: ImportMode;
  key?: string;
  policy?: FillPolicy;
  policies?: Record<string, FillPolicy | null>;
  empty_cells?: 'keep' | 'clear';
  date_column?: number | null;
  file_date?: string | null;
  unsure?: UnsureRows;
  choices?: ImportRowChoice[];
  repeats?: 'keep' | 'drop';
  stale_column?: number | null;
  stale_years?: number;
}

export interface User {
  id: string;
  title: string;
  email: string;
  role: Role;
  team_ids: string[];
  disabled: boolean;
  /** Has not chosen a password yet. */
  invited?: boolean;
  last_seen_at?: string | null;
  language?: Language;
}
export type FieldRight = 'none' | 'masked' | 'read' | 'write';
export type Scope = 'all' | 'team' | 'own' | 'none';
export interface RoleRights {
  read?: Scope;
  create?: boolean;
  update?: Scope;
  delete?: Scope;
  export?: boolean;
}
/** How a role's screens show a kind of record; what is not named is as the fields say. */
export interface Layout {
  order?: string[];
  hidden?: string[];
  required?: string[];
}
export interface RoleDefinition {
  key: Role | string;
  label: Label;
  objects: Record<string, RoleRights>;
  fields?: Record<string, FieldRight>;
  layouts?: Record<string, Layout>;
}
export interface ApiToken {
  id: string;
  name: string;
  scopes: string[];
  created_at?: string;
  expires_at?: string | null;
  last_used_at?: string | null;
}
export interface SignedInDevice {
  id: string;
  created_at?: string;
  seen_at?: string;
  remote?: string;
  agent?: string;
  current?: boolean;
}
export type CompanySettings = Record<string, string | number | boolean | null | undefined>;

export interface ServerEvent {
  object: string;
  id: string;
  version: number;
  action: string;
  by?: string;
}
