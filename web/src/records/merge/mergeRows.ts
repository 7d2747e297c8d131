import type { FieldMeta, FieldValue, MergePlan, ObjectMeta, RecordData, Values } from '@/api';
import { isEmpty, isHiddenLink, sameValue, toWrite } from '@/fields';
import { type FieldGroup, groupFields, isEditable } from '../fieldGroups';

/** One line of the comparison: a field, or the parts of an address or a name, which come from one record. */
export interface MergeRow {
  group: FieldGroup;
  /** The record whose value is proposed; undefined: nothing to choose. */
  from?: string;
  /** Two records say different things. */
  conflict: boolean;
  /** All values are kept together. */
  union: boolean;
  same: boolean;
}

const several = new Set<FieldMeta['kind']>(['links', 'users']);

function isUnion(field: FieldMeta): boolean {
  return several.has(field.kind) || field.comparison === 'items';
}

function hides(value: FieldValue): boolean {
  return isHiddenLink(value) || (Array.isArray(value) && (value as unknown[]).some(isHiddenLink));
}

/** The lines of a comparison: first what differs, with conflicts on top, then what is the same in all. */
export function mergeRows(object: ObjectMeta, plan: MergePlan): { open: MergeRow[]; same: MergeRow[] } {
  const fields = object.fields.filter(
    (field) =>
      !field.hidden &&
      !field.masked &&
      (field.key === 'owner_id' || (!field.system && (!field.read_only || !!field.whole))),
  );
  const proposed = new Map(plan.choices.map((choice) => [choice.field, choice]));
  const rows = groupFields(fields, object.title, object.wholes)
    .filter((group) =>
      group.fields.some((field) => plan.records.some((record) => !isEmpty(record[field.key]))),
    )
    .map((group): MergeRow => {
      const choices = group.fields.flatMap((field) => proposed.get(field.key) ?? []);
      const same = group.fields.every((field) =>
        plan.records.every((record) => sameValue(record[field.key], plan.records[0]?.[field.key])),
      );
      const choosable =
        !same &&
        group.fields.every(
          (field) =>
            !isUnion(field) &&
            field.kind !== 'file' &&
            (isEditable(field) || field.key === 'owner_id' || field.read_only) &&
            plan.records.every((record) => !hides(record[field.key])),
        );
      return {
        group,
        from: choosable ? (choices[0]?.from ?? plan.into) : undefined,
        conflict: choices.some((choice) => choice.conflict),
        union: group.fields.every(isUnion),
        same,
      };
    });
  const rank = (row: MergeRow) => (row.conflict ? 0 : row.from !== undefined ? 1 : 2);
  return {
    open: rows.filter((row) => !row.same).toSorted((a, b) => rank(a) - rank(b)),
    same: rows.filter((row) => row.same),
  };
}

/** What is sent: of every line that differs the values of its record, so that what is kept is what was shown. */
export function mergeValues(
  rows: readonly MergeRow[],
  records: readonly RecordData[],
  picked: Readonly<Record<string, string>>,
): Values {
  const values: Values = {};
  for (const row of rows) {
    if (row.from === undefined) continue;
    const record = records.find((each) => each.id === (picked[row.group.key] ?? row.from));
    if (!record) continue;
    for (const field of row.group.fields)
      if (isEditable(field) || field.key === 'owner_id') values[field.key] = toWrite(record[field.key]);
  }
  return values;
}
