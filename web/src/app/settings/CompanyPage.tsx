import { type FormEvent, useState } from 'react';
import { type CompanySettings, isApiError, useCompanySettings, useSaveCompanySettings } from '@/api';
import {
  Button,
  ErrorState,
  Group,
  Loading,
  notifyDone,
  notifyError,
  PageHeader,
  Panel,
  Select,
  Stack,
  TextInput,
  useTexts,
  useUnsaved,
} from '@/ui';
import { ManagersOnly } from './ManagersOnly';

// Shown when the server knows them; the name always.
const textKeys = [
  'company_name',
  'company_postal_code',
  'company_address',
  'company_phone',
  'company_purpose',
] as const;

function CompanyForm({ settings }: { settings: CompanySettings }) {
  const { t } = useTexts();
  const save = useSaveCompanySettings();
  const [changed, setChanged] = useState<CompanySettings>({});
  useUnsaved(Object.keys(changed).length > 0);
  const problems = isApiError(save.error) ? save.error.byField : {};
  const value = (key: string) => changed[key] ?? settings[key];
  const set = (key: string, to: string | number) => setChanged((now) => ({ ...now, [key]: to }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(changed, {
      onSuccess: () => {
        setChanged({});
        notifyDone(t('ui.saved'));
      },
      onError: (error) => {
        if (!isApiError(error) || Object.keys(error.byField).length === 0) notifyError(error);
      },
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {textKeys
          .filter((key) => key === 'company_name' || key in settings)
          .map((key) => (
            <TextInput
              key={key}
              label={t(`app.company.${key}`)}
              value={String(value(key) ?? '')}
              error={problems[key]}
              onChange={(event) => set(key, event.currentTarget.value)}
            />
          ))}
        {'fiscal_month' in settings && (
          <Select
            label={t('app.company.fiscal_month')}
            description={t('app.company.fiscalHelp')}
            allowDeselect={false}
            w={200}
            value={String(value('fiscal_month') || 4)}
            data={Array.from({ length: 12 }, (_, at) => ({
              value: String(at + 1),
              label: t('app.company.month', { month: at + 1 }),
            }))}
            error={problems.fiscal_month}
            onChange={(month) => month && set('fiscal_month', month)}
          />
        )}
        {'offline_copies' in settings && (
          <Select
            label={t('app.company.offline_copies')}
            description={t('app.company.offlineHelp')}
            allowDeselect={false}
            w={200}
            value={String(value('offline_copies') || 'on')}
            data={[
              { value: 'on', label: t('app.company.offlineOn') },
              { value: 'off', label: t('app.company.offlineOff') },
            ]}
            error={problems.offline_copies}
            onChange={(kept) => kept && set('offline_copies', kept)}
          />
        )}
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending} disabled={Object.keys(changed).length === 0}>
            {t('ui.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function CompanyPanel() {
  const { data, isPending, error, refetch } = useCompanySettings();
  if (isPending) return <Loading rows={5} />;
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return <CompanyForm settings={data} />;
}

export function CompanyPage() {
  const { t } = useTexts();
  return (
    <ManagersOnly>
      <PageHeader title={t('app.settingsPage.company')} />
      <div style={{ maxWidth: 640 }}>
        <Panel>
          <CompanyPanel />
        </Panel>
      </div>
    </ManagersOnly>
  );
}
