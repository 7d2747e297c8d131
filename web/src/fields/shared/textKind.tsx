import type { FieldValue } from '@/api';
import type { InputProps, KindUi } from '../kind';
import { TextFilter } from './filters/TextFilter';
import { textCell } from './TextCell';
import { TypedInput } from './TypedInput';

interface TextKind extends Pick<Partial<KindUi>, 'Cell' | 'Filter' | 'Input'> {
  width?: number;
  align?: KindUi['align'];
  type?: 'text' | 'tel' | 'email' | 'url';
  inputMode?: 'numeric' | 'decimal' | 'tel' | 'email' | 'url';
  placeholder?: string;
  /** Shown text; the value as it is when left out. */
  format?: (value: FieldValue) => string;
  /** Text in the box; the shown text when left out. */
  edit?: (value: FieldValue) => string;
  parse?: (typed: string) => FieldValue;
  preview?: (value: FieldValue) => string;
}

function asText(value: FieldValue): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** A kind that is one line of typed text, with what is special about it. */
export function textKind(special: TextKind = {}): KindUi {
  const format = special.format ?? asText;
  const edit = special.edit ?? format;
  const parse = special.parse ?? ((typed: string) => typed);
  const text: KindUi['text'] = (value) => format(value);
  function Input(props: InputProps) {
    return (
      <TypedInput
        {...props}
        edit={edit}
        parse={parse}
        preview={special.preview}
        type={special.type}
        inputMode={special.inputMode}
        placeholder={special.placeholder}
        alignRight={special.align === 'right'}
      />
    );
  }
  return {
    width: special.width ?? 180,
    align: special.align ?? 'left',
    text,
    parse: (typed) => parse(typed.trim()),
    Cell: special.Cell ?? textCell(text),
    Input: special.Input ?? Input,
    Filter: special.Filter ?? TextFilter,
  };
}
