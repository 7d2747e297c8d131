import {
  IconCopy,
  IconDots,
  IconMail,
  IconMapPin,
  IconPhone,
  IconTrash,
  IconUserCircle,
} from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FieldMeta, type ObjectMeta, type RecordData, useDeleteRecord } from '@/api';
import { ChoiceBadge, kindOf, optionLabel, phoneHref, stringsOf } from '@/fields';
import {
  ActionIcon,
  Button,
  Group,
  Menu,
  NamedIcon,
  notifyDone,
  notifyError,
  notifyUndo,
  Title,
  useConfirm,
  useTexts,
} from '@/ui';
import classes from './page.module.css';

interface RecordHeaderProps {
  object: ObjectMeta;
  record: RecordData;
}

function firstOf(object: ObjectMeta, record: RecordData, kinds: FieldMeta['kind'][]): string | undefined {
  const field = object.fields.find(
    (each) =>
      kinds.includes(each.kind) && !each.masked && !each.hidden && stringsOf(record[each.key]).length > 0,
  );
  return field && stringsOf(record[field.key])[0];
}

// The first address of the record on one line, for a map.
function addressOf(object: ObjectMeta, record: RecordData): string {
  const postal = object.fields.find((field) => field.kind === 'postal_code');
  if (!postal?.whole) return '';
  return object.fields
    .filter((field) => field.whole === postal.whole && field !== postal && !field.masked)
    .map((field) => kindOf(field.kind).text(record[field.key], field, 'ja'))
    .join('');
}

/** Who this is, and the ways to reach them. */
export function RecordHeader({ object, record }: RecordHeaderProps) {
  const { t, label, language } = useTexts();
  const navigate = useNavigate();
  const confirm = useConfirm();
  const remove = useDeleteRecord(object);
  const title = object.fields.find((field) => field.key === object.title);
  const kana = object.fields
    .filter((field) => field.kind === 'kana' && title?.whole && field.whole === title.whole)
    .map((field) => stringsOf(record[field.key])[0] ?? '')
    .join(' ')
    .trim();
  const badges = object.fields.filter(
    (field) => field.kind === 'choice' && field.in_list && !field.hidden && record[field.key],
  );
  const tags = object.fields.filter((field) => field.kind === 'tags' && !field.hidden);
  const phone = firstOf(object, record, ['phone', 'phones']);
  const mail = firstOf(object, record, ['email', 'emails']);
  const address = addressOf(object, record);

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
  const copyLink = () =>
    void navigator.clipboard
      .writeText(window.location.href)
      .then(() => notifyDone(t('records.header.copied')), notifyError);

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
          {record.owner_id && (
            <span className={classes.owner}>
              <IconUserCircle size={15} aria-hidden="true" />
              <span className={classes.quiet}>{t('records.header.owner')}</span> {record.owner_id.title}
            </span>
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
        {address && (
          <Button
            component="a"
            href={`https://www.google.com/maps/search/?api=1&query=${encodeURIComponent(address)}`}
            target="_blank"
            rel="noreferrer"
            variant="default"
            leftSection={<IconMapPin size={15} />}
          >
            {t('records.header.map')}
          </Button>
        )}
        <Menu>
          <Menu.Target>
            <ActionIcon variant="default" size={32} aria-label={t('records.header.menu')}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconCopy size={15} />} onClick={copyLink}>
              {t('records.header.copy')}
            </Menu.Item>
            {object.permissions.delete && !record.deleted_at && (
              <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={() => void drop()}>
                {t('ui.delete')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      </div>
    </header>
  );
}
