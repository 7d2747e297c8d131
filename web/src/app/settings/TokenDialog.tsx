import { type FormEvent, useState } from 'react';
import { isApiError, useCreateToken } from '@/api';
import {
  Alert,
  addDays,
  Button,
  Checkbox,
  errorText,
  Group,
  Modal,
  Select,
  Stack,
  Text,
  TextInput,
  today,
  useTexts,
} from '@/ui';
import { CopyField } from './CopyField';

// Writing includes reading.
const scopes = ['read', 'write'];
// The server allows a year at most: what leaks must end.
const days = ['30', '90', '365'];

export function TokenDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTexts();
  const create = useCreateToken();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState(['read']);
  const [lifetime, setLifetime] = useState('90');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const expires = `${addDays(today(), Number(lifetime))}T00:00:00Z`;
    create.mutate({ name: name.trim(), scopes: chosen, expires_at: expires });
  };
  const problems = isApiError(create.error) ? create.error.byField : {};
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={!create.data}
      title={t('app.newToken')}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      {create.data ? (
        <Stack>
          <Text>{t('app.tokenOnce')}</Text>
          <CopyField label={t('app.tokenValue')} value={create.data.token} />
          <Group justify="flex-end">
            <Button onClick={onClose}>{t('ui.close')}</Button>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={submit}>
          <Stack>
            {create.error && Object.keys(problems).length === 0 && (
              <Alert color="red" variant="light" role="alert">
                {errorText(create.error)}
              </Alert>
            )}
            <TextInput
              label={t('app.tokenName')}
              placeholder={t('app.tokenExample')}
              data-autofocus
              required
              withAsterisk={false}
              value={name}
              error={problems.name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Checkbox.Group
              label={t('app.tokenScopes')}
              value={chosen}
              onChange={setChosen}
              error={problems.scopes}
            >
              <Stack gap={6} mt={4}>
                {scopes.map((scope) => (
                  <Checkbox key={scope} value={scope} label={t(`app.scope.${scope}`)} />
                ))}
              </Stack>
            </Checkbox.Group>
            <Select
              label={t('app.tokenExpires')}
              allowDeselect={false}
              value={lifetime}
              data={days.map((count) => ({
                value: count,
                label: t('app.daysFromNow', { count: Number(count) }),
              }))}
              error={problems.expires_at}
              onChange={(value) => value && setLifetime(value)}
            />
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={onClose}>
                {t('ui.cancel')}
              </Button>
              <Button type="submit" loading={create.isPending} disabled={chosen.length === 0}>
                {t('app.make')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
