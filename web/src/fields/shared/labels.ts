import type { FieldMeta, Label, Language } from '@/api';

export function labelIn(label: Label | undefined, language: Language): string {
  return label ? label[language] || label.ja : '';
}

export function optionLabel(field: FieldMeta, key: string, language: Language): string {
  const option = field.options?.find((each) => each.key === key);
  return option ? labelIn(option.label, language) : key;
}
