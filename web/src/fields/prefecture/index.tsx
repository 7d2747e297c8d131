import { choiceKind } from '../shared/choiceKind';
import { withPrefectures } from '../shared/prefectures';

export const prefecture = withPrefectures(choiceKind({ multiple: false, width: 100, plain: true }));
