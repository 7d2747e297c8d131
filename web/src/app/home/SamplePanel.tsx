import { useClearSample, useSample } from '@/api';
import { Button, notifyError, notifyUndo, Panel, Text, useTexts } from '@/ui';

/** For the owner, as long as the sample is in the ledger: that it is one, and the way to be rid of it. */
export function SamplePanel() {
  const { t } = useTexts();
  const sample = useSample(true).data;
  const clear = useClearSample();
  if (!sample || sample.records === 0) return null;
  return (
    <Panel
      title={t('app.sample.title')}
      actions={
        <Button
          size="compact-sm"
          variant="light"
          loading={clear.isPending}
          onClick={() =>
            void clear
              .mutateAsync()
              .then(
                ({ records, change }) => notifyUndo(t('app.sample.cleared', { count: records }), change),
                notifyError,
              )
          }
        >
          {t('app.sample.clear')}
        </Button>
      }
    >
      <Text size="sm">{t('app.sample.note', { count: sample.records })}</Text>
    </Panel>
  );
}
