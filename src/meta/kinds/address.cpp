// A Japanese address in its parts, so that areas can be counted and letters addressed. The prefix
// of the parts is the key without "address": address -> postal_code ..., billing_address ->
// billing_postal_code ...
#include <string>

#include "meta/kinds.h"
#include "meta/kinds/common.h"
#include "text/postal.h"

namespace daifuku::meta::kinds {

namespace {

std::string prefix_of(const FieldDef& whole) {
  constexpr std::string_view kEnding = "address";
  if (!whole.key.ends_with(kEnding)) return whole.key + "_";
  return whole.key.substr(0, whole.key.size() - kEnding.size());
}

struct Part {
  const char* key;
  const FieldKind* kind;
  Label label;
  std::int64_t max;
  std::vector<std::string> import_names;
};

std::vector<Part> parts() {
  return {
      {"postal_code",
       &postal_code,
       {"郵便番号", "Postal code"},
       0,
       {"〒", "郵便", "郵便No", "ZIP", "Zip Code", "Postcode", "Zip/Postal Code", "Postal Code",
        "Mailing Zip", "Billing Zip"}},
      {"prefecture",
       &prefecture,
       {"都道府県", "Prefecture"},
       0,
       {"都道府県名", "都道府県(名称)", "県", "県名", "State", "State/Province", "State/Region",
        "Province", "Mailing State", "Billing State"}},
      {"city",
       &text,
       {"市区町村", "City"},
       100,
       {"市区町村名", "市区郡", "市町村", "市区", "市", "住所1", "City", "Mailing City",
        "Billing City"}},
      {"street",
       &text,
       {"町名・番地", "Street"},
       200,
       {"番地", "町名", "町域", "町域・番地", "丁目番地", "町名番地", "住所2", "Street",
        "Address 1", "Street Address", "Mailing Street", "Billing Street"}},
      {"building",
       &text,
       {"建物名", "Building"},
       200,
       {"建物", "ビル名", "建物名・部屋番号", "マンション名", "ビル", "方書", "部屋番号", "住所3",
        "Building", "Address 2", "Street 2"}},
  };
}

// "Billing address" -> "Billing postal code"
std::string english_label(const FieldDef& whole, const std::string& part) {
  std::string first = whole.label.en;
  constexpr std::string_view kEnding = " address";
  if (first.ends_with(kEnding)) first.resize(first.size() - kEnding.size());
  std::string second = part;
  second[0] = static_cast<char>(second[0] + ('a' - 'A'));
  return first + " " + second;
}

std::vector<FieldDef> expand(const FieldDef& whole) {
  const std::string prefix = prefix_of(whole);
  std::vector<FieldDef> fields;
  for (Part& part : parts()) {
    const int number = static_cast<int>(fields.size());
    FieldDef field = part_of(whole, number, prefix + part.key, *part.kind, part.label);
    field.max = part.max;
    if (prefix.empty()) {
      field.import_names = std::move(part.import_names);
    } else {
      field.label = {whole.label.ja + "の" + part.label.ja, english_label(whole, part.label.en)};
      std::vector<std::string> bases = whole.import_names;
      bases.push_back(whole.label.ja);
      for (const std::string& base : bases) {
        field.import_names.push_back(base + part.label.ja);
        for (const std::string& name : part.import_names) {
          field.import_names.push_back(base + name);
          field.import_names.push_back(name + "(" + base + ")");
        }
      }
    }
    const bool area = part.kind == &prefecture || number == 2;
    field.indexed = whole.indexed && area;
    field.in_list = whole.in_list && area;
    fields.push_back(std::move(field));
  }
  return fields;
}

std::vector<std::pair<std::string, std::string>> split(const FieldDef& whole,
                                                       std::string_view typed) {
  const std::string prefix = prefix_of(whole);
  const std::string line = one_line(typed);
  if (line.empty()) return {};
  // What cannot be taken apart is kept whole where a letter would still find it.
  const auto address = daifuku::text::split_address(line);
  if (!address) return {{prefix + "street", line}};
  std::vector<std::pair<std::string, std::string>> texts = {
      {prefix + "prefecture", address->prefecture},
      {prefix + "city", address->city},
      {prefix + "street", address->street},
      {prefix + "building", address->building}};
  if (!address->postal_code.empty()) {
    texts.emplace_back(prefix + "postal_code", address->postal_code);
  }
  return texts;
}

}  // namespace

const FieldKind address = {.name = "address", .expand = expand, .split = split};

}  // namespace daifuku::meta::kinds
