import type { FieldMeta, FieldRight, Label, ObjectMeta, RoleDefinition, RoleRights, Scope } from '@/api';
import { groupFields, shownFields } from '@/records/fieldGroups';

// What a role may do, as the screen shows and changes it. The server decides; these follow its rules so that the screen
// says beforehand what will be.

export type Rights = Required<RoleRights>;
export const scopes: readonly Scope[] = ['all', 'team', 'own', 'none'];

/** Changes that are not saved yet. null in `fields` returns to the first setting. */
export interface RoleDraft {
  objects: Record<string, Rights>;
  fields: Record<string, FieldRight | null>;
}
export const emptyRoleDraft: RoleDraft = { objects: {}, fields: {} };

export function changeCount(draft: RoleDraft): number {
  return Object.keys(draft.objects).length + Object.keys(draft.fields).length;
}

const nothing: Rights = { read: 'none', create: false, update: 'none', delete: 'none', export: false };

/** `*` holds for every kind of record that has no rights of its own. */
export function rightsOf(role: RoleDefinition, draft: RoleDraft, object: string): Rights {
  const own = draft.objects[object] ?? role.objects[object];
  const rest = draft.objects['*'] ?? role.objects['*'];
  return { ...nothing, ...(own ?? rest) };
}

export function hasOwnRights(role: RoleDefinition, draft: RoleDraft, object: string): boolean {
  return object in draft.objects || object in role.objects;
}

export function isWithin(scope: Scope, limit: Scope): boolean {
  return scopes.indexOf(scope) >= scopes.indexOf(limit);
}

/** What cannot be read can be neither changed nor deleted nor made nor taken out: narrowing what is read narrows the rest. */
export function withRight(rights: Rights, right: keyof Rights, to: Scope | boolean): Rights {
  const next: Rights = { ...rights, [right]: to };
  if (!isWithin(next.update, next.read)) next.update = next.read;
  if (!isWithin(next.delete, next.read)) next.delete = next.read;
  if (next.read === 'none') return { ...nothing };
  return next;
}

export function sameRights(a: Rights, b: Rights): boolean {
  return (Object.keys(nothing) as (keyof Rights)[]).every((key) => a[key] === b[key]);
}

export function setObject(role: RoleDefinition, draft: RoleDraft, object: string, rights: Rights): RoleDraft {
  const { [object]: _before, ...rest } = draft.objects;
  const stored = role.objects[object];
  const unchanged = stored && sameRights({ ...nothing, ...stored }, rights);
  return { ...draft, objects: unchanged ? rest : { ...rest, [object]: rights } };
}

/** Usual ways of working, for those who do not want to think about single rights. Taking data out stays as it is. */
export const presets = ['everything', 'team', 'own', 'readOnly'] as const;
export type Preset = (typeof presets)[number];
const presetRights: Record<Preset, Omit<Rights, 'export'>> = {
  everything: { read: 'all', create: true, update: 'all', delete: 'own' },
  team: { read: 'team', create: true, update: 'team', delete: 'own' },
  own: { read: 'own', create: true, update: 'own', delete: 'own' },
  readOnly: { read: 'all', create: false, update: 'none', delete: 'none' },
};

/** The preset that these rights are, for all kinds of records. */
export function presetOf(role: RoleDefinition, draft: RoleDraft): Preset | undefined {
  const all = Object.keys({ ...role.objects, ...draft.objects, '*': true });
  return presets.find((preset) =>
    all.every((object) => {
      const { export: out, ...rights } = rightsOf(role, draft, object);
      return sameRights({ ...rights, export: out }, { ...presetRights[preset], export: out });
    }),
  );
}

export function withPreset(role: RoleDefinition, draft: RoleDraft, preset: Preset): RoleDraft {
  let next = draft;
  for (const object of Object.keys({ ...role.objects, ...draft.objects, '*': true })) {
    const { export: out } = rightsOf(role, draft, object);
    next = setObject(role, next, object, { ...presetRights[preset], export: out });
  }
  return next;
}

// --- fields ---

/** One line of the table of fields: a field, or the parts that are one thing (an address, a name with its kana). */
export interface RightGroup {
  key: string;
  label: Label;
  section: string;
  fields: FieldMeta[];
  sensitive: boolean;
}

export function rightGroups(object: ObjectMeta): RightGroup[] {
  return groupFields(shownFields(object), object.title, object.wholes).map((group) => ({
    ...group,
    section: group.fields[0]?.section ?? '',
    sensitive: group.fields.some((field) => field.sensitive),
  }));
}

const fieldRights: readonly FieldRight[] = ['none', 'masked', 'read', 'write'];

/** What stands without a setting: sensitive fields are for those who manage. */
export function firstRight(role: string, group: RightGroup): FieldRight {
  const manages = role === 'owner' || role === 'manager';
  if (group.sensitive && !manages) return 'none';
  return group.fields.every((field) => field.read_only) ? 'read' : 'write';
}

/** The right of a group, and whether it was set by somebody. Parts may have been set apart (by the API): the least counts. */
export function fieldRightOf(
  role: RoleDefinition,
  draft: RoleDraft,
  object: string,
  group: RightGroup,
): { right: FieldRight; set: boolean } {
  const first = firstRight(role.key, group);
  const settings = { ...role.fields, ...draft.fields };
  const found = group.fields
    .map((field) => settings[`${object}.${field.key}`] ?? settings[`${object}.${group.key}`])
    .filter((right) => right !== null && right !== undefined);
  if (found.length === 0) return { right: first, set: false };
  const least = found.reduce((a, b) => (fieldRights.indexOf(a) <= fieldRights.indexOf(b) ? a : b));
  return { right: least, set: true };
}

/** Nobody reads more of a field than of what it is made from: the source that takes something away, and what it leaves. */
export function limitOf(
  role: RoleDefinition,
  draft: RoleDraft,
  objects: readonly ObjectMeta[],
  object: ObjectMeta,
  group: RightGroup,
  passed: readonly string[] = [],
): { right: FieldRight; source: RightGroup } | null {
  let least: { right: FieldRight; source: RightGroup } | null = null;
  for (const name of group.fields.flatMap((field) => field.made_from ?? [])) {
    const [of, key] = name.includes('.') ? name.split('.') : [object.key, name];
    const from = objects.find((each) => each.key === of);
    const source = from && rightGroups(from).find((each) => each.fields.some((field) => field.key === key));
    if (!source || (of === object.key && source.key === group.key) || passed.includes(name)) continue;
    const deeper = limitOf(role, draft, objects, from, source, [...passed, name]);
    const own = fieldRightOf(role, draft, from.key, source).right;
    const found = deeper && isLess(deeper.right, own) ? deeper : { right: own, source };
    if (isLess(found.right, 'read') && (!least || isLess(found.right, least.right))) least = found;
  }
  return least;
}

function isLess(a: FieldRight, b: FieldRight): boolean {
  return fieldRights.indexOf(a) < fieldRights.indexOf(b);
}

/** Sets the whole group; null is the first setting. Settings of its parts give way. */
export function setField(
  role: RoleDefinition,
  draft: RoleDraft,
  object: string,
  group: RightGroup,
  right: FieldRight | null,
): RoleDraft {
  const fields = { ...draft.fields };
  const put = (key: string, to: FieldRight | null) => {
    if ((role.fields?.[key] ?? null) === to) delete fields[key];
    else fields[key] = to;
  };
  for (const field of group.fields) if (field.key !== group.key) put(`${object}.${field.key}`, null);
  put(`${object}.${group.key}`, right);
  return { ...draft, fields };
}

/** Groups of an object whose right differs from the first setting. */
export function setGroups(role: RoleDefinition, draft: RoleDraft, object: ObjectMeta): RightGroup[] {
  return rightGroups(object).filter(
    (group) => fieldRightOf(role, draft, object.key, group).right !== firstRight(role.key, group),
  );
}

// --- in words ---

/** What a role sees and does, for a sentence a line: the usual first, then what differs. Texts are the caller's. */
export interface RoleSummary {
  usual: Rights;
  /** Kinds of records with rights of their own that differ. */
  differing: { object: ObjectMeta; rights: Rights }[];
  /** Fields that this role does not see, sees as ＊＊＊, may only read. */
  fields: { object: ObjectMeta; right: FieldRight; groups: RightGroup[] }[];
}

export function summaryOf(
  role: RoleDefinition,
  draft: RoleDraft,
  objects: readonly ObjectMeta[],
): RoleSummary {
  const usual = rightsOf(role, draft, '*');
  const differing = objects
    .map((object) => ({ object, rights: rightsOf(role, draft, object.key) }))
    .filter(({ rights }) => !sameRights(rights, usual));
  const fields = objects
    .filter((object) => rightsOf(role, draft, object.key).read !== 'none')
    .flatMap((object) => {
      const groups = rightGroups(object);
      return (['none', 'masked', 'read'] as const).flatMap((right) => {
        const found = groups.filter((group) => {
          const own = fieldRightOf(role, draft, object.key, group).right;
          const limit = limitOf(role, draft, objects, object, group);
          const now = limit && isLess(limit.right, own) ? limit.right : own;
          // What nobody writes is no right taken away.
          const takes = right !== 'read' || !group.fields.every((field) => field.read_only);
          return now === right && takes;
        });
        return found.length > 0 ? [{ object, right, groups: found }] : [];
      });
    });
  return { usual, differing, fields };
}
