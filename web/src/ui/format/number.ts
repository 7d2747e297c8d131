import type { Language } from '@/api';

const plain = new Intl.NumberFormat('ja-JP', { maximumFractionDigits: 10 });

export function formatNumber(value: number): string {
  return plain.format(value);
}

export function formatYen(value: number, language: Language = 'ja'): string {
  if (language === 'ja') return `${plain.format(value)}円`;
  return `${value < 0 ? '-' : ''}¥${plain.format(Math.abs(value))}`;
}

/** Short yen for tiles and charts: 1,250万円, 3.2億円; below 1万円 as it is. */
export function formatYenShort(value: number, language: Language = 'ja'): string {
  const size = Math.abs(value);
  if (language === 'en') {
    if (size >= 1e9) return `¥${round(value / 1e9)}B`;
    if (size >= 1e6) return `¥${round(value / 1e6)}M`;
    if (size >= 1e4) return `¥${round(value / 1e3)}K`;
    return formatYen(value, language);
  }
  if (size >= 1e12) return `${round(value / 1e12)}兆円`;
  if (size >= 1e8) return `${round(value / 1e8)}億円`;
  if (size >= 1e4) return `${round(value / 1e4)}万円`;
  return formatYen(value);
}

// One decimal only while it says something: 3.2億円, but 1,250万円.
function round(value: number): string {
  return plain.format(Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 10) / 10);
}

export function formatPercent(value: number): string {
  return `${plain.format(value)}%`;
}

export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const units = ['KB', 'MB', 'GB'];
  let size = bytes;
  let unit = -1;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${size >= 100 ? Math.round(size) : Math.round(size * 10) / 10} ${units[unit]}`;
}
