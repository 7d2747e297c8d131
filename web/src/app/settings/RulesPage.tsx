import { IconHistory, IconPencil, IconPlus, IconRuler2, IconTrash } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import {
  type ObjectMeta,
  type Rule,
  useMetadata,
  useRemoveRule,
  useRuleHistory,
  useRules,
  useSaveRule,
} from '@/api';
import {
  ActionIcon,
  Badge,
  Button,
  EmptyState,
  ErrorState,
  errorText,
  Group,
  Loading,
  Modal,
  notifyError,
  notifyUndo,
  PageHeader,
  Panel,
  Select,
  Stack,
  Switch,
  Text,
  Tooltip,
  useFormat,
  useTexts,
} from '@/ui';
import list from '../RowList.module.css';
import { ManagersOnly } from './ManagersOnly';
import { RuleDrawer } from './rules/RuleDrawer';
import { ruleSentence } from './rules/ruleSentence';
import classes from './rules/rules.module.css';

function RuleHistory({ object, rule, onClose }: { object: ObjectMeta; rule: Rule; onClose: () => void }) {
  const words = useTexts();
  const { t } = words;
  const format = useFormat();
  const { data, error } = useRuleHistory(rule.id);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('app.rules.history')}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      {error ? (
        <Text c="red">{errorText(error)}</Text>
      ) : !data ? (
        <Loading rows={3} />
      ) : (
        <Stack gap="sm">
          {data.map((change) => (
            <div key={change.change}>
              <Text size="xs" c="dimmed">
                {format.relative(change.at)} {change.by?.title} {t(`app.rules.done.${change.action}`)}
              </Text>
              <Text size="sm">
                {ruleSentence(object, change.after ?? change.before ?? rule, words)}
                {change.after?.active === false && ` (${t('app.rules.off')})`}
              </Text>
            </div>
          ))}
        </Stack>
      )}
    </Modal>
  );
}

function RuleList({ object, onEdit }: { object: ObjectMeta; onEdit: (rule: Rule | 'new') => void }) {
  const words = useTexts();
  const { t, label } = words;
  const { data, isPending, error, refetch } = useRules(object.key);
  const save = useSaveRule(object.key);
  const remove = useRemoveRule(object.key);
  const [shown, setShown] = useState<Rule>();
  if (isPending) return <Loading rows={4} />;
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data.length === 0)
    return (
      <EmptyState
        icon={<IconRuler2 size={28} stroke={1.5} />}
        title={t('app.rules.none', { name: label(object.label) })}
        actions={<Button onClick={() => onEdit('new')}>{t('app.rules.new')}</Button>}
      >
        {t('app.rules.noneHelp')}
      </EmptyState>
    );
  return (
    <>
      <ul className={list.rows}>
        {data.map((rule) => {
          const sentence = ruleSentence(object, rule, words);
          return (
            <li key={rule.id} className={`${list.row} ${classes.row}`} data-hover>
              <Switch
                checked={rule.active}
                aria-label={t('app.rules.switch', { rule: sentence })}
                disabled={save.isPending}
                onChange={(event) =>
                  save.mutate(
                    { id: rule.id, version: rule.version, active: event.currentTarget.checked },
                    {
                      onSuccess: ({ active, change }) =>
                        notifyUndo(t(active ? 'app.rules.isOn' : 'app.rules.isOff'), change),
                      onError: notifyError,
                    },
                  )
                }
              />
              <span className={`${list.main} ${classes.sentenceLine}`}>
                <span className={`${classes.sentenceLine} ${rule.active ? '' : classes.off}`}>
                  {sentence}
                </span>
                <span className={list.sub}>{rule.message?.ja || rule.message?.en}</span>
              </span>
              {!rule.works && rule.active && (
                <Badge color="orange" variant="light">
                  {t('app.rules.broken')}
                </Badge>
              )}
              <Badge color={rule.mode === 'warn' ? 'yellow' : 'blue'} variant="light">
                {t(`app.rules.mode.${rule.mode}`)}
              </Badge>
              <Group gap={2} wrap="nowrap">
                <Tooltip label={t('app.rules.history')}>
                  <ActionIcon
                    aria-label={t('app.rules.historyOf', { rule: sentence })}
                    onClick={() => setShown(rule)}
                  >
                    <IconHistory size={16} stroke={1.6} />
                  </ActionIcon>
                </Tooltip>
                <Tooltip label={t('ui.edit')}>
                  <ActionIcon aria-label={t('app.editOf', { name: sentence })} onClick={() => onEdit(rule)}>
                    <IconPencil size={16} stroke={1.6} />
                  </ActionIcon>
                </Tooltip>
                <Tooltip label={t('ui.delete')}>
                  <ActionIcon
                    aria-label={t('app.deleteOf', { name: sentence })}
                    onClick={() =>
                      remove.mutate(rule.id, {
                        onSuccess: ({ change }) => notifyUndo(t('app.deleted'), change),
                        onError: notifyError,
                      })
                    }
                  >
                    <IconTrash size={16} stroke={1.6} />
                  </ActionIcon>
                </Tooltip>
              </Group>
            </li>
          );
        })}
      </ul>
      {shown && <RuleHistory object={object} rule={shown} onClose={() => setShown(undefined)} />}
    </>
  );
}

/** 入力の決まり: what the company has decided on how to enter, object by object. */
export function RulesPage() {
  const { t, label } = useTexts();
  const { object: wanted } = useSearch({ from: '/signed-in/settings/rules' });
  const navigate = useNavigate();
  const { data, isPending, error, refetch } = useMetadata();
  const [edited, setEdited] = useState<Rule | 'new'>();
  const object = data?.objects.find((candidate) => candidate.key === wanted) ?? data?.objects[0];
  return (
    <ManagersOnly>
      <PageHeader
        title={t('app.settingsPage.rules')}
        actions={
          <Button leftSection={<IconPlus size={16} stroke={1.8} />} onClick={() => setEdited('new')}>
            {t('app.rules.new')}
          </Button>
        }
      />
      {isPending ? (
        <Loading rows={6} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        object && (
          <>
            <Group mb="sm" gap="sm">
              <Select
                w={220}
                aria-label={t('app.rules.object')}
                allowDeselect={false}
                value={object.key}
                data={data.objects.map((candidate) => ({
                  value: candidate.key,
                  label: label(candidate.plural_label),
                }))}
                onChange={(key) => key && void navigate({ to: '/settings/rules', search: { object: key } })}
              />
              <Text c="dimmed">{t('app.rules.intro')}</Text>
            </Group>
            <Panel flush>
              <RuleList key={object.key} object={object} onEdit={setEdited} />
            </Panel>
            {edited && (
              <RuleDrawer
                key={object.key}
                object={object}
                rule={edited === 'new' ? undefined : edited}
                onClose={() => setEdited(undefined)}
              />
            )}
          </>
        )
      )}
    </ManagersOnly>
  );
}
