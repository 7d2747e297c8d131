import { describe, expect, it } from 'vitest';
import { choicesFor, mentionedIn, tagsIn, tokenAt, withChoice } from './entryTokens';

describe('tokenAt', () => {
  it.each([
    ['@', { mark: '@', typed: '', start: 0 }],
    ['見積の件 @見本', { mark: '@', typed: '見本', start: 5 }],
    ['（＃急', { mark: '#', typed: '急', start: 1 }],
    ['了解。＠さ', { mark: '@', typed: 'さ', start: 3 }],
  ])('sees what is typed at the end of "%s"', (text, token) => {
    expect(tokenAt(text, text.length)).toEqual(token);
  });

  it.each(['', '電話', 'taro@example.jp', '@見本 に', 'https://example.jp/#a', '@見本、'])(
    'sees none in "%s"',
    (text) => {
      expect(tokenAt(text, text.length)).toBeUndefined();
    },
  );

  it('looks only up to the caret', () => {
    expect(tokenAt('@見本 電話', 2)).toEqual({ mark: '@', typed: '見', start: 0 });
  });
});

it('puts the choice in the place of what was typed', () => {
  const text = '件 @見 です';
  const token = tokenAt(text, 4);
  expect(token && withChoice(text, token, 4, '見本 花子')).toEqual({ text: '件 @見本花子 です', caret: 8 });
});

it('finds tags once each, and none in addresses', () => {
  expect(tagsIn('#急ぎ 見積 ＃値引き、 #急ぎ a#b https://x.jp/#y')).toEqual(['急ぎ', '値引き']);
  expect(tagsIn('#')).toEqual([]);
});

it('keeps whom the text still calls', () => {
  const people = [
    { id: '1', title: '見本 花子' },
    { id: '2', title: '営業 夏男' },
  ];
  expect(mentionedIn('＠見本花子 お願いします', people)).toEqual([people[0]]);
  expect(mentionedIn('見本花子', people)).toEqual([]);
});

describe('choicesFor', () => {
  const all = ['営業 夏男', '見本 花子', '花田 一郎'];
  it('begins with those who begin so', () => {
    expect(choicesFor('花', all)).toEqual(['花田 一郎', '見本 花子']);
  });
  it('keeps all while the reading is not converted, and none for another name', () => {
    expect(choicesFor('みほ', all)).toEqual(all);
    expect(choicesFor('', all)).toEqual(all);
    expect(choicesFor('佐藤', all)).toEqual([]);
  });
});
