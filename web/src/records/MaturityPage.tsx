import { IconCheck, IconGauge } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type LedgerMaturity, type ObjectMeta, useMaturity, useObjects, useShortRecords } from '@/api';
import { Button, EmptyState, ErrorState, Loading, PageHeader, Panel, Select, Text, useTexts } from '@/ui';
import { itemLabel } from './maturity/itemLabel';
import { MaturityRing } from './maturity/MaturityRing';
import classes from './maturity/maturity.module.css';

/** 整備度 of the ledger: how many records have reached which level, and what to fill in next. */
export function MaturityPage() {
  const { t, label } = useTexts();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as { object?: string; lacks?: string };
  const all = useObjects();
  const objects = all.filter((object) => object.customer && object.permissions.read);
  const object = objects.find((each) => each.key === search.object) ?? objects[0];
  if (all.length === 0) return <Loading rows={12} />;
  if (!object) return <EmptyState page title={t('ui.forbidden')} />;
  const go = (to: { object?: string; lacks?: string }) =>
    void navigate({ to: '/maturity', search: { object: object.key, ...to }, replace: true });
  return (
    <div className={classes.page}>
      <PageHeader title={t('records.maturity.title')} />
      <Text c="dimmed">{t('records.maturity.intro')}</Text>
      <div className={classes.bar}>
        <Select
          aria-label={t('records.queue.object')}
          allowDeselect={false}
          value={object.key}
          onChange={(key) => key && go({ object: key })}
          data={objects.map((each) => ({ value: each.key, label: label(each.plural_label) }))}
        />
      </div>
      <Ledger
        key={object.key}
        object={object}
        lacks={search.lacks ?? ''}
        onLacks={(lacks) => go({ lacks })}
      />
    </div>
  );
}

function Ledger({
  object,
  lacks,
  onLacks,
}: {
  object: ObjectMeta;
  lacks: string;
  onLacks: (lacks: string | undefined) => void;
}) {
  const { t, label, language } = useTexts();
  const { data, error, refetch } = useMaturity(object.key);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading rows={12} />;
  if (data.records === 0 && !data.counting)
    return (
      <EmptyState
        icon={<IconGauge size={28} stroke={1.5} />}
        title={t('records.maturity.nobody', { name: label(object.plural_label) })}
      />
    );
  const number = (value: number) => value.toLocaleString(language === 'ja' ? 'ja-JP' : 'en');
  const chosen = data.items.find((item) => item.key === lacks);
  const most = [...data.items].sort((a, b) => a.level - b.level || (b.missing ?? 0) - (a.missing ?? 0));
  return (
    <>
      {data.counting && (
        <Text role="status" mb="sm">
          {t('records.maturity.counting')}
        </Text>
      )}
      {data.bounded && (
        <Text c="dimmed" mb="sm">
          {t('records.maturity.bounded', { count: number(data.records) })}
        </Text>
      )}
      <ul className={classes.levels}>
        {data.levels.map((level) => (
          <li key={level.level} className={classes.level}>
            <Text size="sm">{t(`records.maturity.level.${level.level}`)}</Text>
            <div className={classes.count}>{number(level.records)}</div>
            <Text size="xs" c="dimmed">
              {level.level === 0
                ? t('records.maturity.start')
                : t('records.maturity.needs', {
                    items: level.items,
                    least: (level.items ?? 0) - (level.may_miss ?? 0),
                  })}
            </Text>
            {level.one_short > 0 && (
              <Text size="xs">{t('records.maturity.oneShort', { count: number(level.one_short) })}</Text>
            )}
          </li>
        ))}
      </ul>
      {data.next && (
        <div className={classes.next}>
          <div>
            <Text fw={600}>
              {t('records.maturity.nextTitle', { name: itemLabel(data.next, object, t, label) })}
            </Text>
            <Text size="sm" c="dimmed">
              {t('records.maturity.nextHelp', { count: number(data.next.lifts ?? 0) })}
            </Text>
          </div>
          <Button variant="default" onClick={() => onLacks(data.next?.key)}>
            {t('records.maturity.showThem')}
          </Button>
        </div>
      )}
      <div className={classes.panels}>
        <Panel title={t('records.maturity.items', { percent: data.percent })} flush>
          <ul className={classes.items}>
            {most.map((item) => {
              const there = data.records - (item.missing ?? 0);
              const percent = data.records === 0 ? 0 : Math.floor((there * 100) / data.records);
              return (
                <li key={item.key} className={classes.item}>
                  <span>
                    <Text size="sm">{itemLabel(item, object, t, label)}</Text>
                    <Text size="xs" c="dimmed">
                      {t(`records.maturity.level.${item.level}`)}
                    </Text>
                  </span>
                  <span className={classes.bar2} aria-hidden="true">
                    <span style={{ width: `${percent}%` }} />
                  </span>
                  <span className={classes.lacking}>
                    {(item.missing ?? 0) === 0 ? (
                      <IconCheck size={16} aria-label={t('records.maturity.allThere')} />
                    ) : (
                      t('records.maturity.lacking', { percent, count: number(item.missing ?? 0) })
                    )}
                  </span>
                </li>
              );
            })}
          </ul>
        </Panel>
        <div className={classes.side}>
          <Panel
            flush
            title={
              chosen
                ? t('records.maturity.shortOf', { name: itemLabel(chosen, object, t, label) })
                : t('records.maturity.shortAll')
            }
            actions={
              chosen && (
                <Button size="compact-sm" variant="subtle" onClick={() => onLacks(undefined)}>
                  {t('records.maturity.all')}
                </Button>
              )
            }
          >
            <Short object={object} lacks={chosen?.key ?? ''} />
          </Panel>
          <Panel title={t('records.maturity.trend')}>
            <Trend data={data} />
          </Panel>
        </div>
      </div>
    </>
  );
}

function Short({ object, lacks }: { object: ObjectMeta; lacks: string }) {
  const { t, label } = useTexts();
  const { data, error, refetch } = useShortRecords(object.key, 0, lacks);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading rows={6} />;
  if (data.length === 0)
    return (
      <Text c="dimmed" p="md">
        {t('records.maturity.nobodyShort')}
      </Text>
    );
  return (
    <ul className={classes.records}>
      {data.map((record) => (
        <li key={record.id}>
          <Link
            to="/o/$plural/$id"
            params={{ plural: object.plural, id: record.id }}
            search={{ fill: (record.lacks.find((item) => item.key === lacks) ?? record.lacks[0])?.fields[0] }}
          >
            {record.title || t('records.untitled')}
          </Link>
          <Text size="xs" c="dimmed">
            {t('records.maturity.lacksOne', {
              names: record.lacks
                .map((item) => itemLabel(item, object, t, label))
                .join(t('records.maturity.or')),
              level: t(`records.maturity.level.${record.level + 1}`),
            })}
          </Text>
        </li>
      ))}
    </ul>
  );
}

/** The percentage of items filled in, day by day; today is the last point. */
function Trend({ data }: { data: LedgerMaturity }) {
  const { t } = useTexts();
  const days = data.trend.map((point) => ({ day: point.day, percent: point.percent }));
  const first = days[0];
  if (!first)
    return (
      <Text size="sm" c="dimmed">
        {t('records.maturity.noTrend')}
      </Text>
    );
  const start = Date.parse(first.day);
  const span = Math.max(Date.now() - start, 86_400_000);
  const points = [
    ...days.map(({ day, percent }) => [((Date.parse(day) - start) / span) * 300, 100 - percent]),
    [300, 100 - data.percent],
  ];
  return (
    <>
      <svg
        className={classes.trend}
        viewBox="0 -4 300 108"
        preserveAspectRatio="none"
        role="img"
        aria-label={t('records.maturity.trendText', {
          from: first.percent,
          to: data.percent,
          day: first.day,
        })}
      >
        <polyline points={points.map((point) => point.join(',')).join(' ')} />
      </svg>
      <Text size="sm">
        <MaturityRing percent={data.percent} size={14} />{' '}
        {t('records.maturity.trendText', { from: first.percent, to: data.percent, day: first.day })}
      </Text>
    </>
  );
}
