import { referenceKind } from '../shared/referenceKind';

export const links = referenceKind({ multiple: true, users: false });
