import { useLanguage } from '@/ui';
import type { CellProps, KindUi } from '../kind';
import classes from './fields.module.css';
import { MaskedValue } from './MaskedValue';

/** The cell of a kind that shows nothing but its text. */
export function textCell(text: KindUi['text']) {
  return function TextCell({ field, value, place }: CellProps) {
    const language = useLanguage();
    if (field.masked) return <MaskedValue />;
    const shown = text(value, field, language);
    return <span className={place === 'row' ? classes.line : classes.words}>{shown}</span>;
  };
}
