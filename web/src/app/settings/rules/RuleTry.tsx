import { IconCheck, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { isApiError, type ObjectMeta, type RuleInput, type RuleValue, useTryRule } from '@/api';
import { Button, errorText, Group, Stack, Text, useTexts } from '@/ui';
import { fieldOf } from './ruleSentence';
import { ValueInput } from './ValueInput';

/** Values typed for a trial, and what the rule says of them. Nothing is saved. */
export function RuleTry({
  object,
  rule,
  disabled,
}: {
  object: ObjectMeta;
  rule: RuleInput;
  disabled: boolean;
}) {
  const { t, label } = useTexts();
  const [values, setValues] = useState<Record<string, RuleValue | undefined>>({});
  const attempt = useTryRule();
  const keys = [
    ...(rule.when ?? []).map((condition) => condition.field),
    ...(rule.check.fields ?? []),
    rule.check.field ?? '',
    rule.check.other ?? '',
  ];
  const fields = [...new Set(keys)]
    .map((key) => fieldOf(object, key))
    .filter((field) => field !== undefined)
    .filter((field) => field.comparison !== 'link' && field.kind !== 'links' && field.kind !== 'users');
  const run = () => {
    const sample: Record<string, unknown> = {};
    for (const field of fields) {
      const value = values[field.key];
      if (value !== undefined) sample[field.key] = field.comparison === 'items' ? [value] : value;
    }
    attempt.mutate({ rule, values: sample });
  };
  const result = attempt.data;
  const problems = isApiError(attempt.error) ? Object.values(attempt.error.byField) : [];
  return (
    <Stack gap="xs">
      {fields.map((field) => (
        <ValueInput
          key={field.key}
          field={field}
          label={label(field.label)}
          value={values[field.key]}
          onChange={(value) => setValues((now) => ({ ...now, [field.key]: value }))}
        />
      ))}
      <Group gap="sm">
        <Button
          size="compact-sm"
          variant="default"
          disabled={disabled || fields.length === 0}
          loading={attempt.isPending}
          onClick={run}
        >
          {t('app.rules.try')}
        </Button>
        <Group gap={6} role="status" wrap="nowrap">
          {attempt.error && <Text size="sm">{problems.join(' ') || errorText(attempt.error)}</Text>}
          {result && !attempt.error && (
            <>
              {result.problems.length > 0 ? (
                <IconX size={16} color="var(--mantine-color-red-text)" aria-hidden />
              ) : (
                <IconCheck size={16} color="var(--mantine-color-teal-text)" aria-hidden />
              )}
              <Text size="sm">
                {!result.applies
                  ? t('app.rules.notAsked')
                  : result.problems.length === 0
                    ? t('app.rules.kept')
                    : result.problems.map((problem) => problem.message).join(' ')}
              </Text>
            </>
          )}
        </Group>
      </Group>
    </Stack>
  );
}
