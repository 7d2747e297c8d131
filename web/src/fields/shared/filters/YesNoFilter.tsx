import { NativeSelect, useTexts } from '@/ui';
import type { FilterProps } from '../../kind';

export function YesNoFilter({ id, value, onChange, label }: FilterProps) {
  const { t } = useTexts();
  return (
    <NativeSelect
      id={id}
      aria-label={label}
      value={typeof value === 'boolean' ? String(value) : ''}
      onChange={(event) =>
        onChange(event.currentTarget.value === '' ? null : event.currentTarget.value === 'true')
      }
      data={[
        { value: '', label: t('fields.choose') },
        { value: 'true', label: t('fields.yes') },
        { value: 'false', label: t('fields.no') },
      ]}
    />
  );
}
