import { useEffect, useState } from 'react';
import { type Feedback, useFeedbackSeen, useMyFeedback } from '@/api/feedback';
import { Badge, ErrorState, Group, Loading, Text, useTexts } from '@/ui';
import { Head, Letter, StateBadge } from './FeedbackParts';
import classes from './usage.module.css';

/** What the caller sent, how it stands, and the answers. */
export function MyFeedback() {
  const { t } = useTexts();
  const { data, isPending, error, refetch } = useMyFeedback();
  const { mutate: seen } = useFeedbackSeen();
  // Marked as new as long as they are looked at, though they are read now.
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  const unread = data?.filter((item) => item.unread) ?? [];
  const news = unread.map((item) => item.id).join(' ');
  useEffect(() => {
    if (news === '') return;
    setFresh((now) => new Set([...now, ...news.split(' ')]));
    seen();
  }, [news, seen]);
  if (isPending) return <Loading rows={4} />;
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data.length === 0) return <Text c="dimmed">{t('app.usage.feedback.mineNone')}</Text>;
  return (
    <div>
      {data.map((item) => (
        <Mine key={item.id} item={item} fresh={fresh.has(item.id)} />
      ))}
    </div>
  );
}

function Mine({ item, fresh }: { item: Feedback; fresh: boolean }) {
  const { t } = useTexts();
  return (
    <article className={classes.letter}>
      <Head item={item}>
        <Group gap={6}>
          {fresh && <Badge color="red">{t('app.usage.feedback.unread')}</Badge>}
          <StateBadge state={item.state} />
        </Group>
      </Head>
      <Letter item={item} />
      {item.answer && (
        <div className={classes.answer}>
          <Text size="xs" c="dimmed">
            {t('app.usage.feedback.answer')}
          </Text>
          <div className={classes.letterText}>{item.answer}</div>
        </div>
      )}
    </article>
  );
}
