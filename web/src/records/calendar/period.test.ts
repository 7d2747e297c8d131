import { describe, expect, it } from 'vitest';
import { addMonths, daysOf, eraYear, headingOf, isDay, periodOf, stepped, weekOf } from './period';

describe('periods', () => {
  it('are whole weeks of a month, from Sunday or from Monday', () => {
    expect(periodOf('month', '2026-11-23', 0)).toEqual({ from: '2026-11-01', to: '2026-12-05' });
    expect(periodOf('month', '2026-11-23', 1)).toEqual({ from: '2026-10-26', to: '2026-12-06' });
    // A February of four weeks, and a month that touches six.
    expect(daysOf(periodOf('month', '2026-02-10', 0))).toHaveLength(28);
    expect(daysOf(periodOf('month', '2026-08-01', 0))).toHaveLength(42);
  });

  it('are the week that a day is in', () => {
    expect(periodOf('week', '2026-11-22', 0)).toEqual({ from: '2026-11-22', to: '2026-11-28' });
    expect(periodOf('week', '2026-11-22', 1)).toEqual({ from: '2026-11-16', to: '2026-11-22' });
    expect(weekOf('2027-01-01', 0)).toBe('2026-12-27');
    expect(periodOf('day', '2026-11-23', 0)).toEqual({ from: '2026-11-23', to: '2026-11-23' });
  });

  it('are stepped through, to the last day of a shorter month', () => {
    expect(stepped('month', '2026-01-31', 1)).toBe('2026-02-28');
    expect(stepped('month', '2026-01-15', -1)).toBe('2025-12-15');
    expect(stepped('week', '2026-12-28', 1)).toBe('2027-01-04');
    expect(stepped('day', '2026-03-01', -1)).toBe('2026-02-28');
    expect(addMonths('2024-02-29', 12)).toBe('2025-02-28');
  });

  it.each(['2026-02-30', '2026-13-01', '0026-01-01', 'today', 7, undefined])('%s is no day', (value) => {
    expect(isDay(value)).toBe(false);
  });
});

describe('headings', () => {
  const heading = (span: 'month' | 'week' | 'day', day: string, language: 'ja' | 'en' = 'ja') =>
    headingOf(span, day, periodOf(span, day, 0), language);

  it('name the era', () => {
    expect(heading('month', '2026-11-23')).toBe('2026年11月（令和8年）');
    expect(heading('day', '2026-11-23')).toBe('2026年11月23日(月)（令和8年）');
    expect(eraYear('2019-04-30')).toBe('平成31年');
    expect(eraYear('2019-05-01')).toBe('令和元年');
    expect(eraYear('2029-05-01')).toBe('令和11年');
  });

  it('say of a week only what changes within it', () => {
    expect(heading('week', '2026-11-23')).toBe('2026年11月22日 – 28日（令和8年）');
    expect(heading('week', '2026-12-01')).toBe('2026年11月29日 – 12月5日（令和8年）');
    expect(heading('week', '2026-12-31')).toBe('2026年12月27日 – 2027年1月2日（令和8年）');
  });

  it('are plain in English', () => {
    expect(heading('month', '2026-11-23', 'en')).toBe('November 2026');
    expect(heading('day', '2026-11-23', 'en')).toBe('Mon, Nov 23, 2026');
  });
});
