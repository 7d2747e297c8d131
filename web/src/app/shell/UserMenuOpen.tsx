import { IconKeyboard, IconLogout, IconMessage2, IconUserCog } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { lazy, type ReactElement, Suspense, useState } from 'react';
import { keys, type Language, useSession, useSignOut, useUpdateMe } from '@/api';
import { waitingCount } from '@/api/queue';
import {
  Badge,
  Group,
  Kbd,
  Menu,
  notifyError,
  SegmentedControl,
  Stack,
  Text,
  useConfirm,
  useMantineColorScheme,
  useTexts,
} from '@/ui';
import { loadLaterTexts, setLanguage } from '../i18n';

const FeedbackDialog = lazy(async () => {
  await loadLaterTexts();
  return { default: (await import('../usage/FeedbackDialog')).FeedbackDialog };
});

/** The menu once it was opened; `target` is the button that stands in the header. */
export function UserMenuOpen({ onHelp, target }: { onHelp: () => void; target: ReactElement }) {
  const { t, language } = useTexts();
  const session = useSession().data;
  const user = session?.user;
  const [writing, setWriting] = useState(false);
  const signOut = useSignOut();
  const update = useUpdateMe();
  const cache = useQueryClient();
  const router = useRouter();
  const confirm = useConfirm();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  if (!user || !session) return null;
  const { answers, new: fresh = 0 } = session.feedback;

  const leave = async () => {
    const count = await waitingCount();
    const sure =
      count === 0 ||
      (await confirm({
        title: t('app.offline.leaveTitle', { count }),
        message: t('app.offline.leaveHelp'),
        confirm: t('app.offline.leave'),
        danger: true,
      }));
    if (!sure) return;
    try {
      await signOut.mutateAsync();
    } catch (error) {
      notifyError(error);
      return;
    }
    // Nothing that this person saw stays in the page.
    await cache.cancelQueries();
    cache.removeQueries({ queryKey: keys.session });
    await router.navigate({ to: '/login' });
    cache.clear();
  };
  const choose = async (chosen: string) => {
    const wanted = chosen as Language;
    await setLanguage(wanted);
    update.mutate({ language: wanted }, { onError: notifyError });
  };

  return (
    <>
      <Menu width={280} defaultOpened>
        <Menu.Target>{target}</Menu.Target>
        <Menu.Dropdown>
          <Stack gap={0} px="sm" py={6}>
            <Text fw={700}>{user.title}</Text>
            <Text size="xs" c="dimmed">
              {user.email} · {t(`app.role.${user.role}`)}
            </Text>
          </Stack>
          <Menu.Divider />
          <Stack gap={8} px="sm" py={6}>
            <Group justify="space-between" wrap="nowrap">
              <Text size="sm" id="scheme-label">
                {t('app.scheme')}
              </Text>
              <SegmentedControl
                size="xs"
                aria-labelledby="scheme-label"
                value={colorScheme}
                onChange={(value) => setColorScheme(value as typeof colorScheme)}
                data={[
                  { value: 'light', label: t('app.light') },
                  { value: 'dark', label: t('app.dark') },
                  { value: 'auto', label: t('app.auto') },
                ]}
              />
            </Group>
            <Group justify="space-between" wrap="nowrap">
              <Text size="sm" id="language-label">
                {t('app.language')}
              </Text>
              <SegmentedControl
                size="xs"
                aria-labelledby="language-label"
                value={language}
                onChange={(value) => void choose(value)}
                data={[
                  { value: 'ja', label: '日本語' },
                  { value: 'en', label: 'English' },
                ]}
              />
            </Group>
          </Stack>
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconUserCog size={16} stroke={1.6} />}
            renderRoot={(props) => <Link to="/settings/account" {...props} />}
          >
            {t('app.account')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconMessage2 size={16} stroke={1.6} />}
            rightSection={answers > 0 && <Badge color="red">{t('app.newAnswers', { count: answers })}</Badge>}
            onClick={() => setWriting(true)}
          >
            {t('app.sendFeedback')}
          </Menu.Item>
          {fresh > 0 && (
            <Menu.Item
              leftSection={<IconMessage2 size={16} stroke={1.6} />}
              rightSection={<Badge>{fresh}</Badge>}
              renderRoot={(props) => <Link to="/settings/feedback" {...props} />}
            >
              {t('app.settingsPage.feedback')}
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={<IconKeyboard size={16} stroke={1.6} />}
            rightSection={<Kbd keys="?" />}
            onClick={onHelp}
          >
            {t('app.keyboard')}
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout size={16} stroke={1.6} />} onClick={() => void leave()}>
            {t('app.signOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense>{writing && <FeedbackDialog onClose={() => setWriting(false)} />}</Suspense>
    </>
  );
}
