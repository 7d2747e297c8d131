import { useQueries } from '@tanstack/react-query';
import {
  fetchRecord,
  keys,
  type ObjectMeta,
  type Reference,
  useObjects,
  useSession,
  useUserOptions,
} from '@/api';
import { useTexts } from '@/ui';
import type { FilterProps } from '../../kind';
import { PickerInput } from '../PickerInput';

interface ReferenceFilterProps extends FilterProps {
  target: string | null;
}

const noObject: ObjectMeta = {
  key: '',
  plural: '',
  label: { ja: '', en: '' },
  plural_label: { ja: '', en: '' },
  title: '',
  permissions: { read: false, create: false, update: false, delete: false, import: false, export: false },
  sections: [],
  links_in: [],
  fields: [],
};

/** Records or users by their names. The filter holds ids only, so the names are read for it. */
export function ReferenceFilter(props: ReferenceFilterProps) {
  const { field, operator, value, onChange } = props;
  const ids = (Array.isArray(value) ? value : [value]).filter(
    (id) => typeof id === 'string' && id !== '',
  ) as string[];
  const chosen = useReferences(props.target, ids);
  const single = operator === 'has' || operator === 'eq';
  return (
    <PickerInput
      id={props.id}
      field={field}
      object={noObject}
      value={chosen}
      onChange={(next) => {
        const picked = (Array.isArray(next) ? (next as Reference[]) : []).map((each) => each.id);
        onChange(single ? (picked.at(-1) ?? '') : picked);
      }}
      label={props.label}
      hideLabel
      multiple
      target={props.target}
      offerMe={props.target === null}
    />
  );
}

/** Names of records or users known by their ids; "me" is whoever reads. */
function useReferences(target: string | null, ids: string[]): Reference[] {
  const nameOf = useNames(ids.map((id) => ({ target, id })));
  return ids.map((id) => ({ id, title: nameOf(target, id) }));
}

export interface Named {
  /** Key of the object; null = a user. */
  target: string | null;
  id: string;
}

/** The same for records of several objects: what each is called, "…" until that is known. */
export function useNames(wanted: readonly Named[]): (target: string | null, id: string) => string {
  const { t } = useTexts();
  const objects = useObjects();
  const session = useSession();
  const users = useUserOptions(
    '',
    wanted.some((each) => each.target === null),
  );
  const records = wanted.flatMap(({ target, id }) => {
    const object = objects.find((each) => each.key === target);
    return object && id !== 'me' ? [{ object, id }] : [];
  });
  const read = useQueries({
    queries: records.map(({ object, id }) => ({
      queryKey: keys.record(object.key, id),
      queryFn: ({ signal }: { signal: AbortSignal }) => fetchRecord(object, id, signal),
      staleTime: 60_000,
    })),
  });
  return (target, id) => {
    if (id === 'me') return t('fields.me');
    if (target !== null) {
      const at = records.findIndex((each) => each.object.key === target && each.id === id);
      return read[at]?.data?.title ?? '…';
    }
    const known = users.data?.find((user) => user.id === id);
    return known?.title ?? (session.data?.user.id === id ? session.data.user.title : '…');
  };
}
