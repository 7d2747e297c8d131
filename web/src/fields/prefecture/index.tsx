import type { CellProps } from '../kind';
import { choiceKind } from '../shared/choiceKind';
import { optionLabel } from '../shared/labels';
import { MaskedValue } from '../shared/MaskedValue';
import { withPrefectures } from '../shared/prefectures';
import { stringsOf } from '../shared/references';

const choice = choiceKind({ multiple: false, width: 100, plain: true });

// On a page the prefecture begins an address, and an address is one text: 千葉県船橋市, not Chiba船橋市.
function PrefectureCell(props: CellProps) {
  if (props.place === 'row') return <choice.Cell {...props} />;
  if (props.field.masked) return <MaskedValue />;
  return <span>{stringsOf(props.value).map((key) => optionLabel(props.field, key, 'ja'))}</span>;
}

export const prefecture = withPrefectures({ ...choice, Cell: PrefectureCell });
