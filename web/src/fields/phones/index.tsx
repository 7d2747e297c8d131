import { phoneLink } from '../phone';
import { itemsKind } from '../shared/itemsKind';

export const phones = itemsKind({ width: 160, inputMode: 'tel', item: phoneLink });
