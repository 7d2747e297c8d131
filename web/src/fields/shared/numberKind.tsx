import type { FieldValue, Language } from '@/api';
import { useTexts } from '@/ui';
import { formatNumber } from '@/ui/format';
import type { InputProps, KindUi } from '../kind';
import { NumberFilter } from './filters/NumberFilter';
import { outsideLimits, parseNumber } from './numbers';
import { textCell } from './TextCell';
import { TypedInput } from './TypedInput';

interface NumberKind {
  width?: number;
  format?: (value: number, language: Language) => string;
  preview?: (value: number, language: Language) => string;
}

/** A number typed in any form (12万, 1,234円) and shown with separators. */
export function numberKind(special: NumberKind): KindUi {
  const format = special.format ?? ((value: number) => formatNumber(value));
  const preview = special.preview ?? format;
  const text: KindUi['text'] = (value, _field, language) =>
    typeof value === 'number' ? format(value, language) : typeof value === 'string' ? value : '';
  const parse = (typed: string): FieldValue => parseNumber(typed) ?? typed;
  function Input(props: InputProps) {
    const { t, language } = useTexts();
    const { least, greatest } = props.field;
    const outside = outsideLimits(props.value, least, greatest);
    const limits = { min: formatNumber(least ?? 0), max: formatNumber(greatest ?? 0) };
    return (
      <TypedInput
        {...props}
        error={outside ? t(`fields.${outside}`, limits) : props.error}
        edit={(value) => (typeof value === 'number' ? formatNumber(value) : '')}
        parse={parse}
        preview={(value) => (typeof value === 'number' ? preview(value, language) : '')}
        alignRight
      />
    );
  }
  const suggest: KindUi['suggest'] = (typed, _field, language) => {
    const value = parseNumber(typed);
    const shown = value === undefined || value === null ? '' : preview(value, language);
    return shown === '' || shown === typed ? [] : [{ key: 'read', label: `→ ${shown}`, value }];
  };
  return {
    width: special.width ?? 110,
    align: 'right',
    text,
    edit: (value) =>
      typeof value === 'number' ? formatNumber(value) : typeof value === 'string' ? value : '',
    suggest,
    series: 'number',
    parse,
    Cell: textCell(text),
    Input,
    Filter: NumberFilter,
  };
}
