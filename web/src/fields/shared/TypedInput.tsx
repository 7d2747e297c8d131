import { type HTMLAttributes, type ReactNode, useState } from 'react';
import type { FieldValue } from '@/api';
import { TextInput } from '@/ui';
import type { InputProps } from '../kind';
import { frameOf } from './frameOf';

interface TypedInputProps extends InputProps {
  /** The value as it stands in the box before typing. */
  edit: (value: FieldValue) => string;
  parse: (typed: string) => FieldValue;
  /** What the typed text was understood as, shown under the box while typing. */
  preview?: (value: FieldValue) => string;
  type?: 'text' | 'tel' | 'email' | 'url' | 'search';
  inputMode?: HTMLAttributes<HTMLInputElement>['inputMode'];
  placeholder?: string;
  rightSection?: ReactNode;
  maxLength?: number;
  alignRight?: boolean;
}

/** One line of text for every kind that is typed. The box keeps exactly what was typed until it is left, so that nothing
 *  moves under a Japanese conversion; what goes out is already understood where it can be. */
export function TypedInput(props: TypedInputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown =
    typed ??
    (typeof props.value === 'string' ? props.edit(props.value) || props.value : props.edit(props.value));
  const preview = typed !== null && typed !== '' ? (props.preview?.(props.value) ?? '') : '';
  return (
    <TextInput
      {...frameOf(props)}
      description={preview === '' || preview === typed ? undefined : `→ ${preview}`}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      type={props.type === 'url' || props.type === 'email' ? 'text' : (props.type ?? 'text')}
      inputMode={props.inputMode ?? (props.type === 'url' || props.type === 'email' ? props.type : undefined)}
      placeholder={props.placeholder}
      maxLength={props.maxLength}
      rightSection={props.rightSection}
      autoComplete="off"
      data-autofocus={props.autoFocus || undefined}
      autoFocus={props.autoFocus}
      styles={
        props.alignRight ? { input: { textAlign: 'end', fontVariantNumeric: 'tabular-nums' } } : undefined
      }
      value={shown}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        props.onChange(text.trim() === '' ? null : props.parse(text));
      }}
      onBlur={() => setTyped(null)}
    />
  );
}
