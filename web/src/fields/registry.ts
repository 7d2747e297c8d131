import type { FieldKind } from '@/api';
import { choice } from './choice';
import { choices } from './choices';
import { corporateNumber } from './corporate_number';
import { date } from './date';
import { dateTime } from './date_time';
import { decimal } from './decimal';
import { email } from './email';
import { emails } from './emails';
import { file } from './file';
import { integer } from './integer';
import { invoiceNumber } from './invoice_number';
import { kana } from './kana';
import type { KindUi } from './kind';
import { link } from './link';
import { links } from './links';
import { longText } from './long_text';
import { money } from './money';
import { month } from './month';
import { percent } from './percent';
import { phone } from './phone';
import { phones } from './phones';
import { postalCode } from './postal_code';
import { prefecture } from './prefecture';
import { tags } from './tags';
import { text } from './text';
import { url } from './url';
import { urls } from './urls';
import { user } from './user';
import { users } from './users';
import { yesNo } from './yes_no';

/** Every kind of field the server knows. The type makes the compiler miss none. */
export const registry: Record<FieldKind, KindUi> = {
  text,
  long_text: longText,
  kana,
  email,
  emails,
  phone,
  phones,
  url,
  urls,
  postal_code: postalCode,
  prefecture,
  integer,
  decimal,
  money,
  percent,
  date,
  date_time: dateTime,
  month,
  yes_no: yesNo,
  choice,
  choices,
  link,
  links,
  user,
  users,
  file,
  corporate_number: corporateNumber,
  invoice_number: invoiceNumber,
  tags,
};

/** The kind of a field. A kind that a newer server added is shown as plain text until the page is loaded again. */
export function kindOf(kind: string): KindUi {
  return (registry as Record<string, KindUi | undefined>)[kind] ?? text;
}
