import type { FieldValue, ObjectMeta, Reference, Values } from '@/api';
import { isEmpty } from '@/fields';

/** One line of a purchase as it is typed. */
export interface LineDraft {
  /** Of the row on the screen, not of a record. */
  key: number;
  /** A product, or with an empty id only what it is called. */
  item: Reference | null;
  quantity: FieldValue;
  price: FieldValue;
}

/** Which fields of the line's object hold what. */
export interface LineFields {
  object: string;
  item: string;
  text: string;
  quantity: string;
  price: string;
  position: string;
}

export function newLine(key: number): LineDraft {
  return { key, item: null, quantity: 1, price: null };
}

/** A quantity alone says nothing: it stands there from the start. */
export function isLineEmpty(line: LineDraft): boolean {
  return line.item === null && isEmpty(line.price);
}

/** Yen, rounded as the server rounds: halves away from zero. undefined while a number is missing or cannot be read. */
export function lineAmount({ quantity, price }: LineDraft): number | undefined {
  if (typeof quantity !== 'number' || typeof price !== 'number') return undefined;
  // Quantities have four decimals; as whole numbers they multiply without an error.
  const exact = (Math.round(quantity * 10_000) * price) / 10_000;
  return Math.sign(exact) * Math.round(Math.abs(exact));
}

export function linesTotal(lines: readonly LineDraft[]): number {
  return lines.reduce((sum, line) => sum + (lineAmount(line) ?? 0), 0);
}

/** The lines that say something, in the form that is sent. What the caller may not write is left out. */
export function lineValues(lines: readonly LineDraft[], object: ObjectMeta, fields: LineFields): Values[] {
  const writable = (key: string) =>
    object.fields.some((field) => field.key === key && field.writable !== false && !field.read_only);
  return lines
    .filter((line) => !isLineEmpty(line))
    .map((line, at) => {
      const named = line.item?.id === '';
      const all: Values = {
        [fields.item]: named ? null : (line.item?.id ?? null),
        [fields.text]: named ? line.item?.title : null,
        [fields.quantity]: line.quantity,
        [fields.price]: line.price,
        [fields.position]: at + 1,
      };
      // An empty price is the product's, which the server knows.
      return Object.fromEntries(
        Object.entries(all).filter(([key, value]) => writable(key) && !isEmpty(value)),
      );
    });
}

/** Lines without a number of pieces: the server would take one, which nobody said. */
export function linesWithoutQuantity(lines: readonly LineDraft[]): number[] {
  return lines.filter((line) => !isLineEmpty(line) && isEmpty(line.quantity)).map((line) => line.key);
}

/** "order_lines.1.quantity" -> the message of that box. Rows are numbered as they were sent: without the empty ones. */
export function lineErrors(
  lines: readonly LineDraft[],
  plural: string,
  byField: Record<string, string>,
): Map<number, Record<string, string>> {
  const sent = lines.filter((line) => !isLineEmpty(line));
  const found = new Map<number, Record<string, string>>();
  for (const [field, message] of Object.entries(byField)) {
    const [list, row, key = ''] = field.split('.');
    const line = list === plural ? sent[Number(row)] : undefined;
    if (line) found.set(line.key, { ...found.get(line.key), [key]: message });
  }
  return found;
}
