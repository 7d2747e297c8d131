import { type ObjectMeta, useObjects } from '@/api';
import { emptyFilter, type FilterItem } from '@/fields';
import { Select, useTexts } from '@/ui';
import { askableFields, operatorsOf, type RelatedThing, relatedThings } from './filterThings';

interface ThingSelectProps {
  object: ObjectMeta;
  /** Conditions on related records are about their own fields only. */
  only?: 'fields' | 'related';
  /** The field or related records that are chosen; null opens the list at once. */
  value: string | null;
  onChoose: (item: FilterItem) => void;
}

export const fieldThing = (key: string) => `field.${key}`;
export const relatedThing = ({ related, via }: Pick<RelatedThing, 'related' | 'via'>) =>
  `related.${related}.${via ?? ''}`;

/** What a condition is about: a field of the records, or records that belong to them. */
export function ThingSelect({ object, only, value, onChoose }: ThingSelectProps) {
  const { t, label } = useTexts();
  const objects = useObjects();
  const fields = only === 'related' ? [] : askableFields(object);
  const related = only === 'fields' ? [] : relatedThings(object, objects);
  const choose = (chosen: string | null) => {
    const thing = related.find((each) => relatedThing(each) === chosen);
    if (thing) {
      const { via } = thing;
      return onChoose({
        related: thing.related,
        ...(via ? { via } : {}),
        how: 'some',
        count: null,
        of: emptyFilter,
      });
    }
    const field = fields.find((each) => fieldThing(each.key) === chosen);
    const operator = field && operatorsOf(field)[0];
    if (field && operator) onChoose({ field: field.key, operator, value: null });
  };
  const groups = [
    {
      group: t('records.filter.own', { name: label(object.label) }),
      items: fields.map((field) => ({ value: fieldThing(field.key), label: label(field.label) })),
    },
    {
      group: t('records.filter.relatedRecords'),
      items: related.map((thing) => ({
        value: relatedThing(thing),
        label: thing.several ? label(thing.label) : t('records.filter.own', { name: label(thing.label) }),
      })),
    },
  ];
  return (
    <Select
      aria-label={t('records.filter.field')}
      placeholder={t(
        only === 'fields'
          ? 'records.filter.chooseField'
          : only === 'related'
            ? 'records.filter.chooseRelated'
            : 'records.filter.choose',
      )}
      searchable
      allowDeselect={false}
      selectFirstOptionOnChange
      nothingFoundMessage={t('fields.nothing')}
      maxDropdownHeight={320}
      comboboxProps={{ width: 280, position: 'bottom-start' }}
      autoFocus={value === null}
      defaultDropdownOpened={value === null}
      value={value}
      onChange={choose}
      data={groups.filter((group) => group.items.length > 0)}
    />
  );
}
