// Which cells of a list have which colour. Pure: what a condition means is asked of the server, so that a colour and a
// filter with the same words mean the same records.
import type { FieldValue, RecordData } from '@/api';
import type { Json } from '@/fields/filterModel';
import type { CellPaint, RowPaint } from '@/grid/sheetTypes';

export const colors = ['red', 'orange', 'yellow', 'green', 'blue', 'purple', 'gray'] as const;
export type Color = (typeof colors)[number];

/** Records that meet a condition, in one colour. */
export interface ConditionRule {
  when: Json;
  color: Color;
  /** A field whose cell alone is coloured; the whole row when absent. */
  on?: string;
}
/** The cells of a number or date from the lowest of the list, pale, to the highest. */
export interface ScaleRule {
  scale: string; // field
}
export type ColorRule = ConditionRule | ScaleRule;

// More are no help to the eye, and each is a question to the server.
export const kMostRules = 8;

export function isScale(rule: ColorRule): rule is ScaleRule {
  return 'scale' in rule;
}

/** What an address or a view says; what is malformed is left out. */
export function readColors(value: unknown): ColorRule[] {
  const list: unknown = typeof value === 'string' ? parsed(value) : value;
  if (!Array.isArray(list)) return [];
  return list
    .flatMap((each: unknown): ColorRule[] => {
      if (typeof each !== 'object' || each === null) return [];
      const { when, color, on, scale } = each as Record<string, unknown>;
      if (typeof scale === 'string') return [{ scale }];
      const known = colors.find((name) => name === color);
      if (!known || typeof when !== 'object' || when === null || Array.isArray(when)) return [];
      return [{ when: when as Json, color: known, ...(typeof on === 'string' ? { on } : {}) }];
    })
    .slice(0, kMostRules);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The lowest and the highest value of a list. */
export interface Ends {
  low: number;
  high: number;
}

const steps = ['low', 'lower', 'middle', 'higher', 'high'] as const;

/** Which of the five steps a value has between the ends; nothing for no value, or where all are the same. */
export function stepOf(value: number | undefined, ends: Ends): string | undefined {
  if (value === undefined || !(ends.high > ends.low)) return undefined;
  const share = (value - ends.low) / (ends.high - ends.low);
  return steps[Math.max(0, Math.min(steps.length - 1, Math.floor(share * steps.length)))];
}

/** A number, or a day as one. */
export function numberOf(value: FieldValue): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value === '') return undefined;
  const number = /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : Date.parse(value);
  return Number.isNaN(number) ? undefined : number;
}

/** What is known of a rule: the records that meet it, or the ends of its scale; nothing yet while it is being asked. */
export interface RuleAnswer {
  ids?: ReadonlySet<string>;
  ends?: Ends;
  /** The rule in words. */
  why: string;
}

/** The colours of a record: of the rules that are about the same cell the first. */
export function paintOf(
  record: RecordData,
  rules: readonly ColorRule[],
  answers: readonly RuleAnswer[],
): RowPaint | undefined {
  const cells: Record<string, CellPaint> = {};
  let row: CellPaint | undefined;
  rules.forEach((rule, at) => {
    const answer = answers[at];
    if (!answer || row) return; // the row is coloured: later rules have no cell left
    const { why, ids, ends } = answer;
    if (isScale(rule)) {
      const color = ends && stepOf(numberOf(record[rule.scale]), ends);
      if (color) cells[rule.scale] ??= { color, why };
    } else if (ids?.has(record.id)) {
      if (rule.on === undefined) row = { color: rule.color, why };
      else cells[rule.on] ??= { color: rule.color, why };
    }
  });
  if (!row && Object.keys(cells).length === 0) return undefined;
  return { ...(row ? { row } : {}), ...(Object.keys(cells).length > 0 ? { cells } : {}) };
}
