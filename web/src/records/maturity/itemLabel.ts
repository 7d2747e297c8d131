import type { TFunction } from 'i18next';
import type { Label, MaturityItem, ObjectMeta } from '@/api';

/** What an item is called; of several fields of which one is enough all are named. */
export function itemLabel(
  item: MaturityItem,
  object: ObjectMeta | undefined,
  t: TFunction,
  label: (text: Label | undefined) => string,
): string {
  if (item.fresh) return t('records.maturity.fresh');
  if (!item.one_is_enough) return label(item.label);
  const names = item.fields.map(
    (key) => label(object?.fields.find((field) => field.key === key)?.label) || key,
  );
  return t('records.maturity.oneOf', { names: names.join(t('records.maturity.or')) });
}
