import type { FieldMeta, FieldValue, Label, ObjectMeta, RecordData } from '@/api';
import { isEmpty } from '@/fields';

/** What is shown and edited as one fact: one field, or the parts of an address or a name. */
export interface FieldGroup {
  key: string;
  label: Label;
  fields: FieldMeta[];
}

export interface FieldSection {
  key: string;
  label: Label;
  groups: FieldGroup[];
}

const noLabel: Label = { ja: '', en: '' };

export function shownFields(object: ObjectMeta): FieldMeta[] {
  return object.fields.filter((field) => !field.hidden && !field.system);
}

export function isEditable(field: FieldMeta): boolean {
  return field.writable !== false && !field.read_only && !field.masked && !field.system;
}

// "本社 郵便番号", "本社 市区町村" -> "本社". Too little in common says nothing: then the first label stands for all.
function sharedLabel(labels: string[]): string {
  const [first = ''] = labels;
  let length = first.length;
  for (const label of labels) while (!label.startsWith(first.slice(0, length))) --length;
  const shared = first.slice(0, length).replace(/[\s　・:：(（の]+$/, '');
  return shared.length >= 2 ? shared : '';
}

const kAddress: Label = { ja: '住所', en: 'Address' };

function wholeLabel(fields: readonly FieldMeta[], title: string | undefined): Label {
  const own = fields.find((field) => field.key === title);
  if (own) return own.label;
  const other = fields.some((field) => field.kind === 'postal_code') ? kAddress : fields[0]?.label;
  return {
    ja: sharedLabel(fields.map((field) => field.label.ja)) || other?.ja || '',
    en: sharedLabel(fields.map((field) => field.label.en || field.label.ja)) || other?.en || '',
  };
}

/** `title` is the key of the object's title field: a name made of parts is called as the whole name is. */
export function groupFields(
  fields: readonly FieldMeta[],
  title?: string,
  named: ObjectMeta['wholes'] = [],
): FieldGroup[] {
  const groups: FieldGroup[] = [];
  const wholes = new Map<string, FieldGroup>();
  for (const field of fields) {
    const known = field.whole ? wholes.get(field.whole) : undefined;
    if (known) {
      known.fields.push(field);
      continue;
    }
    const group: FieldGroup = { key: field.whole ?? field.key, label: field.label, fields: [field] };
    if (field.whole) wholes.set(field.whole, group);
    groups.push(group);
  }
  for (const group of groups) {
    if (group.fields.length > 1)
      group.label = named.find((whole) => whole.key === group.key)?.label ?? wholeLabel(group.fields, title);
  }
  return groups;
}

/** The sections of a record in the order of the object; fields of no section stand in the first. */
export function sectionsOf(
  object: ObjectMeta,
  fields: readonly FieldMeta[] = shownFields(object),
): FieldSection[] {
  const sections = object.sections.length > 0 ? object.sections : [{ key: '', label: noLabel }];
  const known = new Set(sections.map((section) => section.key));
  const first = sections[0]?.key ?? '';
  const keyOf = (field: FieldMeta) => (field.section && known.has(field.section) ? field.section : first);
  return sections
    .map((section) => ({
      ...section,
      groups: groupFields(
        fields.filter((field) => keyOf(field) === section.key),
        object.title,
        object.wholes,
      ),
    }))
    .filter((section) => section.groups.length > 0);
}

// 山田 太郎, 山田太郎 and 山田　太郎 are the same name.
function joined(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '');
}

// Which texts another one says too: a longer one, or the same one before.
function repeats(texts: readonly string[]): boolean[] {
  const all = texts.map(joined);
  return all.map((text, at) =>
    all.some(
      (other, place) => place !== at && other.includes(text) && (other.length > text.length || place < at),
    ),
  );
}

/** Of ヤマダ タロウ, ヤマダ and タロウ the first is enough. */
export function withoutRepeats(texts: readonly string[]): string[] {
  const filled = texts.filter((text) => text.trim() !== '');
  const said = repeats(filled);
  return filled.filter((_text, at) => !said[at]);
}

/** The fields of a group that are read: of a name and its parts the whole name, of the readings the whole reading. */
export function readFields(
  group: FieldGroup,
  title: string,
  record: RecordData | Record<string, FieldValue>,
): FieldMeta[] {
  const whole = group.fields.find((field) => field.key === title);
  if (!whole || group.fields.length < 2) return group.fields;
  const fields = [whole, ...group.fields.filter((field) => field !== whole)];
  const texts = fields.map((field) => {
    const value = (record as Record<string, FieldValue>)[field.key];
    return typeof value === 'string' ? value : '';
  });
  const said = repeats(texts);
  return fields.filter((_field, at) => texts[at] === '' || !said[at]);
}

export function isGroupEmpty(group: FieldGroup, record: RecordData | Record<string, FieldValue>): boolean {
  return group.fields.every(
    (field) => isEmpty((record as Record<string, FieldValue>)[field.key]) && !field.masked,
  );
}

/** Columns of a list: the chosen ones that still exist, else those the object shows by default. The title is always the
 *  first column of the sheet and so is not among them. */
export function columnFields(object: ObjectMeta, chosen: readonly string[] | undefined): FieldMeta[] {
  if (chosen) {
    return chosen.flatMap((key) => {
      const field = object.fields.find((each) => each.key === key && !each.hidden);
      return field && field.key !== object.title ? [field] : [];
    });
  }
  return object.fields.filter((field) => field.in_list && !field.hidden && field.key !== object.title);
}
