import type { ObjectMeta } from '@/api';
import { type Condition, isRaw, type RawCondition, useFiscalMonth, useReferences } from '@/fields';
import { useTexts } from '@/ui';
import { conditionText } from '../filterText';

/** One condition in words, with the names of the records and users in it. */
export function useConditionText(object: ObjectMeta, condition: Condition | RawCondition): string {
  const { t, language } = useTexts();
  const field = isRaw(condition) ? undefined : object.fields.find((each) => each.key === condition.field);
  const linked = field?.comparison === 'link' && !isRaw(condition);
  const ids = linked ? [condition.value].flat().filter((id): id is string => typeof id === 'string') : [];
  const target = field?.kind === 'user' || field?.kind === 'users' ? null : (field?.target ?? null);
  const names = useReferences(target, ids);
  const fiscalMonth = useFiscalMonth();
  return conditionText(
    condition,
    object.fields,
    language,
    t,
    (id) => names.find((each) => each.id === id)?.title ?? '…',
    fiscalMonth,
  );
}
