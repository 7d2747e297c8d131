import { IconTrash } from '@tabler/icons-react';
import { type ObjectMeta, useObjects } from '@/api';
import { CountInput, type FilterItem, isCounted, type RelatedCondition, type RelatedHow } from '@/fields';
import { ActionIcon, NativeSelect, Text, useTexts } from '@/ui';
import { FilterRows } from './FilterRows';
import { thingOf } from './filterThings';
import classes from './list.module.css';
import { relatedThing, ThingSelect } from './ThingSelect';

interface RelatedCardProps {
  object: ObjectMeta;
  item: RelatedCondition;
  onChange: (item: FilterItem) => void;
  onRemove: () => void;
}

// As much as the server counts.
const kMost = 1_000;
const pointing: readonly RelatedHow[] = ['some', 'at_least', 'at_most', 'none'];
const leading: readonly RelatedHow[] = ['some', 'none'];
const usualCount: Partial<Record<RelatedHow, number>> = { at_least: 2, at_most: 1 };

/** 受注が 3 件以上ある: which records, whether or how many there are, and which of them are meant. */
export function RelatedCard({ object, item, onChange, onRemove }: RelatedCardProps) {
  const { t, label } = useTexts();
  const objects = useObjects();
  const thing = thingOf(item, object, objects);
  const change = (how: RelatedHow) =>
    onChange({
      ...item,
      how,
      count: isCounted(how) ? (isCounted(item.how) ? item.count : (usualCount[how] ?? null)) : null,
    });
  const hows = thing?.several === false ? leading : pointing;
  const textOf = (how: RelatedHow) =>
    t(
      thing?.several === false
        ? `records.filter.hows.${how === 'none' ? 'leadsNot' : 'leads'}`
        : `records.filter.hows.${how}`,
    );
  const name = t('records.filter.relatedRecords');
  const open = item.related === '';
  return (
    <fieldset className={classes.filterCard} aria-label={thing ? label(thing.label) : name}>
      <div className={classes.relatedHead}>
        {thing || open ? (
          <ThingSelect
            object={object}
            only={open ? 'related' : undefined}
            value={thing ? relatedThing(thing) : null}
            onChoose={onChange}
          />
        ) : (
          <Text c="dimmed">{t('records.filter.gone')}</Text>
        )}
        {!open && (
          <NativeSelect
            aria-label={t('records.filter.how')}
            value={item.how}
            onChange={(event) => change(event.currentTarget.value as RelatedHow)}
            data={hows.map((how) => ({ value: how, label: textOf(how) }))}
          />
        )}
        {isCounted(item.how) && (
          <span className={classes.relatedCount}>
            <CountInput
              key={item.how}
              label={t('records.filter.count')}
              least={item.how === 'at_least' ? 1 : 0}
              most={kMost}
              value={item.count}
              onChange={(count) => onChange({ ...item, count })}
            />
            {t('records.filter.unit')}
          </span>
        )}
      </div>
      {thing && (
        <div className={classes.relatedInner}>
          {item.of.conditions.length === 0 && (
            <Text size="xs" c="dimmed">
              {t('records.filter.innerHelp', { name: label(thing.object.label) })}
            </Text>
          )}
          <FilterRows
            object={thing.object}
            model={item.of}
            place="related"
            onChange={(of) => onChange({ ...item, of })}
          />
        </div>
      )}
      <span className={classes.filterCardEnd}>
        <ActionIcon aria-label={t('records.filter.removeOne')} onClick={onRemove}>
          <IconTrash size={16} />
        </ActionIcon>
      </span>
    </fieldset>
  );
}
