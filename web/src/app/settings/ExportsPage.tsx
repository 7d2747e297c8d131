import { IconFileExport } from '@tabler/icons-react';
import { type ExportEvent, exportAllUrl, type ObjectMeta, useExports, useObjects, useSession } from '@/api';
import { type FilterModel, fromFilterJson, type Json } from '@/fields';
import { useConditionText } from '@/records/list/ConditionText';
import {
  Badge,
  Button,
  EmptyState,
  ErrorState,
  formatDateTime,
  Loading,
  PageHeader,
  Panel,
  Table,
  Text,
  useConfirm,
  useTexts,
} from '@/ui';
import { ManagersOnly } from './ManagersOnly';
import classes from './SettingsLayout.module.css';

/** Who took what out of the ledger; for the owner also the way to take all of it. */
export function ExportsPage() {
  const { t } = useTexts();
  const owner = useSession().data?.user.role === 'owner';
  return (
    <ManagersOnly>
      <PageHeader title={t('app.settingsPage.exports')} />
      <Text c="dimmed" mb="md">
        {t('app.exports.intro')}
      </Text>
      <Log />
      {owner && <Everything />}
    </ManagersOnly>
  );
}

function Log() {
  const { t } = useTexts();
  const objects = useObjects();
  const found = useExports();
  return (
    <Panel flush>
      {found.isPending ? (
        <Loading rows={6} />
      ) : found.error ? (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      ) : found.items?.length === 0 ? (
        <EmptyState icon={<IconFileExport size={28} stroke={1.5} />} title={t('app.exports.none')}>
          {t('app.exports.noneHelp')}
        </EmptyState>
      ) : (
        <div className={classes.scroll}>
          <Table className={classes.stacked}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('app.exports.when')}</Table.Th>
                <Table.Th>{t('app.exports.who')}</Table.Th>
                <Table.Th>{t('app.exports.what')}</Table.Th>
                <Table.Th ta="right">{t('app.exports.count')}</Table.Th>
                <Table.Th>{t('app.exports.format')}</Table.Th>
                <Table.Th>{t('app.exports.cond')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {found.items?.map((event) => (
                <Event
                  key={event.id}
                  event={event}
                  object={objects.find((each) => each.key === event.object)}
                />
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {found.hasNextPage && (
        <Button
          m="sm"
          variant="default"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {t('app.exports.more')}
        </Button>
      )}
    </Panel>
  );
}

function Event({ event, object }: { event: ExportEvent; object?: ObjectMeta }) {
  const { t, label } = useTexts();
  const format = [event.format === 'vcard' ? 'vCard' : event.format.toUpperCase(), event.encoding]
    .filter(Boolean)
    .join(' ');
  return (
    <Table.Tr>
      <Table.Td>{formatDateTime(event.at)}</Table.Td>
      <Table.Td>{event.by.title}</Table.Td>
      <Table.Td data-label={t('app.exports.what')}>
        {event.kind === 'all' ? t('app.exports.all') : label(object?.plural_label) || event.object}
        {event.kind === 'round_trip' && <div>{t('app.exports.kind.round_trip')}</div>}
        {event.kind === 'calendar' && <div>{t('app.exports.kind.calendar')}</div>}
      </Table.Td>
      <Table.Td className={classes.number} data-label={t('app.exports.count')}>
        {event.rows?.toLocaleString('en-US') ?? '–'}
        {event.status !== 'done' && (
          <div>
            <Badge color={event.status === 'cut' ? 'orange' : 'blue'} variant="light">
              {t(`app.exports.${event.status}`)}
            </Badge>
          </div>
        )}
      </Table.Td>
      <Table.Td data-label={t('app.exports.format')}>
        {event.kind === 'all' ? 'CSV · JSON' : format}
        {event.replaced > 0 && (
          <Text size="xs" c="dimmed">
            {t('app.exports.replaced', { count: event.replaced })}
          </Text>
        )}
      </Table.Td>
      <Table.Td data-label={t('app.exports.cond')}>
        <Conditions event={event} object={object} />
      </Table.Td>
    </Table.Tr>
  );
}

function Conditions({ event, object }: { event: ExportEvent; object?: ObjectMeta }) {
  const { t } = useTexts();
  const conditions = event.filter ? fromFilterJson(event.filter as Json).conditions : [];
  if (event.kind === 'all' || event.kind === 'calendar') return null;
  const whole = conditions.length === 0 && !event.filter_hidden && !event.q;
  return (
    <>
      {whole && t('app.exports.whole')}
      {object &&
        conditions.map((condition) => (
          <Condition key={JSON.stringify(condition)} object={object} condition={condition} />
        ))}
      {event.filter_hidden && <div>{t('app.exports.hidden')}</div>}
      {event.q && <div>{t('app.exports.words', { q: event.q })}</div>}
      <Text size="xs" c="dimmed">
        {event.fields ? t('app.exports.fields', { count: event.fields.length }) : t('app.exports.fieldsAll')}
      </Text>
    </>
  );
}

function Condition({
  object,
  condition,
}: {
  object: ObjectMeta;
  condition: FilterModel['conditions'][number];
}) {
  return <div>{useConditionText(object, condition)}</div>;
}

function Everything() {
  const { t } = useTexts();
  const confirm = useConfirm();
  const start = async () => {
    const sure = await confirm({
      title: t('app.exports.everything'),
      message: t('app.exports.everythingConfirm'),
      confirm: t('app.exports.everythingButton'),
    });
    // The browser shows how far it is, and can be left alone with it.
    if (sure) window.location.assign(exportAllUrl);
  };
  return (
    <div style={{ marginTop: 16 }}>
      <Panel title={t('app.exports.everything')}>
        <Text mb="sm">{t('app.exports.everythingHelp')}</Text>
        <Button variant="default" onClick={() => void start()}>
          {t('app.exports.everythingButton')}
        </Button>
      </Panel>
    </div>
  );
}
