import { IconFileImport, IconUserPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import {
  type CompanySettings,
  type ObjectMeta,
  useCompanySettings,
  useMetadata,
  useObject,
  useObjectSettings,
  useRecordList,
  useSaveCompanySettings,
} from '@/api';
import {
  Button,
  Chip,
  ErrorState,
  Loading,
  NamedIcon,
  notifyError,
  PageHeader,
  Panel,
  Text,
  useTexts,
} from '@/ui';
import { ManagersOnly } from '../settings/ManagersOnly';
import classes from './inventory.module.css';
import { ProposalPanel } from './ProposalPanel';
import { PurposePanel } from './PurposePanel';
import { inOrder, listsOf, peopleOf, propose, workOf } from './proposals';
import { SharePanel } from './SharePanel';
import { tradeOf, trades } from './trades';
import { WorkPanel } from './WorkPanel';

const kMostWorks = 200;
const kFields = ['name', 'area', 'people', 'tools', 'list_name', 'often', 'minutes', 'trouble'];

function TradePanel({ settings }: { settings: CompanySettings }) {
  const { t, label } = useTexts();
  const save = useSaveCompanySettings();
  const chosen = save.isPending ? save.variables?.company_trade : settings.company_trade;
  return (
    <Panel title={t('app.inventory.trade')}>
      <Text size="sm" c="dimmed" mb="xs">
        {t('app.inventory.tradeHelp')}
      </Text>
      <Chip.Group
        value={String(chosen ?? '')}
        onChange={(key) => save.mutate({ company_trade: String(key) }, { onError: notifyError })}
      >
        <div className={classes.trades} role="radiogroup" aria-label={t('app.inventory.trade')}>
          {trades.map((trade) => (
            <Chip key={trade.key} value={trade.key} variant="outline">
              <span style={{ display: 'inline-flex', alignItems: 'center', gap: 6 }}>
                <NamedIcon name={trade.icon} size={15} />
                {label(trade.label)}
              </span>
            </Chip>
          ))}
        </div>
      </Chip.Group>
    </Panel>
  );
}

function Sheet({ object, settings }: { object: ObjectMeta; settings: CompanySettings }) {
  const { t } = useTexts();
  const works = useRecordList(object, { fields: kFields, sort: 'area' }, { limit: kMostWorks });
  const objects = useObjectSettings();
  const metadata = useMetadata();
  const trade = tradeOf(String(settings.company_trade ?? ''));
  const failed = [works, objects, metadata].find((each) => each.error);
  if (failed?.error) return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />;
  if (works.isPending || !objects.data || !metadata.data) return <Loading rows={8} />;
  const records = inOrder(works.records);
  const rows = records.map(workOf);
  const fields = Object.fromEntries(metadata.data.objects.map((each) => [each.key, each.fields]));
  const lists = listsOf(rows);
  const people = peopleOf(rows);
  return (
    <>
      <WorkPanel object={object} records={records} total={works.total} trade={trade} />
      <ProposalPanel proposals={propose(trade, rows, objects.data, fields)} />
      <SharePanel
        title={t('app.inventory.people')}
        help={t('app.inventory.peopleHelp')}
        items={people}
        note={(each) => t(`app.inventory.role.${each.role}`)}
        action={
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconUserPlus size={14} />}
            renderRoot={(props) => <Link to="/settings/users" {...props} />}
          >
            {t('app.inventory.invite')}
          </Button>
        }
      />
      <SharePanel
        title={t('app.inventory.lists')}
        help={t('app.inventory.listsHelp')}
        items={lists}
        action={
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconFileImport size={14} />}
            renderRoot={(props) => <Link to="/import" {...props} />}
          >
            {t('app.import')}
          </Button>
        }
      />
    </>
  );
}

/** 業務の棚卸し: why, what trade, what is done today, and what follows from it for the ledger. */
export function InventoryPage() {
  const { t } = useTexts();
  const { data: settings, error, refetch } = useCompanySettings();
  const object = useObject('work_item');
  return (
    <ManagersOnly>
      <PageHeader title={t('app.settingsPage.inventory')} />
      <Text c="dimmed" mb="sm" maw="68ch">
        {t('app.inventory.intro')}
      </Text>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !settings ? (
        <Loading rows={10} />
      ) : (
        <div className={classes.page}>
          <PurposePanel settings={settings} />
          <TradePanel settings={settings} />
          {object && <Sheet object={object} settings={settings} />}
        </div>
      )}
    </ManagersOnly>
  );
}
