import { IconSearch } from '@tabler/icons-react';
import { Link, useNavigate, useSearch as useRouteSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { type SearchHit, useObjects, useSearch } from '@/api';
import {
  EmptyState,
  ErrorState,
  Loading,
  NamedIcon,
  PageHeader,
  Panel,
  Text,
  TextInput,
  useDebouncedCallback,
  useTexts,
} from '@/ui';
import classes from '../RowList.module.css';

const limit = 100;

/** Every hit of a search, by kind of record. */
export function SearchPage() {
  const { t, label } = useTexts();
  const { q = '' } = useRouteSearch({ from: '/signed-in/search' });
  const navigate = useNavigate();
  const objects = useObjects();
  const [typed, setTyped] = useState(q);
  const search = useSearch(q, { limit });
  const go = useDebouncedCallback((value: string) => {
    void navigate({ to: '/search', search: { q: value.trim() || undefined }, replace: true });
  }, 250);

  const groups = objects
    .map((object) => ({
      object,
      hits: (search.data?.items ?? []).filter((hit) => hit.object === object.key),
    }))
    .filter((group) => group.hits.length > 0);

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
      {q.trim() === '' ? (
        <EmptyState title={t('app.searchEmpty')}>{t('app.searchEmptyHelp')}</EmptyState>
      ) : search.isPending ? (
        <Loading rows={8} />
      ) : search.error ? (
        <ErrorState error={search.error} onRetry={() => void search.refetch()} />
      ) : groups.length === 0 ? (
        <EmptyState title={t('app.searchNothing', { q })}>{t('app.searchNothingHelp')}</EmptyState>
      ) : (
        <div className={classes.stack} aria-live="polite">
          {groups.map(({ object, hits }) => (
            <Panel
              key={object.key}
              title={label(object.plural_label)}
              actions={
                <Text c="dimmed" pr={6}>
                  {t('app.count', { count: hits.length })}
                </Text>
              }
              flush
            >
              <ul className={classes.rows}>
                {hits.map((hit) => (
                  <li key={hit.id}>
                    <Link
                      to="/o/$plural/$id"
                      params={{ plural: object.plural, id: hit.id }}
                      className={classes.row}
                    >
                      <NamedIcon name={object.icon} />
                      <span className={classes.main}>
                        <span>{hit.title}</span>
                        <span className={classes.sub}>
                          {describe(hit, (key) =>
                            label(object.fields.find((field) => field.key === key)?.label),
                          )}
                        </span>
                      </span>
                    </Link>
                  </li>
                ))}
              </ul>
            </Panel>
          ))}
          {search.data?.more && <Text c="dimmed">{t('app.searchMore', { count: limit })}</Text>}
        </div>
      )}
    </>
  );
}

// The second line: what the record says of itself, else where the words were found.
function describe(hit: SearchHit, labelOf: (field: string) => string): string {
  const found = (hit.matches ?? []).map((match) => `${labelOf(match.field)}: ${match.text}`);
  return [hit.subtitle, ...found].filter(Boolean).join('\u2003');
}
