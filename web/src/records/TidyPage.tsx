import { IconArrowLeft } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type ObjectMeta, type TidyScope, useObjects, useTidyChecks } from '@/api';
import {
  Anchor,
  EmptyState,
  ErrorState,
  formatNumber,
  Loading,
  PageHeader,
  Select,
  Text,
  useTexts,
} from '@/ui';
import { CheckList } from './tidy/CheckList';
import { ChoicesCheck } from './tidy/ChoicesCheck';
import { FieldsCheck } from './tidy/FieldsCheck';
import { RecordsCheck } from './tidy/RecordsCheck';
import classes from './tidy/tidy.module.css';

interface TidySearch {
  object?: string;
  check?: string;
  stage?: string;
  days?: number;
}

/** 整理・整頓: what the ledger has collected that is stale, impossible, unused, written in two ways or without an owner. */
export function TidyPage() {
  const { t, label } = useTexts();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as TidySearch;
  const all = useObjects();
  const objects = all
    .filter((each) => each.in_navigation && each.permissions.read)
    .sort((a, b) => Number(b.customer ?? false) - Number(a.customer ?? false));
  const object = objects.find((each) => each.key === search.object) ?? objects[0];
  if (all.length === 0) return <Loading rows={12} />;
  if (!object) return <EmptyState page title={t('ui.forbidden')} />;
  const go = (to: TidySearch) => void navigate({ to: '/tidy', search: { ...to }, replace: true });
  if (search.check)
    return (
      <OneCheck
        key={`${object.key} ${search.check}`}
        object={object}
        check={search.check}
        scope={{ stage: search.stage, days: Number(search.days) || undefined }}
        onScope={(scope) => go({ object: object.key, check: search.check, ...scope })}
      />
    );
  return (
    <div className={classes.page}>
      <PageHeader title={t('records.tidy.title')} />
      <Text c="dimmed">{t('records.tidy.intro')}</Text>
      <div className={classes.object}>
        <Select
          aria-label={t('records.queue.object')}
          allowDeselect={false}
          value={object.key}
          onChange={(key) => key && go({ object: key })}
          data={objects.map((each) => ({ value: each.key, label: label(each.plural_label) }))}
        />
      </div>
      <CheckList key={object.key} object={object} />
    </div>
  );
}

interface OneCheckProps {
  object: ObjectMeta;
  check: string;
  scope: TidyScope;
  onScope: (scope: TidyScope) => void;
}

function OneCheck({ object, check: key, scope, onScope }: OneCheckProps) {
  const { t, label } = useTexts();
  const { data, error, refetch } = useTidyChecks(object.key);
  const check = data?.find((each) => each.key === key);
  return (
    <div className={classes.page}>
      <Anchor
        size="sm"
        className={classes.back}
        renderRoot={(props) => <Link {...props} to="/tidy" search={{ object: object.key }} />}
      >
        <IconArrowLeft size={14} aria-hidden />{' '}
        {t('records.tidy.backTo', { name: label(object.plural_label) })}
      </Anchor>
      {check ? (
        <>
          <PageHeader
            title={check.label}
            note={
              check.count > 0 &&
              t(check.more ? 'records.list.countMore' : 'records.list.count', {
                count: formatNumber(check.count),
              })
            }
          />
          <Text c="dimmed" mb="sm">
            {check.help}
          </Text>
          {check.kind === 'choices' ? (
            <ChoicesCheck object={object} check={key} />
          ) : check.kind === 'fields' ? (
            <FieldsCheck object={object} check={key} />
          ) : (
            <RecordsCheck object={object} check={check} scope={scope} onScope={onScope} />
          )}
        </>
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <EmptyState page title={t('records.tidy.noCheck')} />
      ) : (
        <Loading rows={12} />
      )}
    </div>
  );
}
