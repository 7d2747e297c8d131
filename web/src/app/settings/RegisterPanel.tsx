import { IconArrowRight, IconUpload } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useLoadRegister, useRegisterState } from '@/api';
import {
  Button,
  ErrorState,
  errorText,
  FileButton,
  formatDate,
  formatDateTime,
  formatNumber,
  Group,
  Loading,
  Panel,
  Progress,
  Stack,
  Text,
  useTexts,
} from '@/ui';
import classes from './reference.module.css';

/** The public register of corporate numbers: what is in, and new files of the tax agency. */
export function RegisterPanel() {
  const { t, language } = useTexts();
  const state = useRegisterState();
  const load = useLoadRegister();
  if (state.error) return <ErrorState error={state.error} onRetry={() => void state.refetch()} />;
  if (!state.data) return <Loading rows={4} />;
  const { load: run, files, empty, newest } = state.data;
  const running = run.status === 'running';
  const wrong = load.error
    ? errorText(load.error)
    : run.status === 'failed'
      ? t(`app.reference.wrong.${run.error ?? 'internal'}`, {
          line: run.line,
          defaultValue: t('app.reference.wrong.internal'),
        })
      : '';
  return (
    <Panel title={t('app.reference.register')}>
      <Stack gap="sm">
        <Text size="sm">{t('app.reference.registerHelp')}</Text>
        {empty && !running && (
          <Text size="sm" fw={600}>
            {t('app.reference.registerEmpty')}
          </Text>
        )}
        {newest && (
          <Text size="sm" fw={600}>
            {t('app.reference.newest', { date: formatDate(newest, 'full', language) })}
          </Text>
        )}
        {running && (
          <div role="status">
            <Progress value={run.percent ?? 0} aria-label={t('app.reference.loading')} />
            <Text size="xs" c="dimmed" mt={4}>
              {t('app.reference.loadingRows', { name: run.file, rows: formatNumber(run.rows ?? 0) })}
            </Text>
          </div>
        )}
        {wrong && (
          <Text c="red" role="alert" size="sm">
            {wrong}
          </Text>
        )}
        {files.length > 0 && (
          <ul className={classes.files}>
            {files.map((file) => (
              <li key={`${file.name} ${file.loaded_at}`}>
                <span className={classes.file}>{file.name}</span>
                <Text span size="xs" c={file.complete ? 'dimmed' : 'red'}>
                  {t(file.complete ? 'app.reference.fileDone' : 'app.reference.filePart', {
                    rows: formatNumber(file.rows),
                    at: formatDateTime(file.loaded_at),
                  })}
                </Text>
              </li>
            ))}
          </ul>
        )}
        <Group gap="xs">
          <FileButton accept=".csv,.zip" onChange={(file) => file && load.mutate(file)}>
            {(button) => (
              <Button
                {...button}
                variant="default"
                leftSection={<IconUpload size={15} />}
                loading={load.isPending}
                disabled={running}
              >
                {t('app.reference.chooseRegister')}
              </Button>
            )}
          </FileButton>
          {!empty && (
            <Button
              renderRoot={(props) => <Link {...props} to="/register" />}
              rightSection={<IconArrowRight size={15} />}
            >
              {t('app.reference.compare')}
            </Button>
          )}
        </Group>
        <Text size="xs" c="dimmed">
          {t('app.reference.registerFiles')}
        </Text>
      </Stack>
    </Panel>
  );
}
