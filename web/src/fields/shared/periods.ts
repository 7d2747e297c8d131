import type { TFunction } from 'i18next';
import { type Language, useCompanySettings } from '@/api';

/** First and last month, as "2026-04", of the part of the fiscal year (12, 6 or 3 months) that `today` (ISO) is in, or so
 *  many parts after it. */
export function fiscalPeriod(
  today: string,
  firstMonth: number,
  months: number,
  after = 0,
): { from: string; to: string } {
  const [year = 0, month = 1] = today.split('-').map(Number);
  const begun = ((month - firstMonth + 12) % 12) % months;
  const start = year * 12 + month - 1 - begun + after * months;
  const text = (at: number) => `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
  return { from: text(start), to: text(start + months - 1) };
}

const fiscalMonths: Record<string, number> = { year: 12, half: 6, quarter: 3 };

function monthText(month: string, language: Language): string {
  const [year, number] = month.split('-').map(Number);
  if (language === 'ja') return `${year}年${number}月`;
  return new Date(Date.UTC(year ?? 0, (number ?? 1) - 1)).toLocaleDateString('en-US', {
    year: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
}

/** What a period of a condition is called: "last_days:30" -> 過去 30 日. Parts of the fiscal year say their months, since
 *  every company has its own. */
export function periodText(
  period: string,
  t: TFunction,
  { fiscalMonth, today, language }: PeriodContext,
): string {
  const [name = '', count] = period.split(':');
  const text = t(`fields.period.${name}`, { count: count ?? '' });
  const [, when, unit = ''] = /^(last_|next_)?fiscal_(\w+)$/.exec(name) ?? [];
  const months = fiscalMonths[unit];
  if (months === undefined) return text;
  const after = when === 'last_' ? -1 : when === 'next_' ? 1 : 0;
  const { from, to } = fiscalPeriod(today, fiscalMonth, months, after);
  return t('fields.fiscalYear', { name: text, from: monthText(from, language), to: monthText(to, language) });
}

export interface PeriodContext {
  /** 1 to 12, from the company's profile. */
  fiscalMonth: number;
  today: string;
  language: Language;
}

/** The month in which the company's fiscal year begins. */
export function useFiscalMonth(): number {
  const month = Number(useCompanySettings({ staleTime: 5 * 60_000 }).data?.fiscal_month);
  return month >= 1 && month <= 12 ? month : 4;
}
