import { IconCheck } from '@tabler/icons-react';
import { type ObjectMeta, useObjects } from '@/api';
import {
  type FilterItem,
  type FilterModel,
  fromFilterJson,
  isComplete,
  type Json,
  toFilterJson,
} from '@/fields';
import { Button, Group, Stack, useTexts } from '@/ui';
import { useListSlots } from '../slots';
import { FilterRows } from './FilterRows';
import classes from './list.module.css';

interface FilterEditorProps {
  object: ObjectMeta;
  model: FilterModel;
  /** What the button that closes it says. */
  done: string;
  onChange: (model: FilterModel) => void;
  onClose: () => void;
}

/** The builder: ready-made conditions, then one's own; the list follows while they are changed. */
export function FilterEditor({ object, model, done, onChange, onClose }: FilterEditorProps) {
  return (
    <Stack gap="sm">
      <Ready object={object} model={model} onChange={onChange} />
      <FilterRows object={object} model={model} place="top" onChange={onChange} />
      <Group justify="flex-end" className={classes.filterFoot}>
        <Button size="compact-sm" variant="default" onClick={onClose}>
          {done}
        </Button>
      </Group>
    </Stack>
  );
}

const jsonOf = (item: FilterItem) => JSON.stringify(toFilterJson({ match: 'all', conditions: [item] }));

/** Conditions that the domain offers: one click puts them in, where they can be changed, another takes them out. */
function Ready({ object, model, onChange }: Pick<FilterEditorProps, 'object' | 'model' | 'onChange'>) {
  const { t, label } = useTexts();
  const objects = useObjects();
  const offered = useListSlots().conditions?.(object, objects) ?? [];
  if (offered.length === 0) return null;
  const toggle = (filter: Json) => {
    const added = fromFilterJson(filter).conditions;
    const texts = added.map(jsonOf);
    const rest = model.conditions.filter((item) => isComplete(item) && !texts.includes(jsonOf(item)));
    const there = rest.length < model.conditions.filter(isComplete).length;
    onChange({ ...model, conditions: there ? rest : [...rest, ...added] });
  };
  return (
    <div className={classes.ready}>
      <span className={classes.readyName}>{t('records.filter.ready')}</span>
      {offered.map(({ key, label: name, filter }) => {
        const on = fromFilterJson(filter).conditions.every((added) =>
          model.conditions.some((item) => jsonOf(item) === jsonOf(added)),
        );
        return (
          <Button
            key={key}
            size="compact-xs"
            variant={on ? 'light' : 'default'}
            leftSection={on ? <IconCheck size={12} /> : undefined}
            aria-pressed={on}
            onClick={() => toggle(filter)}
          >
            {label(name)}
          </Button>
        );
      })}
    </div>
  );
}
