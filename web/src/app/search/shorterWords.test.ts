import { describe, expect, it } from 'vitest';
import { shorterWords } from './shorterWords';

describe('shorterWords', () => {
  it.each([
    ['株式会社山田製作所', ['山田製作所', '山田製']],
    ['㈱山田', ['山田']],
    ['山田 太郎', ['山田', '太郎']],
    ['（株）山田　製作所', ['山田 製作所', '山田', '製作所']],
    ['山田', []],
    ['株式会社', []],
    ['', []],
  ])('%s', (q, expected) => expect(shorterWords(q)).toEqual(expected));
});
