import type { FieldMeta, PostalAddress, SplitAddress, Values } from '@/api';

type Part = 'postal_code' | 'prefecture' | 'city' | 'street' | 'building';

/** The keys of the writable parts of one address; absent ones are missing. */
export function addressParts(
  fields: readonly FieldMeta[],
  whole: string | null | undefined,
): Partial<Record<Part, string>> {
  if (!whole) return {};
  const parts = fields.filter((field) => field.whole === whole && field.writable !== false);
  const found: Partial<Record<Part, string>> = {};
  for (const name of ['postal_code', 'prefecture', 'city', 'street', 'building'] as const) {
    const key = parts.find((field) => field.key.endsWith(name))?.key;
    if (key) found[name] = key;
  }
  return found;
}

/** What all towns of a code agree on; a street number of an office comes with its town. */
export function sharedPlace(
  items: readonly PostalAddress[],
): { prefecture: string; city: string; town: string } | null {
  const [first] = items;
  if (!first) return null;
  const same = (of: (item: PostalAddress) => string) =>
    items.every((item) => of(item) === of(first)) ? of(first) : '';
  const prefecture = same((item) => item.prefecture);
  const city = prefecture && same((item) => item.city);
  return { prefecture, city, town: city && same(townText) };
}

export function townText(item: PostalAddress): string {
  return item.office ? item.town + (item.street ?? '') : item.town;
}

/** How a town is told from the others of its code. */
export function townLabel(item: PostalAddress, items: readonly PostalAddress[]): string {
  const cities = new Set(items.map((each) => each.city));
  const town = (cities.size > 1 ? item.city : '') + townText(item);
  const name = town || item.city;
  if (item.office) return `${name}（${item.office}）`;
  return item.note ? `${name}（${item.note}）` : name;
}

/** Values of the parts for a place; only for parts that the caller may write. */
export function placeValues(
  parts: Partial<Record<Part, string>>,
  place: { prefecture: string; city: string; town: string },
): Values {
  const values: Values = {};
  if (parts.prefecture && place.prefecture) values[parts.prefecture] = place.prefecture;
  if (parts.city && place.city) values[parts.city] = place.city;
  if (parts.street && place.town) values[parts.street] = place.town;
  return values;
}

/** All parts of an address that was typed into one of them. Parts that it does not name stay. */
export function splitValues(parts: Partial<Record<Part, string>>, split: SplitAddress): Values {
  const values: Values = {};
  for (const name of ['postal_code', 'prefecture', 'city', 'street', 'building'] as const) {
    const key = parts[name];
    const value = split[name];
    if (key && value) values[key] = value;
  }
  return values;
}

const kPrefecture = /^(東京都|北海道|京都府|大阪府|.{2,3}県)/;

/** Whether a text typed into one part of an address may be the whole of it. The server decides. */
export function looksLikeAddress(typed: string): boolean {
  const text = typed.normalize('NFKC').trim();
  if (/^〒?\s*\d{3}-?\d{4}\s*\S/.test(text)) return true;
  if (kPrefecture.test(text)) return text.length > 6;
  const city = /^.{1,7}?[市区町村]/.exec(text)?.[0];
  return (
    city !== undefined &&
    /[市区]/.test(city) &&
    /\d/.test(text) &&
    text.length > city.length + 3 &&
    !text.startsWith('市')
  );
}
