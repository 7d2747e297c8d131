import { useState } from 'react';
import {
  type FieldMeta,
  type Filter,
  type ObjectMeta,
  type Rollup,
  type RollupFunction,
  useObjects,
  useTryComputed,
} from '@/api';
import { type FilterModel, fromFilterJson, type Json, toFilterJson } from '@/fields';
import { FilterRows } from '@/records/list/FilterRows';
import { Checkbox, errorText, Select, Stack, Text, useDebouncedValue, useTexts } from '@/ui';
import { ComputedAnswer } from './ComputedAnswer';

const kPause = 350;
const functions: RollupFunction[] = ['count', 'sum', 'average', 'min', 'max'];
const amounts = new Set(['integer', 'decimal', 'money', 'percent']);

/** What a function takes: amounts, and for the least and the greatest dates too. */
function fieldsOf(fields: readonly FieldMeta[], wanted: RollupFunction): FieldMeta[] {
  const dated = wanted === 'min' || wanted === 'max';
  return fields.filter(
    (field) =>
      !field.system &&
      !field.hidden &&
      !field.masked &&
      !field.at_read &&
      (amounts.has(field.kind) || (dated && field.comparison === 'date')),
  );
}

/** The field stays where the other function takes it. */
function withFunction(rollup: Rollup, wanted: RollupFunction, fields: readonly FieldMeta[]): Rollup {
  const fits = wanted !== 'count' && fieldsOf(fields, wanted).some((field) => field.key === rollup.field);
  return { ...rollup, function: wanted, field: fits ? rollup.field : undefined };
}

/** A value over records that link here: which of them, what, of which field, and a condition as lists have it. */
export function RollupEditor({
  object,
  self,
  rollup,
  errors,
  onChange,
}: {
  object: ObjectMeta;
  self?: string;
  rollup: Rollup;
  errors: Record<string, string | undefined>;
  onChange: (rollup: Rollup) => void;
}) {
  const { t, label } = useTexts();
  const objects = useObjects();
  const [model, setModel] = useState<FilterModel>(() => fromFilterJson((rollup.filter ?? undefined) as Json));
  const [some, setSome] = useState(rollup.filter != null);
  const other = objects.find((each) => each.key === rollup.object);
  const fields = fieldsOf(other?.fields ?? [], rollup.function);
  const whole = rollup.object !== '' && (rollup.function === 'count' || Boolean(rollup.field));
  const [asked] = useDebouncedValue(rollup, kPause);
  const tried = useTryComputed(
    { object: object.key, key: self, rollup: asked },
    whole && asked.object !== '',
  );

  const links = object.links_in.filter((link) => {
    const field = objects
      .find((each) => each.key === link.object)
      ?.fields.find((each) => each.key === link.field);
    return field?.kind === 'link';
  });
  if (links.length === 0) return <Text c="dimmed">{t('app.computed.noLinks')}</Text>;

  const setFilter = (next: FilterModel) => {
    setModel(next);
    onChange({ ...rollup, filter: (toFilterJson(next) ?? null) as Filter | null });
  };
  return (
    <Stack gap="xs">
      <Select
        label={t('app.computed.ofWhat')}
        allowDeselect={false}
        required
        withAsterisk={false}
        searchable
        error={errors['rollup.object'] ?? errors['rollup.link']}
        value={rollup.object ? `${rollup.object}.${rollup.link}` : null}
        data={links.map((link) => ({ value: `${link.object}.${link.field}`, label: label(link.label) }))}
        onChange={(chosen) => {
          const link = links.find((each) => `${each.object}.${each.field}` === chosen);
          if (!link) return;
          setModel(fromFilterJson(undefined));
          onChange({ object: link.object, link: link.field, function: rollup.function });
        }}
      />
      <Select
        label={t('app.computed.function')}
        allowDeselect={false}
        value={rollup.function}
        error={errors['rollup.function']}
        data={functions.map((each) => ({ value: each, label: t(`app.computed.fn.${each}`) }))}
        onChange={(chosen) =>
          chosen && onChange(withFunction(rollup, chosen as RollupFunction, other?.fields ?? []))
        }
      />
      {rollup.function !== 'count' && (
        <Select
          label={t('app.computed.ofField')}
          required
          withAsterisk={false}
          searchable
          nothingFoundMessage={t('app.computed.nothingFound')}
          disabled={!other}
          error={errors['rollup.field']}
          value={rollup.field ?? null}
          data={fields.map((field) => ({ value: field.key, label: label(field.label) }))}
          onChange={(chosen) => onChange({ ...rollup, field: chosen ?? undefined })}
        />
      )}
      {other && (
        <Checkbox
          label={t('app.computed.onlySome')}
          checked={some}
          onChange={(event) => {
            setSome(event.currentTarget.checked);
            if (!event.currentTarget.checked) setFilter(fromFilterJson(undefined));
          }}
        />
      )}
      {other && some && <FilterRows object={other} model={model} place="group" onChange={setFilter} />}
      {errors['rollup.filter'] && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {errors['rollup.filter']}
        </Text>
      )}
      {tried.error ? (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {errorText(tried.error)}
        </Text>
      ) : (
        whole && tried.data && <ComputedAnswer answer={tried.data} />
      )}
    </Stack>
  );
}
