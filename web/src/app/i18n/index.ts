import dayjs from 'dayjs';
import i18next from 'i18next';
import { type Language, setRequestLanguage } from '@/api';

// Each folder of src/ brings its texts. Japanese is in the bundle, English is loaded when it is chosen.
// What only pages opened by an address say is in texts.later.*.json and comes with the first of them (loadLaterTexts).
// A folder's texts stand under its name in the default namespace (t('ui.save')) and are a namespace of their own.

type Texts = Record<string, unknown>;
const japanese = import.meta.glob<Texts>('/src/*/texts.ja.json', { eager: true, import: 'default' });
const english = import.meta.glob<Texts>('/src/*/texts.en.json', { import: 'default' });
const later = {
  ja: import.meta.glob<Texts>('/src/*/texts.later.ja.json', { import: 'default' }),
  en: import.meta.glob<Texts>('/src/*/texts.later.en.json', { import: 'default' }),
};
const laterTexts: Partial<Record<Language, Promise<unknown>>> = {};

const storageKey = 'daifuku-language';

function folderOf(path: string): string {
  return path.split('/')[2] ?? '';
}

function addTexts(language: Language, folder: string, texts: Texts): void {
  i18next.addResourceBundle(language, folder, texts, true, true);
  i18next.addResourceBundle(language, 'translation', { [folder]: texts }, true, true);
}

async function loadEnglish(): Promise<void> {
  await Promise.all(
    Object.entries(english).map(async ([path, load]) => {
      const folder = folderOf(path);
      if (!i18next.hasResourceBundle('en', folder)) addTexts('en', folder, await load());
    }),
  );
}

/** The texts of the pages, in the language of the screen. Asked for again after a failure. */
export function loadLaterTexts(
  language: Language = i18next.language === 'en' ? 'en' : 'ja',
): Promise<unknown> {
  laterTexts[language] ??= Promise.all(
    Object.entries(later[language]).map(async ([path, load]) =>
      addTexts(language, folderOf(path), await load()),
    ),
  ).catch((error: unknown) => {
    laterTexts[language] = undefined;
    throw error;
  });
  return laterTexts[language];
}

/** The language chosen on this machine; the user's own setting replaces it after sign-in. */
export function rememberedLanguage(): Language {
  try {
    return localStorage.getItem(storageKey) === 'en' ? 'en' : 'ja';
  } catch {
    return 'ja';
  }
}

export async function startTexts(): Promise<void> {
  const language = rememberedLanguage();
  await i18next.init({
    lng: language,
    fallbackLng: 'ja',
    resources: {},
    interpolation: { escapeValue: false },
  });
  for (const [path, texts] of Object.entries(japanese)) addTexts('ja', folderOf(path), texts);
  await setLanguage(language);
}

export async function setLanguage(language: Language): Promise<void> {
  if (language === 'en') await loadEnglish();
  // On a page its texts are needed at once.
  if (laterTexts.ja ?? laterTexts.en) await loadLaterTexts(language);
  setRequestLanguage(language);
  dayjs.locale(language);
  document.documentElement.lang = language;
  document.title = language === 'ja' ? '大福帳' : 'Daifuku';
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
  await i18next.changeLanguage(language);
}
