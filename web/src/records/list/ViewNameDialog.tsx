import { type FormEvent, useState } from 'react';
import { Button, Checkbox, Group, Modal, Stack, TextInput, useTexts } from '@/ui';

interface ViewNameDialogProps {
  opened: boolean;
  name: string;
  shared: boolean;
  onClose: () => void;
  onSubmit: (name: string, shared: boolean) => void;
}

export function ViewNameDialog(props: ViewNameDialogProps) {
  const { t } = useTexts();
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={t('records.view.nameTitle')} size="sm">
      {props.opened && <Form {...props} />}
    </Modal>
  );
}

function Form(props: ViewNameDialogProps) {
  const { t } = useTexts();
  const [name, setName] = useState(props.name);
  const [shared, setShared] = useState(props.shared);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '') props.onSubmit(name.trim(), shared);
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t('records.view.name')}
          value={name}
          maxLength={60}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox
          label={t('records.view.shareHelp')}
          checked={shared}
          onChange={(event) => setShared(event.currentTarget.checked)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" disabled={name.trim() === ''}>
            {t('ui.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
