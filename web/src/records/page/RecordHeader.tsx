import {
  IconArrowMerge,
  IconCopy,
  IconDots,
  IconLink,
  IconMail,
  IconMapPin,
  IconPhone,
  IconTrash,
} from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { type FieldMeta, type ObjectMeta, type RecordData, useDeleteRecord, useObjects } from '@/api';
import { ChoiceBadge, isWordy, kindOf, optionLabel, phoneHref, stringsOf } from '@/fields';
import {
  ActionIcon,
  Button,
  copyText,
  Group,
  Menu,
  NamedIcon,
  notifyDone,
  notifyError,
  notifyUndo,
  Title,
  useConfirm,
  useMediaQuery,
  useTexts,
} from '@/ui';
import { addressOf } from '../address';
import { withoutRepeats } from '../fieldGroups';
import { RecordMaturityButton } from '../maturity/RecordMaturityButton';
import { useRecordSlots } from '../slots';
import { mapLink } from './mapLink';
import { Others } from './Others';
import classes from './page.module.css';
import { Responsible } from './Responsible';

interface RecordHeaderProps {
  object: ObjectMeta;
  record: RecordData;
  /** Brings a field that is missing onto the screen, ready to be typed into. */
  onFill?: (field: string) => void;
}

function firstOf(object: ObjectMeta, record: RecordData, kinds: FieldMeta['kind'][]): string | undefined {
  const field = object.fields.find(
    (each) =>
      kinds.includes(each.kind) && !each.masked && !each.hidden && stringsOf(record[each.key]).length > 0,
  );
  return field && stringsOf(record[field.key])[0];
}

/** Who this is, and the ways to reach them. */
export function RecordHeader({ object, record, onFill }: RecordHeaderProps) {
  const { t, label, language } = useTexts();
  const navigate = useNavigate();
  const confirm = useConfirm();
  const remove = useDeleteRecord(object);
  const title = object.fields.find((field) => field.key === object.title);
  const kana = withoutRepeats(
    object.fields
      .filter((field) => field.kind === 'kana' && title?.whole && field.whole === title.whole)
      .map((field) => stringsOf(record[field.key])[0] ?? ''),
  ).join(' ');
  const badges = object.fields.filter(
    (field) =>
      field.kind === 'choice' && field.in_list && !field.hidden && !isWordy(field) && record[field.key],
  );
  const tags = object.fields.filter((field) => field.kind === 'tags' && !field.hidden);
  const phone = firstOf(object, record, ['phone', 'phones']);
  const mail = firstOf(object, record, ['email', 'emails']);
  const address = addressOf(object, record);
  const slots = useRecordSlots();
  const objects = useObjects();
  const actions = record.deleted_at
    ? []
    : (slots.actions?.filter((action) => action.applies(object, record, objects)) ?? []);
  const [acting, setActing] = useState<string>();
  const Acting = actions.find((action) => action.key === acting)?.Dialog;
  const phoneScreen = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false });
  const buttons = phoneScreen ? [] : actions.filter((action) => action.button);
  const map = address ? mapLink(address, navigator.userAgent) : undefined;

  const drop = async () => {
    const sure = await confirm({
      title: t('records.delete.title', { name: record.title }),
      message: t('records.bulk.deleteHelp'),
      confirm: t('ui.delete'),
      danger: true,
    });
    if (!sure) return;
    remove.mutate(record.id, {
      onSuccess: ({ change }) => {
        notifyUndo(t('records.delete.done', { name: record.title }), change);
        void navigate({ to: '/o/$plural', params: { plural: object.plural } });
      },
      onError: notifyError,
    });
  };
  const copy = (text: string, said: string) => void copyText(text).then(() => notifyDone(said), notifyError);

  return (
    <header className={classes.head}>
      <div className={classes.headMain}>
        <Link className={classes.crumb} to="/o/$plural" params={{ plural: object.plural }}>
          <NamedIcon name={object.icon} size={14} /> {label(object.plural_label)}
        </Link>
        {kana && <div className={classes.headKana}>{kana}</div>}
        <Group gap="xs">
          <Title order={1} className={classes.headTitle}>
            {record.title || t('records.untitled')}
          </Title>
          {badges.map((field) => (
            <ChoiceBadge
              key={field.key}
              color={field.options?.find((each) => each.key === record[field.key])?.color}
            >
              {optionLabel(field, String(record[field.key]), language)}
            </ChoiceBadge>
          ))}
        </Group>
        <div className={classes.headLine}>
          <Responsible object={object} record={record} />
          <Others object={object} />
          {object.customer && onFill && (
            <RecordMaturityButton object={object} record={record} onFill={onFill} />
          )}
          {tags.map((field) => {
            const { Cell } = kindOf('tags');
            return <Cell key={field.key} field={field} value={record[field.key]} place="row" />;
          })}
        </div>
      </div>
      <div className={classes.headActions}>
        {phone && (
          <Button
            component="a"
            href={phoneHref(phone)}
            variant="default"
            leftSection={<IconPhone size={15} />}
          >
            {phone}
          </Button>
        )}
        {mail && (
          <Button
            component="a"
            href={`mailto:${mail}`}
            variant="default"
            leftSection={<IconMail size={15} />}
          >
            {t('records.header.mail')}
          </Button>
        )}
        {address && !map && (
          <Button
            variant="default"
            leftSection={<IconCopy size={15} />}
            aria-label={t('records.header.copyAddress')}
            onClick={() => copy(address, t('records.header.addressCopied'))}
          >
            {t(phoneScreen ? 'records.header.address' : 'records.header.copyAddress')}
          </Button>
        )}
        {map && (
          <Button component="a" href={map} variant="default" leftSection={<IconMapPin size={15} />}>
            {t('records.header.map')}
          </Button>
        )}
        {buttons.map((action) => (
          <Button
            key={action.key}
            variant="default"
            leftSection={action.icon}
            onClick={() => setActing(action.key)}
          >
            {label(action.label)}
          </Button>
        ))}
        <Menu>
          <Menu.Target>
            <ActionIcon variant="default" size={32} aria-label={t('records.header.menu')}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {address && map && (
              <Menu.Item
                leftSection={<IconCopy size={15} />}
                onClick={() => copy(address, t('records.header.addressCopied'))}
              >
                {t('records.header.copyAddress')}
              </Menu.Item>
            )}
            <Menu.Item
              leftSection={<IconLink size={15} />}
              onClick={() => copy(window.location.href, t('records.header.copied'))}
            >
              {t('records.header.copy')}
            </Menu.Item>
            {actions
              .filter((action) => !buttons.includes(action))
              .map((action) => (
                <Menu.Item key={action.key} leftSection={action.icon} onClick={() => setActing(action.key)}>
                  {label(action.label)}
                </Menu.Item>
              ))}
            {object.permissions.delete && object.permissions.update && !record.deleted_at && (
              <Menu.Item
                leftSection={<IconArrowMerge size={15} />}
                onClick={() =>
                  void navigate({ to: '/merge', search: { object: object.key, ids: record.id } })
                }
              >
                {t('records.merge.withOther')}
              </Menu.Item>
            )}
            {object.permissions.delete && !record.deleted_at && (
              <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={() => void drop()}>
                {t('ui.delete')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
        {Acting && <Acting object={object} record={record} onClose={() => setActing(undefined)} />}
      </div>
    </header>
  );
}
