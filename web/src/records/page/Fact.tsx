import { IconInfoCircle, IconPencil } from '@tabler/icons-react';
import { type MouseEvent, useRef, useState } from 'react';
import type { ObjectMeta, RecordData } from '@/api';
import { isEmpty, kindOf } from '@/fields';
import { ActionIcon, Popover, Text, Tooltip, UnstyledButton, useTexts } from '@/ui';
import { type FieldGroup, isEditable, readFields } from '../fieldGroups';
import { FactEditor } from './FactEditor';
import classes from './page.module.css';
import { useEditing, useOthers } from './presence';

interface FactProps {
  object: ObjectMeta;
  record: RecordData;
  group: FieldGroup;
  editing?: boolean;
  onDone?: () => void;
}

/** One fact: what it is, its value, and a click to change it where it stands. */
export function Fact({ object, record, group, editing: asked = false, onDone }: FactProps) {
  const { t, label } = useTexts();
  const [editing, setEditing] = useState(asked);
  const [wasAsked, setWasAsked] = useState(asked);
  if (asked !== wasAsked) {
    setWasAsked(asked);
    if (asked) setEditing(true);
  }
  const pencil = useRef<HTMLButtonElement>(null);
  const editable = object.permissions.update && !record.deleted_at && group.fields.some(isEditable);
  const name = label(group.label);
  useEditing(editing ? group.fields.find(isEditable)?.key : undefined);
  const editors = useOthers().filter((other) => group.fields.some((field) => field.key === other.field));
  const maturity = group.fields.reduce((most, field) => Math.max(most, field.maturity ?? 0), 0);

  const done = (back: boolean) => {
    setEditing(false);
    onDone?.();
    // The keyboard goes on from where it was.
    if (back) window.requestAnimationFrame(() => pencil.current?.focus());
  };
  const onClick = (event: MouseEvent) => {
    // Links are followed, and text that was just marked is meant to be copied.
    if ((event.target as HTMLElement).closest('a,button') || window.getSelection()?.toString()) return;
    setEditing(true);
  };

  return (
    <div
      className={classes.fact}
      data-editing={editing || undefined}
      data-other={editors.length > 0 || undefined}
    >
      <dt className={classes.factLabel}>
        <FactHelp name={name} group={group} maturity={maturity} />
        {editors.length > 0 && (
          <span className={classes.otherEdits}>
            {t('records.presence.types', { name: editors.map((other) => other.user.title).join('・') })}
          </span>
        )}
      </dt>
      {editing ? (
        <dd className={classes.factEditor}>
          <FactEditor object={object} record={record} group={group} onDone={done} />
        </dd>
      ) : (
        // The pencil is the way of the keyboard; the click on the value is a larger target for the mouse.
        // biome-ignore lint/a11y/useKeyWithClickEvents: see above
        <dd
          className={classes.factValue}
          data-editable={editable || undefined}
          onClick={editable ? onClick : undefined}
        >
          <div className={classes.factParts}>
            {readFields(group, object.title, record).map((field) => {
              const { Cell } = kindOf(field.kind);
              const value = record[field.key];
              return isEmpty(value) && !field.masked ? null : (
                <span key={field.key} data-kind={field.kind}>
                  <Cell field={field} value={value} place="page" />
                </span>
              );
            })}
          </div>
          {editable && (
            <ActionIcon
              ref={pencil}
              size="sm"
              className={classes.pencil}
              aria-label={t('records.fact.edit', { name })}
              onClick={() => setEditing(true)}
            >
              <IconPencil size={14} />
            </ActionIcon>
          )}
        </dd>
      )}
    </div>
  );
}

function FactHelp({ name, group, maturity }: { name: string; group: FieldGroup; maturity: number }) {
  const { t, label } = useTexts();
  const help = label(group.fields.find((field) => field.help?.ja)?.help);
  const masked = group.fields.some((field) => field.sensitive);
  if (!help && maturity === 0) return <span>{name}</span>;
  const why = (
    <>
      {help && <Text size="xs">{help}</Text>}
      {maturity > 0 && <Text size="xs">{t(`records.maturity.${maturity}`)}</Text>}
      {masked && <Text size="xs">{t('records.fact.sensitive')}</Text>}
    </>
  );
  return (
    <Popover width={260} position="top-start" withArrow>
      <Tooltip label={why} multiline w={260} position="top-start">
        <span>
          <Popover.Target>
            <UnstyledButton className={classes.helpButton} aria-label={t('records.fact.help', { name })}>
              {name}
              <IconInfoCircle size={12} className={classes.helpMark} aria-hidden="true" />
            </UnstyledButton>
          </Popover.Target>
        </span>
      </Tooltip>
      <Popover.Dropdown p="xs">{why}</Popover.Dropdown>
    </Popover>
  );
}
