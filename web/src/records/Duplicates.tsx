import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { BeginsAlike, FoundForDraft, ObjectMeta } from '@/api';
import { Alert, Anchor, Text, useTexts } from '@/ui';
import classes from './queue/queue.module.css';

interface DuplicatesProps {
  object: ObjectMeta;
  found: FoundForDraft;
}

const kMost = 5;

/**
 * Records that may be the one being typed, the likeliest first, with what they share and what differs. As long as
 * there is none: those whose names begin alike, so that a half-typed name may already be chosen.
 */
export function Duplicates({ object, found: { candidates, begins } }: DuplicatesProps) {
  const { t } = useTexts();
  if (candidates.length === 0 && begins.length === 0) return null;
  if (candidates.length === 0) {
    return (
      <Alert color="gray" p="xs" role="status" title={t('records.duplicates.begins')}>
        <ul className={classes.hints}>
          {begins.slice(0, kMost).map((each) => (
            <Hint key={each.id} object={object} record={each} />
          ))}
        </ul>
      </Alert>
    );
  }
  return (
    <Alert
      color="orange"
      p="xs"
      role="status"
      icon={<IconAlertTriangle size={16} />}
      title={t('records.duplicates.title', { count: candidates.length })}
    >
      <ul className={classes.hints}>
        {candidates.slice(0, kMost).map((each) => (
          <Hint key={each.id} object={object} record={each}>
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
          </Hint>
        ))}
      </ul>
    </Alert>
  );
}

function Hint({
  object,
  record,
  children,
}: {
  object: ObjectMeta;
  record: BeginsAlike;
  children?: ReactNode;
}) {
  return (
    <li>
      <Anchor
        underline="always"
        renderRoot={(props) => (
          <Link
            {...props}
            to="/o/$plural/$id"
            params={{ plural: object.plural, id: record.id }}
            target="_blank"
          />
        )}
      >
        {record.title}
      </Anchor>{' '}
      {record.subtitle && (
        <Text component="span" size="xs" c="dimmed">
          {record.subtitle}
        </Text>
      )}
      {children}
    </li>
  );
}
