import { choiceKind } from '../shared/choiceKind';

export const choices = choiceKind({ multiple: true, width: 180 });
