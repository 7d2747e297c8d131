import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { FieldMeta, ObjectMeta } from '@/api';
import { emptyFilter, type FilterModel, fromFilterJson, openCondition, toFilterJson } from '@/fields';
import { ActionIcon, Button, Drawer, Group, NativeSelect, Stack, Text, useTexts } from '@/ui';
import { FilterRows } from '../list/FilterRows';
import { type Color, type ColorRule, colors, isScale, kMostRules } from './colorRules';
import classes from './colors.module.css';
import '@/grid/paint.css';

/** A rule as it is being made; its conditions may be incomplete still. */
type Draft = { scale: string } | { model: FilterModel; color: Color; on: string | undefined };

interface ColorDialogProps {
  object: ObjectMeta;
  /** Of the list, the title first. */
  columns: readonly FieldMeta[];
  rules: readonly ColorRule[];
  onRules: (rules: ColorRule[] | undefined) => void;
  onClose: () => void;
}

const scaled = new Set<string>(['integer', 'decimal', 'money', 'percent', 'date', 'date_time']);

/** 条件で色を付ける: the rules of a list in their order; it follows while they are changed. */
export function ColorDialog({ object, columns, rules, onRules, onClose }: ColorDialogProps) {
  const { t, label } = useTexts();
  const [drafts, setDrafts] = useState<Draft[]>(() =>
    rules.length > 0 ? rules.map(draftOf) : [freshDraft(0)],
  );
  const change = (next: Draft[]) => {
    setDrafts(next);
    const made = next.flatMap(ruleOf);
    onRules(made.length > 0 ? made : undefined);
  };
  const put = (at: number, draft: Draft) => change(drafts.with(at, draft));
  const move = (at: number, by: number) => {
    const next = [...drafts];
    const [one] = next.splice(at, 1);
    if (one) next.splice(at + by, 0, one);
    change(next);
  };
  const scales = columns.filter((field) => scaled.has(field.kind) && !field.masked && field.sortable);
  const full = drafts.length >= kMostRules;
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(720px, 100vw)"
      title={t('records.colors.title')}
      overlayProps={{ backgroundOpacity: 0.15 }}
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('records.colors.help')}
        </Text>
        {drafts.map((draft, at) => (
          <fieldset
            // biome-ignore lint/suspicious/noArrayIndexKey: rules have no identity of their own
            key={at}
            className={classes.rule}
            aria-label={t('records.colors.rule', { number: at + 1 })}
          >
            <Group justify="space-between" wrap="nowrap" gap="xs">
              <Text size="sm" fw={600}>
                {t('records.colors.rule', { number: at + 1 })}
              </Text>
              <Group gap={0} wrap="nowrap">
                <ActionIcon
                  disabled={at === 0}
                  aria-label={t('records.colors.up', { number: at + 1 })}
                  onClick={() => move(at, -1)}
                >
                  <IconArrowUp size={14} />
                </ActionIcon>
                <ActionIcon
                  disabled={at === drafts.length - 1}
                  aria-label={t('records.colors.down', { number: at + 1 })}
                  onClick={() => move(at, 1)}
                >
                  <IconArrowDown size={14} />
                </ActionIcon>
                <ActionIcon
                  aria-label={t('records.colors.remove', { number: at + 1 })}
                  onClick={() => change(drafts.filter((_, place) => place !== at))}
                >
                  <IconTrash size={14} />
                </ActionIcon>
              </Group>
            </Group>
            {'scale' in draft ? (
              <NativeSelect
                size="xs"
                label={t('records.colors.scaleField')}
                value={draft.scale}
                onChange={(event) => put(at, { scale: event.currentTarget.value })}
                data={scales.map((field) => ({ value: field.key, label: label(field.label) }))}
              />
            ) : (
              <>
                <FilterRows
                  object={object}
                  model={draft.model}
                  place="top"
                  onChange={(model) => put(at, { ...draft, model })}
                />
                <Group gap="md" align="end">
                  <Swatches value={draft.color} onChange={(color) => put(at, { ...draft, color })} />
                  <NativeSelect
                    size="xs"
                    label={t('records.colors.where')}
                    value={draft.on ?? ''}
                    onChange={(event) => put(at, { ...draft, on: event.currentTarget.value || undefined })}
                    data={[
                      { value: '', label: t('records.colors.row') },
                      ...columns.map((field) => ({
                        value: field.key,
                        label: t('records.colors.cell', { name: label(field.label) }),
                      })),
                    ]}
                  />
                </Group>
              </>
            )}
          </fieldset>
        ))}
        <Group gap="xs">
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlus size={14} />}
            disabled={full}
            onClick={() => change([...drafts, freshDraft(drafts.length)])}
          >
            {t('records.colors.add')}
          </Button>
          {scales[0] && (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconPlus size={14} />}
              disabled={full}
              onClick={() => change([...drafts, { scale: scales[0]?.key ?? '' }])}
            >
              {t('records.colors.addScale')}
            </Button>
          )}
        </Group>
        {full && <Text size="xs">{t('records.colors.full', { most: kMostRules })}</Text>}
      </Stack>
    </Drawer>
  );
}

function Swatches({ value, onChange }: { value: Color; onChange: (color: Color) => void }) {
  const { t } = useTexts();
  return (
    <div role="radiogroup" aria-label={t('records.colors.color')} className={classes.swatches}>
      {colors.map((color) => (
        <label key={color} className={classes.swatch} data-paint={color}>
          <input
            type="radio"
            checked={value === color}
            aria-label={t(`records.colors.names.${color}`)}
            onChange={() => onChange(color)}
          />
          {t(`records.colors.names.${color}`)}
        </label>
      ))}
    </div>
  );
}

function freshDraft(at: number): Draft {
  return {
    model: { ...emptyFilter, conditions: [openCondition] },
    color: colors[at % colors.length] ?? 'red',
    on: undefined,
  };
}

function draftOf(rule: ColorRule): Draft {
  return isScale(rule) ? rule : { model: fromFilterJson(rule.when), color: rule.color, on: rule.on };
}

function ruleOf(draft: Draft): ColorRule[] {
  if ('scale' in draft) return [draft];
  const when = toFilterJson(draft.model);
  return when === undefined ? [] : [{ when, color: draft.color, ...(draft.on ? { on: draft.on } : {}) }];
}
