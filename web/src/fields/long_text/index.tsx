import { Textarea, useTexts } from '@/ui';
import type { CellProps, InputProps, KindUi } from '../kind';
import classes from '../shared/fields.module.css';
import { TextFilter } from '../shared/filters/TextFilter';
import { frameOf } from '../shared/frameOf';
import { MaskedValue } from '../shared/MaskedValue';

function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function LongTextCell({ field, value, place }: CellProps) {
  if (field.masked) return <MaskedValue />;
  const text = asText(value);
  return place === 'row' ? (
    <span className={classes.line} title={text}>
      {text.replace(/\s+/g, ' ')}
    </span>
  ) : (
    <span className={classes.words}>{text}</span>
  );
}

function LongTextInput(props: InputProps) {
  const { t } = useTexts();
  return (
    <Textarea
      {...frameOf(props)}
      description={props.hideLabel ? t('fields.ctrlEnter') : undefined}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      autosize
      minRows={3}
      maxRows={16}
      autoFocus={props.autoFocus}
      value={asText(props.value)}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}

export const longText: KindUi = {
  width: 280,
  align: 'left',
  multiline: true,
  text: asText,
  parse: (typed) => typed,
  Cell: LongTextCell,
  Input: LongTextInput,
  Filter: TextFilter,
};
