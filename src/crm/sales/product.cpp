#include "crm/declare.h"
#include "crm/objects.h"

namespace daifuku::crm {

// clang-format off: a table, one field a block
meta::ObjectDef product() {
  meta::ObjectDef object{
      .id = 12, .key = "product", .plural = "products",
      .label = {"商品", "Product"}, .plural_label = {"商品", "Products"},
      .help = {"売っている商品とサービス", "What we sell: goods and services"},
      .icon = "box", .default_sort = "name"};
  Options status = {
      {"on_sale", {"販売中", "On sale"}, "green", names("有効|取扱中|公開|Active|true|1")},
      {"planned", {"販売予定", "Planned"}, "blue", names("予定|準備中|未発売|Planned")},
      {"ended", {"販売終了", "Ended"}, "gray", names("終了|廃番|廃止|終売|非公開|Inactive|false|0")},
  };
  add_section(object, "basic", {"基本", "Basics"}, {
      {.id = 1, .key = "name", .kind = &kinds::company_name, .label = {"商品名", "Product"}, .help = {"だれが書いても同じ商品を指すようにするため", "So that everybody means the same product"}, .required = true, .max = 200, .maturity = 1, .searchable = true,
       .import_names = names("商材名|品名|製品名|商品|製品|サービス名|品目|Product Name|Name|Product|Item"), .indexed = true, .in_list = true},
      {.id = 2, .key = "code", .kind = &kinds::text, .label = {"商品コード", "Code"}, .help = {"伝票や在庫のソフトと同じ商品を指すため", "To point at the same product as other software"}, .max = 50, .searchable = true,
       .import_names = names("商品番号|品番|型番|製品コード|商品ID|JANコード|JAN|SKU|商品CD|Product Code|Code"), .indexed = true, .in_list = true},
      {.id = 3, .key = "category", .kind = &kinds::link, .label = {"商品カテゴリー", "Category"}, .help = {"買ってくださった種類と、まだの種類を知るため", "To know which kinds a customer buys"}, .target = "product_category", .maturity = 2,
       .import_names = names("カテゴリー|カテゴリ|商品カテゴリ|商品分類|分類|Category|Product Family"), .in_list = true},
      {.id = 4, .key = "unit_price", .kind = &kinds::money, .label = {"単価", "Unit price"}, .help = {"見積と受注に同じ価格を使うため", "To use one price in quotes and orders"}, .maturity = 1,
       .import_names = names("価格|販売単価|標準価格|定価|税抜価格|販売価格|List Price|Unit Price|Price"), .in_list = true},
      {.id = 5, .key = "tax", .kind = &kinds::choice, .label = {"税区分", "Tax"}, .help = {"消費税を正しく計算するため", "To work out the consumption tax correctly"}, .options = tax_options(),
       .import_names = names("税率|消費税|課税区分|消費税区分|税|Tax|Tax Class"), .in_list = true, .default_text = "standard"},
      {.id = 6, .key = "unit", .kind = &kinds::text, .label = {"単位", "Unit"}, .help = {"個・箱・時間などの取り違えをなくすため", "Not to mix up pieces, boxes and hours"}, .max = 20, .import_names = names("数量単位|Unit|Quantity Unit Of Measure"), .in_list = true},
      {.id = 7, .key = "cost", .kind = &kinds::money, .label = {"仕入単価", "Cost"}, .help = {"値引きのときに、もうけを確かめるため", "To check the margin before a discount"}, .sensitive = true, .import_names = names("原価|仕入価格|仕入れ単価|Cost|Unit cost")},
      {.id = 8, .key = "status", .kind = &kinds::choice, .label = {"販売状況", "Status"}, .help = {"終わった商品を勧めないため", "Not to offer what is no longer sold"}, .required = true, .options = std::move(status),
       .import_names = names("状態|公開状態|有効|取扱区分|Active|Is Active|Status"), .indexed = true, .in_list = true, .default_text = "on_sale"},
      {.id = 9, .key = "supplier", .kind = &kinds::link, .label = {"仕入先", "Supplier"}, .help = {"在庫や納期をすぐ問い合わせるため", "To ask about stock and delivery at once"}, .target = "company", .import_names = names("仕入先名|メーカー|メーカー名|Vendor|Supplier")},
      {.id = 10, .key = "description", .kind = &kinds::long_text, .label = {"説明", "Description"}, .help = {"だれでも同じ説明ができるようにするため", "So that everybody explains it the same way"}, .searchable = true, .import_names = names("商品説明|詳細|備考|仕様|Description|Product Description")},
      {.id = 11, .key = "tags", .kind = &kinds::tags, .label = {"タグ", "Tags"}, .help = {"自社なりの分け方で集められるようにするため", "To group products in your own way"}, .searchable = true, .import_names = names("ラベル|キーワード|Tags")},
  });
  return object;
}
// clang-format on

}  // namespace daifuku::crm
