import { Link } from '@tanstack/react-router';
import type { ExportEvent, ObjectMeta } from '@/api';
import { Alert, Button, copyText, Group, notifyDone, notifyError, Table, Text, useTexts } from '@/ui';
import classes from './exporting.module.css';

/** The characters that the encoding of the file does not have: of which record and field, and what stands there now. */
export function ReplacedList({ event, object }: { event: ExportEvent; object: ObjectMeta }) {
  const { t, label } = useTexts();
  const texts = event.texts ?? [];
  const fieldName = (key: string) => label(object.fields.find((field) => field.key === key)?.label) || key;
  const copy = () =>
    void copyText(
      texts.map((one) => [one.title ?? '', fieldName(one.field), one.from, one.to].join('\t')).join('\n'),
    ).then(() => notifyDone(t('records.export.copied')), notifyError);
  return (
    <Alert color="yellow" title={t('records.export.replaced', { count: event.replaced })}>
      <Text size="sm">{t('records.export.replacedHelp')}</Text>
      <div className={classes.scroll}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('records.export.record')}</Table.Th>
              <Table.Th>{t('records.export.field')}</Table.Th>
              <Table.Th>{t('records.export.from')}</Table.Th>
              <Table.Th>{t('records.export.to')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {texts.map((one, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two of one record may be alike
              <Table.Tr key={at}>
                <Table.Td>
                  {one.id ? (
                    <Link to="/o/$plural/$id" params={{ plural: object.plural, id: one.id }}>
                      {one.title}
                    </Link>
                  ) : (
                    t('records.export.heading')
                  )}
                </Table.Td>
                <Table.Td>{fieldName(one.field)}</Table.Td>
                <Table.Td>{one.from}</Table.Td>
                <Table.Td>{one.to}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <Group justify="space-between" mt="xs">
        <Text size="sm" c="dimmed">
          {texts.length < event.replaced && t('records.export.replacedMore', { count: texts.length })}
        </Text>
        <Button size="compact-sm" variant="default" onClick={copy}>
          {t('records.export.copy')}
        </Button>
      </Group>
    </Alert>
  );
}
