import type { ObjectMeta } from '@/api';
import { parseDate } from '@/ui';

// "新しい商談 山田製作所", "商談 山田", "電話 山田", "やること 見積を送る 山田 明日": what to do, then with whom. The words come from the
// names that the company gave its records, in both languages.

export interface Command {
  /** A new record of this object; undefined: a call. */
  object?: ObjectMeta;
  /** Whom to look for; empty when nobody was named. */
  customer: string;
  /** What the record is called when the words before the customer say it. */
  name: string;
  /** All that was said, for a record without a customer. */
  whole: string;
  due?: string;
}

const blank = /[\s\u3000]+/;
const plain = (text: string) => text.normalize('NFKC').toLowerCase();

interface Word {
  text: string;
  object?: ObjectMeta;
  /** Says by itself that something is to be made, so that no blank need follow. */
  clear: boolean;
}

function wordsFor(objects: readonly ObjectMeta[], callWords: readonly string[]): Word[] {
  const words: Word[] = callWords.map((text) => ({ text: plain(text), clear: false }));
  for (const object of objects) {
    if (!object.permissions.create) continue;
    const { ja, en } = object.label;
    for (const prefix of ['新しい', '新規']) words.push({ text: plain(prefix + ja), object, clear: true });
    words.push({ text: plain(ja), object, clear: false });
    if (en) {
      words.push({ text: plain(`new${en}`), object, clear: false });
      words.push({ text: plain(en), object, clear: false });
    }
  }
  // The longest first: 受注明細 is not 受注.
  return words.sort((a, b) => b.text.length - a.text.length);
}

/** The command that was typed, or undefined when it is a search. A name alone ("商談") is none: it may be searched for. */
export function parseCommand(
  typed: string,
  objects: readonly ObjectMeta[],
  callWords: readonly string[],
  now = new Date(),
): Command | undefined {
  const tokens = typed.trim().split(blank).filter(Boolean);
  const words = wordsFor(objects, callWords);
  // One word, or two as in "new deal".
  for (const count of [2, 1]) {
    const said = plain(tokens.slice(0, count).join(''));
    const word = words.find((each) => each.text === said);
    if (word && tokens.length > count) return commandOf(word.object, tokens.slice(count), now);
  }
  const first = tokens[0] ?? '';
  const glued = words.find(
    (each) => each.clear && plain(first).startsWith(each.text) && first.length > each.text.length,
  );
  // Lengths agree unless letters were written wide, and then the blank is needed.
  if (glued && plain(first.slice(0, glued.text.length)) === glued.text)
    return commandOf(glued.object, [first.slice(glued.text.length), ...tokens.slice(1)], now);
  return undefined;
}

function commandOf(object: ObjectMeta | undefined, tokens: string[], now: Date): Command {
  if (object?.key !== 'task') {
    const whole = tokens.join(' ');
    return { object, customer: object?.customer ? '' : whole, name: '', whole };
  }
  const dayAt = tokens.findIndex((token) => parseDate(token, now) !== undefined);
  const rest = tokens.filter((_, index) => index !== dayAt);
  return {
    object,
    // The last word is who: 見積を送る 山田.
    customer: rest.length > 1 ? (rest.at(-1) ?? '') : '',
    name: rest.slice(0, -1).join(' '),
    whole: rest.join(' '),
    due: dayAt >= 0 ? parseDate(tokens[dayAt] ?? '', now) : undefined,
  };
}
