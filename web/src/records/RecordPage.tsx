import { IconMapOff, IconPencilPlus, IconPhoneCheck } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type MouseEvent, type ReactNode, useEffect, useMemo, useState } from 'react';
import {
  isApiError,
  type ObjectMeta,
  type RecordData,
  useNoteSeen,
  usePresence,
  useRecord,
  useRestoreRecord,
} from '@/api';
import {
  Alert,
  Button,
  Drawer,
  EmptyState,
  ErrorState,
  Loading,
  notifyDone,
  notifyError,
  Tabs,
  Together,
  useFormat,
  useMediaQuery,
  useTexts,
} from '@/ui';
import { Facts } from './page/Facts';
import { Files } from './page/Files';
import { History } from './page/History';
import { PhotoButton } from './page/PhotoButton';
import classes from './page/page.module.css';
import { PresenceProvider } from './page/presence';
import { RecordHeader } from './page/RecordHeader';
import { Related } from './page/Related';
import { Timeline } from './page/Timeline';
import { useCalled } from './page/useCalled';
import { useRecordSlots } from './slots';

/** The page of one record of any object: what is known on the left, what happened on the right. */
export function RecordPage({ object, id }: { object: ObjectMeta; id: string }) {
  const { t, label } = useTexts();
  const record = useRecord(object, id);
  const navigate = useNavigate();
  useNoteSeen(object, record.data?.id);
  // The id of a record that was merged leads to the one that stands for it.
  const standsFor = record.data && record.data.id !== id ? record.data.id : undefined;
  useEffect(() => {
    if (!standsFor) return;
    notifyDone(t('records.merge.ledHere'));
    void navigate({ to: '/o/$plural/$id', params: { plural: object.plural, id: standsFor }, replace: true });
  }, [standsFor, navigate, object.plural, t]);
  if (standsFor) return <Loading rows={14} />;
  if (record.data) return <Loaded object={object} record={record.data} />;
  if (isApiError(record.error) && record.error.status === 404)
    return (
      <EmptyState
        page
        icon={<IconMapOff size={28} stroke={1.5} />}
        title={t('records.gone', { name: label(object.label) })}
        actions={
          <Button
            variant="default"
            renderRoot={(props) => <Link to="/o/$plural" params={{ plural: object.plural }} {...props} />}
          >
            {t('records.toList', { name: label(object.plural_label) })}
          </Button>
        }
      >
        {t('records.goneHelp')}
      </EmptyState>
    );
  if (record.error) return <ErrorState error={record.error} onRetry={() => void record.refetch()} />;
  return <Loading rows={14} />;
}

function Loaded({ object, record }: { object: ObjectMeta; record: RecordData }) {
  const { t } = useTexts();
  const slots = useRecordSlots();
  const phone = useMediaQuery('(max-width: 61.99em)', false, { getInitialValueInEffect: false });
  const [writing, setWriting] = useState(false);
  const [called, forget] = useCalled(phone);
  const close = () => {
    setWriting(false);
    forget();
  };
  const QuickEntry = object.customer && !record.deleted_at ? slots.quickEntry : undefined;
  const Brief = slots.brief;
  const asked = useSearch({ strict: false }) as { fill?: unknown };
  const [fill, setFill] = useState<{ field: string } | undefined>(
    typeof asked.fill === 'string' ? { field: asked.fill } : undefined,
  );
  const [editing, setEditing] = useState<string>();
  const others = usePresence(object, record.id, { field: editing, enabled: true });
  const presence = useMemo(() => ({ others, onEdit: setEditing }), [others]);
  const facts = <Facts object={object} record={record} fill={fill} />;
  return (
    <PresenceProvider value={presence}>
      <div className={classes.page}>
        <RecordHeader object={object} record={record} onFill={(field) => setFill({ field })} />
        {record.deleted_at && <DeletedBanner object={object} record={record} at={record.deleted_at} />}
        <Together rows={12} now={fill !== undefined}>
          {Brief && <Brief object={object} record={record} />}
          {phone ? (
            <RecordTabs object={object} record={record} facts={facts} fill={fill} />
          ) : (
            <div className={classes.columns}>
              <div className={classes.left}>{facts}</div>
              <div className={classes.right}>
                {QuickEntry && <QuickEntry object={object} record={record} />}
                <RecordTabs object={object} record={record} />
              </div>
            </div>
          )}
        </Together>
        {phone && QuickEntry && (
          <>
            <div className={classes.sticky}>
              {object.permissions.update && <PhotoButton object={object} record={record} />}
              <Button
                leftSection={called ? <IconPhoneCheck size={18} /> : <IconPencilPlus size={18} />}
                onClick={() => setWriting(true)}
              >
                {t(called ? 'records.header.called' : 'records.header.write')}
              </Button>
            </div>
            <Drawer
              opened={writing}
              onClose={close}
              position="bottom"
              size="auto"
              styles={{ content: { height: 'auto', maxHeight: '92dvh' } }}
              title={record.title}
            >
              <QuickEntry
                object={object}
                record={record}
                onSaved={close}
                kind={called ? 'call' : undefined}
              />
            </Drawer>
          </>
        )}
      </div>
    </PresenceProvider>
  );
}

function RecordTabs({
  object,
  record,
  facts,
  fill,
}: {
  object: ObjectMeta;
  record: RecordData;
  facts?: ReactNode;
  fill?: { field: string };
}) {
  const { t, label } = useTexts();
  const slots = useRecordSlots();
  const further = slots.tabs?.filter((tab) => tab.applies(object)) ?? [];
  const related = object.links_in.length > 0;
  const first = object.customer ? 'timeline' : related ? 'related' : 'files';
  const [tab, setTab] = useState<string | null>(facts ? 'facts' : first);
  const [filled, setFilled] = useState(fill);
  if (fill !== filled) {
    setFilled(fill);
    if (facts) setTab('facts');
  }
  return (
    <Tabs value={tab} onChange={setTab} keepMounted={false} className={classes.tabs}>
      <Tabs.List className={classes.tabList} onClick={showWhole}>
        {facts && <Tabs.Tab value="facts">{t('records.tabs.facts')}</Tabs.Tab>}
        {object.customer && <Tabs.Tab value="timeline">{t('records.tabs.timeline')}</Tabs.Tab>}
        {related && <Tabs.Tab value="related">{t('records.tabs.related')}</Tabs.Tab>}
        {further.map((tab) => (
          <Tabs.Tab key={tab.key} value={tab.key}>
            {label(tab.label)}
          </Tabs.Tab>
        ))}
        <Tabs.Tab value="files">{t('records.tabs.files')}</Tabs.Tab>
        <Tabs.Tab value="history">{t('records.tabs.history')}</Tabs.Tab>
      </Tabs.List>
      {facts && <Tabs.Panel value="facts">{facts}</Tabs.Panel>}
      {object.customer && (
        <Tabs.Panel value="timeline">
          <Timeline object={object} id={record.id} />
        </Tabs.Panel>
      )}
      {related && (
        <Tabs.Panel value="related">
          <Related object={object} record={record} />
        </Tabs.Panel>
      )}
      {further.map((tab) => (
        <Tabs.Panel key={tab.key} value={tab.key}>
          <tab.Content object={object} record={record} />
        </Tabs.Panel>
      ))}
      <Tabs.Panel value="files">
        <Files object={object} record={record} />
      </Tabs.Panel>
      <Tabs.Panel value="history">
        <History object={object} record={record} />
      </Tabs.Panel>
    </Tabs>
  );
}

// On a phone the row of tabs goes on past the edge: the one that is touched comes in whole.
function showWhole(event: MouseEvent) {
  (event.target as Element).closest('[role="tab"]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
}

function DeletedBanner({ object, record, at }: { object: ObjectMeta; record: RecordData; at: string }) {
  const { t } = useTexts();
  const format = useFormat();
  const restore = useRestoreRecord(object);
  return (
    <Alert color="red" className={classes.banner} role="status">
      <div className={classes.bannerLine}>
        <span>{t('records.deleted.text', { at: format.relative(at) })}</span>
        {object.permissions.delete && (
          <Button
            size="compact-sm"
            variant="default"
            loading={restore.isPending}
            onClick={() =>
              restore.mutate(record.id, {
                onSuccess: () => notifyDone(t('records.deleted.restored')),
                onError: notifyError,
              })
            }
          >
            {t('records.deleted.restore')}
          </Button>
        )}
      </div>
    </Alert>
  );
}
