import { IconTrash } from '@tabler/icons-react';
import type { ObjectMeta } from '@/api';
import {
  type Condition,
  type FilterItem,
  isOpen,
  type Json,
  kindOf,
  needsValue,
  type Operator,
} from '@/fields';
import { ActionIcon, NativeSelect, useTexts } from '@/ui';
import { operatorText } from '../filterText';
import { operatorsOf } from './filterThings';
import classes from './list.module.css';
import { fieldThing, ThingSelect } from './ThingSelect';

interface FilterRowProps {
  id: string;
  object: ObjectMeta;
  condition: Condition;
  fieldsOnly: boolean;
  /** Takes the first focus of the builder. */
  first: boolean;
  onChange: (item: FilterItem) => void;
  onRemove: () => void;
}

/** Field, operator and value of one condition. */
export function FilterRow({ id, object, condition, fieldsOnly, first, onChange, onRemove }: FilterRowProps) {
  const { t, label } = useTexts();
  const field = object.fields.find((each) => each.key === condition.field);
  const Filter = kindOf(field?.kind ?? 'text').Filter;
  return (
    <div className={classes.condition} data-open={isOpen(condition) || undefined}>
      <ThingSelect
        object={object}
        only={fieldsOnly ? 'fields' : undefined}
        value={isOpen(condition) ? null : fieldThing(condition.field)}
        onChoose={onChange}
      />
      {!isOpen(condition) && (
        <NativeSelect
          aria-label={t('records.filter.operator')}
          value={condition.operator}
          onChange={(event) => onChange(changeOperator(condition, event.currentTarget.value as Operator))}
          data={(field ? operatorsOf(field) : []).map((operator) => ({
            value: operator,
            label: operatorText(field, operator, t),
          }))}
        />
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: hands the first focus of the builder on to the value */}
      <div
        className={classes.conditionValue}
        tabIndex={-1}
        data-autofocus={first || undefined}
        onFocus={(event) => {
          if (event.target === event.currentTarget)
            event.currentTarget.querySelector<HTMLElement>('input,select')?.focus();
        }}
      >
        {!isOpen(condition) && !field && t('records.filter.gone')}
        {field && needsValue(condition.operator) && (
          <Filter
            key={`${condition.field}-${condition.operator}`}
            id={id}
            field={field}
            operator={condition.operator}
            value={condition.value}
            onChange={(value) => onChange({ ...condition, value: (value ?? null) as Json })}
            label={label(field.label)}
          />
        )}
      </div>
      <ActionIcon aria-label={t('records.filter.removeOne')} onClick={onRemove}>
        <IconTrash size={16} />
      </ActionIcon>
    </div>
  );
}

// The value stays where the new operator can take it.
function changeOperator(condition: Condition, operator: Operator): Condition {
  const { value } = condition;
  const list = operator === 'in' || operator === 'not_in';
  const wasList = condition.operator === 'in' || condition.operator === 'not_in';
  if (operator === 'between')
    return { ...condition, operator, value: [Array.isArray(value) ? null : value, null] };
  if (condition.operator === 'between' && Array.isArray(value))
    return { ...condition, operator, value: value[0] ?? null };
  if (operator === 'relative' || condition.operator === 'relative' || list !== wasList)
    return { ...condition, operator, value: null };
  return { ...condition, operator };
}
