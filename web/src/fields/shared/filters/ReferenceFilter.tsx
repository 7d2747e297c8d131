import { useQueries } from '@tanstack/react-query';
import {
  fetchRecord,
  keys,
  type ObjectMeta,
  type Reference,
  useObject,
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
      inPlace
      multiple
      target={props.target}
      offerMe={props.target === null}
    />
  );
}

/** Names of records or users known by their ids; "me" is whoever reads. */
export function useReferences(target: string | null, ids: string[]): Reference[] {
  const { t } = useTexts();
  const object = useObject(target ?? undefined);
  const session = useSession();
  const users = useUserOptions('', target === null && ids.length > 0);
  const records = useQueries({
    queries: (object ? ids : []).map((id) => ({
      queryKey: keys.record(object?.key ?? '', id),
      queryFn: ({ signal }: { signal: AbortSignal }) => fetchRecord(object ?? noObject, id, signal),
      staleTime: 60_000,
    })),
  });
  return ids.map((id, at) => {
    if (id === 'me') return { id, title: t('fields.me') };
    if (target !== null) return { id, title: records[at]?.data?.title ?? '…' };
    const known = users.data?.find((user) => user.id === id);
    return { id, title: known?.title ?? (session.data?.user.id === id ? session.data.user.title : '…') };
  });
}
