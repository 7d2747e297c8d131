import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { type ObjectMeta, type TimelineFacets, type TimelineQuery, useObjects } from '@/api';
import { optionLabel } from '@/fields';
import { Button, Chip, Group, NativeSelect, TextInput, today, useTexts } from '@/ui';
import classes from './page.module.css';
import { type Period, periodOf, periodQuery, periods } from './timelinePeriods';

interface TimelineToolsProps {
  facets?: TimelineFacets;
  query: TimelineQuery;
  onChange: (query: TimelineQuery) => void;
}

// So many kinds are seen at once; the rare ones come on demand.
const kKinds = 7;
const kWaitMs = 300;

/** Narrows a timeline: by what there is of kinds and people, by period and by words. */
export function TimelineTools({ facets, query, onChange }: TimelineToolsProps) {
  const { t, label, language } = useTexts();
  const objects = useObjects();
  const [all, setAll] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const kinds = (facets?.kinds ?? []).flatMap((each) => {
    const object = objects.find((one) => one.key === each.object);
    if (!object) return [];
    return [
      { key: each.kind ? `${each.object}.${each.kind}` : each.object, name: nameOf(object, each.kind) },
    ];
  });
  function nameOf(object: ObjectMeta, kind: string | null): string {
    const field = object.fields.find((each) => each.key === 'kind');
    return kind && field ? optionLabel(field, kind, language) : label(object.label);
  }
  const chosen = query.what ?? [];
  const shown = all ? kinds : kinds.filter((each, at) => at < kKinds || chosen.includes(each.key));
  const people = facets?.people ?? [];
  const period = choosing ? 'own' : periodOf(query, today());
  return (
    <div className={classes.timelineTools}>
      {kinds.length > 1 && (
        <Chip.Group multiple value={chosen} onChange={(what) => onChange({ ...query, what })}>
          <Group gap={4} role="group" aria-label={t('records.timeline.kinds')}>
            {shown.map((each) => (
              <Chip key={each.key} value={each.key} size="xs" variant="outline">
                {each.name}
              </Chip>
            ))}
            {shown.length < kinds.length && (
              <Button size="compact-xs" variant="subtle" onClick={() => setAll(true)}>
                {t('records.timeline.moreKinds', { count: kinds.length - shown.length })}
              </Button>
            )}
          </Group>
        </Chip.Group>
      )}
      <div className={classes.timelineAsk}>
        <Words value={query.q ?? ''} onChange={(q) => onChange({ ...query, q: q || undefined })} />
        <NativeSelect
          size="xs"
          aria-label={t('records.timeline.period')}
          value={period}
          onChange={(event) => {
            const wanted = event.currentTarget.value as Period;
            setChoosing(wanted === 'own');
            if (wanted !== 'own') onChange({ ...query, ...periodQuery(wanted, today()) });
          }}
          data={(['all', ...Object.keys(periods), 'own'] as Period[]).map((value) => ({
            value,
            label: t(`records.timeline.periods.${value}`),
          }))}
        />
        {(people.length > 1 || query.by) && (
          <NativeSelect
            size="xs"
            aria-label={t('records.timeline.by')}
            value={query.by ?? ''}
            onChange={(event) => onChange({ ...query, by: event.currentTarget.value || undefined })}
            data={[
              { value: '', label: t('records.timeline.everybody') },
              ...people.map((each) => ({ value: each.id, label: each.title })),
            ]}
          />
        )}
        {period === 'own' && (
          <div className={classes.timelineDays}>
            <Day
              name={t('records.timeline.from')}
              value={query.from}
              onChange={(from) => onChange({ ...query, from })}
            />
            <Day
              name={t('records.timeline.until')}
              value={query.until}
              onChange={(until) => onChange({ ...query, until })}
            />
          </div>
        )}
      </div>
    </div>
  );
}

function Day({
  name,
  value,
  onChange,
}: {
  name: string;
  value?: string;
  onChange: (value?: string) => void;
}) {
  return (
    <TextInput
      size="xs"
      type="date"
      aria-label={name}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  );
}

/** Asks the server when the typing rests, and not in the middle of a conversion. */
function Words({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTexts();
  const [typed, setTyped] = useState(value);
  const [composing, setComposing] = useState(false);
  const [told, setTold] = useState(value);
  // Cleared from outside.
  if (value !== told) {
    setTold(value);
    setTyped(value);
  }
  useEffect(() => {
    const wanted = typed.trim();
    if (composing || wanted === value) return;
    const wait = window.setTimeout(() => {
      setTold(wanted);
      onChange(wanted);
    }, kWaitMs);
    return () => window.clearTimeout(wait);
  }, [typed, composing, value, onChange]);
  return (
    <TextInput
      size="xs"
      type="search"
      className={classes.timelineSearch}
      aria-label={t('records.timeline.search')}
      placeholder={t('records.timeline.search')}
      leftSection={<IconSearch size={14} />}
      value={typed}
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={() => setComposing(false)}
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  );
}
