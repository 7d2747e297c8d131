import type { TFunction } from 'i18next';
import { type Language, useCompanySettings } from '@/api';

/** First and last month of the fiscal year that `today` (ISO) is in, or of the one before, as "2026-04". */
export function fiscalYear(today: string, firstMonth: number, before = 0): { from: string; to: string } {
  const [year = 0, month = 1] = today.split('-').map(Number);
  const start = (month >= firstMonth ? year : year - 1) - before;
  const text = (ofYear: number, ofMonth: number) => `${ofYear}-${String(ofMonth).padStart(2, '0')}`;
  return firstMonth === 1
    ? { from: text(start, 1), to: text(start, 12) }
    : { from: text(start, firstMonth), to: text(start + 1, firstMonth - 1) };
}

function monthText(month: string, language: Language): string {
  const [year, number] = month.split('-').map(Number);
  if (language === 'ja') return `${year}年${number}月`;
  return new Date(Date.UTC(year ?? 0, (number ?? 1) - 1)).toLocaleDateString('en-US', {
    year: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
}

/** What a period of a condition is called: "last_days:30" -> 過去 30 日. The fiscal year says its months, since every company
 *  has its own. */
export function periodText(
  period: string,
  t: TFunction,
  { fiscalMonth, today, language }: PeriodContext,
): string {
  const [name = '', days] = period.split(':');
  const text = t(`fields.period.${name}`, { days: days ?? '' });
  if (name !== 'fiscal_year' && name !== 'last_fiscal_year') return text;
  const { from, to } = fiscalYear(today, fiscalMonth, name === 'fiscal_year' ? 0 : 1);
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
