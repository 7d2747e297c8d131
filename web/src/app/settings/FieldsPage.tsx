import { IconPlus } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { type FieldMeta, type ObjectMeta, useFieldsOf, useMetadata } from '@/api';
import { Button, ErrorState, Group, Loading, PageHeader, Panel, Select, Text, useTexts } from '@/ui';
import { FieldDrawer } from './FieldDrawer';
import { FieldTable } from './FieldTable';
import { ManagersOnly } from './ManagersOnly';

function Fields({ object }: { object: ObjectMeta }) {
  const { data, isPending, error, refetch } = useFieldsOf(object.key);
  const { t, label } = useTexts();
  const [edited, setEdited] = useState<FieldMeta | 'new'>();
  if (isPending) return <Loading rows={10} />;
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <Panel
        title={t('app.fieldsOf', { name: label(object.label) })}
        flush
        actions={
          <Button
            size="compact-sm"
            leftSection={<IconPlus size={15} stroke={1.8} />}
            onClick={() => setEdited('new')}
            mr={6}
          >
            {t('app.newField')}
          </Button>
        }
      >
        <FieldTable object={object} fields={data} onEdit={setEdited} />
      </Panel>
      {edited && (
        <FieldDrawer
          object={object}
          field={edited === 'new' ? undefined : edited}
          onClose={() => setEdited(undefined)}
        />
      )}
    </>
  );
}

export function FieldsPage() {
  const { t, label } = useTexts();
  const { object: wanted } = useSearch({ from: '/signed-in/settings/fields' });
  const navigate = useNavigate();
  const { data, isPending, error, refetch } = useMetadata();
  const object = data?.objects.find((candidate) => candidate.key === wanted) ?? data?.objects[0];
  return (
    <ManagersOnly>
      <PageHeader title={t('app.settingsPage.fields')} />
      {isPending ? (
        <Loading rows={10} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        object && (
          <>
            <Group mb="sm" gap="sm">
              <Select
                w={220}
                aria-label={t('app.fieldsObject')}
                allowDeselect={false}
                value={object.key}
                data={data.objects.map((candidate) => ({
                  value: candidate.key,
                  label: label(candidate.plural_label),
                }))}
                onChange={(key) => key && void navigate({ to: '/settings/fields', search: { object: key } })}
              />
              <Text c="dimmed">{t('app.fieldsHelp')}</Text>
            </Group>
            <Fields key={object.key} object={object} />
          </>
        )
      )}
    </ManagersOnly>
  );
}
