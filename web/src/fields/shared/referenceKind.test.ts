import { afterEach, expect, it, vi } from 'vitest';
import type { FieldMeta } from '@/api';
import { referenceKind } from './referenceKind';

afterEach(() => vi.unstubAllGlobals());

it('offers who is called so before who lives in a street called so', async () => {
  const items = [
    { object: 'company', id: 'A', title: 'ミライ運輸', matches: [{ field: 'city', text: '郡山市' }] },
    { object: 'company', id: 'B', title: '有限会社横山物産', subtitle: '卸売業', matches: [] },
    {
      object: 'company',
      id: 'C',
      title: '株式会社丸山',
      matches: [{ field: 'name_kana', text: 'マルヤマ' }],
    },
  ];
  vi.stubGlobal(
    'fetch',
    async () => new Response(JSON.stringify({ items }), { headers: { 'content-type': 'application/json' } }),
  );
  const field = { key: 'company', kind: 'link', target: 'company' } as FieldMeta;
  const found = await referenceKind({ multiple: false, users: false }).suggest?.('山', field, 'ja');
  expect(found?.map(({ key, unlikely, detail }) => [key, unlikely, detail])).toEqual([
    ['B', false, '卸売業'],
    ['C', false, undefined],
    ['A', true, undefined],
  ]);
  const several = referenceKind({ multiple: true, users: false });
  expect(await several.suggest?.('山田、山', field, 'ja')).toEqual([]);
  expect((await several.suggest?.('山', field, 'ja'))?.[0]?.value).toEqual([
    { id: 'B', title: '有限会社横山物産' },
  ]);
});
