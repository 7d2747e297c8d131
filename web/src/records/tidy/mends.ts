import type { FieldMeta, FieldValue, ObjectMeta, TidyBody, TidyMend, TidyRecord, TidyScope } from '@/api';
import { isEmpty, toWrite } from '@/fields';

interface Mend {
  key: TidyMend;
  /** What has to be said before it is clear what will change. */
  asks?: 'day' | 'stage' | 'owner';
  /** A value that may be said in place of what the server proposes. */
  offers?: 'link';
  needs: 'update' | 'delete' | 'task';
  danger?: boolean;
}

const trash: Mend = { key: 'trash', needs: 'delete', danger: true };
const owner: Mend = { key: 'owner', asks: 'owner', needs: 'update' };
const clear: Mend = { key: 'clear', needs: 'update' };

// In the order of the bar: what is done most comes first, what removes comes last.
const kMends: Record<string, readonly Mend[]> = {
  stale: [
    { key: 'todo', asks: 'day', needs: 'task' },
    { key: 'stage', asks: 'stage', needs: 'update' },
    owner,
    trash,
  ],
  impossible: [{ key: 'proposal', needs: 'update' }, clear],
  orphans: [{ key: 'link', offers: 'link', needs: 'update' }, owner, trash],
  bounced: [clear, { key: 'mark', needs: 'update' }],
  choices: [{ key: 'fold', needs: 'update' }],
  unused_fields: [{ key: 'hide', needs: 'update' }],
};

export type { Mend };

/** What can be done about a check's records, by someone with these rights. A check of a newer server is only shown. */
export function mendsOf(check: string, object: ObjectMeta, objects: readonly ObjectMeta[]): readonly Mend[] {
  const mayAddTasks = objects.some((each) => each.key === 'task' && each.permissions.create);
  return (kMends[check] ?? []).filter(({ needs }) =>
    needs === 'task' ? mayAddTasks : object.permissions[needs],
  );
}

export function mendOf(check: string, key: TidyMend): Mend | undefined {
  return kMends[check]?.find((mend) => mend.key === key);
}

/** What a mend is about: ticked records, everything a check finds, the spellings of one field, or one own field. */
export type Target =
  | { ids: string[] }
  | { all: true; scope: TidyScope }
  | { field: string; values: string[]; value: string }
  | { field: string };

/** The request of a mend, or undefined while something has still to be said. */
export function bodyOf(object: string, mend: Mend, target: Target, value: FieldValue): TidyBody | undefined {
  const body: TidyBody = { object, mend: mend.key };
  if ('ids' in target) body.ids = target.ids;
  else if ('all' in target) Object.assign(body, { all: true }, target.scope);
  else Object.assign(body, target);
  if (mend.asks && isEmpty(value)) return undefined;
  if (mend.asks === 'day' && !/^\d{4}-\d{2}-\d{2}$/.test(String(value))) return undefined;
  if ((mend.asks || mend.offers) && !isEmpty(value)) body.value = toWrite(value);
  return body;
}

/** The field whose choices the days are told by: the stage of a customer, the step of a deal. */
export function fieldOfDays(
  object: ObjectMeta,
  days: Record<string, number> | undefined,
): FieldMeta | undefined {
  const keys = Object.keys(days ?? {});
  if (keys.length === 0) return undefined;
  return object.fields.find(
    (field) =>
      field.kind === 'choice' && keys.every((key) => field.options?.some((option) => option.key === key)),
  );
}

/** The link that the problems are about, for choosing another record than the proposed one. */
export function linkOf(object: ObjectMeta, records: readonly TidyRecord[]): FieldMeta | undefined {
  for (const { problems } of records)
    for (const problem of problems) {
      const field = object.fields.find((each) => each.key === problem.field && each.kind === 'link');
      if (field) return field;
    }
  return undefined;
}
