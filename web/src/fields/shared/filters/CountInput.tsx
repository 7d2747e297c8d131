import { useState } from 'react';
import { TextInput } from '@/ui';
import { parseNumber } from '../numbers';

interface CountInputProps {
  value: number | null;
  least: number;
  most: number;
  /** Null while what is typed is no such number. */
  onChange: (count: number | null) => void;
  label: string;
}

/** A whole number of things or days, also typed with full-width digits. */
export function CountInput({ value, least, most, onChange, label }: CountInputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const read = (text: string) => {
    const count = parseNumber(text);
    return typeof count === 'number' && Number.isInteger(count) && count >= least && count <= most
      ? count
      : null;
  };
  return (
    <TextInput
      aria-label={label}
      inputMode="numeric"
      autoComplete="off"
      w={60}
      error={value === null || (typed !== null && read(typed) === null)}
      value={typed ?? String(value ?? '')}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange(read(event.currentTarget.value));
      }}
      onBlur={() => typed !== null && read(typed) !== null && setTyped(null)}
    />
  );
}
