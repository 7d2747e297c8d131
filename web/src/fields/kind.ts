import type { ComponentType } from 'react';
import type { FieldMeta, FieldValue, Language, ObjectMeta, Values } from '@/api';
import type { Suggestion } from '@/grid/suggestion';
import type { Operator } from './filterModel';
import type { Series } from './shared/series';

export interface CellProps {
  field: FieldMeta;
  value: FieldValue;
  /** `row` is one line of a list without links of its own; `page` is the record page, where a phone can be called. */
  place: 'row' | 'page';
}

export interface InputProps {
  id: string;
  field: FieldMeta;
  object: ObjectMeta;
  recordId?: string;
  value: FieldValue;
  onChange: (value: FieldValue) => void;
  /** Values of other fields that this one knows: the town of a postal code. The caller fills only what is empty. */
  onSiblings?: (values: Values) => void;
  /** The record as it stands on the form, for what follows from other fields. */
  siblings?: Values;
  /** Values that somebody accepted by name: they take the place of what is there. */
  onReplace?: (values: Values) => void;
  label: string;
  hideLabel?: boolean;
  autoFocus?: boolean;
  required?: boolean;
  error?: string;
}

export interface FilterProps {
  id: string;
  field: FieldMeta;
  operator: Operator;
  value: unknown;
  onChange: (value: unknown) => void;
  label: string;
}

/** All that the screens know of one kind of field. One a folder, same names as src/meta/kinds. */
export interface KindUi {
  /** Usual width of its column in a list, in pixels. */
  width: number;
  align: 'left' | 'right';
  /** Enter belongs to the text. */
  multiline?: boolean;
  /** A choice is complete with one click: the record page saves it at once. */
  instant?: boolean;
  /** The value as plain text: filter chips, history, copy. Empty for an empty value. */
  text: (value: FieldValue, field: FieldMeta, language: Language) => string;
  /** The value as it is typed and copied: what `parse` reads again. The same as `text` when left out. */
  edit?: (value: FieldValue, field: FieldMeta, language: Language) => string;
  /** What a typed text may mean, offered under the cell of a sheet; all there is to choose for an empty one. */
  suggest?: (
    typed: string,
    field: FieldMeta,
    language: Language,
  ) => readonly Suggestion[] | Promise<readonly Suggestion[]>;
  /** How the fill handle goes on; repeated when left out. */
  series?: Series;
  /** What a person typed or pasted -> what is sent. Text that cannot be read stays text: the server says what is wrong. */
  parse: (typed: string, field: FieldMeta) => FieldValue;
  Cell: ComponentType<CellProps>;
  Input: ComponentType<InputProps>;
  Filter: ComponentType<FilterProps>;
}
