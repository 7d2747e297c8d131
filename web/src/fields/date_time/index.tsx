import type { FieldValue } from '@/api';
import { formatDateTime } from '@/ui/format';
import type { InputProps, KindUi } from '../kind';
import { DateButton } from '../shared/DateButton';
import { editDateTime, parseDateTime } from '../shared/dates';
import { DateFilter } from '../shared/filters/DateFilter';
import { textCell } from '../shared/TextCell';
import { TypedInput } from '../shared/TypedInput';

const kInstant = /^\d{4}-\d{2}-\d{2}T/;

const text: KindUi['text'] = (value) => (typeof value === 'string' ? formatDateTime(value) : '');

// The browser's box wants local time without a zone.
function localForm(value: FieldValue): string {
  if (typeof value !== 'string' || !kInstant.test(value)) return '';
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return '';
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function DateTimeInput(props: InputProps) {
  return (
    <TypedInput
      {...props}
      edit={editDateTime}
      parse={(typed) => parseDateTime(typed) ?? typed}
      preview={(value) => (typeof value === 'string' && kInstant.test(value) ? formatDateTime(value) : '')}
      placeholder={props.hideLabel ? undefined : '4/1 10:30'}
      rightSection={
        <DateButton
          type="datetime-local"
          value={localForm(props.value)}
          onChange={(value) => props.onChange(value === '' ? null : new Date(value).toISOString())}
        />
      }
    />
  );
}

export const dateTime: KindUi = {
  width: 140,
  align: 'left',
  text,
  edit: editDateTime,
  parse: (typed) => parseDateTime(typed) ?? typed,
  Cell: textCell(text),
  Input: DateTimeInput,
  Filter: DateFilter,
};
