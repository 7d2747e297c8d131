import { textKind } from '../shared/textKind';
import { formatCorporateNumber } from '../shared/texts';

export const corporateNumber = textKind({
  width: 150,
  inputMode: 'numeric',
  format: formatCorporateNumber,
  parse: (typed) => typed.normalize('NFKC').replace(/[\s-]/g, ''),
});
