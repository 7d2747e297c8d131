import { itemsKind } from '../shared/itemsKind';
import { webLink } from '../url';

export const urls = itemsKind({ inputMode: 'url', item: webLink });
