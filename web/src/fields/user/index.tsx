import { referenceKind } from '../shared/referenceKind';

export const user = referenceKind({ multiple: false, users: true });
