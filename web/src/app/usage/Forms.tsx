import { useObjects } from '@/api';
import type { FormCounts } from '@/api/usage';
import { Panel, Table, Text, useTexts } from '@/ui';
import settings from '../settings/SettingsLayout.module.css';
import classes from './usage.module.css';

const mostFields = 3;

/** Forms begun, saved and left, and the field that was touched last. */
export function Forms({ forms }: { forms: FormCounts[] }) {
  const { t } = useTexts();
  const used = forms.filter((each) => each.opened + each.saved + each.left > 0);
  return (
    <Panel flush title={t('app.usage.forms.title')}>
      <p className={classes.note}>{t('app.usage.forms.help')}</p>
      {used.length === 0 ? (
        <p className={classes.quiet}>{t('app.usage.forms.none')}</p>
      ) : (
        <div className={settings.scroll}>
          <Table className={settings.stacked} aria-label={t('app.usage.forms.title')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('app.usage.forms.name')}</Table.Th>
                <Table.Th className={settings.number}>{t('app.usage.forms.opened')}</Table.Th>
                <Table.Th className={settings.number}>{t('app.usage.forms.saved')}</Table.Th>
                <Table.Th className={settings.number}>{t('app.usage.forms.left')}</Table.Th>
                <Table.Th>{t('app.usage.forms.field')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {used.map((each) => (
                <Row key={each.object} counts={each} />
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </Panel>
  );
}

function Row({ counts }: { counts: FormCounts }) {
  const { t, label } = useTexts();
  const object = useObjects().find((each) => each.key === counts.object);
  const shown = counts.fields.slice(0, mostFields);
  const others = counts.left - shown.reduce((sum, each) => sum + each.left, 0);
  return (
    <Table.Tr>
      <Table.Td>
        <Text fw={600}>{label(object?.label) || counts.object}</Text>
      </Table.Td>
      <Table.Td className={settings.number} data-label={t('app.usage.forms.opened')}>
        {counts.opened}
      </Table.Td>
      <Table.Td className={settings.number} data-label={t('app.usage.forms.saved')}>
        {counts.saved}
      </Table.Td>
      <Table.Td className={settings.number} data-label={t('app.usage.forms.left')}>
        {counts.left}
      </Table.Td>
      <Table.Td data-label="">
        <div className={classes.lost}>
          {shown.map(({ field, left }) => (
            <span key={field}>
              {t('app.usage.forms.lost', {
                field: label(object?.fields.find((each) => each.key === field)?.label) || field,
                count: left,
              })}
            </span>
          ))}
          {others > 0 && (
            <span className={classes.sub}>{t('app.usage.forms.lostOther', { count: others })}</span>
          )}
        </div>
      </Table.Td>
    </Table.Tr>
  );
}
