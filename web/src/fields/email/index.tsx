import type { CellProps } from '../kind';
import classes from '../shared/fields.module.css';
import { MaskedValue } from '../shared/MaskedValue';
import { textKind } from '../shared/textKind';

export function mailLink(address: string) {
  return (
    <a className={classes.link} href={`mailto:${encodeURIComponent(address).replace('%40', '@')}`}>
      {address}
    </a>
  );
}

function EmailCell({ field, value, place }: CellProps) {
  if (field.masked) return <MaskedValue />;
  if (typeof value !== 'string') return null;
  return place === 'page' ? mailLink(value) : <span className={classes.line}>{value}</span>;
}

export const email = textKind({
  width: 220,
  type: 'email',
  Cell: EmailCell,
  parse: (typed) => typed.normalize('NFKC').trim(),
});
