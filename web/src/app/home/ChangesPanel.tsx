import { Link } from '@tanstack/react-router';
import { type ChangeItem, fieldOf, useChanges, useObjects } from '@/api';
import { EmptyState, ErrorState, Loading, NamedIcon, Panel, useFormat, useTexts } from '@/ui';
import list from '../RowList.module.css';

const shown = 12;
const fieldsShown = 3;

/** What changed of all that I may see, newest first. */
export function ChangesPanel() {
  const { t, label } = useTexts();
  const format = useFormat();
  const objects = useObjects();
  const { data, isPending, error, refetch } = useChanges();

  const describe = (item: ChangeItem) => {
    const object = objects.find((candidate) => candidate.key === item.object);
    const fields = (item.fields ?? [])
      .map((key) => label(fieldOf(object, key)?.label))
      .filter((name) => name !== '');
    const named =
      fields.slice(0, fieldsShown).join(t('app.comma')) + (fields.length > fieldsShown ? '…' : '');
    const who = item.by?.title ?? t('app.system');
    return item.action === 'update' && named
      ? t('app.changed.fields', { who, fields: named })
      : t(`app.changed.${item.action}`, { who });
  };

  return (
    <Panel title={t('app.changes')} flush>
      {isPending ? (
        <Loading rows={4} />
      ) : error ? (
        <ErrorState compact error={error} onRetry={() => void refetch()} />
      ) : data.length === 0 ? (
        <EmptyState compact title={t('app.noChanges')} />
      ) : (
        <ul className={list.rows}>
          {data.slice(0, shown).map((item) => {
            const object = objects.find((candidate) => candidate.key === item.object);
            const content = (
              <>
                <NamedIcon name={object?.icon} />
                <span className={list.main}>
                  <span>{item.title}</span>
                  <span className={list.sub}>{describe(item)}</span>
                </span>
                <span className={list.when}>{format.relative(item.at)}</span>
              </>
            );
            return (
              <li key={`${item.at}/${item.object}/${item.id}`}>
                {object && item.action !== 'delete' ? (
                  <Link
                    to="/o/$plural/$id"
                    params={{ plural: object.plural, id: item.id }}
                    className={list.row}
                  >
                    {content}
                  </Link>
                ) : (
                  <div className={list.row}>{content}</div>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}
