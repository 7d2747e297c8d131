import type { CellProps } from '../kind';
import classes from '../shared/fields.module.css';
import { MaskedValue } from '../shared/MaskedValue';
import { textKind } from '../shared/textKind';
import { phoneHref } from '../shared/texts';

export function phoneLink(number: string) {
  return (
    <a className={classes.link} href={phoneHref(number)}>
      {number}
    </a>
  );
}

function PhoneCell({ field, value, place }: CellProps) {
  if (field.masked) return <MaskedValue />;
  if (typeof value !== 'string') return null;
  return place === 'page' ? phoneLink(value) : <span className={classes.line}>{value}</span>;
}

export const phone = textKind({
  width: 140,
  type: 'tel',
  Cell: PhoneCell,
  parse: (typed) => typed.normalize('NFKC').trim(),
});
