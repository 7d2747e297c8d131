import { useState } from 'react';
import { useTags } from '@/api';
import { joinList, TagsInput as MantineTags, TextInput, useDebouncedValue, useTexts } from '@/ui';
import type { CellProps, FilterProps, InputProps, KindUi } from '../kind';
import classes from '../shared/fields.module.css';
import { frameOf } from '../shared/frameOf';
import { MaskedValue } from '../shared/MaskedValue';
import { stringsOf } from '../shared/references';
import { splitItems } from '../shared/texts';

function TagsCell({ field, value, place }: CellProps) {
  if (field.masked) return <MaskedValue />;
  return (
    <span className={place === 'row' ? classes.itemsRow : classes.items}>
      {stringsOf(value).map((tag) => (
        <span key={tag} className={classes.tag}>
          {tag}
        </span>
      ))}
    </span>
  );
}

function TagsInput(props: InputProps) {
  const { t } = useTexts();
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed, 200);
  const suggested = useTags(props.object.key, q);
  return (
    <MantineTags
      {...frameOf(props)}
      autoFocus={props.autoFocus}
      placeholder={t('fields.tagHint')}
      data={suggested.data ?? []}
      splitChars={[',', '、', '，']}
      searchValue={typed}
      onSearchChange={setTyped}
      value={stringsOf(props.value)}
      onChange={props.onChange}
    />
  );
}

function TagFilter({ id, value, onChange, label }: FilterProps) {
  return (
    <TextInput
      id={id}
      aria-label={label}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

export const tags: KindUi = {
  width: 180,
  align: 'left',
  text: (value, _field, language) => joinList(stringsOf(value), language),
  parse: splitItems,
  Cell: TagsCell,
  Input: TagsInput,
  Filter: TagFilter,
};
