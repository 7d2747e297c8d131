import type { Language } from '@/api';

/** Several texts as one: A、B; A, B. */
export function joinList(items: readonly string[], language: Language = 'ja'): string {
  return items.join(language === 'ja' ? '、' : ', ');
}

/** From one to the other: 1〜3; 1–3. */
export function formatRange(from: string, to: string, language: Language = 'ja'): string {
  return from + rangeMark(language) + to;
}

export function rangeMark(language: Language): string {
  return language === 'ja' ? '〜' : '–';
}
