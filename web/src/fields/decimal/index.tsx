import { numberKind } from '../shared/numberKind';

export const decimal = numberKind({});
