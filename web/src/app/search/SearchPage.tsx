import { IconSearch } from '@tabler/icons-react';
import { useNavigate, useSearch as useRouteSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { type ObjectMeta, type SearchHit, useObjects, useSearch } from '@/api';
import {
  Button,
  ErrorState,
  Loading,
  PageHeader,
  Panel,
  Text,
  TextInput,
  useDebouncedCallback,
  useTexts,
} from '@/ui';
import classes from '../RowList.module.css';
import { namedFirst } from './describeHit';
import { HitRow } from './HitRow';
import { SearchNothing } from './SearchNothing';
import { SearchStart } from './SearchStart';
import own from './search.module.css';
import { useRecentSearches } from './useRecentSearches';

const limit = 100;

/** Every hit of a search, by kind of record; the words and the kind stand in the address. */
export function SearchPage() {
  const { t, label } = useTexts();
  const { q = '', type } = useRouteSearch({ from: '/signed-in/search' });
  const navigate = useNavigate();
  const objects = useObjects();
  const only = objects.find((object) => object.key === type);
  const [typed, setTyped] = useState(q);
  const everything = useSearch(q, { limit });
  const ofType = useSearch(only ? q : '', { objects: only && [only.key], limit });
  const search = only ? ofType : everything;
  const { add } = useRecentSearches();

  // The words of the palette, of a link and of the way back arrive while the page stands.
  const shown = useRef(q);
  useEffect(() => {
    if (shown.current !== q) setTyped(q);
    shown.current = q;
  }, [q]);
  const show = (words: string, kind: string | undefined, replace: boolean) => {
    shown.current = words;
    void navigate({ to: '/search', search: { q: words || undefined, type: kind }, replace });
  };
  const go = useDebouncedCallback((value: string) => show(value.trim(), type, true), 250);
  const searchFor = (words: string) => {
    setTyped(words);
    show(words, undefined, false);
  };

  const hits = namedFirst(search.data?.items ?? [], objects, q);
  const counts = objects
    .map((object) => ({
      object,
      count: (everything.data?.items ?? []).filter((hit) => hit.object === object.key).length,
    }))
    .filter(({ object, count }) => count > 0 || object === only);
  const keep = () => add(q);

  return (
    <>
      <PageHeader title={t('app.search')} />
      <TextInput
        mb="md"
        maw={520}
        aria-label={t('app.searchPlaceholder')}
        placeholder={t('app.searchHint')}
        leftSection={<IconSearch size={16} stroke={1.6} />}
        value={typed}
        autoFocus
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          go(event.currentTarget.value);
        }}
      />
      {q.trim() !== '' && counts.length > 0 && (
        <Types
          counts={counts}
          only={only}
          more={everything.data?.more ?? false}
          onChoose={(kind) => show(q, kind, false)}
        />
      )}
      {q.trim() === '' ? (
        <SearchStart onSearch={searchFor} />
      ) : search.isPending ? (
        <Loading rows={8} />
      ) : search.error ? (
        <ErrorState error={search.error} onRetry={() => void search.refetch()} />
      ) : hits.length === 0 ? (
        <SearchNothing q={q} type={only} onSearch={searchFor} onEveryType={() => show(q, undefined, false)} />
      ) : (
        <div className={classes.stack} aria-live="polite" aria-busy={search.isPlaceholderData || undefined}>
          {objects.map((object) => (
            <Hits
              key={object.key}
              object={object}
              hits={hits.filter((hit) => hit.object === object.key)}
              query={q}
              onOpen={keep}
              onWhole={only ? undefined : () => show(q, object.key, false)}
            />
          ))}
          {only && search.data?.more && <Text c="dimmed">{t('app.searchMore', { count: limit })}</Text>}
        </div>
      )}
      <span role="status" aria-live="polite" className={own.unseen}>
        {q.trim() !== '' && search.data
          ? `${label(only?.plural_label)} ${t('app.count', { count: hits.length })}`
          : ''}
      </span>
    </>
  );
}

// All kinds share one answer of the server, so a kind may have more than it shows: its tab asks for it alone.
function Types({
  counts,
  only,
  more,
  onChoose,
}: {
  counts: { object: ObjectMeta; count: number }[];
  only: ObjectMeta | undefined;
  more: boolean;
  onChoose: (key: string | undefined) => void;
}) {
  const { t, label } = useTexts();
  return (
    <div className={own.tabs} role="tablist" aria-label={t('app.searchTypes')}>
      <button type="button" role="tab" aria-selected={!only} onClick={() => onChoose(undefined)}>
        {t('app.searchAllTypes')}
      </button>
      {counts.map(({ object, count }) => (
        <button
          key={object.key}
          type="button"
          role="tab"
          aria-selected={object === only}
          onClick={() => onChoose(object.key)}
        >
          {label(object.plural_label)} {count}
          {more ? '+' : ''}
        </button>
      ))}
    </div>
  );
}

const atFirst = 10;

function Hits({
  object,
  hits,
  query,
  onOpen,
  onWhole,
}: {
  object: ObjectMeta;
  hits: SearchHit[];
  query: string;
  onOpen: () => void;
  /** Set: other kinds are shown too, and this one has a tab of its own. */
  onWhole?: () => void;
}) {
  const { t, label } = useTexts();
  if (hits.length === 0) return null;
  const shown = onWhole ? hits.slice(0, atFirst) : hits;
  return (
    <Panel title={label(object.plural_label)} flush>
      <ul className={classes.rows}>
        {shown.map((hit) => (
          <HitRow key={hit.id} object={object} hit={hit} query={query} onOpen={onOpen} />
        ))}
      </ul>
      {onWhole && shown.length < hits.length && (
        <Button variant="subtle" m={6} onClick={onWhole}>
          {t('app.more')}
        </Button>
      )}
    </Panel>
  );
}
