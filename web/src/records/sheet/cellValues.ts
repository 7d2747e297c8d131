// From what was typed or pasted to values: the fields' own kinds read texts, and names of records are looked up together.
import {
  type FieldMeta,
  type FieldValue,
  fetchNamed,
  fetchUserOptions,
  type Language,
  type ObjectMeta,
  type RecordData,
  type Reference,
} from '@/api';
import { kindOf, referencesOf } from '@/fields';
import type { CellChange } from './sheetEdits';

const references = new Set<string>(['link', 'links', 'user', 'users']);
const several = new Set<string>(['links', 'users']);

/** The cell as text: what is copied, and what its editor begins with. */
export function cellText(record: RecordData, field: FieldMeta | undefined, language: Language): string {
  if (!field) return '';
  if (field.masked) return '＊＊＊';
  const kind = kindOf(field.kind);
  return (kind.edit ?? kind.text)(record[field.key], field, language);
}

// Programs of sheets take such a text for a formula, and a formula can send cells away.
const kFormula = /^[=@\t\r]|^[+-](?![\d０-９.,()\s-]*$)/;

/** A text as it goes to the clipboard: never a formula of whatever program it is pasted into. */
export function safeText(text: string): string {
  return kFormula.test(text) ? `'${text}` : text;
}
/** As it was before safeText. */
export function plainText(text: string): string {
  return text.startsWith("'") && kFormula.test(text.slice(1)) ? text.slice(1) : text;
}

/** Reads a text for a field; undefined where it names records that must be looked up. */
export function readText(text: string, field: FieldMeta): FieldValue {
  if (text.trim() === '') return null;
  if (references.has(field.kind)) return undefined;
  return kindOf(field.kind).parse(text, field);
}

/** Whether a value of one field is one of the other as it stands. */
export function sameSort(a: FieldMeta, b: FieldMeta): boolean {
  if (a.key === b.key && a.id === b.id) return true;
  if (a.kind !== b.kind || a.kind === 'file') return false;
  if (references.has(a.kind)) return a.target === b.target;
  return a.kind !== 'choice' && a.kind !== 'choices';
}

/** A value that may be sent: a hidden link, a file or a mask cannot be. */
export function isCopyable(record: RecordData, field: FieldMeta): boolean {
  const value = record[field.key];
  if (field.masked || field.kind === 'file') return false;
  if (!references.has(field.kind) || value === null || value === undefined) return true;
  const seen = referencesOf(value).length;
  return seen === (Array.isArray(value) ? value.length : 1);
}

export interface Unread {
  change: CellChange;
  why: 'unknown' | 'ambiguous';
  name: string;
}

/** Finds the records and users that the texts of `changes` name. Asks once for each name. */
export async function lookUp(
  changes: readonly CellChange[],
  objects: readonly ObjectMeta[],
): Promise<{ read: CellChange[]; unread: Unread[] }> {
  const wanted = new Map<string | null, Set<string>>();
  for (const { field, text, value } of changes) {
    if (value !== undefined) continue;
    const target = targetOf(field);
    const names = wanted.get(target) ?? new Set();
    for (const name of namesIn(text, field)) names.add(name);
    wanted.set(target, names);
  }
  const found = new Map<string | null, Map<string, Reference[]>>();
  for (const [target, names] of wanted) {
    const object = objects.find((each) => each.key === target);
    if (target === null) found.set(target, await usersNamed([...names]));
    else if (object) found.set(target, await fetchNamed(object, [...names]));
  }
  const read: CellChange[] = [];
  const unread: Unread[] = [];
  for (const change of changes) {
    if (change.value !== undefined) {
      read.push(change);
      continue;
    }
    const known = found.get(targetOf(change.field));
    const hits = namesIn(change.text, change.field).map((name) => ({ name, of: known?.get(name) ?? [] }));
    const bad = hits.find(({ of }) => of.length !== 1);
    if (bad) {
      unread.push({ change, name: bad.name, why: bad.of.length === 0 ? 'unknown' : 'ambiguous' });
      continue;
    }
    const values = hits.flatMap(({ of }) => of);
    read.push({ ...change, value: several.has(change.field.kind) ? values : (values[0] ?? null) });
  }
  return { read, unread };
}

function targetOf(field: FieldMeta): string | null {
  return field.kind === 'user' || field.kind === 'users' ? null : (field.target ?? '');
}

function namesIn(text: string, field: FieldMeta): string[] {
  const names = several.has(field.kind) ? text.split(/[、,，;\n]/) : [text];
  return names.map((name) => name.trim()).filter((name) => name !== '');
}

const kMostUsers = 500;

async function usersNamed(names: readonly string[]): Promise<Map<string, Reference[]>> {
  const found = new Map<string, Reference[]>();
  const fold = (text: string) => text.normalize('NFKC').replace(/\s+/g, '').toLowerCase();
  for (const name of names) {
    // Part of a name finds users too, but only the whole one says who is meant.
    const options = await fetchUserOptions(name.split(/[\s　]+/)[0] ?? name, kMostUsers);
    found.set(
      name,
      options.filter((each) => fold(each.title) === fold(name)),
    );
  }
  return found;
}
