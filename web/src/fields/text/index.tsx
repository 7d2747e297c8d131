import { useSplitAddress } from '@/api';
import { useDebouncedValue, useTexts } from '@/ui';
import type { InputProps } from '../kind';
import { addressParts, looksLikeAddress, splitValues } from '../shared/addressParts';
import { Proposals } from '../shared/Proposals';
import { TypedInput } from '../shared/TypedInput';
import { textKind } from '../shared/textKind';
import { formatPostalCode } from '../shared/texts';

const plain = textKind();

/** A part of an address into which the whole was typed or pasted offers to take it apart. */
function AddressPartInput(props: InputProps) {
  const { t } = useTexts();
  const parts = addressParts(props.object.fields, props.field.whole);
  const value = typeof props.value === 'string' ? props.value : '';
  const [settled] = useDebouncedValue(value, 250);
  const found = useSplitAddress(settled, looksLikeAddress(settled));
  const split = settled === value && found.data?.found ? found.data : undefined;
  const values = split ? splitValues(parts, split) : {};
  const label = split
    ? [
        split.postal_code && formatPostalCode(split.postal_code),
        split.prefecture,
        split.city,
        split.street,
        split.building,
      ]
        .filter(Boolean)
        .join(' ｜ ')
    : '';
  // What stays in this part alone needs no taking apart.
  const useful = Object.entries(values).some(([key, part]) => key !== props.field.key && part);
  return (
    <div>
      <TypedInput {...props} edit={(now) => plain.text(now, props.field, 'ja')} parse={(typed) => typed} />
      <Proposals
        title={t('fields.address.split')}
        items={split && useful && props.onReplace ? [{ key: 'split', label }] : []}
        onAccept={() => props.onReplace?.({ [props.field.key]: null, ...values })}
      />
    </div>
  );
}

function TextKindInput(props: InputProps) {
  const parts = addressParts(props.object.fields, props.field.whole);
  const address = parts.prefecture !== undefined && parts.city !== undefined;
  return address && props.onReplace ? <AddressPartInput {...props} /> : <plain.Input {...props} />;
}

export const text = { ...plain, Input: TextKindInput };
