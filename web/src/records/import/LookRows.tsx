import type { ImportPreviewRow, ImportRowChoice, ImportRun, ImportSettings } from '@/api';
import { Button, Group, useTexts } from '@/ui';
import classes from './import.module.css';

/** Rows that may mean one of several records, or none: the person says which, or leaves them out. */
export function LookRows({
  rows,
  run,
  onChange,
}: {
  rows: ImportPreviewRow[];
  run: ImportRun;
  onChange: (settings: ImportSettings) => void;
}) {
  const { t } = useTexts();
  const decide = (choice: ImportRowChoice) => onChange({ choices: [choice] });
  return (
    <>
      {run.choices && run.choices.length > 0 && (
        <ul className={classes.decided}>
          {run.choices.map((choice) => (
            <li key={choice.row}>
              {t('records.import.diagnosis.row', { row: choice.row })}:{' '}
              <b>{t(`records.import.rows.${decidedText[choice.choice]}`)}</b>
              <Button
                variant="subtle"
                size="compact-xs"
                onClick={() => decide({ row: choice.row, choice: 'ask' })}
              >
                {t('records.import.rows.again')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <ul className={classes.looks}>
        {rows.map((row) => (
          <li key={row.row} className={classes.look}>
            <div className={classes.lookRow}>
              <span className={classes.quiet}>{t('records.import.diagnosis.row', { row: row.row })}</span>
              <span className={classes.lookCells}>{row.cells.filter((cell) => cell !== '').join(' / ')}</span>
            </div>
            {row.problems.map((problem) => (
              <div key={`${problem.code}-${problem.column ?? ''}`} className={classes.quiet}>
                {problem.message}
              </div>
            ))}
            <ul className={classes.candidates} aria-label={t('records.import.rows.candidates')}>
              {row.candidates?.map((candidate) => (
                <li key={candidate.id} className={classes.candidate}>
                  <div className={classes.candidateText}>
                    <b>{candidate.title || candidate.id}</b>
                    {candidate.subtitle && <span className={classes.quiet}>{candidate.subtitle}</span>}
                    <span className={classes.quiet}>
                      {t('records.import.rows.by')}:{' '}
                      {candidate.reasons.map((reason) => t(`records.import.by.${reason}`)).join('・')}
                    </span>
                  </div>
                  <Button
                    variant="default"
                    size="compact-sm"
                    onClick={() => decide({ row: row.row, choice: 'use', id: candidate.id })}
                  >
                    {t('records.import.rows.use')}
                  </Button>
                </li>
              ))}
            </ul>
            <Group gap="xs">
              {run.mode !== 'update' && (
                <Button
                  variant="default"
                  size="compact-sm"
                  onClick={() => decide({ row: row.row, choice: 'create' })}
                >
                  {t('records.import.rows.new')}
                </Button>
              )}
              <Button
                variant="subtle"
                color="gray"
                size="compact-sm"
                onClick={() => decide({ row: row.row, choice: 'skip' })}
              >
                {t('records.import.rows.leave')}
              </Button>
            </Group>
          </li>
        ))}
      </ul>
    </>
  );
}

const decidedText: Record<ImportRowChoice['choice'], string> = {
  use: 'decidedUse',
  create: 'new',
  skip: 'leave',
  ask: 'undecided',
};
