import { type FieldMeta, fetchPostal, type PostalAddress, type Values } from '@/api';
import type { InputProps } from '../kind';
import { TypedInput } from '../shared/TypedInput';
import { textKind } from '../shared/textKind';
import { formatPostalCode, parsePostalCode } from '../shared/texts';

function parse(typed: string): string {
  return parsePostalCode(typed) ?? typed;
}

/** Where the town of a postal code belongs: the prefecture, city and street of the same address. */
export function addressValues(fields: readonly FieldMeta[], postal: FieldMeta, found: PostalAddress): Values {
  const parts = fields.filter((field) => postal.whole && field.whole === postal.whole && field.writable);
  const ending = (end: string) => parts.find((field) => field.key.endsWith(end))?.key;
  const values: Values = {};
  const prefecture = parts.find((field) => field.kind === 'prefecture')?.key;
  if (prefecture) values[prefecture] = found.prefecture;
  const city = ending('city');
  if (city) values[city] = found.city;
  const street = ending('street');
  if (street && found.town) values[street] = found.town;
  return values;
}

function PostalCodeInput(props: InputProps) {
  return (
    <TypedInput
      {...props}
      edit={(value) => (typeof value === 'string' ? parse(value) : '')}
      parse={parse}
      preview={formatPostalCode}
      inputMode="numeric"
      placeholder="123-4567"
      onChange={(value) => {
        props.onChange(value);
        const code = typeof value === 'string' ? parsePostalCode(value) : null;
        if (!code || !props.onSiblings) return;
        // A help, not a need: without an answer the address is typed by hand.
        fetchPostal(code.replace('-', '')).then(
          ({ items }) => {
            const towns = items.filter((item) => item.office === undefined);
            const first = towns[0] ?? items[0];
            if (!first) return;
            // Several towns share the code: only what they agree on is filled.
            const town = items.every((item) => item.town === first.town) ? first.town : '';
            props.onSiblings?.(addressValues(props.object.fields, props.field, { ...first, town }));
          },
          () => undefined,
        );
      }}
    />
  );
}

export const postalCode = textKind({ width: 100, format: formatPostalCode, parse, Input: PostalCodeInput });
