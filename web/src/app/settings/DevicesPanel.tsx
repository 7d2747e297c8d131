import { useEndSession, useMySessions } from '@/api';
import {
  Badge,
  Button,
  ErrorState,
  Group,
  Loading,
  notifyError,
  Panel,
  Text,
  useFormat,
  useTexts,
} from '@/ui';
import classes from '../RowList.module.css';
import { deviceName } from './deviceName';

/** Where this account is signed in; a device that was lost can be signed out. */
export function DevicesPanel() {
  const { t } = useTexts();
  const format = useFormat();
  const { data, isPending, error, refetch } = useMySessions();
  const end = useEndSession();
  return (
    <Panel title={t('app.devices')} flush>
      {isPending ? (
        <Loading rows={2} />
      ) : error ? (
        <ErrorState compact error={error} onRetry={() => void refetch()} />
      ) : (
        <ul className={classes.rows}>
          {data.map((device) => (
            <li key={device.id} className={classes.row}>
              <span className={classes.main}>
                <Group gap={8} component="span">
                  <span>{deviceName(device.agent) || t('app.unknownDevice')}</span>
                  {device.current && <Badge size="sm">{t('app.thisDevice')}</Badge>}
                </Group>
                <span className={classes.sub}>
                  {[device.remote, device.seen_at && format.relative(device.seen_at)]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </span>
              {!device.current && (
                <Button
                  variant="default"
                  size="compact-sm"
                  onClick={() => end.mutate(device.id, { onError: notifyError })}
                >
                  {t('app.signOut')}
                </Button>
              )}
            </li>
          ))}
          {data.length === 0 && (
            <Text c="dimmed" p="sm">
              {t('ui.none')}
            </Text>
          )}
        </ul>
      )}
    </Panel>
  );
}
