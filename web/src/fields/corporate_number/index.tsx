import {
  type ObjectMeta,
  type RegisteredCompany,
  useRegistered,
  useRegisteredByName,
  type Values,
} from '@/api';
import { Text, useDebouncedValue, useTexts } from '@/ui';
import type { InputProps } from '../kind';
import { addressParts, splitValues } from '../shared/addressParts';
import { Proposals } from '../shared/Proposals';
import { TypedInput } from '../shared/TypedInput';
import { textKind } from '../shared/textKind';
import { formatCorporateNumber, isCorporateNumber } from '../shared/texts';

const parse = (typed: string) => typed.normalize('NFKC').replace(/[\s-]/g, '');

/** What the register knows of a company, by the fields of the form. Only fields that may be written. */
function registeredValues(object: ObjectMeta, field: string, found: RegisteredCompany): Values {
  const values: Values = { [field]: found.number };
  const title = object.fields.find((each) => each.key === object.title && each.writable !== false);
  if (title) values[title.key] = found.name;
  const kana = object.fields.find((each) => each.key === `${object.title}_kana` && each.writable !== false);
  if (kana && found.name_kana) values[kana.key] = found.name_kana;
  const postal = object.fields.find((each) => each.kind === 'postal_code');
  return { ...values, ...splitValues(addressParts(object.fields, postal?.whole), { found: true, ...found }) };
}

function placeText(found: RegisteredCompany): string {
  return found.prefecture + found.city + found.street + (found.building && ` ${found.building}`);
}

/** A number fills what the public register says of it; a name offers the companies that bear it. */
function CorporateNumberInput(props: InputProps) {
  const { t } = useTexts();
  const number = typeof props.value === 'string' ? parse(props.value) : '';
  const valid = isCorporateNumber(number);
  const registered = useRegistered(number, valid);
  const title = props.object.title ? props.siblings?.[props.object.title] : undefined;
  const [name] = useDebouncedValue(typeof title === 'string' ? title.trim() : '', 400);
  const named = useRegisteredByName(name, number === '' && name.length > 1);
  const candidates = number === '' ? (named.data ?? []).filter((each) => !each.closed_on) : [];
  const found = valid ? registered.data : undefined;
  const values = found ? registeredValues(props.object, props.field.key, found) : {};
  const missing = Object.entries(values).some(
    ([key, value]) => value && (props.siblings?.[key] ?? '') !== value,
  );
  return (
    <div>
      <TypedInput
        {...props}
        edit={(value) => formatCorporateNumber(value)}
        parse={parse}
        preview={formatCorporateNumber}
        inputMode="numeric"
      />
      {found && (
        <Text size="xs" c={found.closed_on ? 'red' : 'dimmed'} role="status" mt={4}>
          {found.closed_on
            ? t(found.successor ? 'fields.register.merged' : 'fields.register.closed', {
                name: found.name,
                date: found.closed_on,
                because: found.closed_because,
                successor: `${found.successor?.name} ${formatCorporateNumber(found.successor?.number)}`,
              })
            : `${found.name}　${placeText(found)}`}
        </Text>
      )}
      <Proposals
        title={t('fields.register.fill')}
        items={
          found && missing && props.onReplace
            ? [{ key: found.number, label: t('fields.register.fillAll', { name: found.name }) }]
            : []
        }
        onAccept={() => props.onReplace?.(values)}
      />
      <Proposals
        title={t('fields.register.named')}
        items={
          props.onReplace
            ? candidates.map((each) => ({
                key: each.number,
                label: `${formatCorporateNumber(each.number)} ${each.name}　${placeText(each)}`,
                each,
              }))
            : []
        }
        onAccept={({ each }) => {
          props.onChange(each.number);
          // What was typed stays; the rest comes from the register.
          props.onSiblings?.(registeredValues(props.object, props.field.key, each));
        }}
      />
    </div>
  );
}

export const corporateNumber = textKind({
  width: 150,
  inputMode: 'numeric',
  format: formatCorporateNumber,
  parse,
  Input: CorporateNumberInput,
});
