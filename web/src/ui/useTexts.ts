import i18next, { type TFunction } from 'i18next';
import { useSyncExternalStore } from 'react';
import type { Label, Language } from '@/api';

interface Texts {
  t: TFunction;
  label: (text: Label | undefined) => string;
  language: Language;
}

// One for all who ask: a sheet draws hundreds of cells a frame, and each asks for the language.
const texts = new Map<Language, Texts>();

function textsIn(language: Language): Texts {
  const known = texts.get(language);
  if (known) return known;
  const made: Texts = {
    t: i18next.getFixedT(language),
    label: (text) => (text ? text[language] || text.ja : ''),
    language,
  };
  if (i18next.isInitialized) texts.set(language, made);
  return made;
}

function subscribe(changed: () => void): () => void {
  i18next.on('languageChanged', changed);
  return () => i18next.off('languageChanged', changed);
}

function currentLanguage(): Language {
  return i18next.language === 'en' ? 'en' : 'ja';
}

/** The language of the screen. */
export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, currentLanguage);
}

/** Texts of the screen: `t('ui.save')` from the folders' texts.ja.json, `label(field.label)` for metadata. */
export function useTexts(): Texts {
  return textsIn(useLanguage());
}
