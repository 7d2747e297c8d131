import { useTexts } from '@/ui';
import type { CellProps, KindUi } from '../kind';
import classes from './fields.module.css';
import { MaskedValue } from './MaskedValue';

/** The cell of a kind that shows nothing but its text. */
export function textCell(text: KindUi['text']) {
  return function TextCell({ field, value, place }: CellProps) {
    const { language } = useTexts();
    if (field.masked) return <MaskedValue />;
    const shown = text(value, field, language);
    return (
      <span
        className={place === 'row' ? classes.line : classes.words}
        title={place === 'row' ? shown : undefined}
      >
        {shown}
      </span>
    );
  };
}
