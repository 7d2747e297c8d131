import { textKind } from '../shared/textKind';
import { toKatakana } from '../shared/texts';

export const kana = textKind({ parse: toKatakana, preview: (value) => String(value ?? '') });
