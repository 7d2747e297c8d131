import { useEffect, useRef, useState } from 'react';
import {
  downloadExport,
  type ExportEvent,
  type ExportInput,
  exportUrl,
  type ListQuery,
  type ObjectMeta,
} from '@/api';
import {
  Alert,
  Button,
  errorText,
  Group,
  Modal,
  Progress,
  Radio,
  Select,
  Stack,
  Text,
  useMediaQuery,
  useTexts,
} from '@/ui';
import { ReplacedList } from './ReplacedList';

type Format = 'xlsx' | 'cp932' | 'utf8bom' | 'utf8' | 'tsv' | 'vcard3' | 'vcard4' | 'jsonl';
type What = 'view' | 'all' | 'everything';

const inputs: Record<Format, Pick<ExportInput, 'format' | 'encoding' | 'vcard'>> = {
  xlsx: { format: 'xlsx' },
  cp932: { format: 'csv', encoding: 'cp932' },
  utf8bom: { format: 'csv', encoding: 'utf-8-bom' },
  utf8: { format: 'csv', encoding: 'utf-8' },
  tsv: { format: 'tsv', encoding: 'utf-8' },
  vcard3: { format: 'vcard', vcard: '3.0' },
  vcard4: { format: 'vcard', vcard: '4.0' },
  jsonl: { format: 'jsonl' },
};

interface Props {
  object: ObjectMeta;
  query: ListQuery;
  /** The workbook that comes back: its format is fixed. */
  roundTrip: boolean;
  onClose: () => void;
}

type Run =
  | { state: 'open' }
  | { state: 'running'; bytes: number }
  | { state: 'done'; event?: ExportEvent }
  | { state: 'failed'; error: unknown };

/** Which format, and what of the list; then how far it is, and what had to change on the way. */
export function ExportDialog({ object, query, roundTrip, onClose }: Props) {
  const { t, label } = useTexts();
  const phone = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false });
  const [format, setFormat] = useState<Format>('xlsx');
  const [what, setWhat] = useState<What>('view');
  const [run, setRun] = useState<Run>({ state: 'open' });
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const name = label(object.plural_label);
  // The sheet shows the name of each record besides its columns.
  const viewed = [...new Set([object.title, ...(query.fields ?? [])])];
  const card = format === 'vcard3' || format === 'vcard4';
  const formats = (Object.keys(inputs) as Format[]).filter(
    (each) => object.customer || !each.startsWith('vcard'),
  );

  const start = async () => {
    const controller = new AbortController();
    stop.current = controller;
    setRun({ state: 'running', bytes: 0 });
    const scope: ListQuery =
      what === 'everything'
        ? { deleted: query.deleted }
        : { ...query, fields: what === 'all' || card ? undefined : viewed };
    const url = exportUrl(object, { ...scope, ...inputs[roundTrip ? 'xlsx' : format], roundTrip });
    try {
      const event = await downloadExport(
        url,
        (bytes) => setRun({ state: 'running', bytes }),
        controller.signal,
      );
      setRun({ state: 'done', event });
    } catch (error) {
      if (controller.signal.aborted) setRun({ state: 'open' });
      else setRun({ state: 'failed', error });
    }
  };

  return (
    <Modal
      opened
      onClose={onClose}
      fullScreen={phone}
      size="lg"
      title={roundTrip ? t('records.export.roundTrip') : t('records.export.title', { name })}
    >
      {run.state === 'running' ? (
        <Stack>
          <Progress.Root size="lg">
            <Progress.Section value={100} animated aria-label={t('records.export.running')} />
          </Progress.Root>
          <Group justify="space-between">
            <Text role="status">
              {run.bytes === 0
                ? t('records.export.running')
                : t('records.export.bytes', { size: (run.bytes / 1_000_000).toFixed(1) })}
            </Text>
            <Button variant="default" onClick={() => stop.current?.abort()}>
              {t('records.export.cancel')}
            </Button>
          </Group>
        </Stack>
      ) : run.state === 'done' ? (
        <Done event={run.event} object={object} roundTrip={roundTrip} onClose={onClose} />
      ) : (
        <Stack>
          {run.state === 'failed' && (
            <Alert color="red" role="alert">
              {errorText(run.error)}
            </Alert>
          )}
          {!roundTrip && (
            <Select
              label={t('records.export.format')}
              allowDeselect={false}
              data-autofocus
              value={format}
              onChange={(next) => next && setFormat(next as Format)}
              data={formats.map((each) => ({ value: each, label: t(`records.export.formats.${each}`) }))}
              description={
                format === 'cp932'
                  ? t('records.export.cp932Help')
                  : card
                    ? t('records.export.vcardHelp')
                    : undefined
              }
            />
          )}
          <Radio.Group
            label={t('records.export.what')}
            value={what}
            onChange={(next) => setWhat(next as What)}
          >
            <Stack gap="xs" mt={4}>
              <Radio
                value="view"
                label={t('records.export.view', { count: viewed.length })}
                description={t('records.export.viewHelp')}
              />
              <Radio value="all" label={t('records.export.all')} description={t('records.export.allHelp')} />
              <Radio
                value="everything"
                label={t('records.export.everything')}
                description={t('records.export.everythingHelp', { name })}
              />
            </Stack>
          </Radio.Group>
          <Text size="sm" c="dimmed">
            {roundTrip ? t('records.export.roundTripDone') : t('records.export.logged')}
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('records.export.cancel')}
            </Button>
            <Button onClick={() => void start()}>{t('records.export.start')}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

function Done({
  event,
  object,
  roundTrip,
  onClose,
}: {
  event?: ExportEvent;
  object: ObjectMeta;
  roundTrip: boolean;
  onClose: () => void;
}) {
  const { t } = useTexts();
  return (
    <Stack>
      <Alert color="green" role="status">
        {t('records.export.done', { count: (event?.rows ?? 0).toLocaleString('en-US') })}
        {roundTrip && <div>{t('records.export.roundTripDone')}</div>}
      </Alert>
      {event && event.replaced > 0 && <ReplacedList event={event} object={object} />}
      {event?.truncated !== undefined && event.truncated > 0 && (
        <Alert color="yellow">{t('records.export.truncated', { count: event.truncated })}</Alert>
      )}
      <Group justify="flex-end">
        <Button onClick={onClose} data-autofocus>
          {t('records.export.close')}
        </Button>
      </Group>
    </Stack>
  );
}
