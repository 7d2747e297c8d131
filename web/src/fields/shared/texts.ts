// Text forms that several kinds share. The server normalises on save; these only shape what is shown.

// 1234567 or 〒123-4567 -> 123-4567; null when it is not seven digits.
export function parsePostalCode(typed: string): string | null {
  const digits = typed.normalize('NFKC').replace(/[^\d]/g, '');
  return digits.length === 7 ? `${digits.slice(0, 3)}-${digits.slice(3)}` : null;
}

export function formatPostalCode(value: unknown): string {
  if (typeof value !== 'string') return '';
  return `〒${parsePostalCode(value) ?? value}`;
}

// For tel: links: digits and a leading plus only.
export function phoneHref(value: string): string {
  return `tel:${value.normalize('NFKC').replace(/[^\d+]/g, '')}`;
}

// Only web addresses become links; anything else (javascript:, file:) stays text.
export function webHref(value: string): string | null {
  const text = value.trim();
  if (/^https?:\/\//i.test(text)) return text;
  return /^[\w-]+(\.[\w-]+)+(\/\S*)?$/.test(text) ? `https://${text}` : null;
}

// One item a line or separated by 、 , ; as people paste them.
export function splitItems(typed: string): string[] {
  const items = typed
    .split(/[\n、，,;；]+/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
  return [...new Set(items)];
}

// Hiragana to katakana, half-width kana to full width: how a reading is kept.
export function toKatakana(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/[ぁ-ゖ]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0x60));
}

// 1234567890123 -> 1-2345-6789-0123 is how the tax agency prints it.
export function formatCorporateNumber(value: unknown): string {
  if (typeof value !== 'string') return '';
  const match = /^(\d)(\d{4})(\d{4})(\d{4})$/.exec(value);
  return match ? match.slice(1).join('-') : value;
}

// Check digit of 法人番号: 9 - (sum of the twelve digits times 1 and 2 in turn from the right) mod 9.
export function isCorporateNumber(typed: string): boolean {
  const digits = typed.normalize('NFKC').replace(/[\s-]/g, '');
  if (!/^\d{13}$/.test(digits)) return false;
  let sum = 0;
  for (let place = 1; place <= 12; ++place) sum += Number(digits[13 - place]) * (place % 2 === 1 ? 1 : 2);
  return Number(digits[0]) === 9 - (sum % 9);
}
