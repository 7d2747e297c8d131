import type { Feedback, FeedbackState } from '@/api/feedback';
import { Badge, Text, useFormat, useTexts } from '@/ui';
import classes from './usage.module.css';

const colors: Record<FeedbackState, string> = {
  new: 'blue',
  working: 'yellow',
  done: 'green',
  declined: 'gray',
};

export function StateBadge({ state }: { state: FeedbackState }) {
  const { t } = useTexts();
  return (
    <Badge variant="light" color={colors[state]} c="var(--mantine-color-text)">
      {t(`app.usage.feedback.state.${state}`)}
    </Badge>
  );
}

/** What somebody wrote, and what was sent along. */
export function Letter({ item }: { item: Feedback }) {
  const { t } = useTexts();
  const attached = [
    item.page && t('app.usage.feedback.page', { value: item.page }),
    item.browser && t('app.usage.feedback.browser', { value: item.browser }),
  ].filter(Boolean);
  return (
    <>
      <div className={classes.letterText}>{item.text}</div>
      {attached.length > 0 && (
        <Text size="xs" c="dimmed">
          {attached.join(' · ')}
        </Text>
      )}
    </>
  );
}

export function Head({ item, children }: { item: Feedback; children: React.ReactNode }) {
  const { t } = useTexts();
  const format = useFormat();
  return (
    <div className={classes.letterHead}>
      <Badge variant="outline" color="gray">
        {t(`app.usage.feedback.kind.${item.kind}`)}
      </Badge>
      <span className={classes.sub}>
        {item.by?.title} {format.relative(item.at)}
      </span>
      <div className={classes.letterEnd}>{children}</div>
    </div>
  );
}
