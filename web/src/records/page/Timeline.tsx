import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { type ObjectMeta, type TimelineQuery, useTimeline } from '@/api';
import { Button, EmptyState, ErrorState, Loading, today, useFormat, useTexts } from '@/ui';
import { groupTimeline } from '../timelineGroups';
import classes from './page.module.css';
import { TimelineItem } from './TimelineItem';
import { TimelineTools } from './TimelineTools';
import { isNarrowed } from './timelinePeriods';

interface TimelineProps {
  object: ObjectMeta;
  id: string;
  /** Only the latest, without tools, for the panel beside a list. */
  preview?: boolean;
}

const kPreview = 6;

/** Everything that happened with a customer, newest first. */
export function Timeline({ object, id, preview = false }: TimelineProps) {
  const { t } = useTexts();
  const format = useFormat();
  const [query, setQuery] = useState<TimelineQuery>({});
  // The tools start afresh when everything is cleared.
  const [round, setRound] = useState(0);
  const timeline = useTimeline(object, id, { ...query, facets: !preview });
  const end = useRef<HTMLDivElement>(null);
  const { hasNextPage, isFetchingNextPage, fetchNextPage, entries } = timeline;

  const endless = !preview && hasNextPage && !isFetchingNextPage;
  useEffect(() => {
    const element = end.current;
    if (!element || !endless) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && void fetchNextPage(), {
      rootMargin: '300px',
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [endless, fetchNextPage]);

  const found = preview ? entries.slice(0, kPreview) : entries;
  const narrowed = isNarrowed(query);
  const again = (
    <Button
      variant="default"
      onClick={() => {
        setQuery({});
        setRound((now) => now + 1);
      }}
    >
      {t('records.timeline.clear')}
    </Button>
  );

  if (timeline.isPending) return <Loading rows={preview ? 3 : 8} />;
  if (timeline.error && entries.length === 0)
    return <ErrorState compact error={timeline.error} onRetry={() => void timeline.refetch()} />;
  return (
    <section aria-label={t('records.timeline.title')}>
      {preview ? (
        <h2 className={classes.sectionTitle}>{t('records.timeline.latest')}</h2>
      ) : (
        <TimelineTools key={round} facets={timeline.facets} query={query} onChange={setQuery} />
      )}
      {found.length === 0 && !hasNextPage && (
        <EmptyState
          compact
          title={narrowed ? t('records.timeline.noMatch') : t('records.timeline.none')}
          actions={narrowed && again}
        >
          {!narrowed && !preview ? t('records.timeline.noneHelp') : undefined}
        </EmptyState>
      )}
      {groupTimeline(found, today()).map((group) => (
        <div key={group.key}>
          <h3 className={classes.day}>
            {group.kind === 'day' ? format.date(group.key, 'full') : monthText(group.key, t)}
          </h3>
          <ol className={classes.timeline}>
            {group.entries.map((entry) => (
              <TimelineItem
                key={`${entry.object}-${entry.id}-${entry.at}`}
                entry={entry}
                dated={group.kind === 'month'}
              />
            ))}
          </ol>
        </div>
      ))}
      <div ref={end}>
        {!preview && hasNextPage && (
          <Button
            variant="subtle"
            fullWidth
            loading={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            {t(narrowed ? 'records.timeline.older' : 'records.more')}
          </Button>
        )}
        {preview && entries.length > found.length && (
          <Button
            renderRoot={(props) => (
              <Link {...props} to="/o/$plural/$id" params={{ plural: object.plural, id }} />
            )}
            size="compact-sm"
            variant="subtle"
          >
            {t('records.timeline.all')}
          </Button>
        )}
      </div>
    </section>
  );
}

function monthText(key: string, t: (key: string, values: Record<string, unknown>) => string): string {
  const [year, month] = key.split('-').map(Number);
  return t('records.timeline.month', { year, month });
}
