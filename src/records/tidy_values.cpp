#include "records/tidy_values.h"

#include <algorithm>

#include "meta/derive.h"
#include "meta/kinds.h"
#include "text/code_points.h"
#include "text/email.h"
#include "text/phone.h"
#include "text/postal.h"
#include "text/postal_table.h"

namespace daifuku::records {

using meta::FieldDef;
using meta::FieldRight;

namespace {

namespace kinds = meta::kinds;

constexpr std::string_view kLatest = "2100-12-31";

class Judge {
 public:
  Judge(const meta::ObjectDef& object, const meta::FieldRights& rights, const Record& record,
        Date today, Language language)
      : object_(object),
        rights_(rights),
        record_(record),
        today_(format_date(today)),
        language_(language) {}

  std::vector<ImpossibleValue> run() {
    for (std::size_t i = 0; i < object_.expanded.size(); ++i) {
      const FieldDef& field = object_.expanded[i];
      // What the product keeps itself follows from what it was made of.
      if (field.hidden || field.read_only || rights_[i] < FieldRight::read) continue;
      const meta::Value& value = record_.get(field.key);
      if (meta::is_empty(value)) continue;
      look(field, value);
    }
    return std::move(found_);
  }

 private:
  void look(const FieldDef& field, const meta::Value& value) {
    if (field.kind->comparison == meta::Comparison::date) return look_at_date(field, value);
    if (field.kind->comparison == meta::Comparison::number) return look_at_number(field, value);
    const std::string_view text = meta::text_of(value);
    if (field.kind == &kinds::phone) return look_at_phone(field, text);
    if (field.kind == &kinds::email) return look_at_email(field, text);
    if (field.kind == &kinds::postal_code) return look_at_postal(field, text);
    if (field.kind == &kinds::kana) return look_at_reading(field, text);
  }

  void add(const FieldDef& field, std::string code, Params params = {},
           std::optional<meta::Value> proposal = {}) {
    found_.push_back({.field = &field,
                      .code = std::move(code),
                      .params = std::move(params),
                      .proposal = std::move(proposal)});
  }

  std::string label(const FieldDef& field) const {
    return language_ == Language::en ? field.label.en : field.label.ja;
  }

  const FieldDef* readable(std::string_view key) const {
    const auto at = meta::field_position(object_, key);
    return at && rights_[*at] >= FieldRight::read ? &object_.expanded[*at] : nullptr;
  }

  std::string day_of(const FieldDef& field, const meta::Value& value) const {
    return field.kind->storage == meta::Storage::integer
               ? format_date(local_date(meta::integer_of(value)))
               : std::string(meta::text_of(value));
  }

  void look_at_date(const FieldDef& field, const meta::Value& value) {
    const std::string day = day_of(field, value);
    if (field.never_future && day > today_) return add(field, "tidy_value_future");
    if (!field.earliest.empty() && day < field.earliest)
      return add(field, "tidy_value_too_early", {{"year", field.earliest.substr(0, 4)}});
    if (day > kLatest)
      return add(field, "tidy_value_too_late", {{"year", std::string(kLatest.substr(0, 4))}});
    if (field.not_before.empty()) return;
    const FieldDef* start = readable(field.not_before);
    if (start == nullptr) return;
    const meta::Value& begin = record_.get(start->key);
    if (!meta::is_empty(begin) && day < day_of(*start, begin))
      add(field, "tidy_value_before_start", {{"field", label(*start)}});
  }

  void look_at_number(const FieldDef& field, const meta::Value& value) {
    const std::int64_t number = meta::integer_of(value);
    const std::int64_t unit =
        field.kind == &kinds::decimal || field.kind == &kinds::percent ? meta::kDecimalScale : 1;
    const auto shown = [&](std::int64_t limit) {
      return meta::display_text(field, meta::Value(limit * unit), language_);
    };
    if (field.least && number < *field.least * unit) {
      add(field, "tidy_value_too_small", {{"least", shown(*field.least)}});
    } else if (field.greatest && number > *field.greatest * unit) {
      add(field, "tidy_value_too_large", {{"greatest", shown(*field.greatest)}});
    }
  }

  void look_at_phone(const FieldDef& field, std::string_view text) {
    const auto phone = text::parse_phone(text);
    if (phone && phone->valid) return;
    const auto repaired = text::repair_phone(text);
    add(field, "tidy_value_phone", {},
        repaired ? std::optional(meta::Value(repaired->display)) : std::nullopt);
  }

  void look_at_email(const FieldDef& field, std::string_view text) {
    const auto meant = text::repair_email(text);
    if (meant) {
      add(field, "tidy_value_email_typo", {{"meant", *meant}}, meta::Value(*meant));
    } else if (!text::normalize_email(text)) {
      add(field, "tidy_value_email");
    }
  }

  // The other parts of the same address.
  const FieldDef* part(const FieldDef& postal, std::string_view ending) const {
    const std::string prefix = postal.key.substr(0, postal.key.size() - sizeof("postal_code") + 1);
    const FieldDef* found = readable(prefix + std::string(ending));
    return found != nullptr && found->whole == postal.whole ? found : nullptr;
  }

  void look_at_postal(const FieldDef& field, std::string_view code) {
    const auto place = text::lookup_postal(code);
    if (!place) return add(field, "tidy_value_postal");
    if (!field.key.ends_with("postal_code")) return;
    const FieldDef* prefecture = part(field, "prefecture");
    if (prefecture == nullptr) return;
    const std::string_view said = record_.text(prefecture->key);
    if (said.empty()) return;
    const text::Prefecture* known = text::find_prefecture(said);
    if (known == nullptr || known->name == place->prefecture) return;
    const FieldDef* city = part(field, "city");
    const FieldDef* street = part(field, "street");
    const std::string_view town = city == nullptr ? std::string_view() : record_.text(city->key);
    // The city says which of the two is right.
    if (!town.empty() && town == place->city) {
      return add(*prefecture, "tidy_value_prefecture",
                 {{"prefecture", std::string(place->prefecture)}},
                 prefecture_value(*prefecture, place->prefecture));
    }
    std::optional<meta::Value> proposal;
    if (!town.empty() && street != nullptr) {
      constexpr std::size_t kTwo = 2;
      const text::PostalTable& table = text::built_in_postal();
      const auto matches =
          text::find_postal(table, known->name, town, record_.text(street->key), kTwo);
      if (!matches.empty() && matches.front().exact && (matches.size() == 1 || !matches[1].exact))
        proposal = table.code(matches.front().row);
    }
    add(field, "tidy_value_postal_elsewhere", {{"prefecture", std::string(place->prefecture)}},
        std::move(proposal));
  }

  // As the field keeps it.
  static std::optional<meta::Value> prefecture_value(const FieldDef& field, std::string_view name) {
    meta::Value out;
    Problems problems;
    if (!field.kind->parse_text(field, name, out, problems)) return std::nullopt;
    return out;
  }

  void look_at_reading(const FieldDef& field, std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      if (text::is_kanji(text::next_code_point(text, at))) return add(field, "tidy_value_reading");
    }
  }

  const meta::ObjectDef& object_;
  const meta::FieldRights& rights_;
  const Record& record_;
  std::string today_;
  Language language_;
  std::vector<ImpossibleValue> found_ = {};
};

}  // namespace

std::vector<ImpossibleValue> impossible_values(const meta::ObjectDef& object,
                                               const meta::FieldRights& rights,
                                               const Record& record, Date today,
                                               Language language) {
  return Judge(object, rights, record, today, language).run();
}

bool has_impossible(const meta::ObjectDef& object, const meta::FieldRights& rights) {
  for (std::size_t i = 0; i < object.expanded.size(); ++i) {
    const FieldDef& field = object.expanded[i];
    if (field.hidden || field.read_only || rights[i] < FieldRight::read) continue;
    const auto comparison = field.kind->comparison;
    const bool told = !field.earliest.empty() || field.never_future || !field.not_before.empty() ||
                      field.least || field.greatest;
    if (told || comparison == meta::Comparison::date || field.kind == &kinds::phone ||
        field.kind == &kinds::email || field.kind == &kinds::postal_code ||
        field.kind == &kinds::kana)
      return true;
  }
  return false;
}

}  // namespace daifuku::records
