// 法人番号 and インボイス登録番号; the check digit is text/'s business.
#include "text/corporate_number.h"

#include "meta/kinds.h"
#include "meta/kinds/common.h"

namespace daifuku::meta::kinds {

namespace {

using daifuku::text::CheckedNumber;

bool keep_number(const FieldDef& field, CheckedNumber checked, Value& out, Problems& problems) {
  if (checked.issue == daifuku::text::NumberIssue::empty) {
    out = Value();
    return true;
  }
  if (!checked.accepted()) {
    return refuse(field, problems, std::string(number_issue_code(checked.issue)));
  }
  out = std::move(checked.value);
  return true;
}

bool parse_corporate(const FieldDef& field, std::string_view typed, Value& out,
                     Problems& problems) {
  if (means_nothing(typed)) {
    out = Value();
    return true;
  }
  return keep_number(field, daifuku::text::check_corporate_number(typed), out, problems);
}

bool parse_invoice(const FieldDef& field, std::string_view typed, Value& out, Problems& problems) {
  if (means_nothing(typed)) {
    out = Value();
    return true;
  }
  return keep_number(field, daifuku::text::check_invoice_number(typed), out, problems);
}

std::string display(const FieldDef&, const Value& value, Language) {
  return daifuku::text::format_corporate_number(text_of(value));
}

void schema_corporate(const FieldDef&, JsonWriter& writer) {
  writer.field("type", "string").field("pattern", "^[1-9][0-9]{12}$");
}
void schema_invoice(const FieldDef&, JsonWriter& writer) {
  writer.field("type", "string").field("pattern", "^T[1-9][0-9]{12}$");
}

}  // namespace

const FieldKind corporate_number = {
    .name = "corporate_number",
    .parse = parse_json_text,
    .parse_text = parse_corporate,
    .write = write_text,
    .to_text = text_to_text,
    .schema = schema_corporate,
    .search = FieldKind::Search::digits,
    .display = display,
};

const FieldKind invoice_number = {
    .name = "invoice_number",
    .parse = parse_json_text,
    .parse_text = parse_invoice,
    .write = write_text,
    .to_text = text_to_text,
    .schema = schema_invoice,
    .search = FieldKind::Search::digits,
    .display = display,
};

}  // namespace daifuku::meta::kinds
