import { IconHistory } from '@tabler/icons-react';
import { usePinned } from '@/records/pins';
import { Button, EmptyState, Group, Panel, useTexts } from '@/ui';
import classes from '../RowList.module.css';
import { HitRow } from './HitRow';
import { useRecentSearches } from './useRecentSearches';

/** Before anything is typed: what is kept at hand, and what was searched for. */
export function SearchStart({ onSearch }: { onSearch: (q: string) => void }) {
  const { t } = useTexts();
  const pinned = usePinned();
  const { searches, clear } = useRecentSearches();
  return (
    <div className={classes.stack}>
      {pinned.length === 0 && searches.length === 0 && (
        <EmptyState title={t('app.searchEmpty')}>{t('app.searchEmptyHelp')}</EmptyState>
      )}
      {searches.length > 0 && (
        <Panel
          title={t('app.searches')}
          actions={
            <Button variant="subtle" size="compact-sm" onClick={clear}>
              {t('app.forgetSearches')}
            </Button>
          }
        >
          <Group gap="xs">
            {searches.map((q) => (
              <Button
                key={q}
                variant="default"
                leftSection={<IconHistory size={15} stroke={1.6} />}
                onClick={() => onSearch(q)}
              >
                {q}
              </Button>
            ))}
          </Group>
        </Panel>
      )}
      {pinned.length > 0 && (
        <Panel title={t('app.pinned')} flush>
          <ul className={classes.rows}>
            {pinned.map(({ object, id, title }) => (
              <HitRow
                key={`${object.key}/${id}`}
                object={object}
                hit={{ object: object.key, id, title }}
                query=""
              />
            ))}
          </ul>
        </Panel>
      )}
    </div>
  );
}
