#include "crm/declare.h"
#include "crm/objects.h"

namespace daifuku::crm {

// clang-format off: a table, one field a block
meta::ObjectDef product_category() {
  meta::ObjectDef object{
      .id = 18,
      .key = "product_category",
      .plural = "product_categories",
      .label = {"商品カテゴリー", "Product category"},
      .plural_label = {"商品カテゴリー", "Product categories"},
      .help = {"商品の分け方。買ってくださった種類と、まだの種類が分かります",
               "How products are grouped: what a customer buys and what not yet"},
      .icon = "category",
      .in_navigation = false,
      .default_sort = "position"};
  add_section(
      object, "basic", {"基本", "Basics"},
      {
          {.id = 1,
           .key = "name",
           .kind = &kinds::text,
           .label = {"カテゴリー名", "Category"},
           .help = {"種類ごとに売れ行きを比べるため", "To compare sales by kind"},
           .required = true,
           .unique = true,
           .max = 100,
           .searchable = true,
           .import_names = names(
               "商品カテゴリー|商品カテゴリ|カテゴリ|商品分類|分類名|Category|Product Family"),
           .indexed = true,
           .in_list = true},
          {.id = 2,
           .key = "code",
           .kind = &kinds::text,
           .label = {"コード", "Code"},
           .help = {"販売管理のソフトと同じ分け方にするため",
                    "To group as the sales software does"},
           .max = 50,
           .searchable = true,
           .import_names = names("分類コード|カテゴリーコード|カテゴリコード|Code"),
           .in_list = true},
          {.id = 3,
           .key = "parent",
           .kind = &kinds::link,
           .label = {"上のカテゴリー", "Belongs to"},
           .help = {"大きな分け方と細かい分け方の両方で見るため",
                    "To see both broad and fine groups"},
           .target = "product_category",
           .import_names = names("親カテゴリー|大分類|上位分類|Parent Category"),
           .in_list = true},
          {.id = 4,
           .key = "position",
           .kind = &kinds::integer,
           .label = {"並び順", "Order"},
           .help = {"よく使う順に並べるため", "To show the common ones first"},
           .import_names = names("順番|表示順")},
      });
  return object;
}
// clang-format on

}  // namespace daifuku::crm
