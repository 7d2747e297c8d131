import { type ObjectMeta, useObjects } from '@/api';
import { type FilterItem, useFiscalMonth, useNames } from '@/fields';
import { useTexts } from '@/ui';
import { conditionText } from '../filterText';
import { namedIn } from './filterThings';

/** One condition in words, with the names of the records and users in it. */
export function useConditionText(object: ObjectMeta, condition: FilterItem): string {
  const { t, language } = useTexts();
  const objects = useObjects();
  const nameOf = useNames(namedIn([condition], object, objects));
  const fiscalMonth = useFiscalMonth();
  return conditionText(condition, object, { t, language, objects, nameOf, fiscalMonth });
}
