import { choiceKind } from '../shared/choiceKind';

export const choice = choiceKind({ multiple: false });
