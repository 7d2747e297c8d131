import { Group, NativeSelect, Text, today, useTexts } from '@/ui';
import {
  type CountedPeriod,
  countedUnits,
  countedWays,
  readCounted,
  relativePeriods,
  writeCounted,
} from '../../filterModel';
import type { FilterProps } from '../../kind';
import { periodText, useFiscalMonth } from '../periods';
import { CountInput } from './CountInput';

// What a sales office asks most: the past months, and whom nobody has spoken to for two.
const usual: Record<CountedPeriod['way'], number> = { last: 90, next: 30, before: 90, not_for: 60 };
// A hundred years.
const most: Record<CountedPeriod['unit'], number> = { days: 36_500, weeks: 5_214, months: 1_216 };

/** A period seen from today: one of the calendar, or so many days, weeks or months. */
export function PeriodFilter({ id, value, onChange, label }: FilterProps) {
  const { t, language } = useTexts();
  const fiscalMonth = useFiscalMonth();
  const word = typeof value === 'string' ? value : '';
  const counted = readCounted(word);
  const context = { fiscalMonth, today: today(), language };
  const known: string[] = [...relativePeriods];
  if (word !== '' && !counted && !known.includes(word)) known.push(word);
  const choose = (next: string) => {
    const way = countedWays.find((each) => each === next);
    onChange(way ? writeCounted({ unit: 'days', count: usual[way], ...kept(counted), way }) : next);
  };
  const changeUnit = (period: CountedPeriod, unit: CountedPeriod['unit']) =>
    onChange(writeCounted({ ...period, unit, count: Math.min(period.count, most[unit]) }));
  return (
    <Group gap={6} wrap="wrap">
      <NativeSelect
        id={id}
        aria-label={label}
        style={{ flex: '1 1 120px' }}
        value={counted?.way ?? word}
        onChange={(event) => choose(event.currentTarget.value)}
        data={[
          { value: '', label: t('fields.choose') },
          {
            group: t('fields.counted.fromToday'),
            items: countedWays.map((way) => ({ value: way, label: t(`fields.counted.${way}`) })),
          },
          {
            group: t('fields.counted.fixed'),
            items: known.map((each) => ({ value: each, label: periodText(each, t, context) })),
          },
        ]}
      />
      {counted && (
        <>
          <CountInput
            key={counted.way}
            label={t('fields.counted.number')}
            least={0}
            most={most[counted.unit]}
            value={counted.count}
            onChange={(count) => count !== null && onChange(writeCounted({ ...counted, count }))}
          />
          <NativeSelect
            aria-label={t('fields.counted.unit')}
            w={80}
            value={counted.unit}
            onChange={(event) => changeUnit(counted, event.currentTarget.value as CountedPeriod['unit'])}
            data={countedUnits.map((unit) => ({ value: unit, label: t(`fields.counted.${unit}`) }))}
          />
        </>
      )}
      {(counted?.way === 'not_for' || counted?.way === 'before') && (
        <Text size="xs" c="dimmed" w="100%">
          {t(counted.way === 'not_for' ? 'fields.counted.never' : 'fields.counted.notNever')}
        </Text>
      )}
    </Group>
  );
}

// Another way keeps the number that somebody wrote.
function kept(counted: CountedPeriod | undefined): Partial<CountedPeriod> {
  return counted && counted.count !== usual[counted.way] ? counted : {};
}
