#include "records/keys.h"

#include <algorithm>

#include "meta/kinds.h"
#include "text/code_points.h"
#include "text/email.h"
#include "text/fold.h"
#include "text/name_key.h"
#include "text/phone.h"
#include "text/search_query.h"

namespace daifuku::records {

using meta::FieldDef;
using Search = meta::FieldKind::Search;

std::int64_t key_hash(std::uint32_t object, MatchKey::Sort sort, std::string_view key) {
  // FNV-1a with a final mix (splitmix64): stable across builds, since it is stored.
  std::uint64_t h = 14695981039346656037ULL;
  const auto add = [&h](unsigned char c) { h = (h ^ c) * 1099511628211ULL; };
  add(static_cast<unsigned char>(object & 255U));
  add(static_cast<unsigned char>((object >> 8) & 255U));
  add(static_cast<unsigned char>(sort));
  for (const char c : key) add(static_cast<unsigned char>(c));
  h ^= h >> 30;
  h *= 0xbf58476d1ce4e5b9ULL;
  h ^= h >> 27;
  h *= 0x94d049bb133111ebULL;
  h ^= h >> 31;
  return static_cast<std::int64_t>(h);
}

std::string unique_text(const FieldDef& field, const meta::Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value))
    return field.key + "\n" + std::to_string(*number);
  return field.key + "\n" + text::fold(meta::text_of(value));
}

std::vector<MatchKey> match_keys(const ObjectPlan& plan, const meta::Values& values) {
  std::vector<MatchKey> out;
  const std::uint32_t object = plan.object.id;
  const auto add = [&](MatchKey::Sort sort, std::string_view key) {
    if (key.empty()) return;
    const std::int64_t hash = key_hash(object, sort, key);
    if (std::none_of(out.begin(), out.end(), [&](const MatchKey& k) { return k.hash == hash; }))
      out.push_back({sort, hash});
  };
  thread_local text::CompanyKey company;
  for (const FieldDef* field : plan.key_fields) {
    const meta::Value& value = meta::get(values, field->key);
    if (meta::is_empty(value)) continue;
    if (field->unique) add(MatchKey::unique, unique_text(*field, value));
    if (!field->duplicate_key) continue;
    const std::string_view typed = meta::text_of(value);
    switch (field->kind->search) {
      case Search::name:
        text::company_key(typed, company);
        add(MatchKey::name, company.strict);
        add(MatchKey::loose_name, company.loose);
        break;
      case Search::phone:
        for (const std::string& item : meta::split_items(typed)) {
          if (const auto phone = text::parse_phone(item); phone && phone->digits.size() >= 6)
            add(MatchKey::phone, phone->digits);
        }
        break;
      case Search::email:
        for (const std::string& item : meta::split_items(typed))
          add(MatchKey::email, text::email_key(item));
        break;
      case Search::digits:
        add(MatchKey::number, text::search_digits(typed));
        break;
      case Search::words:
      case Search::none:
        if (field->kind == &meta::kinds::kana) {
          add(MatchKey::kana, text::kana_key(typed));
        } else {
          // A person's display name, a product's name: spaces and variants do not count.
          add(MatchKey::text, text::person_key(typed));
        }
    }
  }
  return out;
}

std::vector<MatchKey> placed_keys(const ObjectPlan& plan, const meta::Values& values) {
  std::vector<MatchKey> out;
  if (plan.city == nullptr) return out;
  const std::string city = text::fold(meta::text_of(meta::get(values, plan.city->key)));
  if (city.empty()) return out;
  thread_local text::CompanyKey company;
  for (const FieldDef* field : plan.key_fields) {
    if (!field->duplicate_key || field->kind == &meta::kinds::kana ||
        field->kind->comparison == meta::Comparison::date)
      continue;
    const std::string_view typed = meta::text_of(meta::get(values, field->key));
    std::string name;
    if (field->kind->search == Search::name) {
      text::company_key(typed, company);
      name = company.loose;
    } else if (field->kind->search == Search::words || field->kind->search == Search::none) {
      name = text::person_key(typed);
    }
    if (name.empty()) continue;
    const std::int64_t hash = key_hash(plan.object.id, MatchKey::placed, name + "\n" + city);
    if (std::ranges::find(out, hash, &MatchKey::hash) == out.end())
      out.push_back({MatchKey::placed, hash});
  }
  return out;
}

std::vector<MatchKey> kept_keys(const ObjectPlan& plan, const meta::Values& values) {
  std::vector<MatchKey> out = match_keys(plan, values);
  for (const MatchKey& key : placed_keys(plan, values)) out.push_back(key);
  thread_local text::CompanyKey company;
  for (const FieldDef* field : plan.key_fields) {
    if (!field->duplicate_key || field->kind->search != Search::name) continue;
    text::company_key(meta::text_of(meta::get(values, field->key)), company);
    if (company.loose.empty()) continue;
    out.push_back({MatchKey::begins, keys_of_beginning(plan.object.id, company.loose).first});
  }
  return out;
}

// Ten bits for the object, then nine for each letter, so that names that begin alike lie together.
// 0 stands for no letter.
KeyRange keys_of_beginning(std::uint32_t object, std::string_view name) {
  constexpr int kLetters = 6;
  constexpr int kBits = 9;
  constexpr std::uint32_t kCodes = (1U << kBits) - 1;
  constexpr std::uint64_t kAll = (std::uint64_t{1} << kLetters * kBits) - 1;
  const auto of_object = static_cast<std::uint64_t>(key_hash(object, MatchKey::begins, {})) & ~kAll;
  std::uint64_t letters = 0;
  int left = kLetters;
  for (std::size_t at = 0; at < name.size() && left > 0; --left) {
    const auto letter = static_cast<std::uint32_t>(text::next_code_point(name, at));
    letters = letters << kBits | ((letter * 0x9e3779b1U >> 16) % kCodes + 1);
  }
  letters <<= left * kBits;
  const std::uint64_t rest = (std::uint64_t{1} << left * kBits) - 1;
  return {static_cast<std::int64_t>(of_object | letters),
          static_cast<std::int64_t>(of_object | letters | rest)};
}

std::vector<MatchKey> reference_keys(const meta::ObjectDef& object, std::string_view typed) {
  std::vector<MatchKey> out;
  const text::CompanyKey company = text::company_key(typed);
  const auto add = [&](MatchKey::Sort sort, const std::string& key) {
    if (!key.empty()) out.push_back({sort, key_hash(object.id, sort, key)});
  };
  add(MatchKey::name, company.strict);
  add(MatchKey::text, text::person_key(typed));
  add(MatchKey::email,
      typed.find('@') == std::string_view::npos ? std::string() : text::email_key(typed));
  return out;
}

}  // namespace daifuku::records
