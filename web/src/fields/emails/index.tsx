import { mailLink } from '../email';
import { itemsKind } from '../shared/itemsKind';

export const emails = itemsKind({ width: 220, inputMode: 'email', item: mailLink });
