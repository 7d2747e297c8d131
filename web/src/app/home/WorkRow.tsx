import { IconDots } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Fragment, type ReactNode } from 'react';
import { type ObjectMeta, type RecordData, useObjects } from '@/api';
import { isReference, kindOf } from '@/fields';
import { ActionIcon, Button, dateOf, formatDate, Menu, today, useFormat, useTexts } from '@/ui';
import list from '../RowList.module.css';
import { customersOf } from './customers';
import { dayChoices } from './dayChoices';
import classes from './HomePage.module.css';
import { useWorkActions } from './useWorkActions';
import { readable, type WorkAction, type WorkPanel } from './workPanels';

/** One record of a panel: who, what, since or until when, and what can be done. */
export function WorkRow({
  panel,
  object,
  record,
  actions,
  named,
}: {
  panel: WorkPanel;
  object: ObjectMeta;
  record: RecordData;
  actions: WorkAction[];
  /** Several people's records are shown: say whose each is. */
  named: boolean;
}) {
  const { t, language } = useTexts();
  const objects = useObjects();
  const run = useWorkActions(object, record);
  const possible = actions.filter((action) => run.applies(action));
  const [first, ...others] = possible;
  const customers = object.customer ? [] : customersOf(object, record, objects).map((each) => each.ref.title);
  const also = panel.also.flatMap((key) => {
    const field = readable(object, key);
    const value = record[key];
    if (!field || value === undefined || value === null) return [];
    return [isReference(value) ? value.title : kindOf(field.kind).text(value, field, language)];
  });
  const owner = named && !panel.personal ? (record.owner_id?.title ?? t('app.work.nobody')) : undefined;
  const sub = [...customers, ...also, owner].filter(Boolean).join(' · ');

  return (
    <div className={classes.task}>
      <div className={list.main}>
        <Link to="/o/$plural/$id" params={{ plural: object.plural, id: record.id }} className={list.link}>
          {record.title}
        </Link>
        {sub && <span className={list.sub}>{sub}</span>}
      </div>
      <When panel={panel} record={record} />
      {first && (
        <span className={classes.primary}>
          <Act action={first} run={run} />
        </span>
      )}
      {possible.length > 0 && (
        <Menu width={230} position="bottom-end">
          <Menu.Target>
            <ActionIcon
              className={others.length === 0 ? classes.onlyPhone : undefined}
              aria-label={t('app.actionsOf', { name: record.title })}
            >
              <IconDots size={18} stroke={1.6} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {possible.map((action, index) => (
              <Fragment key={`${action.do}-${'text' in action ? action.text : ''}`}>
                <Item action={action} run={run} first={index === 0} />
              </Fragment>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}

type Run = ReturnType<typeof useWorkActions>;

function Act({ action, run }: { action: WorkAction; run: Run }) {
  return (
    <Button
      variant="default"
      size="compact-sm"
      onClick={() => run.press(action)}
      aria-label={run.described(action)}
    >
      {run.named(action)}
    </Button>
  );
}

/** In the menu: one press, or the days that it may be put on. */
function Item({ action, run, first }: { action: WorkAction; run: Run; first: boolean }): ReactNode {
  const { t, language } = useTexts();
  if (action.do === 'day' || action.do === 'task') {
    return (
      <>
        <Menu.Divider />
        <Menu.Label>{run.named(action)}</Menu.Label>
        {dayChoices(today()).map(([text, day]) => (
          <Menu.Item
            key={text}
            rightSection={<span className={list.when}>{formatDate(day, 'day', language)}</span>}
            onClick={() => run.onDay(action, day)}
          >
            {t(text)}
          </Menu.Item>
        ))}
      </>
    );
  }
  return (
    <Menu.Item className={first ? classes.onlyPhone : undefined} onClick={() => run.press(action)}>
      {run.named(action)}
    </Menu.Item>
  );
}

function When({ panel, record }: { panel: WorkPanel; record: RecordData }) {
  const { t, language } = useTexts();
  const format = useFormat();
  const value = record[panel.day.field];
  if (typeof value !== 'string') {
    return panel.day.as === 'since' ? (
      <span className={`${list.when} ${list.late}`}>{t('app.work.never')}</span>
    ) : null;
  }
  const day = value.length > 10 ? dateOf(new Date(value)) : value;
  const late = panel.day.as === 'due' && day < today();
  return (
    <span className={`${list.when} ${late ? list.late : ''}`} title={formatDate(day, 'full', language)}>
      {panel.day.as === 'due' ? format.due(day) : format.ago(day)}
    </span>
  );
}
