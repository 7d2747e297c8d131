#include "crm/declare.h"
#include "crm/objects.h"

namespace daifuku::crm {

// clang-format off: a table, one field a block
meta::ObjectDef order_line() {
  meta::ObjectDef object{
      .id = 14, .key = "order_line", .plural = "order_lines",
      .label = {"受注明細", "Order line"}, .plural_label = {"受注明細", "Order lines"},
      .help = {"受注の一行。どの商品をいくつ、いくらで", "One line of an order: product, quantity and price"},
      .icon = "list-details", .title = "description", .parent_link = "order", .in_navigation = false, .default_sort = "position"};
  add_section(object, "basic", {"基本", "Basics"}, {
      {.id = 1, .key = "order", .kind = &kinds::link, .label = {"受注", "Order"}, .help = {"どの受注の明細かを決めるため", "To tell whose line it is"}, .required = true, .target = "order",
       .import_names = names("受注番号|注文番号|注文ID|伝票番号|Order Number|Order"), .in_list = true},
      {.id = 2, .key = "product", .kind = &kinds::link, .label = {"商品", "Product"}, .help = {"商品ごとに、だれが何を買ったかを知るため", "To know who buys which product"}, .target = "product", .maturity = 1,
       .import_names = names("商品コード|商品ID|品番|SKU|Product|Product Code"), .in_list = true},
      {.id = 3, .key = "description", .kind = &kinds::text, .label = {"品名", "Description"}, .help = {"買ったときの品名を残すため。空なら商品名が入ります", "To keep the name at the time. Taken from the product when empty"}, .max = 200, .maturity = 1, .searchable = true,
       .import_names = names("商品名|商材名|品目|摘要|製品名|明細名|Line Item|Lineitem name|Product Name"), .in_list = true},
      {.id = 4, .key = "quantity", .kind = &kinds::decimal, .label = {"数量", "Quantity"}, .help = {"どれだけ使ってくださるかを知るため", "To know how much is used"}, .required = true, .maturity = 1,
       .import_names = names("個数|購入個数|受注数|注文数|数|Quantity|Lineitem quantity|Qty"), .in_list = true, .default_text = "1"},
      {.id = 5, .key = "unit", .kind = &kinds::text, .label = {"単位", "Unit"}, .help = {"数え方の取り違えをなくすため", "Not to mix up units"}, .max = 20, .import_names = names("数量単位|Unit")},
      {.id = 6, .key = "unit_price", .kind = &kinds::money, .label = {"単価（税抜）", "Unit price"}, .help = {"買ったときの価格を残すため。空なら商品の単価が入ります", "To keep the price at the time. Taken from the product when empty"}, .maturity = 1,
       .import_names = names("単価|価格|販売価格|販売単価|Unit Price|Lineitem price|Price"), .in_list = true},
      {.id = 7, .key = "tax", .kind = &kinds::choice, .label = {"税区分", "Tax"}, .help = {"消費税を税率ごとに正しく計算するため", "To work out the tax by rate"}, .options = tax_options(), .import_names = names("税率|消費税率|課税区分|Tax|Tax Rate"), .in_list = true, .default_text = "standard"},
      {.id = 8, .key = "amount", .kind = &kinds::money, .label = {"金額（税抜）", "Amount"}, .help = {"数量と単価から計算します", "Quantity times unit price"}, .audited = false, .in_list = true, .read_only = true},
      {.id = 9, .key = "delivered_on", .kind = &kinds::date, .label = {"納品した日", "Delivered"}, .help = {"分けて納めたときも、品ごとの日を残すため", "To keep the day of each part delivery"}, .import_names = names("納品日|出荷日|発送日|Delivered Date")},
      {.id = 10, .key = "position", .kind = &kinds::integer, .label = {"行", "Line"}, .help = {"伝票と同じ順に並べるため", "To keep the order of the slip"}, .import_names = names("行番号|明細番号|No|Line")},
      {.id = 11, .key = "note", .kind = &kinds::text, .label = {"メモ", "Notes"}, .help = {"色や名入れなど、品ごとのご希望を残すため", "To keep wishes for the item, such as color"}, .max = 500, .searchable = true, .import_names = names("備考|明細備考|規格|バリエーション|Notes")},
  });
  return object;
}
// clang-format on

}  // namespace daifuku::crm
