import { IconDownload } from '@tabler/icons-react';
import { type ExportInput, exportUrl, type ListQuery, type ObjectMeta } from '@/api';
import { Button, Menu, useTexts } from '@/ui';

const forms: { key: string; input: Pick<ExportInput, 'format' | 'encoding'> }[] = [
  { key: 'xlsx', input: { format: 'xlsx' } },
  { key: 'cp932', input: { format: 'csv', encoding: 'cp932' } },
  { key: 'utf8', input: { format: 'csv', encoding: 'utf-8-bom' } },
];

/** Takes what the list shows, with its conditions, order and columns, as a file. */
export function ExportMenu({ object, query }: { object: ObjectMeta; query: ListQuery }) {
  const { t } = useTexts();
  return (
    <Menu>
      <Menu.Target>
        <Button size="compact-sm" variant="default" leftSection={<IconDownload size={14} />}>
          {t('records.export.button')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('records.export.what')}</Menu.Label>
        {forms.map(({ key, input }) => (
          <Menu.Item key={key} component="a" href={exportUrl(object, { ...query, ...input })} download>
            {t(`records.export.${key}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
