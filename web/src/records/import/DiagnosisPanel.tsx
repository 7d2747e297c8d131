import { IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { type ImportFinding, type ImportRun, type ImportSettings, useImportDiagnosis } from '@/api';
import { Button, ErrorState, Group, Loader, NativeSelect, Panel, Text, useTexts } from '@/ui';
import classes from './import.module.css';

/** What is the matter with the list, and what can be put right with one press. */
export function DiagnosisPanel({
  run,
  onChange,
}: {
  run: ImportRun;
  onChange: (settings: ImportSettings) => void;
}) {
  const { t } = useTexts();
  const found = useImportDiagnosis(run.id);
  const findings = found.data?.findings;
  const running = found.isPending || found.data?.status === 'running';
  return (
    <Panel title={t('records.import.diagnosis.title')} flush>
      <div aria-busy={running}>
        {found.error && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
        {running && !found.error && (
          <Group gap="xs" className={classes.running} role="status">
            <Loader size="xs" />
            <Text c="dimmed">{t('records.import.diagnosis.running')}</Text>
          </Group>
        )}
        {!running && findings?.length === 0 && (
          <Group gap="xs" className={classes.running}>
            <IconCircleCheck size={18} className={classes.good} aria-hidden="true" />
            <Text>{t('records.import.diagnosis.clean')}</Text>
          </Group>
        )}
        {findings && findings.length > 0 && (
          <ul className={classes.findings}>
            {findings.map((finding) => (
              <Finding
                key={`${finding.code}-${finding.column ?? ''}`}
                finding={finding}
                run={run}
                onChange={onChange}
              />
            ))}
          </ul>
        )}
      </div>
    </Panel>
  );
}

function Finding({
  finding,
  run,
  onChange,
}: {
  finding: ImportFinding;
  run: ImportRun;
  onChange: (settings: ImportSettings) => void;
}) {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  const column = finding.column === undefined ? undefined : run.columns[finding.column]?.header;
  const { mend, unmend } = finding;
  return (
    <li className={classes.finding} data-mended={finding.mended || undefined}>
      <div className={classes.findingHead}>
        <span className={classes.findingText}>
          {column && <b>{column}: </b>}
          {finding.message}
        </span>
        <b className={classes.findingCount}>
          {t('records.import.diagnosis.count', { count: finding.count.toLocaleString('en-US') })}
        </b>
        {finding.samples.length > 0 && (
          <Button variant="subtle" size="compact-sm" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t('records.import.diagnosis.samples')}
          </Button>
        )}
        {finding.code === 'diag_stale' && (
          <NativeSelect
            size="xs"
            aria-label={t('records.import.diagnosis.years')}
            value={String(run.stale_years ?? 5)}
            onChange={(event) => onChange({ stale_years: Number(event.currentTarget.value) })}
            data={[1, 2, 3, 5, 10].map((years) => ({
              value: String(years),
              label: t('records.import.diagnosis.yearsValue', { years }),
            }))}
          />
        )}
        {mend && !finding.mended && (
          <Button variant="default" size="compact-sm" onClick={() => onChange(mend)}>
            {t(`records.import.diagnosis.mend.${finding.code}`)}
          </Button>
        )}
        {finding.mended && (
          <span className={classes.mended}>
            <IconCircleCheck size={15} aria-hidden="true" /> {t('records.import.diagnosis.mended')}
          </span>
        )}
        {finding.mended && unmend && (
          <Button variant="subtle" color="gray" size="compact-sm" onClick={() => onChange(unmend)}>
            {t('records.import.diagnosis.undo')}
          </Button>
        )}
      </div>
      {open && (
        <ul className={classes.samplesList}>
          {finding.samples.map((sample) => (
            <li key={`${sample.row}-${sample.text}`}>
              <span className={classes.quiet}>
                {t('records.import.diagnosis.row', { row: sample.row.toLocaleString('en-US') })}
              </span>{' '}
              {sample.text}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
