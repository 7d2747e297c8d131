import type { CellProps } from '../kind';
import classes from '../shared/fields.module.css';
import { MaskedValue } from '../shared/MaskedValue';
import { textKind } from '../shared/textKind';
import { webHref } from '../shared/texts';

/** Shown without https:// and the last slash, which nobody reads. */
export function shortUrl(url: string): string {
  return url.replace(/^https?:\/\//i, '').replace(/\/$/, '');
}

export function webLink(url: string) {
  const href = webHref(url);
  return href ? (
    <a className={classes.link} href={href} target="_blank" rel="noreferrer">
      {shortUrl(url)}
    </a>
  ) : (
    <span>{url}</span>
  );
}

function UrlCell({ field, value, place }: CellProps) {
  if (field.masked) return <MaskedValue />;
  if (typeof value !== 'string') return null;
  return place === 'page' ? webLink(value) : <span className={classes.line}>{shortUrl(value)}</span>;
}

export const url = textKind({ width: 200, type: 'url', Cell: UrlCell, parse: (typed) => typed.trim() });
