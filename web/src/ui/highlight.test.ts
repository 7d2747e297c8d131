import { describe, expect, it } from 'vitest';
import { fold, highlight } from './highlight';

const marked = (text: string, query: string) =>
  highlight(text, query)
    .map((piece) => (piece.hit ? `[${piece.text}]` : piece.text))
    .join('');

describe('highlight', () => {
  it.each([
    ['山田製作所', '山田', '[山田]製作所'],
    ['ヤマダ セイサクショ', 'やまだ', '[ヤマダ] セイサクショ'],
    ['ヤマダ セイサクショ', 'ﾔﾏﾀﾞ', '[ヤマダ] セイサクショ'],
    ['ﾔﾏﾀﾞ ﾀﾛｳ', 'ダ', 'ﾔﾏ[ﾀﾞ] ﾀﾛｳ'],
    ['山田 太郎', '山田太郎', '[山田 太郎]'],
    ['山田太郎', '太郎 山田', '[山田太郎]'],
    ['髙﨑 恵', '高崎', '[髙﨑] 恵'],
    ['斎藤・齋藤・斉藤', '斉藤', '[斎藤]・[齋藤]・[斉藤]'],
    ['株式会社山田', '㈱', '[株式会社]山田'],
    ['㈱山田', '株式会社山田', '[㈱山田]'],
    ['（株）山田', '㈱山田', '[（株）山田]'],
    ['山田株式会社', '㈱山田', '[山田株式会社]'],
    ['山田製作所', '㈱山田', '[山田]製作所'],
    ['ABC商事', 'ａｂｃ', '[ABC]商事'],
    ['Café 日本', 'cafe', '[Café] 日本'],
    ['03-1234-5678', '0312345', '[03-1234-5]678'],
    ['０３（１２３４）５６７８', '03-1234', '[０３（１２３４]）５６７８'],
    ['サーバー室', 'サーバ', '[サーバ]ー室'],
    ['キャノン・きやのん', 'キヤノン', '[キャノン]・[きやのん]'],
    ['𠮷野家', '吉野', '[𠮷野]家'],
    ['山田', '鈴木', '山田'],
    ['山田', '  ', '山田'],
    ['山田', '・', '山田'],
    ['', '山', ''],
  ])('%s for %s', (text, query, expected) => {
    expect(marked(text, query)).toBe(expected);
  });

  it('loses no letter of the text', () => {
    for (const text of ['㈱髙島屋 ﾊﾟﾝ部', '👩‍💼 営業', 'が\u3099'])
      expect(
        highlight(text, '高島 パン 営業')
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text);
  });

  it('folds what is folded already to itself', () => {
    for (const text of ['やまだ ﾊﾟﾝ', 'Ａｂｃ-１２３', '齋藤']) expect(fold(fold(text))).toBe(fold(text));
  });
});
