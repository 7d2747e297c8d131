import { Switch, useTexts } from '@/ui';
import type { CellProps, InputProps, KindUi } from '../kind';
import { YesNoFilter } from '../shared/filters/YesNoFilter';
import { MaskedValue } from '../shared/MaskedValue';

const kYes = new Set(['はい', '有', 'あり', '○', '◯', '1', 'true', 'yes', 'y']);
const kNo = new Set(['いいえ', '無', 'なし', '×', '✕', '0', 'false', 'no', 'n']);

function YesNoCell({ field, value }: CellProps) {
  const { t } = useTexts();
  if (field.masked) return <MaskedValue />;
  if (typeof value !== 'boolean') return null;
  return <span>{value ? t('fields.yes') : t('fields.no')}</span>;
}

function YesNoInput(props: InputProps) {
  const { t } = useTexts();
  const on = props.value === true;
  return (
    <Switch
      id={props.id}
      label={props.hideLabel ? (on ? t('fields.yes') : t('fields.no')) : props.label}
      aria-label={props.hideLabel ? props.label : undefined}
      error={props.error}
      autoFocus={props.autoFocus}
      checked={on}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
    />
  );
}

export const yesNo: KindUi = {
  instant: true,
  width: 90,
  align: 'left',
  text: (value, _field, language) =>
    typeof value === 'boolean'
      ? language === 'ja'
        ? value
          ? 'はい'
          : 'いいえ'
        : value
          ? 'Yes'
          : 'No'
      : '',
  suggest: (typed, _field, language) => {
    const names = language === 'ja' ? ['はい', 'いいえ'] : ['Yes', 'No'];
    const wanted = typed.normalize('NFKC').trim().toLowerCase();
    return names
      .map((label, at) => ({ key: label, label, value: at === 0 }))
      .filter(({ label }) => label.toLowerCase().startsWith(wanted));
  },
  parse: (typed) => {
    const word = typed.normalize('NFKC').trim().toLowerCase();
    if (kYes.has(word) || typed.trim() === '〇') return true;
    return kNo.has(word) ? false : typed;
  },
  Cell: YesNoCell,
  Input: YesNoInput,
  Filter: YesNoFilter,
};
