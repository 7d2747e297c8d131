import { IconCheck, IconRefresh } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import {
  type RegisterAccepted,
  type RegisterMatter,
  type RegisterProposal,
  useAcceptProposals,
  useObjects,
  useRefuseProposal,
  useRegisterCheck,
  useRegisterProposals,
  useStartRegisterCheck,
} from '@/api';
import { kindOf } from '@/fields';
import {
  Button,
  EmptyState,
  ErrorState,
  formatDateTime,
  formatNumber,
  Loader,
  Loading,
  notifyDone,
  notifyError,
  notifyUndo,
  PageHeader,
  SegmentedControl,
  Text,
  useConfirm,
  useTexts,
} from '@/ui';
import classes from './register.module.css';

const kMatters: RegisterMatter[] = ['number', 'name', 'address', 'closed'];
/** Bulk acceptance of numbers takes only what nobody would doubt. */
const kSure = 95;

/** What the public register proposes for our companies: numbers, new names, moves and closures. */
export function RegisterPage() {
  const { t } = useTexts();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as { matter?: RegisterMatter; refused?: boolean };
  const matter = kMatters.find((each) => each === search.matter) ?? 'number';
  const refused = search.refused === true;
  return (
    <div className={classes.page}>
      <PageHeader title={t('crm.register.title')} />
      <Text c="dimmed" mb="md">
        {t('crm.register.intro')}
      </Text>
      <CheckPanel />
      <div className={classes.bar}>
        <SegmentedControl
          aria-label={t('crm.register.matter')}
          value={matter}
          onChange={(next) => void navigate({ to: '/register', search: { matter: next }, replace: true })}
          data={kMatters.map((each) => ({ value: each, label: t(`crm.register.tab.${each}`) }))}
        />
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() =>
            void navigate({
              to: '/register',
              search: { matter, ...(refused ? {} : { refused: true }) },
              replace: true,
            })
          }
        >
          {t(refused ? 'crm.register.showOpen' : 'crm.register.showRefused')}
        </Button>
      </div>
      <Proposed matter={matter} refused={refused} key={`${matter} ${refused}`} />
    </div>
  );
}

function CheckPanel() {
  const { t } = useTexts();
  const check = useRegisterCheck();
  const start = useStartRegisterCheck();
  if (!check.data) return null;
  const { status, may_check, empty, companies, proposals, finished_at } = check.data;
  const running = status === 'running';
  const said = empty
    ? t('crm.register.empty')
    : running
      ? t('crm.register.running', { count: formatNumber(companies ?? 0) })
      : status === 'never'
        ? t('crm.register.never')
        : status === 'failed'
          ? t('crm.register.failed')
          : companies === undefined
            ? t('crm.register.at', { at: formatDateTime(finished_at ?? '') })
            : t('crm.register.done', {
                at: formatDateTime(finished_at ?? ''),
                count: formatNumber(companies),
                proposals: formatNumber(proposals ?? 0),
              });
  return (
    <div className={classes.check} role="status">
      {running && <Loader size="xs" />}
      <Text size="sm" c={status === 'failed' ? 'red' : 'dimmed'} className={classes.checkText}>
        {said}
      </Text>
      {may_check && !empty && (
        <Button
          variant={status === 'never' ? 'filled' : 'default'}
          leftSection={<IconRefresh size={15} />}
          disabled={running}
          loading={start.isPending}
          onClick={() => start.mutate(undefined, { onError: notifyError })}
        >
          {t(status === 'never' ? 'crm.register.first' : 'crm.register.again')}
        </Button>
      )}
      {may_check && empty && (
        <Button renderRoot={(props) => <Link {...props} to="/settings/reference" />}>
          {t('crm.register.load')}
        </Button>
      )}
    </div>
  );
}

function Proposed({ matter, refused }: { matter: RegisterMatter; refused: boolean }) {
  const { t } = useTexts();
  const list = useRegisterProposals(matter, refused ? 'refused' : 'open');
  const accept = useAcceptProposals();
  const refuse = useRefuseProposal();
  const confirm = useConfirm();
  const company = useObjects().find((each) => each.key === 'company');
  const mayChange = company?.permissions.update === true;
  // What is refused stays in the list: the next "all" goes on behind it.
  const [after, setAfter] = useState<{ matter: RegisterMatter; next: string }>();
  const told = (done: RegisterAccepted) => {
    const refused =
      done.refused > 0
        ? [
            t('crm.register.notSaved', { count: done.refused }),
            ...done.problems.slice(0, 3).map((each) => `${each.title}: ${each.message}`),
          ]
        : [];
    if (done.change)
      notifyUndo([t('crm.register.accepted', { count: done.accepted }), ...refused].join('\n'), done.change);
    else notifyDone(refused.join('\n') || t('crm.register.outOfDate'));
  };
  const acceptAll = async () => {
    const asked = await confirm({
      title: t('crm.register.allAsk'),
      message: t(matter === 'number' ? 'crm.register.allSure' : 'crm.register.allOf', { percent: kSure }),
      confirm: t('crm.register.all'),
    });
    if (asked)
      accept.mutate(
        {
          matter,
          least_percent: matter === 'number' ? kSure : 0,
          after: after?.matter === matter ? after.next : undefined,
        },
        {
          onSuccess: (done) => {
            setAfter(done.next ? { matter, next: done.next } : undefined);
            told(done);
          },
          onError: notifyError,
        },
      );
  };
  if (list.error) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.data) return <Loading rows={8} />;
  if (list.data.length === 0)
    return (
      <EmptyState
        icon={<IconCheck size={28} stroke={1.5} />}
        title={t(refused ? 'crm.register.noneRefused' : 'crm.register.none')}
      />
    );
  const sure = matter !== 'number' || list.data.some((each) => (each.percent ?? 0) >= kSure);
  return (
    <>
      {mayChange && !refused && sure && (
        <Button variant="light" mb="sm" loading={accept.isPending} onClick={() => void acceptAll()}>
          {t(matter === 'number' ? 'crm.register.allNumbers' : 'crm.register.all', { percent: kSure })}
        </Button>
      )}
      <ul className={classes.list}>
        {list.data.map((proposal) => (
          <li key={`${proposal.company.id} ${proposal.number}`}>
            <ProposalCard
              proposal={proposal}
              refused={refused}
              mayChange={mayChange}
              busy={accept.isPending || refuse.isPending}
              onAccept={() => accept.mutate([proposal], { onSuccess: told, onError: notifyError })}
              onRefuse={() => refuse.mutate({ proposal, refused: !refused }, { onError: notifyError })}
            />
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t('crm.register.more')}
        </Button>
      )}
    </>
  );
}

interface ProposalCardProps {
  proposal: RegisterProposal;
  refused: boolean;
  mayChange: boolean;
  busy: boolean;
  onAccept: () => void;
  onRefuse: () => void;
}

function ProposalCard({ proposal, refused, mayChange, busy, onAccept, onRefuse }: ProposalCardProps) {
  const { t, label, language } = useTexts();
  const fields = useObjects().find((each) => each.key === 'company')?.fields ?? [];
  const [clicked, setClicked] = useState<'accept' | 'refuse'>();
  const { company, registered } = proposal;
  const place = registered.prefecture + registered.city + registered.street;
  return (
    <article className={classes.card} aria-label={company.title}>
      <header className={classes.head}>
        <Link to="/o/$plural/$id" params={{ plural: 'companies', id: company.id }} className={classes.name}>
          {company.title}
        </Link>
        {proposal.percent !== undefined && (
          <strong className={classes.percent}>
            {t('crm.register.percent', { percent: proposal.percent })}
          </strong>
        )}
        {proposal.reasons.map((reason) => (
          <span key={reason.code} className={classes.reason}>
            {reason.text}
          </span>
        ))}
      </header>
      <Text size="sm" className={classes.registered}>
        {t('crm.register.registered')}: {registered.name}　{place}
        {registered.closed_on && `　${registered.closed_on} ${registered.closed_because ?? ''}`}
        {registered.successor && `　→ ${registered.successor.name || registered.successor.number}`}
      </Text>
      <table className={classes.changes}>
        <tbody>
          {proposal.changes.map((change) => {
            const field = fields.find((each) => each.key === change.field);
            const shown = (value: string) =>
              (field && value !== '' && kindOf(field.kind).text(value, field, language)) || value;
            return (
              <tr key={change.field}>
                <th scope="row">{label(field?.label) || change.field}</th>
                <td>
                  {change.old && <del>{shown(change.old)}</del>}
                  {change.old && ' → '}
                  <ins>{shown(change.new) || t('crm.register.blank')}</ins>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <footer className={classes.foot}>
        <Text size="xs" c="dimmed" className={classes.source}>
          {t('crm.register.source', { date: proposal.source_on })}
        </Text>
        {mayChange && !refused && (
          <Button
            size="sm"
            loading={busy && clicked === 'accept'}
            disabled={busy && clicked !== 'accept'}
            onClick={() => {
              setClicked('accept');
              onAccept();
            }}
          >
            {t('crm.register.accept')}
          </Button>
        )}
        {mayChange && (
          <Button
            size="sm"
            variant="default"
            loading={busy && clicked === 'refuse'}
            disabled={busy && clicked !== 'refuse'}
            onClick={() => {
              setClicked('refuse');
              onRefuse();
            }}
          >
            {t(refused ? 'crm.register.reopen' : 'crm.register.refuse')}
          </Button>
        )}
      </footer>
    </article>
  );
}
