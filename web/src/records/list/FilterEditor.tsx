import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useId } from 'react';
import type { FieldMeta, ObjectMeta } from '@/api';
import {
  type Condition,
  type FilterModel,
  isRaw,
  type Json,
  kindOf,
  needsValue,
  type Operator,
  operatorsFor,
} from '@/fields';
import {
  ActionIcon,
  Button,
  Group,
  NativeSelect,
  SegmentedControl,
  Select,
  Stack,
  Text,
  useTexts,
} from '@/ui';
import { operatorText } from '../filterText';
import classes from './list.module.css';

interface FilterEditorProps {
  object: ObjectMeta;
  model: FilterModel;
  onChange: (model: FilterModel) => void;
  onClose: () => void;
}

// A file is only there or not; what is not comparable cannot be a condition.
function operatorsOf(field: FieldMeta): readonly Operator[] {
  return field.kind === 'file' ? ['filled', 'empty'] : operatorsFor(field.comparison);
}

/** Field, operator and value of each condition; the list follows while they are changed. */
export function FilterEditor({ object, model, onChange, onClose }: FilterEditorProps) {
  const { t, label } = useTexts();
  const id = useId();
  const fields = object.fields.filter(
    (field) => !field.hidden && !field.masked && operatorsOf(field).length > 0,
  );
  const replace = (at: number, next: Condition | null) =>
    onChange({
      ...model,
      conditions: model.conditions.flatMap((each, index) => (index !== at ? [each] : next ? [next] : [])),
    });
  const choose = (at: number, key: string | null) => {
    const field = fields.find((each) => each.key === key);
    const operator = field && operatorsOf(field)[0];
    if (field && operator) replace(at, { field: field.key, operator, value: null });
  };
  const add = () => {
    const [first] = fields;
    const operator = first && operatorsOf(first)[0];
    if (first && operator)
      onChange({ ...model, conditions: [...model.conditions, { field: first.key, operator, value: null }] });
  };
  return (
    <Stack gap="xs">
      {model.conditions.length > 1 && (
        <SegmentedControl
          size="xs"
          style={{ alignSelf: 'flex-start' }}
          aria-label={t('records.filter.match')}
          value={model.match}
          onChange={(match) => onChange({ ...model, match: match === 'any' ? 'any' : 'all' })}
          data={[
            { value: 'all', label: t('records.filter.all') },
            { value: 'any', label: t('records.filter.any') },
          ]}
        />
      )}
      {model.conditions.map((condition, at) => {
        const key = `${id}-${at}`;
        if (isRaw(condition)) {
          return (
            <Group key={key} justify="space-between" wrap="nowrap">
              <Text c="dimmed">{t('records.filter.special')}</Text>
              <ActionIcon aria-label={t('records.filter.removeOne')} onClick={() => replace(at, null)}>
                <IconTrash size={16} />
              </ActionIcon>
            </Group>
          );
        }
        const field = object.fields.find((each) => each.key === condition.field);
        const Filter = kindOf(field?.kind ?? 'text').Filter;
        return (
          <div key={key} className={classes.condition}>
            <Select
              aria-label={t('records.filter.field')}
              searchable
              allowDeselect={false}
              // In the popover itself, which a click in a list elsewhere on the page would close.
              comboboxProps={{ withinPortal: false }}
              value={condition.field}
              onChange={(next) => choose(at, next)}
              data={fields.map((each) => ({ value: each.key, label: label(each.label) }))}
            />
            <NativeSelect
              aria-label={t('records.filter.operator')}
              value={condition.operator}
              onChange={(event) =>
                replace(at, changeOperator(condition, event.currentTarget.value as Operator))
              }
              data={(field ? operatorsOf(field) : []).map((operator) => ({
                value: operator,
                label: operatorText(field, operator, t),
              }))}
            />
            {/* biome-ignore lint/a11y/noStaticElementInteractions: hands the first focus of the builder on to the value */}
            <div
              className={classes.conditionValue}
              tabIndex={-1}
              data-autofocus={at === model.conditions.length - 1 || undefined}
              onFocus={(event) => {
                if (event.target === event.currentTarget)
                  event.currentTarget.querySelector<HTMLElement>('input,select')?.focus();
              }}
            >
              {field && needsValue(condition.operator) && (
                <Filter
                  key={`${condition.field}-${condition.operator}`}
                  id={key}
                  field={field}
                  operator={condition.operator}
                  value={condition.value}
                  onChange={(value) => replace(at, { ...condition, value: (value ?? null) as Json })}
                  label={label(field.label)}
                />
              )}
            </div>
            <ActionIcon aria-label={t('records.filter.removeOne')} onClick={() => replace(at, null)}>
              <IconTrash size={16} />
            </ActionIcon>
          </div>
        );
      })}
      <Group justify="space-between">
        <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={14} />} onClick={add}>
          {t('records.filter.add')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onClose}>
          {t('ui.close')}
        </Button>
      </Group>
    </Stack>
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
