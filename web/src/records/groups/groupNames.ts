import type { TFunction } from 'i18next';
import type { FieldMeta, Language } from '@/api';
import { kindOf } from '@/fields';
import type { GroupName } from './grouping';

/** What a group is called on the screen. */
export function groupName(
  name: GroupName,
  field: FieldMeta,
  { t, language }: { t: TFunction; language: Language },
): string {
  if ('value' in name) return kindOf(field.kind).text(name.value, field, language);
  if ('month' in name) {
    const [year, month] = name.month.split('-').map(Number);
    if (language === 'ja') return `${year}年${month}月`;
    return new Date(Date.UTC(year ?? 0, (month ?? 1) - 1)).toLocaleDateString('en-US', {
      year: 'numeric',
      month: 'short',
      timeZone: 'UTC',
    });
  }
  if ('year' in name)
    return t(name.fiscal ? 'records.groups.fiscalOf' : 'records.groups.yearOf', { year: name.year });
  return t(`records.groups.other.${name.other}`);
}
