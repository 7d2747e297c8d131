import variantText from '../../../src/text/variants.inc?raw';

// Which letters of a text a search meant. The server finds by its fold (src/text/fold.h); this is the same fold with the
// place of every letter kept, so that ﾔﾏﾀﾞ marks ヤマダ, 髙 marks 高 and ㈱ marks 株式会社.

export interface Piece {
  text: string;
  hit: boolean;
}

// The server's own table of old and variant kanji, and those that only its search fold makes one.
const variants = new Map<string, string>([
  ['斎', '斉'],
  ['嶋', '島'],
  ['應', '応'],
]);
for (const [, line = ''] of variantText.matchAll(/^U"([^"]*)"/gm)) {
  const letters = [...line];
  for (let i = 0; i + 1 < letters.length; i += 2) {
    const to = letters[i + 1] ?? '';
    variants.set(letters[i] ?? '', variants.get(to) ?? to);
  }
}

// Legal forms, each written as one letter that no name has.
const forms = [
  ['株式会社', '株'],
  ['有限会社', '有'],
  ['合同会社', '同'],
  ['合資会社', '資'],
  ['合名会社', '名'],
] as const;
const formLetter = (short: string) =>
  String.fromCharCode(0xe000 + forms.findIndex((form) => form[1] === short));
const anyForm = /[\ue000-\ue004]/;

const unit =
  /(?:株式会社|有限会社|合同会社|合資会社|合名会社|[（(][株有同資名][)）]|㈱|㈲|㍿|.)[\u3099\u309a\uff9e\uff9f゛゜]?/gsu;
const small = 'ァィゥェォッャュョヮヵヶ';
const large = 'アイウエオツヤユヨワカケ';
const same: Record<string, string> = { ヂ: 'ジ', ヅ: 'ズ', ヰ: 'イ', ヱ: 'エ', ヲ: 'オ' };

function formOf(text: string): string | undefined {
  const plain = text.normalize('NFKC');
  const form = forms.find(([long, short]) => plain === long || plain === `(${short})`);
  return form && formLetter(form[1]);
}

function foldLetter(letter: string): string {
  // Latin letters lose their accents, kana keep their sound marks.
  const plain = letter
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u00c0-\u024f]/g, (each) => each.normalize('NFD').replace(/\p{M}/gu, ''));
  let out = '';
  for (const each of plain) {
    if (each === 'ー' || !/[\p{L}\p{N}]/u.test(each)) continue;
    const code = each.codePointAt(0) ?? 0;
    const kana = code >= 0x3041 && code <= 0x3096 ? String.fromCodePoint(code + 0x60) : each;
    const at = small.indexOf(kana);
    const whole = at >= 0 ? large.charAt(at) : kana;
    out += same[whole] ?? variants.get(whole) ?? whole;
  }
  return out;
}

interface Folded {
  text: string;
  /** For each letter of `text`, where it stands in the original. */
  from: number[];
  to: number[];
}

function foldWithPlaces(original: string): Folded {
  const folded: Folded = { text: '', from: [], to: [] };
  for (const match of original.matchAll(unit)) {
    const letters = formOf(match[0]) ?? foldLetter(match[0]);
    for (let i = 0; i < letters.length; i++) {
      folded.from.push(match.index);
      folded.to.push(match.index + match[0].length);
    }
    folded.text += letters;
  }
  return folded;
}

/** The spelling in which texts are compared: width, case, kana, old kanji, hyphens and spaces made one. */
export function fold(text: string): string {
  return foldWithPlaces(text).text;
}

/** The text in pieces, those that the words of the query meant marked. Without any it is one piece. */
export function highlight(text: string, query: string): Piece[] {
  const folded = foldWithPlaces(text);
  const marked = new Array<boolean>(text.length).fill(false);
  const mark = (wanted: string): boolean => {
    let found = false;
    for (let at = folded.text.indexOf(wanted); at >= 0; at = folded.text.indexOf(wanted, at + 1)) {
      found = true;
      marked.fill(true, folded.from[at], folded.to[at + wanted.length - 1]);
    }
    return found;
  };
  for (const word of query.split(/\s+/)) {
    const wanted = fold(word);
    if (wanted === '' || mark(wanted)) continue;
    // A name is found with its legal form in front, behind, or left out.
    if (anyForm.test(wanted)) for (const part of wanted.split(/([\ue000-\ue004])/)) if (part) mark(part);
  }
  const pieces: Piece[] = [];
  for (let i = 0; i < text.length; i++) {
    const hit = marked[i] ?? false;
    const last = pieces.at(-1);
    if (last?.hit === hit) last.text += text.charAt(i);
    else pieces.push({ text: text.charAt(i), hit });
  }
  return pieces;
}
