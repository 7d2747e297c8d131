import { highlight } from '@/ui/highlight';
import classes from './search.module.css';

/** A text with the letters marked that the query meant. */
export function Highlighted({ text, query }: { text: string; query: string }) {
  let at = 0;
  return highlight(text, query).map((piece) => {
    const key = at;
    at += piece.text.length;
    return piece.hit ? (
      <mark key={key} className={classes.mark}>
        {piece.text}
      </mark>
    ) : (
      <span key={key}>{piece.text}</span>
    );
  });
}
