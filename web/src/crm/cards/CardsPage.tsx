import { IconCamera, IconId, IconLock, IconTrash, IconUpload } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type DragEvent, useState } from 'react';
import {
  type CardScan,
  cardImageUrl,
  isApiError,
  useCardScans,
  useDeleteCardScan,
  useObjects,
  useUploadCard,
} from '@/api';
import {
  ActionIcon,
  Alert,
  Badge,
  Button,
  EmptyState,
  ErrorState,
  errorText,
  FileButton,
  formatDateTime,
  Loading,
  notifyError,
  PageHeader,
  Panel,
  Progress,
  Skeleton,
  Text,
  useConfirm,
  useTexts,
} from '@/ui';
import { openCards } from './cardQueue';
import classes from './cards.module.css';

const kAccepted = 'image/jpeg,image/png';

/** Photos of business cards: hand them over, and see which cards wait to be checked. */
export function CardsPage() {
  const { t } = useTexts();
  const objects = useObjects();
  const allowed = objects.find((object) => object.key === 'business_card')?.permissions.create;
  const scans = useCardScans();
  const waiting = openCards(scans.data ?? []);
  const first = waiting[0];

  if (objects.length > 0 && !allowed)
    return (
      <EmptyState page icon={<IconLock size={28} stroke={1.5} />} title={t('crm.cards.forbidden')}>
        {t('crm.cards.forbiddenHelp')}
      </EmptyState>
    );
  return (
    <div className={classes.page}>
      <PageHeader
        title={t('crm.cards.title')}
        actions={
          first && (
            <Button
              renderRoot={(props) => (
                <Link
                  {...props}
                  to="/cards/$id/$number"
                  params={{ id: first.scan.id, number: String(first.card.number) }}
                />
              )}
            >
              {t('crm.cards.checkNext', { count: waiting.length })}
            </Button>
          )
        }
      />
      <Text c="dimmed" mb="md">
        {t('crm.cards.intro')}
      </Text>
      <Upload />
      <div className={classes.earlier}>
        <Panel title={t('crm.cards.photos')} flush>
          {scans.isPending && <Loading rows={4} />}
          {scans.error && <ErrorState error={scans.error} onRetry={() => void scans.refetch()} />}
          {scans.data?.length === 0 && (
            <EmptyState compact icon={<IconId size={26} stroke={1.5} />} title={t('crm.cards.none')}>
              {t('crm.cards.noneHelp')}
            </EmptyState>
          )}
          <ul className={classes.scans}>
            {scans.data?.map((scan) => (
              <Scan key={scan.id} scan={scan} />
            ))}
          </ul>
        </Panel>
      </div>
    </div>
  );
}

function Upload() {
  const { t } = useTexts();
  const upload = useUploadCard();
  const [over, setOver] = useState(false);
  const [failed, setFailed] = useState<{ name: string; text: string }[]>([]);
  const [left, setLeft] = useState(0);

  // A stack of cards is more than may wait at a time.
  const uploadInTurn = async (file: File) => {
    for (;;) {
      try {
        return await upload.mutateAsync(file);
      } catch (error) {
        if (!isApiError(error, 'card_queue_full')) throw error;
        await new Promise((resolve) => setTimeout(resolve, 3_000));
      }
    }
  };
  const send = async (files: File[]) => {
    setFailed([]);
    for (const [index, file] of files.entries()) {
      setLeft(files.length - index);
      try {
        await uploadInTurn(file);
      } catch (error) {
        setFailed((now) => [...now, { name: file.name, text: errorText(error) }]);
      }
    }
    setLeft(0);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void send([...event.dataTransfer.files]);
  };
  return (
    <Panel>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the buttons inside do the same without a mouse */}
      <div
        className={classes.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <IconId size={34} stroke={1.3} aria-hidden="true" />
        <Text fw={600}>{t('crm.cards.drop')}</Text>
        <Text c="dimmed" size="xs">
          {t('crm.cards.formats')}
        </Text>
        <div className={classes.buttons}>
          <FileButton accept={kAccepted} multiple onChange={(files) => void send(files)}>
            {(button) => (
              <Button {...button} leftSection={<IconUpload size={15} />} loading={left > 0}>
                {t('crm.cards.choose')}
              </Button>
            )}
          </FileButton>
          <span className={classes.camera}>
            <FileButton
              accept={kAccepted}
              capture="environment"
              onChange={(file) => void send(file ? [file] : [])}
            >
              {(button) => (
                <Button
                  {...button}
                  variant="default"
                  leftSection={<IconCamera size={15} />}
                  disabled={left > 0}
                >
                  {t('crm.cards.shoot')}
                </Button>
              )}
            </FileButton>
          </span>
        </div>
        {left > 1 && (
          <Text size="xs" role="status">
            {t('crm.cards.sending', { count: left })}
          </Text>
        )}
      </div>
      {failed.length > 0 && (
        <Alert color="red" mt="md" role="alert" title={t('crm.cards.badFile')}>
          {failed.map((each) => (
            <p key={each.name} className={classes.lines}>
              {each.name}: {each.text}
            </p>
          ))}
        </Alert>
      )}
    </Panel>
  );
}

const kBadges = { open: 'blue', saving: 'blue', saved: 'green', skipped: 'gray', reading: 'blue' } as const;

function Scan({ scan }: { scan: CardScan }) {
  const { t } = useTexts();
  const confirm = useConfirm();
  const remove = useDeleteCardScan();
  const onRemove = async () => {
    const open = scan.cards.filter((card) => card.status === 'open').length;
    const agreed =
      open === 0 ||
      (await confirm({
        title: t('crm.cards.removeTitle'),
        message: t('crm.cards.removeText', { count: open }),
        confirm: t('crm.cards.remove'),
        danger: true,
      }));
    if (agreed) remove.mutate(scan.id, { onError: notifyError });
  };
  return (
    <li className={classes.scan}>
      <div className={classes.scanHead}>
        <b>{scan.name || t('crm.cards.unnamed')}</b>
        <span className={classes.quiet}>{formatDateTime(scan.created_at)}</span>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('crm.cards.removeOf', { name: scan.name })}
          onClick={() => void onRemove()}
        >
          <IconTrash size={16} stroke={1.6} />
        </ActionIcon>
      </div>
      {scan.status === 'reading' && <Reading scan={scan} />}
      {scan.failure && (
        <Text size="sm" c="red" role="alert">
          {scan.failure.message}
        </Text>
      )}
      {scan.status === 'ready' && !scan.recognized && (
        <Text size="sm" c="dimmed">
          {t('crm.cards.notRecognized')}
        </Text>
      )}
      <ul className={classes.tiles}>
        {scan.cards.map((card) => (
          <li key={card.number}>
            <Link
              className={classes.tile}
              to="/cards/$id/$number"
              params={{ id: scan.id, number: String(card.number) }}
            >
              {card.status === 'reading' ? (
                <Skeleton className={classes.thumb} />
              ) : (
                <img className={classes.thumb} src={cardImageUrl(scan.id, card)} alt="" loading="lazy" />
              )}
              <span className={classes.tileText}>
                <b>{card.title || t(card.status === 'reading' ? 'crm.cards.reading' : 'crm.cards.noName')}</b>
                <span className={classes.quiet}>{card.subtitle}</span>
                <Badge size="sm" color={kBadges[card.status]} c="var(--mantine-color-text)">
                  {t(`crm.cards.status.${card.status}`)}
                </Badge>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </li>
  );
}

function Reading({ scan }: { scan: CardScan }) {
  const { t } = useTexts();
  const { done, total } = scan.progress ?? { done: 0, total: 0 };
  const text = total > 0 ? t('crm.cards.readingOf', { done, total }) : t('crm.cards.reading');
  return (
    <div className={classes.reading} role="status">
      <Text size="sm">{text}</Text>
      <Progress value={total > 0 ? (100 * done) / total : 100} animated striped aria-label={text} />
    </div>
  );
}
