import { TextInput } from '@/ui';
import type { FilterProps } from '../../kind';

export function TextFilter({ id, value, onChange, label }: FilterProps) {
  return (
    <TextInput
      id={id}
      aria-label={label}
      autoComplete="off"
      value={typeof value === 'string' || typeof value === 'number' ? String(value) : ''}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
