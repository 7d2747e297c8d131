import { IconFilter, IconX } from '@tabler/icons-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Filter, ObjectMeta } from '@/api';
import {
  type FilterItem,
  type FilterModel,
  fromFilterJson,
  isComplete,
  type Json,
  toFilterJson,
} from '@/fields';
import { Button, isComposing, Modal, Popover, useMediaQuery, useTexts } from '@/ui';
import { useListSlots } from '../slots';
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
  const phone = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false });
  const [draft, setDraft] = useState<FilterModel | null>(null);
  const target = useRef<HTMLButtonElement>(null);
  const ready = useListSlots().conditions !== undefined;
  const close = () => setDraft(null);
  const closeBack = () => {
    close();
    target.current?.focus();
  };
  useOutside(draft !== null && !phone, target, close);
  const model = draft ?? fromFilterJson(filter);
  const change = (next: FilterModel) => {
    setDraft(next);
    onFilter(toFilterJson(next));
  };
  const shown = model.conditions.filter(isComplete);
  const editor = (done: string) =>
    draft && <FilterEditor object={object} model={draft} done={done} onChange={change} onClose={closeBack} />;
  return (
    <>
      <Popover
        opened={draft !== null && !phone}
        onChange={(open) => !open && close()}
        position="bottom-start"
        trapFocus
        closeOnClickOutside={false}
        closeOnEscape={false}
        width="min(760px, calc(100vw - 24px))"
      >
        <Popover.Target>
          <Button
            ref={target}
            size="compact-sm"
            variant={shown.length > 0 ? 'light' : 'default'}
            leftSection={<IconFilter size={14} />}
            aria-expanded={draft !== null}
            onClick={() =>
              draft === null ? setDraft(start(fromFilterJson(filter), object, ready)) : close()
            }
          >
            {t('records.filter.button')}
            {shown.length > 0 && ` ${shown.length}`}
          </Button>
        </Popover.Target>
        <Popover.Dropdown
          className={classes.filterBox}
          onKeyDownCapture={(event) => {
            // An open list of choices closes first; it says so on its box.
            const inList = (event.target as Element).getAttribute('data-mantine-stop-propagation') === 'true';
            if (event.key === 'Escape' && !inList && !isComposing(event)) closeBack();
          }}
        >
          {editor(t('ui.close'))}
        </Popover.Dropdown>
      </Popover>
      <Modal opened={draft !== null && phone} onClose={close} fullScreen title={t('records.filter.title')}>
        {editor(t('records.filter.show'))}
      </Modal>
      {shown.map((condition, at) => (
        <Chip
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no identity of their own
          key={`${JSON.stringify(condition)}-${at}`}
          object={object}
          condition={condition}
          joined={at > 0 && model.match === 'any'}
          onOpen={() => setDraft(model)}
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

// A click elsewhere on the page closes the builder; one in a list of choices, which stands beside it, does not.
function useOutside(on: boolean, target: RefObject<HTMLElement | null>, close: () => void) {
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => {
    if (!on) return;
    const pressed = (event: MouseEvent) => {
      const at = event.target instanceof Element ? event.target : null;
      if (at?.closest('[data-portal], [data-mantine-shared-portal-node]') || target.current?.contains(at))
        return;
      // What was pressed may be gone by now: a choice of a list that closed.
      if (at?.isConnected) latest.current();
    };
    document.addEventListener('mousedown', pressed);
    return () => document.removeEventListener('mousedown', pressed);
  }, [on, target]);
}

// An empty builder asks at once for the first condition, where there are no ready ones to choose from.
function start(model: FilterModel, object: ObjectMeta, ready: boolean): FilterModel {
  if (model.conditions.length > 0 || ready) return model;
  const field = object.fields.find((each) => each.key === object.title) ?? object.fields[0];
  return field
    ? { match: 'all', conditions: [{ field: field.key, operator: 'contains', value: '' }] }
    : model;
}

interface ChipProps {
  object: ObjectMeta;
  condition: FilterItem;
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
