import type { Place } from './manual';

// Which place of the manual tells of which screen. The longest beginning of an address that fits counts; `:` stands for
// any one part of it. The test holds every route of the router against this list, and every heading against docs/.
const places: readonly (readonly [path: string, place: Place])[] = [
  ['/', { chapter: 'records', heading: '今日の画面' }],
  ['/o/:', { chapter: 'records', heading: '一覧の表に打ち込む' }],
  ['/o/:/:', { chapter: 'records', heading: 'お客様のページ' }],
  ['/o/plans', { chapter: 'records', heading: 'フォローの計画' }],
  ['/o/:/compare/:', { chapter: 'export', heading: 'Excel で直して戻す' }],
  ['/calendar', { chapter: 'records', heading: '暦で見る' }],
  ['/import', { chapter: 'import', heading: '手順' }],
  ['/cards', { chapter: 'cards' }],
  ['/duplicates', { chapter: 'records', heading: '2 つの記録を 1 つにする（統合）' }],
  ['/merge', { chapter: 'records', heading: '2 つの記録を 1 つにする（統合）' }],
  ['/tidy', { chapter: 'clean', heading: '整理・整頓' }],
  ['/maturity', { chapter: 'clean', heading: '整備度' }],
  ['/register', { chapter: 'admin', heading: '法人番号の登録情報' }],
  ['/search', { chapter: 'search' }],
  ['/offline', { chapter: 'phone', heading: '電波のない所で' }],
  ['/settings', { chapter: 'users' }],
  ['/settings/account', { chapter: 'users', heading: 'サインインの決まり' }],
  ['/settings/company', { chapter: 'start', heading: '自分の会社の台帳を始める' }],
  ['/settings/inventory', { chapter: 'start', heading: '業務の棚卸し' }],
  ['/settings/users', { chapter: 'users', heading: '利用者を増やす' }],
  ['/settings/teams', { chapter: 'users', heading: 'チーム' }],
  ['/settings/roles', { chapter: 'users', heading: '役割' }],
  ['/settings/objects', { chapter: 'users', heading: '使うもの・呼び名' }],
  ['/settings/fields', { chapter: 'users', heading: '独自の項目' }],
  ['/settings/layouts', { chapter: 'users', heading: '役割ごとの画面' }],
  ['/settings/reference', { chapter: 'admin', heading: '郵便番号の表を新しくする' }],
  ['/settings/rules', { chapter: 'clean', heading: '入力の決まり' }],
  ['/settings/exports', { chapter: 'export', heading: '持ち出しの記録' }],
  ['/settings/usage', { chapter: 'users', heading: '使い方（だれが書いているか）' }],
  ['/settings/feedback', { chapter: 'users', heading: 'ご意見箱' }],
  ['/settings/tokens', { chapter: 'api', heading: 'プログラムから使う: トークン' }],
];

// The same address shows a list as something else than a table.
const looks: Readonly<Record<string, Place>> = {
  board: { chapter: 'records', heading: '板で見る' },
  calendar: { chapter: 'records', heading: '暦で見る' },
  area: { chapter: 'records', heading: '地域で見る' },
};

/** Where the manual tells of the screen at this address. */
export function placeOf(path: string, search: Record<string, unknown> = {}): Place {
  const parts = partsOf(path);
  let best: Place = { chapter: 'start' };
  let depth = 0;
  for (const [pattern, place] of places) {
    const wanted = partsOf(pattern);
    const fits =
      wanted.length <= parts.length && wanted.every((part, at) => part === ':' || part === parts[at]);
    if (!fits || wanted.length < depth) continue;
    best = place;
    depth = wanted.length;
  }
  const look = parts.length === 2 && parts[0] === 'o' ? looks[String(search.as)] : undefined;
  return look ?? best;
}

function partsOf(path: string): string[] {
  return path.split('/').filter(Boolean);
}

/** For the test. */
export const allPlaces: readonly Place[] = [...places.map(([, place]) => place), ...Object.values(looks)];
export const knownPaths: readonly string[] = places.map(([path]) => path);
