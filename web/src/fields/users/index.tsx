import { referenceKind } from '../shared/referenceKind';

export const users = referenceKind({ multiple: true, users: true });
