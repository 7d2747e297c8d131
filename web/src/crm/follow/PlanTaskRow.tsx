import { useId } from 'react';
import { type FieldMeta, type ObjectMeta, type PlannedTask, useObject } from '@/api';
import { ChoiceBadge, kindOf, optionLabel, PickerInput, referencesOf } from '@/fields';
import { Checkbox, Text, useFormat, useTexts } from '@/ui';
import classes from './follow.module.css';
import type { Altered } from './PlanDialog';

const kDay: FieldMeta = { id: 0, key: 'due_on', kind: 'date', label: { ja: '', en: '' }, comparison: 'date' };
const kOwner: FieldMeta = {
  id: 0,
  key: 'owner_id',
  kind: 'user',
  label: { ja: '', en: '' },
  comparison: 'link',
};
const { Input: DateInput } = kindOf('date');

interface PlanTaskRowProps {
  object: ObjectMeta;
  task: PlannedTask;
  altered: Altered;
  wanted: boolean;
  error?: string;
  onAlter: (change: Altered) => void;
}

/** One task that would be made: whether, when, and by whom. */
export function PlanTaskRow({ object, task, altered, wanted, error, onAlter }: PlanTaskRowProps) {
  const { t, language } = useTexts();
  const format = useFormat();
  const id = useId();
  const kind = useObject('task')?.fields.find((field) => field.key === 'kind');
  const option = kind?.options?.find((each) => each.key === task.kind);
  return (
    <li className={classes.task} data-off={!wanted || undefined}>
      <div className={classes.taskName}>
        <Checkbox
          label={task.name}
          checked={wanted}
          onChange={(event) => onAlter({ wanted: event.currentTarget.checked })}
        />
        <div className={classes.taskAbout}>
          {kind && option && (
            <ChoiceBadge color={option.color}>{optionLabel(kind, task.kind, language)}</ChoiceBadge>
          )}
          {task.past && altered.due_on === undefined && (
            <Text size="xs" c="red">
              {t('crm.follow.past')}
            </Text>
          )}
          {task.moved_from && altered.due_on === undefined && (
            <Text size="xs" c="dimmed">
              {t('crm.follow.moved', { day: format.date(task.moved_from, 'short') })}
            </Text>
          )}
          {task.note && (
            <Text size="xs" c="dimmed" lineClamp={2}>
              {task.note}
            </Text>
          )}
        </div>
      </div>
      <DateInput
        id={`${id}-due`}
        field={kDay}
        object={object}
        value={altered.due_on ?? task.due_on}
        onChange={(value) => typeof value === 'string' && onAlter({ due_on: value, wanted: true })}
        label={t('crm.follow.dueOf', { name: task.name })}
        hideLabel
        error={error}
      />
      <PickerInput
        id={`${id}-owner`}
        field={kOwner}
        object={object}
        multiple={false}
        target={null}
        value={altered.owner ?? task.owner}
        onChange={(value) => {
          const owner = referencesOf(value)[0];
          if (owner) onAlter({ owner });
        }}
        label={t('crm.follow.ownerOf', { name: task.name })}
        hideLabel
      />
    </li>
  );
}
