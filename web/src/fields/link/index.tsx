import { referenceKind } from '../shared/referenceKind';

export const link = referenceKind({ multiple: false, users: false });
