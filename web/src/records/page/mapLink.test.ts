import { describe, expect, it } from 'vitest';
import { mapLink } from './mapLink';

describe('mapLink', () => {
  it.each<[string, string, string | undefined]>([
    ['Android', 'Mozilla/5.0 (Linux; Android 15; Pixel 9) Chrome/140', 'geo:0,0?q=%E6%9D%B1%E4%BA%AC%26%231'],
    [
      'iPhone',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari',
      'maps:?q=%E6%9D%B1%E4%BA%AC%26%231',
    ],
    ['a desk', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140', undefined],
  ])('on %s', (_where, agent, link) => {
    expect(mapLink('東京&#1', agent)).toBe(link);
  });
});
