import { IconPin, IconPinFilled } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ObjectMeta, SearchHit } from '@/api';
import { usePins } from '@/records/pins';
import { ActionIcon, NamedIcon, useTexts } from '@/ui';
import rows from '../RowList.module.css';
import { readingOf, whereFound } from './describeHit';
import { Highlighted } from './Highlighted';
import classes from './search.module.css';

/** One record that was found or pinned: its name and reading, where the words stand, and the pin. */
export function HitRow({
  object,
  hit,
  query,
  onOpen,
}: {
  object: ObjectMeta;
  hit: SearchHit;
  query: string;
  onOpen?: () => void;
}) {
  const { t, label } = useTexts();
  const { isPinned, toggle } = usePins();
  const pinned = isPinned(hit);
  const reading = readingOf(hit, object);
  const sub = [hit.subtitle, ...whereFound(hit, object, label)].filter(Boolean).join(' · ');
  const Pin = pinned ? IconPinFilled : IconPin;
  return (
    <li className={classes.hit}>
      <Link
        to="/o/$plural/$id"
        params={{ plural: object.plural, id: hit.id }}
        className={rows.row}
        onClick={onOpen}
      >
        <NamedIcon name={object.icon} />
        <span className={rows.main}>
          <span>
            <Highlighted text={hit.title} query={query} />
            {reading && (
              <span className={classes.reading}>
                <Highlighted text={reading} query={query} />
              </span>
            )}
          </span>
          {sub && (
            <span className={rows.sub}>
              <Highlighted text={sub} query={query} />
            </span>
          )}
        </span>
      </Link>
      <ActionIcon
        aria-label={t('app.pin.of', { title: hit.title })}
        aria-pressed={pinned}
        title={t(pinned ? 'app.pin.off' : 'app.pin.on')}
        onClick={() => toggle(hit)}
      >
        <Pin size={17} stroke={1.6} />
      </ActionIcon>
    </li>
  );
}
