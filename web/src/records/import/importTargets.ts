import type { FieldMeta, Label, ObjectMeta } from '@/api';
import { isEditable } from '../fieldGroups';

export interface TargetGroup {
  /** Of the objects on the way, the one that is imported left out; empty: its own fields. */
  path: string;
  labels: Label[];
  fields: { key: string; label: Label }[];
}

function fieldsOf(object: ObjectMeta): TargetGroup['fields'] {
  const all = [
    ...(object.wholes ?? []).map((whole) => ({ key: whole.key, label: whole.label })),
    ...object.fields.filter(takesACell).map((field) => ({ key: field.key, label: field.label })),
  ];
  return all.filter((field, at) => all.findIndex((other) => other.key === field.key) === at);
}

function takesACell(field: FieldMeta): boolean {
  return (
    field.key === 'owner_id' ||
    field.key === 'team_id' ||
    (isEditable(field) && !field.hidden && field.kind !== 'file')
  );
}

/** What an export of ours says beside the names: by the ids the right one of two is linked. */
function idsOf(object: ObjectMeta): TargetGroup['fields'] {
  const links = object.fields.filter((field) => field.kind === 'link' || field.kind === 'links');
  return links
    .filter((field) => isEditable(field) && !field.hidden)
    .map((field) => ({
      key: `${field.key}.id`,
      label: { ja: `${field.label.ja}の番号`, en: `${field.label.en} (record id)` },
    }));
}

/** Links to what a record is of: the customer, the order of a line. */
function mainLinks(object: ObjectMeta): FieldMeta[] {
  return object.fields.filter(
    (field) =>
      field.kind === 'link' &&
      isEditable(field) &&
      (field.key === object.parent_link || object.customer_links?.includes(field.key)),
  );
}

/** Everything that one row of a list of `object` can fill: its fields, what it links to, what links to it. */
export function targetGroups(object: ObjectMeta, objects: ObjectMeta[]): TargetGroup[] {
  const find = (key: string | null | undefined) => objects.find((each) => each.key === key);
  const own = [...fieldsOf(object), ...idsOf(object)];
  const out: TargetGroup[] = [{ path: '', labels: [], fields: own }];
  const follow = (from: ObjectMeta, path: string, labels: Label[], depth: number) => {
    for (const link of mainLinks(from)) {
      const target = find(link.target);
      if (!target || depth > 3) continue;
      const here = path ? `${path}.${link.key}` : link.key;
      out.push({ path: here, labels: [...labels, link.label], fields: fieldsOf(target) });
      follow(target, here, [...labels, link.label], depth + 1);
    }
  };
  follow(object, '', [], 1);
  if (!object.customer) return out;
  for (const other of objects) {
    const linked = other.permissions.create && other.customer_links?.includes(object.key);
    if (!linked || other.key === object.key || other.customer || other.in_navigation === false) continue;
    out.push({ path: other.key, labels: [other.label], fields: fieldsOf(other) });
  }
  return out;
}

/** The label of "field:company.phone": 会社 › 代表電話. Empty when nothing is known of it. */
export function targetLabel(
  to: string,
  groups: TargetGroup[],
  label: (label: Label | undefined) => string,
): string {
  const key = to.replace(/^field:/, '');
  const find = (path: string, name: string) => {
    const group = groups.find((each) => each.path === path);
    const field = group?.fields.find((each) => each.key === name);
    return group && field && { group, field };
  };
  const dot = key.lastIndexOf('.');
  const found = find('', key) ?? find(key.slice(0, Math.max(dot, 0)), key.slice(dot + 1));
  if (!found) return '';
  const { group, field } = found;
  return [...group.labels, field.label].map((each) => label(each)).join(' › ');
}
