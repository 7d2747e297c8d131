import type { FieldMeta } from '@/api';
import type { KindUi } from '../kind';

// From north to south, as every form in Japan lists them.
const names =
  '北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県'.split(
    ' ',
  );

const options = names.map((name) => ({ key: name, label: { ja: name, en: name } }));

/** The field with the 47 prefectures as its options, unless the server names its own. */
export function prefectureField(field: FieldMeta): FieldMeta {
  return field.options && field.options.length > 0 ? field : { ...field, options };
}

/** A prefecture can be typed without its last character: 東京, 大阪. */
export function withPrefectures(kind: KindUi): KindUi {
  const { Cell, Input, Filter } = kind;
  return {
    ...kind,
    text: (value, field, language) => kind.text(value, prefectureField(field), language),
    parse: (typed, field) => {
      const word = typed.trim();
      const found = names.find((name) => name === word || name.slice(0, -1) === word);
      return found && !field.options?.length ? found : kind.parse(word, prefectureField(field));
    },
    Cell: (props) => <Cell {...props} field={prefectureField(props.field)} />,
    Input: (props) => <Input {...props} field={prefectureField(props.field)} />,
    Filter: (props) => <Filter {...props} field={prefectureField(props.field)} />,
  };
}
