import { describe, expect, it } from 'vitest';
import type { ObjectMeta } from '@/api';
import { parseCommand } from './paletteCommand';

function object(key: string, ja: string, en: string, more: object = {}): ObjectMeta {
  return {
    key,
    label: { ja, en },
    permissions: { create: true },
    fields: [],
    ...more,
  } as unknown as ObjectMeta;
}
const objects = [
  object('company', '会社', 'Company', { customer: true }),
  object('deal', '商談', 'Deal'),
  object('task', 'やること', 'Task'),
  object('order', '受注', 'Order'),
  object('order_line', '受注明細', 'Order line'),
  object('contract', '契約', 'Contract', { permissions: { create: false } }),
];
const now = new Date(2026, 10, 23, 9);
const parse = (typed: string) => {
  const found = parseCommand(typed, objects, ['電話', 'call'], now);
  return found && { ...found, object: found.object?.key };
};

describe('parseCommand', () => {
  it.each([
    ['新しい商談 山田製作所', 'deal', '山田製作所'],
    ['新しい商談　山田　製作所', 'deal', '山田 製作所'],
    ['新しい商談山田製作所', 'deal', '山田製作所'],
    ['新しい 商談 山田', 'deal', '山田'],
    ['新規商談 山田', 'deal', '山田'],
    ['商談 山田', 'deal', '山田'],
    ['new deal Yamada', 'deal', 'Yamada'],
    ['DEAL Yamada', 'deal', 'Yamada'],
    ['受注明細 ボルト', 'order_line', 'ボルト'],
  ])('%s', (typed, key, customer) => {
    expect(parse(typed)).toMatchObject({ object: key, customer, whole: customer });
  });

  it('calls', () => {
    expect(parse('電話 山田')).toMatchObject({ object: undefined, customer: '山田' });
    expect(parse('call 山田')).toMatchObject({ object: undefined, customer: '山田' });
  });

  it('takes a task apart: what, with whom, when', () => {
    expect(parse('やること 見積を送る 山田 明日')).toEqual({
      object: 'task',
      name: '見積を送る',
      customer: '山田',
      whole: '見積を送る 山田',
      due: '2026-11-24',
    });
    expect(parse('やること 12/1 見積を送る')).toMatchObject({
      name: '',
      customer: '',
      whole: '見積を送る',
      due: '2026-12-01',
    });
  });

  it('names a new customer instead of looking for one', () => {
    expect(parse('新しい会社 山田製作所')).toMatchObject({
      object: 'company',
      customer: '',
      whole: '山田製作所',
    });
  });

  it.each(['山田', '商談', '新しい商談', '電話', '商談室 山田', '契約 山田', '', '受注書 山田'])(
    'leaves %s to the search',
    (typed) => expect(parse(typed)).toBeUndefined(),
  );

  it('follows the names that a company gave', () => {
    const renamed = [object('deal', '案件', 'Case')];
    expect(parseCommand('案件 山田', renamed, [])?.object?.key).toBe('deal');
    expect(parseCommand('商談 山田', renamed, [])).toBeUndefined();
  });
});
