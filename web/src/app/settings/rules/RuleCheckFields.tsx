import type { ObjectMeta, RuleCheck, RuleKind } from '@/api';
import { MultiSelect, Select, Stack, TextInput, useTexts } from '@/ui';
import { asKind, fieldsFor, ruleFormats, ruleKinds, ruleOrders } from './ruleDraft';
import { fieldOf } from './ruleSentence';
import { ValueInput } from './ValueInput';

/** What the rule asks for. */
export function RuleCheckFields({
  object,
  check,
  onChange,
  problems,
}: {
  object: ObjectMeta;
  check: RuleCheck;
  onChange: (check: RuleCheck) => void;
  problems: Record<string, string>;
}) {
  const { t, label } = useTexts();
  const choices = fieldsFor(object, check.kind).map((field) => ({
    value: field.key,
    label: label(field.label),
  }));
  const field = fieldOf(object, check.field);
  const others = choices.filter(
    ({ value }) => value !== check.field && fieldOf(object, value)?.kind === field?.kind,
  );
  return (
    <Stack gap="xs">
      <Select
        label={t('app.rules.kindLabel')}
        allowDeselect={false}
        value={check.kind}
        data={ruleKinds.map((kind) => ({ value: kind, label: t(`app.rules.kind.${kind}`) }))}
        onChange={(kind) => kind && onChange(asKind(object, check, kind as RuleKind))}
      />
      {check.kind === 'required' || check.kind === 'unique' ? (
        <MultiSelect
          label={t('app.rules.fields')}
          description={check.kind === 'unique' ? t('app.rules.uniqueHelp') : undefined}
          searchable
          maxValues={5}
          value={check.fields ?? []}
          data={choices}
          error={problems['check.fields']}
          onChange={(fields) => onChange({ ...check, fields })}
        />
      ) : (
        <Select
          label={t('app.rules.field')}
          searchable
          allowDeselect={false}
          value={check.field ?? null}
          data={choices}
          error={problems['check.field']}
          onChange={(key) => key && onChange({ ...asKind(object, check, check.kind), field: key })}
        />
      )}
      {check.kind === 'format' && (
        <>
          <Select
            label={t('app.rules.formatLabel')}
            allowDeselect={false}
            value={check.format ?? 'pattern'}
            data={[
              ...ruleFormats.map((each) => ({ value: each, label: t(`app.rules.format.${each}`) })),
              { value: 'pattern', label: t('app.rules.ownPattern') },
            ]}
            onChange={(format) =>
              onChange({
                kind: 'format',
                field: check.field,
                ...(format === 'pattern' ? { pattern: '' } : { format: format ?? undefined }),
              })
            }
          />
          {check.format === undefined && (
            <TextInput
              label={t('app.rules.pattern')}
              description={t('app.rules.patternHelp')}
              ff="monospace"
              value={check.pattern ?? ''}
              error={problems['check.pattern']}
              onChange={(event) => onChange({ ...check, pattern: event.currentTarget.value })}
            />
          )}
        </>
      )}
      {check.kind === 'range' && field && (
        <>
          <ValueInput
            key={`least ${field.key}`}
            field={field}
            label={t('app.rules.least')}
            value={check.least}
            onChange={(least) => onChange({ ...check, least: least ?? null })}
          />
          <ValueInput
            key={`greatest ${field.key}`}
            field={field}
            label={t('app.rules.greatest')}
            value={check.greatest}
            onChange={(greatest) => onChange({ ...check, greatest: greatest ?? null })}
          />
        </>
      )}
      {check.kind === 'compare' && (
        <>
          <Select
            label={t('app.rules.orderLabel')}
            allowDeselect={false}
            value={check.op ?? 'lte'}
            data={ruleOrders.map((op) => ({ value: op, label: t(`app.rules.order.${op}`) }))}
            onChange={(op) => op && onChange({ ...check, op: op as RuleCheck['op'] })}
          />
          <Select
            label={t('app.rules.other')}
            searchable
            allowDeselect={false}
            value={check.other ?? null}
            data={others}
            disabled={!field}
            error={problems['check.other']}
            onChange={(other) => onChange({ ...check, other: other ?? undefined })}
          />
        </>
      )}
    </Stack>
  );
}
