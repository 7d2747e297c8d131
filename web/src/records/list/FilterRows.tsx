import { IconPlus, IconTrash } from '@tabler/icons-react';
import { type ReactNode, type Ref, useId, useRef } from 'react';
import { type ObjectMeta, useObjects } from '@/api';
import {
  type FilterItem,
  type FilterModel,
  isGroup,
  isRaw,
  isRelated,
  openCondition,
  openRelated,
} from '@/fields';
import { ActionIcon, Button, Group, SegmentedControl, Stack, Text, useTexts } from '@/ui';
import { FilterRow } from './FilterRow';
import { relatedThings } from './filterThings';
import classes from './list.module.css';
import { RelatedCard } from './RelatedCard';

/** The whole filter, a group in it, or what is asked of related records. */
export type FilterPlace = 'top' | 'group' | 'related';

interface FilterRowsProps {
  object: ObjectMeta;
  model: FilterModel;
  place: FilterPlace;
  onChange: (model: FilterModel) => void;
}

/** Conditions with what joins them; each can be changed and taken away, further ones added. */
export function FilterRows({ object, model, place, onChange }: FilterRowsProps) {
  const { t, label } = useTexts();
  const add = useRef<HTMLButtonElement>(null);
  const put = (items: FilterItem[]) => onChange({ ...model, conditions: items });
  const remove = (at: number) => {
    put(model.conditions.filter((_, index) => index !== at));
    // The focus goes with what was removed; it stays in the builder.
    add.current?.focus();
  };
  const name = label(object.label);
  const related = relatedThings(object, useObjects()).length > 0;
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
      {model.conditions.map((item, at) => (
        <Item
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no identity of their own
          key={at}
          object={object}
          item={item}
          place={place}
          first={place === 'top' && at === model.conditions.length - 1}
          onChange={(next) => put(model.conditions.with(at, next))}
          onRemove={() => remove(at)}
        />
      ))}
      <Group gap={4}>
        <AddButton ref={add} onClick={() => put([...model.conditions, openCondition])}>
          {place === 'related' ? t('records.filter.addInner', { name }) : t('records.filter.add')}
        </AddButton>
        {place !== 'related' && related && (
          <AddButton onClick={() => put([...model.conditions, openRelated])}>
            {t('records.filter.addRelated')}
          </AddButton>
        )}
        {place === 'top' && (
          <AddButton
            onClick={() =>
              put([
                ...model.conditions,
                { group: { match: model.match === 'all' ? 'any' : 'all', conditions: [openCondition] } },
              ])
            }
          >
            {t('records.filter.addGroup')}
          </AddButton>
        )}
      </Group>
    </Stack>
  );
}

function AddButton({ ref, onClick, children }: AddButtonProps) {
  return (
    <Button
      ref={ref}
      size="compact-sm"
      variant="subtle"
      leftSection={<IconPlus size={14} />}
      onClick={onClick}
    >
      {children}
    </Button>
  );
}

interface AddButtonProps {
  ref?: Ref<HTMLButtonElement>;
  onClick: () => void;
  children: ReactNode;
}

interface ItemProps {
  object: ObjectMeta;
  item: FilterItem;
  place: FilterPlace;
  first: boolean;
  onChange: (item: FilterItem) => void;
  onRemove: () => void;
}

function Item({ object, item, place, first, onChange, onRemove }: ItemProps) {
  const { t } = useTexts();
  const id = useId();
  const trash = (label: string) => (
    <ActionIcon aria-label={label} onClick={onRemove}>
      <IconTrash size={16} />
    </ActionIcon>
  );
  if (isRaw(item))
    return (
      <Group justify="space-between" wrap="nowrap">
        <Text c="dimmed">{t('records.filter.special')}</Text>
        {trash(t('records.filter.removeOne'))}
      </Group>
    );
  if (isGroup(item))
    return (
      <fieldset className={classes.filterCard} aria-label={t('records.filter.groupName')}>
        <FilterRows
          object={object}
          model={item.group}
          place="group"
          onChange={(group) => onChange({ group })}
        />
        <span className={classes.filterCardEnd}>{trash(t('records.filter.removeGroup'))}</span>
      </fieldset>
    );
  if (isRelated(item))
    return <RelatedCard object={object} item={item} onChange={onChange} onRemove={onRemove} />;
  return (
    <FilterRow
      id={id}
      object={object}
      condition={item}
      fieldsOnly={place === 'related'}
      first={first}
      onChange={onChange}
      onRemove={onRemove}
    />
  );
}
