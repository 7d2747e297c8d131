import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Label, Language } from '@/api';

/** The language of the screen. */
export function useLanguage(): Language {
  return useTranslation().i18n.language === 'en' ? 'en' : 'ja';
}

/** Texts of the screen: `t('ui.save')` from the folders' texts.ja.json, `label(field.label)` for metadata. */
export function useTexts() {
  const { t, i18n } = useTranslation();
  const language: Language = i18n.language === 'en' ? 'en' : 'ja';
  const label = useCallback((text: Label | undefined) => (text ? text[language] || text.ja : ''), [language]);
  return { t, label, language };
}
