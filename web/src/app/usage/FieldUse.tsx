import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type ObjectMeta, useObjects } from '@/api';
import { useFieldUse } from '@/api/usage';
import { Button, ErrorState, Loading, Panel, Progress, Select, Table, useTexts } from '@/ui';
import settings from '../settings/SettingsLayout.module.css';
import classes from './usage.module.css';
import { type Filled, fewRecords, filledOf, isHardlyUsed } from './usageModel';

const emptiest = 8;

/** Which fields nobody fills in, so that they can be put away. */
export function FieldUse() {
  const { t, label } = useTexts();
  const objects = useObjects().filter((each) => each.in_navigation !== false);
  const [chosen, setChosen] = useState<string>();
  const object = objects.find((each) => each.key === chosen) ?? objects[0];
  if (!object) return null;
  return (
    <Panel
      flush
      title={t('app.usage.fields.title')}
      actions={
        <Select
          size="xs"
          w={160}
          aria-label={t('app.usage.fields.object')}
          allowDeselect={false}
          value={object.key}
          data={objects.map((each) => ({ value: each.key, label: label(each.plural_label) }))}
          onChange={(key) => setChosen(key ?? undefined)}
        />
      }
    >
      <OfObject key={object.key} object={object} />
    </Panel>
  );
}

function OfObject({ object }: { object: ObjectMeta }) {
  const { t } = useTexts();
  const [all, setAll] = useState(false);
  const { data, isPending, error, refetch } = useFieldUse(object.key);
  if (isPending) return <Loading rows={5} />;
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data.of < fewRecords)
    return <p className={classes.quiet}>{t('app.usage.fields.few', { count: data.of })}</p>;
  const found = filledOf(data);
  const unused = found.filter(isHardlyUsed).length;
  return (
    <>
      <p className={classes.note}>
        {t('app.usage.fields.help', { count: data.of.toLocaleString('en-US') })}
        {unused > 0 && ` ${t('app.usage.fields.hardly', { count: unused })}`}
      </p>
      <Table className={settings.stacked} aria-label={t('app.usage.fields.title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('app.usage.fields.name')}</Table.Th>
            <Table.Th>{t('app.usage.fields.share')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {(all ? found : found.slice(0, emptiest)).map((each) => (
            <Row key={each.field} object={object} filled={each} of={data.of} />
          ))}
        </Table.Tbody>
      </Table>
      <div className={`${classes.tools} ${classes.foot}`}>
        {found.length > emptiest && (
          <Button size="compact-sm" variant="default" onClick={() => setAll(!all)}>
            {all ? t('app.usage.fields.less') : t('app.usage.fields.all', { count: found.length })}
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="light"
          renderRoot={(props) => <Link to="/settings/fields" search={{ object: object.key }} {...props} />}
        >
          {t('app.usage.act.fields')}
        </Button>
      </div>
    </>
  );
}

function Row({ object, filled, of }: { object: ObjectMeta; filled: Filled; of: number }) {
  const { t, label } = useTexts();
  const name = label(object.fields.find((each) => each.key === filled.field)?.label) || filled.field;
  return (
    <Table.Tr>
      <Table.Td>{name}</Table.Td>
      <Table.Td data-label="">
        <div className={classes.share}>
          <Progress
            value={filled.share * 100}
            color={isHardlyUsed(filled) ? 'orange' : undefined}
            aria-label={name}
          />
          <span>
            {t('app.usage.fields.filled', {
              percent: Math.round(filled.share * 100),
              filled: filled.filled.toLocaleString('en-US'),
              of: of.toLocaleString('en-US'),
            })}
          </span>
        </div>
      </Table.Td>
    </Table.Tr>
  );
}
