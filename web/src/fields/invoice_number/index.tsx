import { textKind } from '../shared/textKind';

export const invoiceNumber = textKind({
  width: 150,
  placeholder: 'T1234567890123',
  parse: (typed) => typed.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase(),
});
