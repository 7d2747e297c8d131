import { IconFilter, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Filter, ObjectMeta } from '@/api';
import {
  type Condition,
  type FilterModel,
  fromFilterJson,
  isComplete,
  type Json,
  type RawCondition,
  toFilterJson,
} from '@/fields';
import { Button, Popover, useTexts } from '@/ui';
import { useConditionText } from './ConditionText';
import { FilterEditor } from './FilterEditor';
import classes from './list.module.css';

interface FilterBarProps {
  object: ObjectMeta;
  filter: Json | undefined;
  onFilter: (filter: Json | undefined) => void;
}

/** The conditions of a list as chips; each opens the builder, each can be taken away. */
export function FilterBar({ object, filter, onFilter }: FilterBarProps) {
  const { t } = useTexts();
  const [draft, setDraft] = useState<FilterModel | null>(null);
  const model = draft ?? fromFilterJson(filter);
  const change = (next: FilterModel) => {
    setDraft(next);
    onFilter(toFilterJson(next));
  };
  const shown = model.conditions.filter(isComplete);
  return (
    <>
      <Popover
        opened={draft !== null}
        onChange={(open) => setDraft(open ? model : null)}
        position="bottom-start"
        trapFocus
        width="min(640px, calc(100vw - 24px))"
      >
        <Popover.Target>
          <Button
            size="compact-sm"
            variant={shown.length > 0 ? 'light' : 'default'}
            leftSection={<IconFilter size={14} />}
            aria-expanded={draft !== null}
            onClick={() => setDraft(draft === null ? start(fromFilterJson(filter), object) : null)}
          >
            {t('records.filter.button')}
            {shown.length > 0 && ` ${shown.length}`}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          {draft && (
            <FilterEditor object={object} model={draft} onChange={change} onClose={() => setDraft(null)} />
          )}
        </Popover.Dropdown>
      </Popover>
      {shown.map((condition, at) => (
        <Chip
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no identity of their own
          key={`${JSON.stringify(condition)}-${at}`}
          object={object}
          condition={condition}
          joined={at > 0 && model.match === 'any'}
          onOpen={() => setDraft(fromFilterJson(filter))}
          onRemove={() => {
            const rest = { ...model, conditions: model.conditions.filter((each) => each !== condition) };
            setDraft(null);
            onFilter(toFilterJson(rest));
          }}
        />
      ))}
      {shown.length > 1 && (
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => onFilter(undefined)}>
          {t('records.filter.clear')}
        </Button>
      )}
    </>
  );
}

// An empty builder asks at once for the first condition.
function start(model: FilterModel, object: ObjectMeta): FilterModel {
  if (model.conditions.length > 0) return model;
  const field = object.fields.find((each) => each.key === object.title) ?? object.fields[0];
  return field
    ? { match: 'all', conditions: [{ field: field.key, operator: 'contains', value: '' }] }
    : model;
}

interface ChipProps {
  object: ObjectMeta;
  condition: Condition | RawCondition;
  joined: boolean;
  onOpen: () => void;
  onRemove: () => void;
}

function Chip({ object, condition, joined, onOpen, onRemove }: ChipProps) {
  const { t } = useTexts();
  const text = useConditionText(object, condition);
  return (
    <>
      {joined && <span className={classes.or}>{t('records.filter.or')}</span>}
      <span className={classes.chip}>
        <button type="button" className={classes.chipText} onClick={onOpen}>
          {text}
        </button>
        <button
          type="button"
          className={classes.chipRemove}
          aria-label={t('records.filter.remove', { text })}
          onClick={onRemove}
        >
          <IconX size={12} />
        </button>
      </span>
    </>
  );
}

/** The filter in the form of the API client; the two types say the same JSON. */
export function asFilter(filter: Json | undefined): Filter | undefined {
  return filter as Filter | undefined;
}
