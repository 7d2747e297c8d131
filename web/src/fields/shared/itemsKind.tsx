import { type ReactNode, useState } from 'react';
import type { FieldValue } from '@/api';
import { joinList, Textarea } from '@/ui';
import type { CellProps, InputProps, KindUi } from '../kind';
import classes from './fields.module.css';
import { TextFilter } from './filters/TextFilter';
import { frameOf } from './frameOf';
import { MaskedValue } from './MaskedValue';
import { stringsOf } from './references';
import { splitItems } from './texts';

interface ItemsKind {
  width?: number;
  inputMode?: 'tel' | 'email' | 'url';
  /** One item on the record page: a link to call, write or open. */
  item?: (item: string) => ReactNode;
}

/** Several e-mail addresses, telephones or addresses of pages: one a line. */
export function itemsKind(special: ItemsKind): KindUi {
  function Cell({ field, value, place }: CellProps) {
    if (field.masked) return <MaskedValue />;
    const items = stringsOf(value);
    if (place === 'row') {
      return (
        <span className={classes.line} title={items.join('\n')}>
          {items[0]}
          {items.length > 1 && <span className={classes.more}> +{items.length - 1}</span>}
        </span>
      );
    }
    return (
      <span className={classes.stack}>
        {items.map((item) => (
          <span key={item}>{special.item?.(item) ?? item}</span>
        ))}
      </span>
    );
  }
  function Input(props: InputProps) {
    const [typed, setTyped] = useState<string | null>(null);
    return (
      <Textarea
        {...frameOf(props)}
        autosize
        minRows={2}
        maxRows={8}
        inputMode={special.inputMode}
        autoFocus={props.autoFocus}
        value={typed ?? stringsOf(props.value).join('\n')}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          props.onChange(splitItems(event.currentTarget.value));
        }}
        onBlur={() => setTyped(null)}
      />
    );
  }
  return {
    width: special.width ?? 200,
    align: 'left',
    multiline: true,
    text: (value: FieldValue, _field, language) => joinList(stringsOf(value), language),
    parse: splitItems,
    Cell,
    Input,
    Filter: TextFilter,
  };
}
