import { IconUpload } from '@tabler/icons-react';
import { type PostalPart, useClearPostal, useLoadPostal, usePostalState } from '@/api';
import {
  Button,
  ErrorState,
  errorText,
  FileButton,
  formatDate,
  formatNumber,
  Group,
  Loading,
  notifyDone,
  Panel,
  Stack,
  Text,
  useConfirm,
  useTexts,
} from '@/ui';
import classes from './reference.module.css';

function Row({ name, part }: { name: string; part: PostalPart }) {
  const { t, language } = useTexts();
  return (
    <div className={classes.row}>
      <dt>{name}</dt>
      <dd>
        {t('app.reference.rows', { count: part.rows, shown: formatNumber(part.rows) })}
        <Text span c="dimmed" size="xs" className={classes.origin}>
          {part.loaded_on
            ? t('app.reference.loadedOn', { date: formatDate(part.loaded_on, 'full', language) })
            : t('app.reference.builtIn')}
        </Text>
      </dd>
    </div>
  );
}

/** The table of postal codes: which one is in use, and newer files of Japan Post. */
export function PostalPanel() {
  const { t } = useTexts();
  const state = usePostalState();
  const load = useLoadPostal();
  const clear = useClearPostal();
  const confirm = useConfirm();
  if (state.error) return <ErrorState error={state.error} onRetry={() => void state.refetch()} />;
  if (!state.data) return <Loading rows={4} />;
  const { towns, offices } = state.data;
  const send = async (files: File[]) => {
    // One after the other: each takes the place of its own table.
    for (const file of files) {
      try {
        await load.mutateAsync(file);
        notifyDone(t('app.reference.loaded', { name: file.name }));
      } catch {
        return; // shown below the button
      }
    }
  };
  return (
    <Panel title={t('app.reference.postal')}>
      <Stack gap="sm">
        <Text size="sm">{t('app.reference.postalHelp')}</Text>
        <dl className={classes.facts}>
          <Row name={t('app.reference.towns')} part={towns} />
          <Row name={t('app.reference.offices')} part={offices} />
        </dl>
        {load.error && (
          <Text c="red" role="alert" size="sm">
            {errorText(load.error)}
          </Text>
        )}
        <Group gap="xs">
          <FileButton multiple accept=".csv,.zip" onChange={(files) => void send(files)}>
            {(button) => (
              <Button
                {...button}
                variant="default"
                leftSection={<IconUpload size={15} />}
                loading={load.isPending}
              >
                {t('app.reference.choosePostal')}
              </Button>
            )}
          </FileButton>
          {(towns.loaded || offices.loaded) && (
            <Button
              variant="subtle"
              loading={clear.isPending}
              onClick={async () => {
                if (await confirm({ title: t('app.reference.clearAsk'), confirm: t('app.reference.clear') }))
                  clear.mutate();
              }}
            >
              {t('app.reference.clear')}
            </Button>
          )}
        </Group>
        <Text size="xs" c="dimmed">
          {t('app.reference.postalFiles')}
        </Text>
      </Stack>
    </Panel>
  );
}
