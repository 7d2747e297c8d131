import { type KeyboardEvent, useState } from 'react';
import { type FieldMeta, type ObjectMeta, useReading } from '@/api';
import { Button, isComposing, Text, useDebouncedValue, useTexts } from '@/ui';
import type { InputProps } from '../kind';
import classes from '../shared/fields.module.css';
import { TypedInput } from '../shared/TypedInput';
import { textKind } from '../shared/textKind';
import { toKatakana } from '../shared/texts';

const plain = textKind({ parse: toKatakana, preview: (value) => String(value ?? '') });

/** The name that a reading belongs to, and how it is asked for: family_kana -> family_name, name_kana -> name. */
export function readNameOf(
  object: Pick<ObjectMeta, 'fields'>,
  field: Pick<FieldMeta, 'key'>,
): { key: string; part: 'company' | 'family' | 'given' } | null {
  const stem = field.key.replace(/_kana$/, '');
  if (stem === field.key) return null;
  for (const part of ['family', 'given'] as const)
    if (stem.endsWith(part) && object.fields.some((each) => each.key === `${stem}_name`))
      return { key: `${stem}_name`, part };
  return object.fields.some((each) => each.key === stem) ? { key: stem, part: 'company' } : null;
}

/** A reading that nobody has typed yet is guessed from the name: shown as a guess, taken by Tab, Enter or a click. */
function KanaInput(props: InputProps) {
  const { t } = useTexts();
  const [refused, setRefused] = useState('');
  const [taken, setTaken] = useState('');
  const of = readNameOf(props.object, props.field);
  const name = of ? props.siblings?.[of.key] : undefined;
  const [settled] = useDebouncedValue(typeof name === 'string' ? name.trim() : '', 300);
  const empty = props.value === null || props.value === undefined || props.value === '';
  const reading = useReading(of?.part ?? 'company', settled, of !== null && settled !== '' && empty);
  const guess = empty && settled !== '' && refused !== settled ? (reading.data ?? '') : '';
  const take = () => {
    setTaken(guess);
    props.onChange(guess);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (guess === '' || isComposing(event) || event.shiftKey) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      setRefused(settled);
    } else if (event.key === 'Enter' || event.key === 'Tab') {
      // Tab goes on to the next box as always; Enter stays to let the guess be mended.
      if (event.key === 'Enter') event.preventDefault();
      take();
    }
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: gathers the keys of the box inside
    <div onKeyDown={onKeyDown}>
      <TypedInput
        {...props}
        edit={(value) => plain.text(value, props.field, 'ja')}
        parse={toKatakana}
        preview={(value) => String(value ?? '')}
        placeholder={guess === '' ? undefined : guess}
      />
      {guess !== '' && (
        <div className={classes.proposals}>
          <Text component="span" size="xs" c="dimmed" role="status">
            {t('fields.kana.guess')}
          </Text>
          <Button
            size="compact-sm"
            variant="light"
            className={classes.proposal}
            tabIndex={-1}
            onMouseDown={(event) => event.preventDefault()}
            onClick={take}
          >
            {guess}
          </Button>
          <Text component="span" size="xs" c="dimmed">
            {t('fields.kana.keys')}
          </Text>
        </div>
      )}
      {taken !== '' && props.value === taken && (
        <Text size="xs" c="dimmed" role="status" mt={2}>
          {t('fields.kana.taken')}
        </Text>
      )}
    </div>
  );
}

function KanaKindInput(props: InputProps) {
  return props.siblings && readNameOf(props.object, props.field) ? (
    <KanaInput {...props} />
  ) : (
    <plain.Input {...props} />
  );
}

export const kana = { ...plain, Input: KanaKindInput };
