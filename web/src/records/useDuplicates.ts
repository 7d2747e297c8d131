import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type FoundForDraft, fetchDuplicates, type ObjectMeta, type Values } from '@/api';
import { isEmpty, toWrite } from '@/fields';
import { useDebouncedValue } from '@/ui';

const kNobody: FoundForDraft = { candidates: [], begins: [] };

/** Who the record being typed might already be, and whose names begin alike. Only customers are looked for twice. */
export function useDuplicates(object: ObjectMeta, values: Values): FoundForDraft {
  const [settled] = useDebouncedValue(values, 400);
  const sent = Object.fromEntries(
    Object.entries(settled)
      .filter(([, value]) => !isEmpty(value))
      .map(([key, value]) => [key, toWrite(value)]),
  );
  const enabled = object.customer === true && Object.keys(sent).length > 0;
  const found = useQuery({
    queryKey: ['duplicates', object.key, sent],
    queryFn: ({ signal }) => fetchDuplicates(object, sent, signal),
    enabled,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return (enabled && found.data) || kNobody;
}
