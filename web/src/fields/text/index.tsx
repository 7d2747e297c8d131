import { textKind } from '../shared/textKind';

export const text = textKind();
