import type { Comparison } from '@/api';

// The filter of a list as a person builds it: conditions joined by all or any. It reads and writes the filter JSON of
// the API. What the builder cannot show (nested groups, conditions on linked records) is kept whole as `raw`, so that a
// saved view of a program is never damaged by opening it.

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

export interface RawCondition {
  raw: Json;
}

export interface FilterModel {
  match: 'all' | 'any';
  conditions: (Condition | RawCondition)[];
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
  'this_year',
  'last_year',
  'fiscal_year',
  'last_fiscal_year',
  'last_days:7',
  'last_days:30',
  'last_days:90',
  'last_days:365',
  'next_days:7',
  'next_days:30',
  'before_days:90',
  'before_days:180',
] as const;

export function isRaw(condition: Condition | RawCondition): condition is RawCondition {
  return 'raw' in condition;
}

export function needsValue(operator: Operator): boolean {
  return operator !== 'filled' && operator !== 'empty';
}

// Whether a condition says something yet: a half-made one must not empty the list.
export function isComplete(condition: Condition | RawCondition): boolean {
  if (isRaw(condition) || !needsValue(condition.operator)) return true;
  const { value, operator } = condition;
  if (operator === 'between')
    return Array.isArray(value) && value.length === 2 && value.every((end) => !isBlank(end));
  if (Array.isArray(value)) return value.length > 0;
  return !isBlank(value);
}

function isBlank(value: Json): boolean {
  return value === null || value === '';
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// undefined when there is nothing to filter by.
export function toFilterJson(model: FilterModel): Json | undefined {
  const parts = model.conditions.filter(isComplete).map(conditionJson);
  if (parts.length === 0) return undefined;
  if (parts.length === 1) return parts[0];
  return model.match === 'all' ? { and: parts } : { or: parts };
}

function conditionJson(condition: Condition | RawCondition): Json {
  if (isRaw(condition)) return condition.raw;
  const { field, operator, value } = condition;
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

export function fromFilterJson(json: Json | undefined): FilterModel {
  if (!isObject(json) || Object.keys(json).length === 0) return emptyFilter;
  const keys = Object.keys(json);
  const group = keys.length === 1 ? keys[0] : undefined;
  const parts = group === 'and' || group === 'or' ? json[group] : undefined;
  if (Array.isArray(parts)) {
    const any = group === 'or';
    return {
      match: any ? 'any' : 'all',
      conditions: parts.flatMap((part) => {
        const read = readConditions(part);
        // Several conditions inside one part of an "or" belong together and cannot be shown apart.
        return any && read.length > 1 ? [{ raw: part }] : read;
      }),
    };
  }
  return { match: 'all', conditions: readConditions(json) };
}

// {"a":{"gte":1,"lte":2},"b":{..}} holds several conditions that all must be true.
function readConditions(json: Json): (Condition | RawCondition)[] {
  if (!isObject(json)) return [{ raw: json }];
  const found: Condition[] = [];
  for (const [field, test] of Object.entries(json)) {
    if (field === 'not' && isObject(test)) {
      const inner = readConditions(test);
      const only = inner.length === 1 ? inner[0] : undefined;
      if (!only || isRaw(only) || only.operator !== 'in') return [{ raw: json }];
      found.push({ ...only, operator: 'not_in' });
      continue;
    }
    if (!isObject(test) || field === 'and' || field === 'or') return [{ raw: json }];
    for (const [operator, value] of Object.entries(test)) {
      const condition = readCondition(field, operator, value);
      if (!condition) return [{ raw: json }];
      found.push(condition);
    }
  }
  return found;
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
