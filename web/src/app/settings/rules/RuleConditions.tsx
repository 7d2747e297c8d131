import { IconPlus, IconX } from '@tabler/icons-react';
import type { ObjectMeta, RuleCondition, RuleOp } from '@/api';
import { ActionIcon, Button, Select, Stack, useTexts } from '@/ui';
import { opsFor, ruleFields, wantsMany, wantsOne } from './ruleDraft';
import { fieldOf } from './ruleSentence';
import classes from './rules.module.css';
import { ValueInput, ValuesInput } from './ValueInput';

const kMost = 5;

/** When the rule counts: all of some conditions, or always. */
export function RuleConditions({
  object,
  conditions,
  onChange,
}: {
  object: ObjectMeta;
  conditions: RuleCondition[];
  onChange: (conditions: RuleCondition[]) => void;
}) {
  const { t, label } = useTexts();
  const fields = ruleFields(object);
  const put = (at: number, condition: RuleCondition) =>
    onChange(conditions.map((each, i) => (i === at ? condition : each)));
  return (
    <Stack gap="xs">
      {conditions.map((condition, at) => {
        const field = fieldOf(object, condition.field);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no name of their own
          <div key={at} className={classes.condition}>
            <Select
              label={t('app.rules.conditionField')}
              searchable
              allowDeselect={false}
              value={condition.field || null}
              data={fields.map((each) => ({ value: each.key, label: label(each.label) }))}
              onChange={(key) => {
                if (key) put(at, { field: key, op: opsFor(fieldOf(object, key))[0] ?? 'filled' });
              }}
            />
            <Select
              label={t('app.rules.conditionOp')}
              allowDeselect={false}
              value={condition.op}
              data={opsFor(field).map((op) => ({ value: op, label: t(`app.rules.op.${op}`) }))}
              onChange={(op) => op && put(at, { field: condition.field, op: op as RuleOp })}
            />
            {field && wantsMany(condition.op) && (
              <ValuesInput
                key={field.key}
                field={field}
                label={t('app.rules.conditionValue')}
                values={condition.values ?? []}
                onChange={(values) => put(at, { ...condition, values })}
              />
            )}
            {field && wantsOne(condition.op) && (
              <ValueInput
                key={`${field.key} ${condition.op}`}
                field={field}
                label={t('app.rules.conditionValue')}
                value={condition.value}
                onChange={(value) => put(at, { ...condition, value })}
              />
            )}
            <ActionIcon
              className={classes.drop}
              aria-label={t('app.rules.dropCondition')}
              onClick={() => onChange(conditions.filter((_, i) => i !== at))}
            >
              <IconX size={16} stroke={1.6} />
            </ActionIcon>
          </div>
        );
      })}
      {conditions.length < kMost && (
        <div>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconPlus size={14} stroke={1.8} />}
            onClick={() => onChange([...conditions, { field: '', op: 'filled' }])}
          >
            {t(conditions.length === 0 ? 'app.rules.addWhen' : 'app.rules.addCondition')}
          </Button>
        </div>
      )}
    </Stack>
  );
}
