import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import {
  fetchRecords,
  keys,
  type ListQuery,
  type ObjectMeta,
  useCompanySettings,
  useObject,
  useObjects,
  useSample,
  useSession,
  useUsers,
} from '@/api';
import { Button, Panel, useLocalStorage, useTexts } from '@/ui';
import list from '../RowList.module.css';
import { type GuideFacts, guideSteps, stepsDone } from './guideSteps';
import classes from './HomePage.module.css';

/** What a newcomer does first, by role, until all is done or it is put away. Kept for this user on this device. */
export function GuidePanel() {
  const user = useSession().data?.user;
  const [kept, keep] = useLocalStorage<{ away: boolean; opened: string[] }>({
    key: `daifuku-guide-${user?.id ?? ''}`,
    defaultValue: { away: false, opened: [] },
    getInitialValueInEffect: false,
  });
  if (!user || kept.away) return null;
  const setting = user.role === 'owner' || user.role === 'manager';
  const Steps = setting ? SettingSteps : DailySteps;
  return (
    <Steps
      opened={kept.opened}
      onOpen={(key) => keep({ ...kept, opened: [...new Set([...kept.opened, key])] })}
      onAway={() => keep({ ...kept, away: true })}
    />
  );
}

interface StepsProps {
  opened: string[];
  onOpen: (key: string) => void;
  onAway: () => void;
}

// Whether there is any such record; undefined while it is not known.
function useAny(object: ObjectMeta | undefined, query: ListQuery): boolean | undefined {
  const found = useQuery({
    queryKey: keys.listPage(object?.key ?? '', query, 0, 1),
    queryFn: ({ signal }) => fetchRecords(object as ObjectMeta, query, { limit: 1 }, signal),
    enabled: !!object?.permissions.read,
  });
  return object?.permissions.read ? found.data && found.data.items.length > 0 : false;
}

function useOwnFacts(): Pick<GuideFacts, 'activity' | 'task'> | undefined {
  const me = useSession().data?.user.id ?? '';
  const mine: ListQuery = { filter: { created_by: { eq: me } }, fields: [] };
  const activity = useAny(useObject('activity'), mine);
  const task = useAny(useObject('task'), mine);
  return activity === undefined || task === undefined ? undefined : { activity, task };
}

function DailySteps(props: StepsProps) {
  const own = useOwnFacts();
  return own && <StepList {...props} facts={{ ...own, company: true, customers: true, colleagues: true }} />;
}

function SettingSteps(props: StepsProps) {
  const own = useOwnFacts();
  const role = useSession().data?.user.role;
  const users = useUsers().data;
  const settings = useCompanySettings().data;
  const sample = useSample(role === 'owner').data;
  const first = useObjects().find((object) => object.customer && object.permissions.read);
  const customers = useAny(first, { fields: [] });
  if (!own || !users || !settings || customers === undefined || (role === 'owner' && !sample)) return null;
  const facts: GuideFacts = {
    ...own,
    company: !!(settings.company_address || settings.company_phone),
    // The sample is nobody's customer.
    customers: customers && !sample?.records,
    colleagues: users.length > 1,
  };
  return <StepList {...props} facts={facts} />;
}

function StepList({ facts, opened, onOpen, onAway }: StepsProps & { facts: GuideFacts }) {
  const { t } = useTexts();
  const steps = guideSteps[useSession().data?.user.role ?? 'viewer'];
  const done = stepsDone(steps, facts, opened);
  if (done.size === steps.length) return null;
  return (
    <Panel
      title={t('app.guide.title', { done: done.size, all: steps.length })}
      flush
      actions={
        <Button size="compact-sm" variant="subtle" onClick={onAway}>
          {t('app.guide.away')}
        </Button>
      }
    >
      <ol className={list.rows}>
        {steps.map((step) => {
          const behind = done.has(step.key);
          const Mark = behind ? IconCircleCheckFilled : IconCircle;
          return (
            <li key={step.key}>
              <Link
                to={step.to}
                className={list.row}
                data-done={behind || undefined}
                onClick={() => onOpen(step.key)}
              >
                <Mark
                  size={18}
                  stroke={1.6}
                  className={behind ? classes.stepDone : undefined}
                  aria-label={t(behind ? 'app.guide.done' : 'app.guide.open')}
                  role="img"
                />
                <span className={list.main}>
                  <span>{t(`app.guide.${step.key}`)}</span>
                  <span className={list.sub}>{t(`app.guide.${step.key}Help`)}</span>
                </span>
              </Link>
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}
