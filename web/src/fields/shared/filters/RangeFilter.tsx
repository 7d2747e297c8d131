import { useState } from 'react';

import { rangeMark, TextInput, useTexts } from '@/ui';
import type { FilterProps } from '../../kind';
import classes from '../fields.module.css';

interface RangeFilterProps extends FilterProps {
  parse: (typed: string) => unknown;
  edit: (value: unknown) => string;
  inputMode?: 'decimal' | 'text';
}

/** One value, or two for "between", of a kind that has an order. */
export function RangeFilter(props: RangeFilterProps) {
  const { t, language } = useTexts();
  if (props.operator !== 'between') {
    const value = Array.isArray(props.value) ? props.value[0] : props.value;
    return <End {...props} value={value} />;
  }
  const ends: unknown[] = Array.isArray(props.value) ? props.value : [props.value ?? null, null];
  return (
    <div className={classes.pair}>
      <End
        {...props}
        value={ends[0]}
        label={`${props.label} ${t('fields.from')}`}
        onChange={(value) => props.onChange([value, ends[1] ?? null])}
      />
      <span style={{ flex: 'none' }}>{rangeMark(language)}</span>
      <End
        {...props}
        id={`${props.id}-to`}
        value={ends[1]}
        label={`${props.label} ${t('fields.to')}`}
        onChange={(value) => props.onChange([ends[0] ?? null, value])}
      />
    </div>
  );
}

function End({ id, value, onChange, label, parse, edit, inputMode }: RangeFilterProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const understood = typed === null || typed.trim() === '' || parse(typed) !== null;
  return (
    <TextInput
      id={id}
      aria-label={label}
      inputMode={inputMode}
      autoComplete="off"
      error={!understood}
      value={typed ?? edit(value)}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange(event.currentTarget.value.trim() === '' ? null : parse(event.currentTarget.value));
      }}
      onBlur={() => understood && setTyped(null)}
    />
  );
}
