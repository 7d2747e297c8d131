import { useTranslation } from 'react-i18next';
import { NativeSelect } from '@/ui';
import type { FilterProps } from '../../kind';

export function YesNoFilter({ id, value, onChange, label }: FilterProps) {
  const { t } = useTranslation('fields');
  return (
    <NativeSelect
      id={id}
      aria-label={label}
      value={typeof value === 'boolean' ? String(value) : ''}
      onChange={(event) =>
        onChange(event.currentTarget.value === '' ? null : event.currentTarget.value === 'true')
      }
      data={[
        { value: '', label: t('choose') },
        { value: 'true', label: t('yes') },
        { value: 'false', label: t('no') },
      ]}
    />
  );
}
