import type { FieldMeta, Label, Language } from '@/api/types';

export function labelIn(label: Label | undefined, language: Language): string {
  if (!label) return '';
  return label[language] || label.ja || label.en;
}

export function optionLabel(field: FieldMeta, key: string, language: Language): string {
  const option = field.options?.find((each) => each.key === key);
  return option ? labelIn(option.label, language) : key;
}
