import { IconKey, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useDeleteToken, useTokens } from '@/api';
import {
  Button,
  EmptyState,
  ErrorState,
  formatDate,
  joinList,
  Loading,
  notifyDone,
  notifyError,
  PageHeader,
  Panel,
  Table,
  useConfirm,
  useFormat,
  useTexts,
  VisuallyHidden,
} from '@/ui';
import classes from './SettingsLayout.module.css';
import { TokenDialog } from './TokenDialog';

export function TokensPage() {
  const { t, language } = useTexts();
  const format = useFormat();
  const { data, isPending, error, refetch } = useTokens();
  const remove = useDeleteToken();
  const confirm = useConfirm();
  const [creating, setCreating] = useState(false);
  const ask = async (id: string, name: string) => {
    if (
      await confirm({
        title: t('app.deleteToken', { name }),
        message: t('app.deleteTokenHelp'),
        confirm: t('app.revoke'),
        danger: true,
      })
    )
      remove.mutate(id, { onSuccess: () => notifyDone(t('app.deleted')), onError: notifyError });
  };
  return (
    <>
      <PageHeader
        title={t('app.settingsPage.tokens')}
        actions={
          <Button leftSection={<IconPlus size={16} stroke={1.8} />} onClick={() => setCreating(true)}>
            {t('app.newToken')}
          </Button>
        }
      />
      <Panel flush>
        {isPending ? (
          <Loading rows={3} />
        ) : error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : data.length === 0 ? (
          <EmptyState icon={<IconKey size={28} stroke={1.5} />} title={t('app.noTokens')}>
            {t('app.noTokensHelp')}
          </EmptyState>
        ) : (
          <div className={classes.scroll}>
            <Table className={classes.stacked}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('app.tokenName')}</Table.Th>
                  <Table.Th>{t('app.tokenScopes')}</Table.Th>
                  <Table.Th>{t('app.tokenExpires')}</Table.Th>
                  <Table.Th>{t('app.tokenUsed')}</Table.Th>
                  <Table.Th w={90}>
                    <VisuallyHidden>{t('app.actions')}</VisuallyHidden>
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {data.map((token) => (
                  <Table.Tr key={token.id}>
                    <Table.Td>{token.name}</Table.Td>
                    <Table.Td>
                      {joinList(
                        token.scopes.map((scope) => t(`app.scope.${scope}`, scope)),
                        language,
                      )}
                    </Table.Td>
                    <Table.Td data-label={t('app.tokenExpires')}>
                      {token.expires_at ? formatDate(token.expires_at, 'short') : t('app.noExpiry')}
                    </Table.Td>
                    <Table.Td data-label={t('app.tokenUsed')}>
                      {token.last_used_at ? format.relative(token.last_used_at) : t('app.neverUsed')}
                    </Table.Td>
                    <Table.Td>
                      <Button
                        variant="default"
                        size="compact-sm"
                        onClick={() => void ask(token.id, token.name)}
                      >
                        {t('app.revoke')}
                      </Button>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        )}
      </Panel>
      {creating && <TokenDialog onClose={() => setCreating(false)} />}
    </>
  );
}
