import type { FieldMeta, FieldValue, Option } from '@/api';
import { joinList, MultiSelect, Select, useTexts } from '@/ui';
import type { CellProps, InputProps, KindUi } from '../kind';
import { ChoiceBadge } from './ChoiceBadge';
import classes from './fields.module.css';
import { ChoiceFilter } from './filters/ChoiceFilter';
import { frameOf } from './frameOf';
import { labelIn, optionLabel } from './labels';
import { MaskedValue } from './MaskedValue';
import { stringsOf } from './references';

interface ChoiceKind {
  multiple: boolean;
  width?: number;
  /** Choices without a meaning of their own (prefectures) are words, not badges. */
  plain?: boolean;
}

// So many colours would say nothing and drown those that do.
const kColours = 10;
/** A choice among so many (kinds of business) that its name says more than a colour. */
export function isWordy(field: FieldMeta): boolean {
  return (field.options?.length ?? 0) > kColours;
}

/** The key of the option that is written so, in either language. */
export function optionNamed(field: FieldMeta, typed: string): string | undefined {
  const wanted = typed.normalize('NFKC').trim().toLowerCase();
  return field.options?.find((option) =>
    [option.key, option.label.ja, option.label.en].some(
      (name) => name?.normalize('NFKC').toLowerCase() === wanted,
    ),
  )?.key;
}

function folded(text: string | undefined): string {
  return (text ?? '').normalize('NFKC').trim().toLowerCase();
}

const kBetween = /[、,，;\n]/;

/** The options whose name holds the text that is being typed, those that begin with it first. */
function optionsLike(field: FieldMeta, typed: string): Option[] {
  const wanted = folded(typed);
  const names = (option: Option) => [option.label.ja, option.label.en, option.key].map(folded);
  const open = (field.options ?? []).filter((option) => !option.hidden);
  const begins = open.filter((option) => names(option).some((name) => name.startsWith(wanted)));
  const holds = open.filter(
    (option) => !begins.includes(option) && names(option).some((name) => name.includes(wanted)),
  );
  return [...begins, ...holds];
}

/** One or several of the field's options. */
export function choiceKind({ multiple, width, plain }: ChoiceKind): KindUi {
  function Cell({ field, value, place }: CellProps) {
    const { language } = useTexts();
    if (field.masked) return <MaskedValue />;
    const keys = stringsOf(value);
    if (plain || isWordy(field))
      return (
        <span className={place === 'row' ? classes.line : undefined}>
          {joinList(
            keys.map((key) => optionLabel(field, key, language)),
            language,
          )}
        </span>
      );
    return (
      <span className={place === 'row' ? classes.itemsRow : classes.items}>
        {keys.map((key) => (
          <ChoiceBadge key={key} color={field.options?.find((option) => option.key === key)?.color}>
            {optionLabel(field, key, language)}
          </ChoiceBadge>
        ))}
      </span>
    );
  }

  function Input(props: InputProps) {
    const { language, t } = useTexts();
    const { field, value, onChange } = props;
    const chosen = stringsOf(value);
    const shared = {
      ...frameOf(props),
      autoFocus: props.autoFocus,
      'data-autofocus': props.autoFocus || undefined,
      searchable: true,
      clearable: !props.required,
      clearButtonProps: { 'aria-label': t('fields.clear') },
      nothingFoundMessage: t('fields.nothing'),
      // A hidden option stays choosable only where it is chosen already.
      data: (field.options ?? [])
        .filter((option) => !option.hidden || chosen.includes(option.key))
        .map((option) => ({ value: option.key, label: labelIn(option.label, language) })),
    };
    if (multiple) return <MultiSelect {...shared} value={chosen} onChange={onChange} />;
    return (
      <Select
        {...shared}
        value={typeof value === 'string' ? value : null}
        onChange={onChange}
        defaultDropdownOpened={props.hideLabel && props.autoFocus}
        allowDeselect={false}
      />
    );
  }

  return {
    width: width ?? 120,
    align: 'left',
    instant: !multiple,
    text: (value, field, language) =>
      joinList(
        stringsOf(value).map((key) => optionLabel(field, key, language)),
        language,
      ),
    suggest: (typed, field, language) => {
      const before = multiple ? typed.split(kBetween).slice(0, -1) : [];
      const kept = before.map((item) => optionNamed(field, item) ?? item.trim());
      return optionsLike(field, typed.split(kBetween).at(-1) ?? '')
        .filter((option) => !kept.includes(option.key))
        .map((option) => ({
          key: option.key,
          label: labelIn(option.label, language),
          value: multiple ? [...kept, option.key] : option.key,
        }));
    },
    parse: (typed, field): FieldValue => {
      if (!multiple) return optionNamed(field, typed) ?? typed;
      return typed
        .split(kBetween)
        .filter((item) => item.trim() !== '')
        .map((item) => optionNamed(field, item) ?? item.trim());
    },
    Cell,
    Input,
    Filter: ChoiceFilter,
  };
}
