import { numberKind } from '../shared/numberKind';

export const integer = numberKind({});
