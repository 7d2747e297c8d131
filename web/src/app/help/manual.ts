// The manual for users and administrators, docs/*.md, as it lies beside the program: the same text in the repository
// and on the screen. Each chapter is loaded when it is opened.

/** In the order of reading; `name` is the file without its ending. What the product can do today is no chapter. */
export const chapters = [
  { name: 'start', title: '始め方' },
  { name: 'records', title: '記録する' },
  { name: 'search', title: '探す' },
  { name: 'import', title: '取り込み' },
  { name: 'export', title: '書き出し' },
  { name: 'cards', title: '名刺の読み取り' },
  { name: 'phone', title: 'スマートフォンで使う' },
  { name: 'clean', title: 'いつもきれいな台帳' },
  { name: 'users', title: '利用者・役割・見える範囲・独自の項目' },
  { name: 'formula', title: '計算する項目' },
  { name: 'admin', title: '管理' },
  { name: 'api', title: 'HTTP API（v1）' },
] as const;
export type ChapterName = (typeof chapters)[number]['name'];

/** A place in the manual: a chapter, and the words of a heading in it. */
export interface Place {
  chapter: ChapterName;
  heading?: string;
}

const files = import.meta.glob<string>(['../../../../docs/*.md', '!**/status.md'], {
  query: '?raw',
  import: 'default',
});
const pictures = import.meta.glob<string>('../../../../docs/images/*', {
  query: '?url',
  import: 'default',
  eager: true,
});

export function isChapter(name: string): name is ChapterName {
  return chapters.some((chapter) => chapter.name === name);
}

/** The text of a chapter, in Markdown. */
export async function loadChapter(name: ChapterName): Promise<string> {
  const load = files[`../../../../docs/${name}.md`];
  if (!load) throw new Error(`no chapter ${name}`);
  return load();
}

/** Address of a picture that a chapter names: images/list-ja.png. */
export function pictureUrl(source: string): string | undefined {
  return pictures[`../../../../docs/${source}`];
}

/** What a heading is called in an address, as on the pages of the repository: "Excel で直して戻す" is excel-で直して戻す. */
export function anchorOf(heading: string): string {
  return heading
    .replace(/[`*]/g, '')
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
    .replace(/\s/g, '-');
}

export interface Section {
  chapter: ChapterName;
  heading: string;
  /** Plain words under the heading, up to the next one. */
  text: string;
}

/** A chapter cut at its headings; the words before the first stand under the title. Code blocks hold no headings. */
export function sectionsOf(chapter: ChapterName, markdown: string): Section[] {
  const sections: Section[] = [];
  let inCode = false;
  for (const line of markdown.split('\n')) {
    if (line.trimStart().startsWith('```')) inCode = !inCode;
    const heading = inCode ? undefined : /^#{1,6}\s+(.*)$/.exec(line)?.[1];
    if (heading !== undefined) {
      sections.push({ chapter, heading: heading.replace(/[`*]/g, '').trim(), text: '' });
      continue;
    }
    const last = sections.at(-1);
    if (last) last.text += `${plain(line)}\n`;
  }
  return sections;
}

function plain(line: string): string {
  return line
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*`|]/g, ' ')
    .replace(/^\s*(?:[-#>]|\d+\.)\s+/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Width, case and kana do not matter to who looks for a word. */
export function foldWords(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
}

export interface Finding {
  section: Section;
  /** The words around the first hit. */
  snippet: string;
}

/** Sections that hold all the words, those with them in the heading first. */
export function searchManual(sections: readonly Section[], typed: string, most = 30): Finding[] {
  const words = foldWords(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const scored: { finding: Finding; score: number }[] = [];
  for (const section of sections) {
    const heading = foldWords(section.heading);
    const text = foldWords(section.text);
    if (!words.every((word) => heading.includes(word) || text.includes(word))) continue;
    const score = words.filter((word) => heading.includes(word)).length;
    scored.push({ finding: { section, snippet: snippetOf(section.text, text, words) }, score });
  }
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ finding }) => finding);
}

const around = 60;
function snippetOf(text: string, folded: string, words: readonly string[]): string {
  const hits = words.map((word) => folded.indexOf(word)).filter((at) => at >= 0);
  // Folding may shorten a text (㈱ becomes three letters): then the beginning is as good as any place.
  const at = folded.length === text.length && hits.length > 0 ? Math.min(...hits) : 0;
  const from = Math.max(0, at - 20);
  const piece = text
    .slice(from, from + around)
    .replace(/\n+/g, ' ')
    .trim();
  return `${from > 0 ? '…' : ''}${piece}${from + around < text.length ? '…' : ''}`;
}
