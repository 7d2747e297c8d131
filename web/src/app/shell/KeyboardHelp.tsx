import { Kbd, Modal, Table, useTexts } from '@/ui';

const rows = [
  ['mod+K', 'palette'],
  ['/', 'palette2'],
  ['?', 'help'],
  ['↑+↓', 'move'],
  ['Shift+↓', 'select'],
  ['Space', 'tick'],
  ['Enter', 'open'],
  ['mod+Enter', 'openPage'],
  ['Esc', 'cancel'],
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
      <Table withRowBorders verticalSpacing={7}>
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
    </Modal>
  );
}
