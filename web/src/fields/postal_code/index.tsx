import { useState } from 'react';
import { fetchPostal, type PostalAddress, usePostalOf, type Values } from '@/api';
import { useDebouncedValue, useTexts } from '@/ui';
import type { InputProps } from '../kind';
import { addressParts, placeValues, sharedPlace, townLabel, townText } from '../shared/addressParts';
import { Proposals } from '../shared/Proposals';
import { TypedInput } from '../shared/TypedInput';
import { textKind } from '../shared/textKind';
import { formatPostalCode, parsePostalCode } from '../shared/texts';

function parse(typed: string): string {
  return parsePostalCode(typed) ?? typed;
}

const digitsOf = (value: unknown) =>
  typeof value === 'string' ? (parsePostalCode(value) ?? '').replace('-', '') : '';

function textOf(values: Values | undefined, key: string | undefined): string {
  const value = key ? values?.[key] : undefined;
  return typeof value === 'string' ? value : '';
}

/** A code fills the place it stands for and offers its towns where there are several; a place typed first offers its code. */
function PostalCodeInput(props: InputProps) {
  const { t } = useTexts();
  const parts = addressParts(props.object.fields, props.field.whole);
  const [asked, setAsked] = useState<{ code: string; items: PostalAddress[] }>();
  const code = digitsOf(props.value);
  const items = asked && asked.code === code && asked.items.length > 1 ? asked.items : [];
  const street = textOf(props.siblings, parts.street);
  // Done once a town of the code stands in the street.
  const towns = items.some((item) => townText(item) !== '' && street.startsWith(townText(item))) ? [] : items;

  const place = {
    prefecture: textOf(props.siblings, parts.prefecture),
    city: textOf(props.siblings, parts.city),
    street,
  };
  const [settled] = useDebouncedValue(place, 300);
  const empty = props.value === null || props.value === undefined || props.value === '';
  const found = usePostalOf(settled, empty && settled.city !== '' && settled.street !== '');
  const codes = empty ? (found.data ?? []) : [];
  // A city alone has hundreds: only what the street points at.
  const offered = codes.some((item) => item.exact) ? codes.filter((item) => item.exact) : codes.slice(0, 6);

  return (
    <div>
      <TypedInput
        {...props}
        edit={(value) => (typeof value === 'string' ? parse(value) : '')}
        parse={parse}
        preview={formatPostalCode}
        inputMode="numeric"
        placeholder="123-4567"
        onChange={(value) => {
          props.onChange(value);
          const typed = digitsOf(value);
          if (!typed || !props.onSiblings) return;
          // A help, not a need: without an answer the address is typed by hand.
          fetchPostal(typed).then(
            (answer) => {
              setAsked({ code: typed, items: answer.items });
              const shared = sharedPlace(answer.items);
              if (shared) props.onSiblings?.(placeValues(parts, shared));
            },
            () => undefined,
          );
        }}
      />
      <Proposals
        title={t('fields.postal.towns', { count: towns.length })}
        items={towns.map((item, at) => ({ key: String(at), label: townLabel(item, items), item }))}
        onAccept={({ item }) =>
          // A number that stands there already belongs behind the town.
          props.onReplace?.(placeValues(parts, { ...item, town: townText(item) + street }))
        }
      />
      <Proposals
        title={t('fields.postal.codes')}
        items={offered.map((item, at) => ({
          key: String(at),
          label: `${formatPostalCode(item.postal_code)} ${townLabel(item, offered)}`,
          item,
        }))}
        onAccept={({ item }) => props.onChange(item.postal_code)}
      />
    </div>
  );
}

export const postalCode = textKind({ width: 100, format: formatPostalCode, parse, Input: PostalCodeInput });
