import { IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { type ObjectMeta, type TimelineEntry, useObjects, useTimeline } from '@/api';
import {
  Button,
  Chip,
  EmptyState,
  ErrorState,
  Group,
  Loading,
  TextInput,
  today,
  useFormat,
  useTexts,
} from '@/ui';
import { groupTimeline } from '../timelineGroups';
import classes from './page.module.css';
import { TimelineItem } from './TimelineItem';

interface TimelineProps {
  object: ObjectMeta;
  id: string;
  /** Only the latest, without tools, for the panel beside a list. */
  preview?: boolean;
}

const kPreview = 6;

/** Everything that happened with a customer, newest first. */
export function Timeline({ object, id, preview = false }: TimelineProps) {
  const { t, label } = useTexts();
  const format = useFormat();
  const objects = useObjects();
  const [kinds, setKinds] = useState<string[]>([]);
  const [words, setWords] = useState('');
  const timeline = useTimeline(object, id, kinds.length > 0 ? kinds : undefined);
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

  // What can be on this timeline: objects that are about this one.
  const possible = useMemo(
    () =>
      objects.filter(
        (each) =>
          each.timeline &&
          each.key !== object.key &&
          each.fields.some(
            (field) => each.customer_links?.includes(field.key) && field.target === object.key,
          ) &&
          !each.customer,
      ),
    [objects, object.key],
  );
  const found = useMemo(() => {
    const wanted = words.normalize('NFKC').toLowerCase().trim();
    const matching = wanted === '' ? entries : entries.filter((entry) => matches(entry, wanted));
    return preview ? matching.slice(0, kPreview) : matching;
  }, [entries, words, preview]);

  if (timeline.isPending) return <Loading rows={preview ? 3 : 8} />;
  if (timeline.error && entries.length === 0)
    return <ErrorState compact error={timeline.error} onRetry={() => void timeline.refetch()} />;
  return (
    <section aria-label={t('records.timeline.title')}>
      {preview ? (
        <h2 className={classes.sectionTitle}>{t('records.timeline.latest')}</h2>
      ) : (
        <div className={classes.timelineTools}>
          <Chip.Group multiple value={kinds} onChange={setKinds}>
            <Group gap={4}>
              {possible.map((each) => (
                <Chip key={each.key} value={each.key} size="xs" variant="outline">
                  {label(each.label)}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
          <TextInput
            size="xs"
            className={classes.timelineSearch}
            aria-label={t('records.timeline.search')}
            placeholder={t('records.timeline.search')}
            leftSection={<IconSearch size={14} />}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
        </div>
      )}
      {found.length === 0 && !hasNextPage && (
        <EmptyState
          compact
          title={entries.length === 0 ? t('records.timeline.none') : t('records.list.noMatch')}
        >
          {entries.length === 0 && !preview ? t('records.timeline.noneHelp') : undefined}
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
            {t('records.more')}
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

function matches(entry: TimelineEntry, wanted: string): boolean {
  const text = `${entry.title} ${entry.summary ?? ''} ${entry.by?.title ?? ''}`;
  return text.normalize('NFKC').toLowerCase().includes(wanted);
}

function monthText(key: string, t: (key: string, values: Record<string, unknown>) => string): string {
  const [year, month] = key.split('-').map(Number);
  return t('records.timeline.month', { year, month });
}
