import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type DuplicateCandidate, fetchDuplicates, type ObjectMeta, type Values } from '@/api';
import { isEmpty, toWrite } from '@/fields';
import { useDebouncedValue } from '@/ui';

/** Who the record being typed might already be. Only customers are looked for twice. */
export function useDuplicates(object: ObjectMeta, values: Values): DuplicateCandidate[] {
  const [settled] = useDebouncedValue(values, 400);
  const sent = Object.fromEntries(
    Object.entries(settled)
      .filter(([, value]) => !isEmpty(value))
      .map(([key, value]) => [key, toWrite(value)]),
  );
  const found = useQuery({
    queryKey: ['duplicates', object.key, sent],
    queryFn: ({ signal }) => fetchDuplicates(object, sent, signal),
    enabled: object.customer === true && Object.keys(sent).length > 0,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return found.data?.candidates ?? [];
}
