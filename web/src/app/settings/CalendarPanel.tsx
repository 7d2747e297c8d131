import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import {
  type CalendarContent,
  type CalendarLink,
  useCalendarLink,
  useChangeCalendarLink,
  useEndCalendarLink,
  useMakeCalendarLink,
} from '@/api';
import {
  Alert,
  Button,
  Checkbox,
  ErrorState,
  formatDateTime,
  Group,
  Loading,
  notifyDone,
  notifyError,
  Panel,
  Stack,
  Text,
  useConfirm,
  useTexts,
} from '@/ui';
import { CopyField } from './CopyField';

const parts = ['tasks', 'activities', 'customers', 'done'] as const;
const usual: CalendarContent = { tasks: true, activities: true, customers: false, done: true };

/** The address under which a phone or Outlook reads this person's calendar. It is told once, can be made anew and ended. */
export function CalendarPanel() {
  const { t } = useTexts();
  const { data, isPending, error, refetch } = useCalendarLink();
  return (
    <Panel title={t('app.feed.title')}>
      {isPending ? (
        <Loading rows={2} />
      ) : error ? (
        <ErrorState compact error={error} onRetry={() => void refetch()} />
      ) : (
        <Address link={data} />
      )}
    </Panel>
  );
}

function Address({ link }: { link: CalendarLink }) {
  const { t } = useTexts();
  const confirm = useConfirm();
  const make = useMakeCalendarLink();
  const change = useChangeCalendarLink();
  const end = useEndCalendarLink();
  const [address, setAddress] = useState<string>();
  // Before there is an address the choice is kept here.
  const [chosen, setChosen] = useState(usual);
  // What was just pressed shows at once, not when the server has answered.
  const content = link.active
    ? { ...usual, ...link.content, ...(change.isPending ? change.variables : {}) }
    : chosen;
  const [refused, setRefused] = useState(false);
  const nothing = !content.tasks && !content.activities && !content.customers;

  const choose = (part: CalendarContent) => {
    const next = { ...content, ...part };
    const empty = !next.tasks && !next.activities && !next.customers;
    setRefused(empty);
    if (empty) return;
    if (!link.active) setChosen(next);
    else change.mutate(part, { onSuccess: () => notifyDone(t('app.feed.changed')), onError: notifyError });
  };
  const create = async () => {
    if (link.active) {
      const sure = await confirm({
        title: t('app.feed.renewTitle'),
        message: t('app.feed.renewHelp'),
        confirm: t('app.feed.renew'),
      });
      if (!sure) return;
    }
    try {
      const { path } = await make.mutateAsync(content);
      setAddress(`${window.location.origin}${path}`);
    } catch (failed) {
      notifyError(failed);
    }
  };
  const stop = async () => {
    const sure = await confirm({
      title: t('app.feed.endTitle'),
      message: t('app.feed.endHelp'),
      confirm: t('app.feed.end'),
      danger: true,
    });
    if (!sure) return;
    try {
      await end.mutateAsync();
      setAddress(undefined);
      notifyDone(t('app.feed.ended'));
    } catch (failed) {
      notifyError(failed);
    }
  };

  return (
    <Stack gap="sm">
      <Text>{t('app.feed.help')}</Text>
      <Checkbox.Group
        label={t('app.feed.content')}
        error={refused && t('app.feed.nothing')}
        value={parts.filter((part) => content[part])}
        onChange={(values) => {
          const part = parts.find((each) => values.includes(each) !== !!content[each]);
          if (part) choose({ [part]: values.includes(part) });
        }}
      >
        <Stack gap={6} mt={6}>
          {parts.map((part) => (
            <Checkbox
              key={part}
              value={part}
              label={t(`app.feed.parts.${part}`)}
              disabled={change.isPending || (part === 'done' && !content.tasks)}
            />
          ))}
        </Stack>
      </Checkbox.Group>
      {address ? (
        <>
          <CopyField label={t('app.feed.address')} value={address} />
          <Alert color="yellow" icon={<IconAlertTriangle size={18} />} role="note">
            {t('app.feed.once')}
          </Alert>
          <HowTo />
        </>
      ) : (
        <Text c="dimmed">
          {link.active ? t('app.feed.active', { at: since(link.created_at) }) : t('app.feed.none')}{' '}
          {link.active &&
            (link.last_used_at
              ? t('app.feed.used', { at: since(link.last_used_at) })
              : t('app.feed.neverUsed'))}
        </Text>
      )}
      <Group gap="xs">
        <Button variant="default" disabled={nothing} loading={make.isPending} onClick={() => void create()}>
          {link.active ? t('app.feed.renew') : t('app.feed.make')}
        </Button>
        {link.active && (
          <Button variant="subtle" color="red" loading={end.isPending} onClick={() => void stop()}>
            {t('app.feed.end')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

/** Where the address is pasted. */
function HowTo() {
  const { t } = useTexts();
  return (
    <Stack gap={4}>
      <Text fw={600}>{t('app.feed.how')}</Text>
      {(['google', 'outlook', 'iphone'] as const).map((program) => (
        <Text key={program} size="sm">
          <b>{t(`app.feed.programs.${program}`)}</b>: {t(`app.feed.steps.${program}`)}
        </Text>
      ))}
    </Stack>
  );
}

function since(at: string | undefined): string {
  return at ? formatDateTime(at) : '';
}
