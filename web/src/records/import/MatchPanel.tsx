import { useState } from 'react';
import type { FillPolicy, ImportMode, ImportRun, ImportSettings, ObjectMeta, UnsureRows } from '@/api';
import { Button, Checkbox, NativeSelect, Panel, SegmentedControl, Text, TextInput, useTexts } from '@/ui';
import classes from './import.module.css';

interface MatchPanelProps {
  run: ImportRun;
  object: ObjectMeta;
  onChange: (settings: ImportSettings) => void;
}

const modes: ImportMode[] = ['create', 'both', 'update'];
const policies: FillPolicy[] = ['blanks', 'overwrite', 'newest'];

/** How rows meet what is registered: whom they mean, and what they may change there. */
export function MatchPanel({ run, object, onChange }: MatchPanelProps) {
  const { t, label } = useTexts();
  const mode = run.mode ?? 'create';
  const updates = mode !== 'create';
  const fieldName = (key: string) => {
    const found =
      object.wholes?.find((each) => each.key === key) ?? object.fields.find((each) => each.key === key);
    return found ? label(found.label) : key;
  };
  const newest = run.policy === 'newest' || Object.values(run.policies ?? {}).includes('newest');
  const hasIds = run.columns.some((column) => column.to === 'field:id');
  return (
    <Panel title={t('records.import.match.title')}>
      <div className={classes.modes}>
        <SegmentedControl
          aria-label={t('records.import.match.mode')}
          value={mode}
          onChange={(value) => onChange({ mode: value as ImportMode })}
          data={modes.map((value) => ({ value, label: t(`records.import.match.${value}`) }))}
        />
        <Text c="dimmed" size="xs">
          {t(`records.import.match.${mode}Help`)}
        </Text>
      </div>
      <div className={classes.detected}>
        {!updates && (
          <Checkbox
            label={t('records.import.skipKnown')}
            checked={run.duplicates !== 'create'}
            onChange={(event) => onChange({ duplicates: event.currentTarget.checked ? 'skip' : 'create' })}
          />
        )}
        {(updates || run.duplicates !== 'create') && (
          <NativeSelect
            label={t('records.import.match.key')}
            value={run.key ?? ''}
            onChange={(event) => onChange({ key: event.currentTarget.value })}
            data={[
              { value: '', label: t('records.import.match.auto') },
              ...(hasIds ? [{ value: 'id', label: t('records.import.match.id') }] : []),
              ...keysOf(run).map((key) => ({
                value: key,
                label: t('records.import.match.only', { field: fieldName(key) }),
              })),
            ]}
          />
        )}
        {updates && (
          <NativeSelect
            label={t('records.import.match.policy')}
            value={run.policy ?? 'blanks'}
            onChange={(event) => onChange({ policy: event.currentTarget.value as FillPolicy })}
            data={policies.map((value) => ({ value, label: t(`records.import.match.${value}`) }))}
          />
        )}
        {updates && newest && (
          <>
            <NativeSelect
              label={t('records.import.match.dateColumn')}
              value={run.date_column === undefined ? '' : String(run.date_column)}
              onChange={(event) => {
                const value = event.currentTarget.value;
                onChange({ date_column: value === '' ? null : Number(value) });
              }}
              data={[
                { value: '', label: t('records.import.match.dateNone') },
                ...run.columns.map((column) => ({ value: String(column.index), label: column.header })),
              ]}
            />
            {run.date_column === undefined && (
              <TextInput
                type="date"
                label={t('records.import.match.fileDate')}
                value={run.file_date ?? ''}
                onChange={(event) => onChange({ file_date: event.currentTarget.value || null })}
              />
            )}
          </>
        )}
        {(updates || run.duplicates !== 'create') && (
          <NativeSelect
            label={t('records.import.match.unsure')}
            value={run.unsure ?? 'wait'}
            onChange={(event) => onChange({ unsure: event.currentTarget.value as UnsureRows })}
            data={[
              { value: 'wait', label: t('records.import.match.wait') },
              { value: 'create', label: t('records.import.match.unsureCreate') },
              { value: 'skip', label: t('records.import.match.unsureSkip') },
            ]}
          />
        )}
      </div>
      {updates && (
        <>
          <Checkbox
            mt="sm"
            label={t('records.import.match.clear')}
            checked={run.empty_cells === 'clear'}
            disabled={(run.policy ?? 'blanks') === 'blanks' && Object.keys(run.policies ?? {}).length === 0}
            onChange={(event) => onChange({ empty_cells: event.currentTarget.checked ? 'clear' : 'keep' })}
          />
          <FieldPolicies run={run} nameOf={fieldName} onChange={onChange} />
        </>
      )}
    </Panel>
  );
}

// What was chosen stays in the list even when its column is gone: the server says what is wrong.
function keysOf(run: ImportRun): string[] {
  const keys = run.keys ?? [];
  return !run.key || run.key === 'id' || keys.includes(run.key) ? keys : [...keys, run.key];
}

function FieldPolicies({
  run,
  nameOf,
  onChange,
}: {
  run: ImportRun;
  nameOf: (key: string) => string;
  onChange: (settings: ImportSettings) => void;
}) {
  const { t } = useTexts();
  const chosen = run.policies ?? {};
  const [open, setOpen] = useState(Object.keys(chosen).length > 0);
  const fields = run.columns
    .filter((column) => column.to.startsWith('field:') && !/[:.]id$/.test(column.to))
    .map((column) => column.to.slice('field:'.length))
    .filter((key, at, all) => all.indexOf(key) === at);
  return (
    <div className={classes.policies}>
      <Button variant="subtle" size="compact-sm" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('records.import.match.fields')}
      </Button>
      {open && (
        <div className={classes.fields}>
          {fields.map((key) => (
            <NativeSelect
              key={key}
              size="xs"
              label={nameOf(key)}
              value={chosen[key] ?? ''}
              onChange={(event) =>
                onChange({ policies: { [key]: (event.currentTarget.value || null) as FillPolicy | null } })
              }
              data={[
                { value: '', label: t('records.import.match.same') },
                ...policies.map((value) => ({ value, label: t(`records.import.match.${value}`) })),
              ]}
            />
          ))}
        </div>
      )}
    </div>
  );
}
