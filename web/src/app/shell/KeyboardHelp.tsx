import { Kbd, Modal, Table, Title, useTexts } from '@/ui';

const everywhere = [
  ['mod+K', 'palette'],
  ['/', 'palette2'],
  ['F1', 'manual'],
  ['?', 'help'],
  ['Enter', 'open'],
  ['alt+←+→', 'board'],
  ['Esc', 'cancel'],
] as const;
const sheet = [
  ['F2', 'edit'],
  ['Enter', 'down'],
  ['Tab', 'right'],
  ['Alt+Enter', 'line'],
  ['Alt+↓', 'choices'],
  ['Delete', 'clear'],
  ['Shift+↓', 'range'],
  ['mod+A', 'all'],
  ['mod+C', 'copy'],
  ['mod+V', 'paste'],
  ['mod+D', 'fillDown'],
  ['mod+R', 'fillRight'],
  ['mod+;', 'today'],
  ['mod+F', 'find'],
  ['mod+P', 'print'],
  ['Alt+←+→', 'fold'],
  ['mod+Z', 'undo'],
  ['mod+Y', 'redo'],
  ['Space', 'tick'],
  ['mod+Enter', 'openPage'],
] as const;

export function KeyboardHelp({ onClose }: { onClose: () => void }) {
  const { t } = useTexts();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('app.keyboard')}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <KeyTable rows={everywhere} />
      <Title order={3} mt="md" mb={4}>
        {t('app.keys.sheet')}
      </Title>
      <KeyTable rows={sheet} />
    </Modal>
  );
}

function KeyTable({ rows }: { rows: readonly (readonly [string, string])[] }) {
  const { t } = useTexts();
  return (
    <Table withRowBorders verticalSpacing={6}>
      <Table.Tbody>
        {rows.map(([keysText, name]) => (
          <Table.Tr key={name}>
            <Table.Td w={130}>
              <Kbd keys={keysText} />
            </Table.Td>
            <Table.Td>{t(`app.keys.${name}`)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
