import { Link } from '@tanstack/react-router';
import { type ObjectMeta, useObjects } from '@/api';
import { toAddress } from '@/records/listState';
import { Button, EmptyState, useTexts } from '@/ui';
import { useCreate } from '../shell/CreateProvider';
import classes from './search.module.css';
import { shorterWords } from './shorterWords';

/** Nothing was found: what else to try, where deleted records are, and the way to write down who is new. */
export function SearchNothing({
  q,
  type,
  onSearch,
  onEveryType,
}: {
  q: string;
  /** Only this type was searched. */
  type?: ObjectMeta;
  onSearch: (q: string) => void;
  onEveryType: () => void;
}) {
  const { t, label } = useTexts();
  const create = useCreate();
  const customers = useObjects().filter((object) => object.customer && object.permissions.read);
  const target = type?.permissions.create ? type : customers.find((object) => object.permissions.create);
  const title = target?.fields.find((field) => field.key === target.title && field.kind === 'text');
  return (
    <EmptyState
      title={
        type ? t('app.searchNothingOf', { q, name: label(type.plural_label) }) : t('app.searchNothing', { q })
      }
      actions={
        <div className={classes.helps}>
          {type && (
            <Button variant="default" onClick={onEveryType}>
              {t('app.searchEveryType')}
            </Button>
          )}
          {shorterWords(q).map((word) => (
            <Button key={word} variant="default" onClick={() => onSearch(word)}>
              {t('app.searchFor', { q: word })}
            </Button>
          ))}
          {(type ? [type] : customers).map((object) => (
            <Button
              key={object.key}
              variant="default"
              renderRoot={(props) => (
                <Link
                  to="/o/$plural"
                  params={{ plural: object.plural }}
                  search={{ ...toAddress({ q }), deleted: 1 }}
                  {...props}
                />
              )}
            >
              {t('app.searchTrash', { name: label(object.plural_label) })}
            </Button>
          ))}
          {target && title && (
            <Button variant="default" onClick={() => create(target, { [title.key]: q })}>
              {t('app.palette.named', { action: t('app.newObject', { name: label(target.label) }), name: q })}
            </Button>
          )}
        </div>
      }
    >
      {t('app.searchNothingHelp')}
    </EmptyState>
  );
}
