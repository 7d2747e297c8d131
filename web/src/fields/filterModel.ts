import type { Comparison } from '@/api';

// The filter of a list as a person builds it: conditions on fields and on related records, joined by all or any, with
// one level of groups. It reads and writes the filter JSON of the API. What the builder cannot show (deeper groups, an
// operator that it does not know) is kept whole as `raw`, so that a saved view of a program is never damaged by opening it.

export type Operator =
  | 'contains'
  | 'starts'
  | 'eq'
  | 'ne'
  | 'gte'
  | 'lte'
  | 'gt'
  | 'lt'
  | 'between'
  | 'relative'
  | 'in'
  | 'not_in'
  | 'has'
  | 'filled'
  | 'empty';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export interface Condition {
  field: string;
  operator: Operator;
  value: Json;
}

export type RelatedHow = 'some' | 'none' | 'at_least' | 'at_most';

/** On other records: those that point here (`related` is their plural) or the one that a link field leads to (its key). */
export interface RelatedCondition {
  related: string;
  /** By which of their fields they point here; without it the server takes the first. */
  via?: string;
  how: RelatedHow;
  /** Of at_least and at_most. */
  count: number | null;
  /** Which of them are meant; all when there is no condition. */
  of: FilterModel;
}

export interface FilterGroup {
  group: FilterModel;
}

export interface RawCondition {
  raw: Json;
}

export type FilterItem = Condition | RelatedCondition | FilterGroup | RawCondition;

export interface FilterModel {
  match: 'all' | 'any';
  conditions: FilterItem[];
}

export const emptyFilter: FilterModel = { match: 'all', conditions: [] };

// In the order the builder offers them; the first is the usual one.
const operators: Record<Comparison, readonly Operator[]> = {
  text: ['contains', 'starts', 'eq', 'ne', 'filled', 'empty'],
  number: ['gte', 'lte', 'between', 'eq', 'ne', 'gt', 'lt', 'filled', 'empty'],
  date: ['relative', 'gte', 'lte', 'between', 'eq', 'filled', 'empty'],
  choice: ['in', 'not_in', 'filled', 'empty'],
  items: ['has', 'filled', 'empty'],
  link: ['in', 'not_in', 'filled', 'empty'],
  yes_no: ['eq'],
  none: [],
};

export function operatorsFor(comparison: Comparison): readonly Operator[] {
  return operators[comparison];
}

export const relativePeriods = [
  'today',
  'yesterday',
  'tomorrow',
  'this_week',
  'last_week',
  'next_week',
  'this_month',
  'last_month',
  'next_month',
  'fiscal_quarter',
  'last_fiscal_quarter',
  'next_fiscal_quarter',
  'fiscal_half',
  'last_fiscal_half',
  'next_fiscal_half',
  'fiscal_year',
  'last_fiscal_year',
  'next_fiscal_year',
  'this_year',
  'last_year',
  'next_year',
] as const;

/** Periods counted from today: the past so many days, those to come, longer ago, longer ago or never. */
export const countedWays = ['last', 'next', 'before', 'not_for'] as const;
export const countedUnits = ['days', 'weeks', 'months'] as const;

export interface CountedPeriod {
  way: (typeof countedWays)[number];
  unit: (typeof countedUnits)[number];
  count: number;
}

/** "last_days:90" -> the past 90 days; nothing for other words. */
export function readCounted(word: string): CountedPeriod | undefined {
  const found = /^(last|next|before|not_for)_(days|weeks|months):(\d{1,5})$/.exec(word);
  if (!found) return undefined;
  const [, way, unit, count] = found;
  return { way: way as CountedPeriod['way'], unit: unit as CountedPeriod['unit'], count: Number(count) };
}

export function writeCounted({ way, unit, count }: CountedPeriod): string {
  return `${way}_${unit}:${count}`;
}

export function isRaw(item: FilterItem): item is RawCondition {
  return 'raw' in item;
}

export function isRelated(item: FilterItem): item is RelatedCondition {
  return 'related' in item;
}

export function isGroup(item: FilterItem): item is FilterGroup {
  return 'group' in item;
}

/** A condition on a field that is still to be chosen. */
export const openCondition: Condition = { field: '', operator: 'eq', value: null };

/** A condition on related records that are still to be chosen. */
export const openRelated: RelatedCondition = { related: '', how: 'some', count: null, of: emptyFilter };

export function isOpen(item: FilterItem): boolean {
  return 'field' in item && item.field === '';
}

export function needsValue(operator: Operator): boolean {
  return operator !== 'filled' && operator !== 'empty';
}

// Whether a condition says something yet: a half-made one must not empty the list.
export function isComplete(item: FilterItem): boolean {
  if (isRaw(item)) return true;
  if (isGroup(item)) return item.group.conditions.some(isComplete);
  if (isRelated(item)) return item.related !== '' && (!isCounted(item.how) || item.count !== null);
  if (isOpen(item)) return false;
  if (!needsValue(item.operator)) return true;
  const { value, operator } = item;
  if (operator === 'between')
    return Array.isArray(value) && value.length === 2 && value.every((end) => !isBlank(end));
  if (Array.isArray(value)) return value.length > 0;
  return !isBlank(value);
}

export function isCounted(how: RelatedHow): boolean {
  return how === 'at_least' || how === 'at_most';
}

function isBlank(value: Json): boolean {
  return value === null || value === '';
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// undefined when there is nothing to filter by.
export function toFilterJson(model: FilterModel): Json | undefined {
  const parts = model.conditions.filter(isComplete).map(itemJson);
  if (parts.length === 0) return undefined;
  if (parts.length === 1) return parts[0];
  return model.match === 'all' ? { and: parts } : { or: parts };
}

function itemJson(item: FilterItem): Json {
  if (isRaw(item)) return item.raw;
  if (isGroup(item)) return toFilterJson(item.group) ?? {};
  if (isRelated(item)) return relatedJson(item);
  const { field, operator, value } = item;
  switch (operator) {
    case 'filled':
      return { [field]: { empty: false } };
    case 'empty':
      return { [field]: { empty: true } };
    case 'not_in':
      return { not: { [field]: { in: value } } };
    default:
      return { [field]: { [operator]: value } };
  }
}

function relatedJson({ related, via, how, count, of }: RelatedCondition): Json {
  const where = toFilterJson(of);
  const through: { [key: string]: Json } = via ? { via } : {};
  if (!isCounted(how)) return { [related]: { [how]: where ?? {}, ...through } };
  return { [related]: { ...(where === undefined ? {} : { where }), [how]: count, ...through } };
}

// Where conditions stand: groups are shown at the top only, and what is asked of related records is about their fields.
type Place = 'top' | 'group' | 'related';

export function fromFilterJson(json: Json | undefined): FilterModel {
  return readModel(json, 'top');
}

function readModel(json: Json | undefined, place: Place): FilterModel {
  if (!isObject(json) || Object.keys(json).length === 0) return emptyFilter;
  const parts = partsOf(json);
  if (!parts) return { match: 'all', conditions: readItems(json, place) };
  const { match, items } = parts;
  return {
    match,
    conditions: items.flatMap((part) => {
      const read = readItems(part, place);
      // Several conditions inside one part of an "or" belong together.
      if (match === 'all' || read.length <= 1) return read;
      return place === 'top' ? [{ group: { match: 'all', conditions: read } }] : [{ raw: part }];
    }),
  };
}

// {"and":[…]} or {"or":[…]} and nothing else.
function partsOf(json: Json): { match: FilterModel['match']; items: Json[] } | undefined {
  if (!isObject(json)) return undefined;
  const [key, ...more] = Object.keys(json);
  const items = (key === 'and' || key === 'or') && more.length === 0 ? json[key] : undefined;
  return Array.isArray(items) ? { match: key === 'or' ? 'any' : 'all', items } : undefined;
}

// {"a":{"gte":1,"lte":2},"b":{..}} holds several conditions that all must be true.
function readItems(json: Json, place: Place): FilterItem[] {
  if (!isObject(json)) return [{ raw: json }];
  if (partsOf(json)) return place === 'top' ? [{ group: readModel(json, 'group') }] : [{ raw: json }];
  const found: FilterItem[] = [];
  for (const [field, test] of Object.entries(json)) {
    if (!isObject(test) || field === 'and' || field === 'or') return [{ raw: json }];
    if (field === 'not') {
      const [only, ...more] = readItems(test, 'related');
      if (!only || more.length > 0 || !('operator' in only) || only.operator !== 'in') return [{ raw: json }];
      found.push({ ...only, operator: 'not_in' });
      continue;
    }
    if (isAboutRelated(test)) {
      const related = place === 'related' ? undefined : readRelated(field, test);
      if (!related) return [{ raw: json }];
      found.push(related);
      continue;
    }
    for (const [operator, value] of Object.entries(test)) {
      const condition = readCondition(field, operator, value);
      if (!condition) return [{ raw: json }];
      found.push(condition);
    }
  }
  return found;
}

const relatedKeys: readonly string[] = ['some', 'none', 'where', 'at_least', 'at_most', 'via'];

function isAboutRelated(test: { [key: string]: Json }): boolean {
  return Object.keys(test).some((key) => relatedKeys.includes(key));
}

// One question only: some, none or one number, with the conditions that belong to it.
function readRelated(related: string, test: { [key: string]: Json }): RelatedCondition | undefined {
  const { via, where, ...asked } = test;
  const [how, ...more] = Object.keys(asked);
  const told = how === undefined ? undefined : asked[how];
  if (more.length > 0 || (via !== undefined && typeof via !== 'string')) return undefined;
  const through = via === undefined ? {} : { via };
  if ((how === 'some' || how === 'none') && where === undefined && isObject(told))
    return { related, ...through, how, count: null, of: readModel(told, 'related') };
  if ((how === 'at_least' || how === 'at_most') && typeof told === 'number')
    return { related, ...through, how, count: told, of: readModel(where, 'related') };
  return undefined;
}

const known = new Set<string>([
  'contains',
  'starts',
  'eq',
  'ne',
  'gte',
  'lte',
  'gt',
  'lt',
  'between',
  'relative',
  'in',
  'has',
]);

function readCondition(field: string, operator: string, value: Json): Condition | undefined {
  if (operator === 'empty') return { field, operator: value === false ? 'filled' : 'empty', value: null };
  if (!known.has(operator)) return undefined;
  return { field, operator: operator as Operator, value };
}
