import { describe, expect, it } from 'vitest';
import { readTsv, writeTsv } from './tsv';

describe('cells of the clipboard', () => {
  it('are read as Excel writes them', () => {
    expect(readTsv('山田製作所\t03-1234-5678\r\n髙橋商店\t\r\n')).toEqual([
      ['山田製作所', '03-1234-5678'],
      ['髙橋商店', ''],
    ]);
    expect(readTsv('"一行目\r\n二行目"\t次\n"彼は""はい""と"')).toEqual([
      ['一行目\n二行目', '次'],
      ['彼は"はい"と'],
    ]);
    expect(readTsv('一つ')).toEqual([['一つ']]);
    expect(readTsv('')).toEqual([['']]);
    expect(readTsv('a\t\tb\n\nc')).toEqual([['a', '', 'b'], [''], ['c']]);
    expect(readTsv('a\rb')).toEqual([['a'], ['b']]);
  });

  it('keep inches and open quotations as text', () => {
    expect(readTsv('12" x 8"\t"未完')).toEqual([['12" x 8"', '"未完']]);
    expect(readTsv('"a"b\tc')).toEqual([['"a"b', 'c']]);
  });

  it('come back as they were', () => {
    const cells = [
      ['ふつう', 'タブ\tの中', '"引用"', ''],
      ['二行\nの\n文', '5"', ' 空白 ', '#ref'],
    ];
    expect(readTsv(writeTsv(cells))).toEqual(cells);
    expect(readTsv(writeTsv([['A'], ['']]))).toEqual([['A'], ['']]);
    expect(writeTsv([['A', '']])).toBe('A\t');
  });
});
