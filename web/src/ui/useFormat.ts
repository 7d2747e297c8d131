import { useMemo } from 'react';
import { type DateStyle, formatAgo, formatDate, formatDue, formatRelative } from './format/date';
import { formatYen, formatYenShort } from './format/number';
import { useTexts } from './useTexts';

/** The formatters of ui/format in the language of the screen. */
export function useFormat() {
  const { language } = useTexts();
  return useMemo(
    () => ({
      date: (value: string, style?: DateStyle) => formatDate(value, style, language),
      ago: (value: string) => formatAgo(value, undefined, language),
      due: (value: string) => formatDue(value, undefined, language),
      relative: (value: string) => formatRelative(value, undefined, language),
      yen: (value: number) => formatYen(value, language),
      yenShort: (value: number) => formatYenShort(value, language),
    }),
    [language],
  );
}
