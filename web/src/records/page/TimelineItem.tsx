import { IconChevronDown } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type TimelineEntry, useObject, useRecord } from '@/api';
import { isEmpty, kindOf, optionLabel } from '@/fields';
import { ActionIcon, formatTime, Loading, NamedIcon, useFormat, useTexts } from '@/ui';
import { shownFields } from '../fieldGroups';
import { withoutTitle } from '../timelineGroups';
import classes from './page.module.css';

/** One thing that happened, with its day where the heading does not say it (`dated`); unfolded it shows the whole record, which its title leads to. */
export function TimelineItem({ entry, dated }: { entry: TimelineEntry; dated: boolean }) {
  const { t, label, language } = useTexts();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const object = useObject(entry.object);
  // The kind of an activity (電話, 訪問) is an option of a field named so, if the object has one.
  const kindField = object?.fields.find((field) => field.key === 'kind');
  const kind = entry.kind && kindField ? optionLabel(kindField, entry.kind, language) : label(object?.label);
  const timed = entry.at.length > 10;
  const summary = withoutTitle(entry);
  return (
    <li className={classes.entry}>
      <span className={classes.entryIcon} data-kind={entry.kind ?? entry.object}>
        <NamedIcon name={iconOf(entry, object?.icon)} size={15} />
      </span>
      <div className={classes.entryBody}>
        <div className={classes.entryHead}>
          <span className={classes.entryKind}>{kind}</span>
          {object ? (
            <Link
              className={classes.entryTitle}
              to="/o/$plural/$id"
              params={{ plural: object.plural, id: entry.id }}
            >
              {entry.title || t('records.untitled')}
            </Link>
          ) : (
            <span className={classes.entryTitle}>{entry.title}</span>
          )}
          <span className={classes.entryMeta}>
            {[
              entry.by?.title,
              dated && format.date(timed ? localDate(entry.at) : entry.at, 'day'),
              timed && formatTime(new Date(entry.at)),
            ]
              .filter(Boolean)
              .join(' ')}
          </span>
          <ActionIcon
            size="xs"
            aria-expanded={open}
            aria-label={t('records.timeline.unfold')}
            onClick={() => setOpen((now) => !now)}
          >
            <IconChevronDown size={14} className={open ? classes.flipped : undefined} />
          </ActionIcon>
        </div>
        {summary && !open && <p className={classes.entrySummary}>{summary}</p>}
        {open && <EntryFacts entry={entry} />}
      </div>
    </li>
  );
}

const icons: Record<string, string> = {
  call: 'phone',
  visit: 'map-pin',
  meeting: 'users',
  mail: 'mail',
  chat: 'message',
  letter: 'mail',
  note: 'note',
  event: 'calendar-event',
};

function iconOf(entry: TimelineEntry, icon: string | undefined): string | undefined {
  return (entry.kind && icons[entry.kind]) || icon;
}

function localDate(at: string): string {
  const date = new Date(at);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

function EntryFacts({ entry }: { entry: TimelineEntry }) {
  const { label } = useTexts();
  const object = useObject(entry.object);
  const record = useRecord(object ?? { key: entry.object, plural: '' }, object ? entry.id : undefined);
  if (!object || record.isPending) return <Loading rows={3} />;
  return (
    <dl className={classes.entryFacts}>
      {shownFields(object)
        .filter((field) => !isEmpty(record.data?.[field.key]))
        .map((field) => {
          const { Cell } = kindOf(field.kind);
          return (
            <div key={field.key} className={classes.entryFact}>
              <dt>{label(field.label)}</dt>
              <dd>
                <Cell field={field} value={record.data?.[field.key]} place="page" />
              </dd>
            </div>
          );
        })}
    </dl>
  );
}
