import { IconFileSpreadsheet, IconLock, IconUpload } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type DragEvent, useState } from 'react';
import { useImports, useObjects, useUploadImport } from '@/api';
import { ChoiceBadge } from '@/fields';
import {
  Alert,
  Button,
  EmptyState,
  errorText,
  FileButton,
  formatDateTime,
  Loading,
  PageHeader,
  Panel,
  Select,
  Text,
  Textarea,
  useTexts,
} from '@/ui';
import classes from './import.module.css';

const kAccepted = '.csv,.tsv,.txt,.xlsx,.vcf,.ics,.json,.jsonl,.ndjson';

/** What to bring in, the file, and what was brought in before. */
export function ImportStart() {
  const { t, label } = useTexts();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const all = useObjects();
  const objects = all.filter((object) => object.permissions.import);
  const [chosen, setChosen] = useState<string | null>(
    typeof search.object === 'string' ? search.object : null,
  );
  // Without a choice the headings decide.
  const object = objects.find((each) => each.key === chosen);
  const upload = useUploadImport();
  const [over, setOver] = useState(false);
  const [table, setTable] = useState<string | null>(null);

  const send = (file: File | null | undefined) => {
    if (!file) return;
    upload.mutate(
      { object: object?.key, file },
      { onSuccess: (run) => void navigate({ to: '/import/$id', params: { id: run.id } }) },
    );
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    send(event.dataTransfer.files[0]);
  };
  if (all.length > 0 && objects.length === 0)
    return (
      <EmptyState page icon={<IconLock size={28} stroke={1.5} />} title={t('records.import.forbidden')}>
        {t('records.import.forbiddenHelp')}
      </EmptyState>
    );
  return (
    <>
      <PageHeader title={t('records.import.title')} />
      <Text c="dimmed" mb="md">
        {t('records.import.intro')}
      </Text>
      <Panel>
        <Select
          label={t('records.import.object')}
          className={classes.object}
          allowDeselect={false}
          value={object?.key ?? ''}
          onChange={setChosen}
          data={[
            { value: '', label: t('records.import.anyObject') },
            ...objects.map((each) => ({ value: each.key, label: label(each.label) })),
          ]}
        />
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same without a mouse */}
        <div
          className={classes.drop}
          data-over={over || undefined}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={onDrop}
        >
          <IconFileSpreadsheet size={34} stroke={1.3} aria-hidden="true" />
          <Text fw={600}>{t('records.import.drop')}</Text>
          <Text c="dimmed" size="xs">
            {t('records.import.formats')}
          </Text>
          <FileButton accept={kAccepted} onChange={send}>
            {(button) => (
              <Button {...button} leftSection={<IconUpload size={15} />} loading={upload.isPending}>
                {t('records.import.choose')}
              </Button>
            )}
          </FileButton>
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => setTable((now) => (now === null ? '' : null))}
          >
            {t('records.import.paste')}
          </Button>
        </div>
        {table !== null && (
          <div className={classes.paste}>
            <Textarea
              aria-label={t('records.import.paste')}
              autosize
              minRows={5}
              maxRows={14}
              autoFocus
              value={table}
              onChange={(event) => setTable(event.currentTarget.value)}
            />
            <Button
              disabled={table.trim() === ''}
              loading={upload.isPending}
              onClick={() =>
                send(new File([table], t('records.import.pasteName'), { type: 'text/tab-separated-values' }))
              }
            >
              {t('records.import.pasteUse')}
            </Button>
          </div>
        )}
        {upload.error && (
          <Alert color="red" mt="md" role="alert" title={t('records.import.badFile')}>
            <p className={classes.lines}>{errorText(upload.error)}</p>
          </Alert>
        )}
      </Panel>
      <Earlier />
    </>
  );
}

function Earlier() {
  const { t, label } = useTexts();
  const objects = useObjects();
  const imports = useImports();
  return (
    <div className={classes.earlier}>
      <Panel title={t('records.import.earlier')} flush>
        {imports.isPending && <Loading rows={3} />}
        {imports.data?.length === 0 && <EmptyState compact title={t('records.import.none')} />}
        <ul className={classes.runs}>
          {imports.data?.map((run) => (
            <li key={run.id}>
              <Link className={classes.run} to="/import/$id" params={{ id: run.id }}>
                <b>{run.name}</b>
                <span>{label(objects.find((each) => each.key === run.object)?.label)}</span>
                {run.progress && run.status !== 'ready' && (
                  <span className={classes.quiet}>
                    {t('records.import.counts.rows', { count: run.progress.total.toLocaleString('en-US') })}
                  </span>
                )}
                {run.created_at && <span className={classes.quiet}>{formatDateTime(run.created_at)}</span>}
                <ChoiceBadge color={statusColor(run.status)}>
                  {t(`records.import.status.${run.status}`)}
                </ChoiceBadge>
              </Link>
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  );
}

function statusColor(status: string): string {
  if (status === 'done') return 'green';
  if (status === 'failed') return 'red';
  return status === 'ready' || status === 'running' || status === 'undoing' ? 'blue' : 'gray';
}
