import { Link } from '@tanstack/react-router';
import { useObjects, useRecent } from '@/api';
import { EmptyState, ErrorState, Loading, NamedIcon, Panel, useFormat, useTexts } from '@/ui';
import list from '../RowList.module.css';

const shown = 8;

export function RecentPanel() {
  const { t } = useTexts();
  const format = useFormat();
  const objects = useObjects();
  const { data, isPending, error, refetch } = useRecent();
  return (
    <Panel title={t('app.recent')} flush>
      {isPending ? (
        <Loading rows={4} />
      ) : error ? (
        <ErrorState compact error={error} onRetry={() => void refetch()} />
      ) : data.length === 0 ? (
        <EmptyState compact title={t('app.noRecent')} />
      ) : (
        <ul className={list.rows}>
          {data.slice(0, shown).map((item) => {
            const object = objects.find((candidate) => candidate.key === item.object);
            return (
              object && (
                <li key={`${item.object}/${item.id}`}>
                  <Link
                    to="/o/$plural/$id"
                    params={{ plural: object.plural, id: item.id }}
                    className={list.row}
                  >
                    <NamedIcon name={object.icon} />
                    <span className={list.main}>
                      <span>{item.title}</span>
                      {item.subtitle && <span className={list.sub}>{item.subtitle}</span>}
                    </span>
                    <span className={list.when}>{format.relative(item.at)}</span>
                  </Link>
                </li>
              )
            );
          })}
        </ul>
      )}
    </Panel>
  );
}
