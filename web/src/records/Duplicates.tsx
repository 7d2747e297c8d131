import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { DuplicateCandidate, ObjectMeta } from '@/api';
import { Alert, Anchor, Text, useTexts } from '@/ui';
import classes from './queue/queue.module.css';

interface DuplicatesProps {
  object: ObjectMeta;
  candidates: DuplicateCandidate[];
}

/** Records that may be the one being typed, the likeliest first, with what they share and what differs. */
export function Duplicates({ object, candidates }: DuplicatesProps) {
  const { t } = useTexts();
  if (candidates.length === 0) return null;
  return (
    <Alert
      color="orange"
      p="xs"
      role="status"
      icon={<IconAlertTriangle size={16} />}
      title={t('records.duplicates.title', { count: candidates.length })}
    >
      <ul style={{ margin: 0, padding: 0, listStyle: 'none' }}>
        {candidates.slice(0, 5).map((each) => (
          <li key={each.id} style={{ padding: '3px 0' }}>
            <Anchor
              underline="always"
              renderRoot={(props) => (
                <Link
                  {...props}
                  to="/o/$plural/$id"
                  params={{ plural: object.plural, id: each.id }}
                  target="_blank"
                />
              )}
            >
              {each.title}
            </Anchor>{' '}
            {each.subtitle && (
              <Text component="span" size="xs" c="dimmed">
                {each.subtitle}
              </Text>
            )}
            <span className={classes.found}>
              <span className={classes.percent} data-likely={each.percent >= 90 || undefined}>
                {t('records.queue.percent', { percent: each.percent })}
              </span>
              {each.reasons.map((reason) => (
                <span key={reason.field} className={classes.reason} data-agrees={reason.agrees}>
                  {reason.text}
                </span>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </Alert>
  );
}
