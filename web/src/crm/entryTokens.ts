import type { Reference } from '@/api';

/** What is being typed behind an @ or a #, up to the caret. */
export interface Token {
  mark: '@' | '#';
  typed: string;
  /** Where its mark stands. */
  start: number;
}

// Both widths of the marks; a mail address or an anchor in an URL has something before its mark.
const beginning = /(^|[\s　、。（(「])([@＠#＃])([^\s　@＠#＃、。,，:：()（）「」]*)$/;
const everyTag = /(^|[\s　、。（(「])[#＃]([^\s　@＠#＃、。,，:：()（）「」]+)/g;

export function tokenAt(text: string, caret: number): Token | undefined {
  const found = beginning.exec(text.slice(0, caret));
  if (!found) return undefined;
  const [, , mark = '', typed = ''] = found;
  return {
    mark: mark === '@' || mark === '＠' ? '@' : '#',
    typed,
    start: caret - typed.length - 1,
  };
}

/** The text with what was chosen in place of the token, and where the caret goes. */
export function withChoice(
  text: string,
  token: Token,
  caret: number,
  chosen: string,
): { text: string; caret: number } {
  const before = `${text.slice(0, token.start)}${token.mark}${nameInText(chosen)} `;
  return { text: before + text.slice(caret).replace(/^[ 　]/, ''), caret: before.length };
}

// 見本 花子 is written 見本花子: a space would end the token.
function nameInText(name: string): string {
  return name.replace(/[\s　]+/g, '');
}

/** Each tag of the text once, as it is written. */
export function tagsIn(text: string): string[] {
  return [...new Set([...text.matchAll(everyTag)].map((each) => each[2] ?? ''))];
}

/** Those of `people` who are still called in the text. */
export function mentionedIn(text: string, people: readonly Reference[]): Reference[] {
  const folded = text.replace(/＠/g, '@');
  return people.filter((each) => folded.includes(`@${nameInText(each.title)}`));
}

const kana = /^[\p{Script=Hiragana}\p{Script=Katakana}ーa-zａ-ｚ]*$/iu;

/** Whom or what the typed part may mean, best first. A reading that is not converted yet leaves everybody on the list. */
export function choicesFor(typed: string, all: readonly string[]): string[] {
  const wanted = nameInText(typed.normalize('NFKC').toLowerCase());
  const folded = (text: string) => nameInText(text.normalize('NFKC').toLowerCase());
  const begin = all.filter((each) => folded(each).startsWith(wanted));
  const inside = all.filter((each) => !begin.includes(each) && folded(each).includes(wanted));
  const found = [...begin, ...inside];
  return found.length === 0 && kana.test(wanted) ? [...all] : found;
}
