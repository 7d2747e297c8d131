#include "records/duplicate_fields.h"

#include <algorithm>

#include "matching/model.h"
#include "meta/kinds.h"

namespace daifuku::records {

using matching::Kind;
using meta::FieldDef;
using Search = meta::FieldKind::Search;

namespace {

Kind kind_of(const FieldDef& field) {
  if (field.kind == &meta::kinds::corporate_number) return Kind::number;
  if (field.kind == &meta::kinds::kana) return Kind::kana;
  switch (field.kind->search) {
    case Search::name:
      return Kind::company;
    case Search::phone:
      return Kind::phone;
    case Search::email:
      return Kind::email;
    case Search::digits:
      return Kind::digits;
    case Search::words:
    case Search::none:
      break;
  }
  return field.kind->comparison == meta::Comparison::date ? Kind::date : Kind::person;
}

bool is_name(const ComparedField& compared) {
  return compared.kind == Kind::company || compared.kind == Kind::person;
}

}  // namespace

void ComparedField::cells(const meta::Values& values, std::vector<std::string>& out) const {
  out.clear();
  std::string joined;
  for (const FieldDef* part : parts) {
    const meta::Value& value = meta::get(values, part->key);
    if (meta::is_empty(value)) continue;
    if (kind == Kind::belonging) {
      joined = std::to_string(meta::integer_of(value));
      continue;
    }
    if (kind != Kind::address && !joined.empty()) joined += '\n';
    joined += part->kind->to_text(*part, value);
  }
  for (std::string& item : meta::split_items(joined)) {
    if (!item.empty() && std::find(out.begin(), out.end(), item) == out.end())
      out.push_back(std::move(item));
  }
}

std::vector<ComparedField> compared_fields(const ObjectPlan& plan) {
  std::vector<ComparedField> out;
  for (const FieldDef* field : plan.key_fields) {
    if (!field->duplicate_key) continue;
    const Kind kind = kind_of(*field);
    const auto alike = std::ranges::find(out, kind, &ComparedField::kind);
    if (alike != out.end() && (kind == Kind::phone || kind == Kind::email)) {
      alike->parts.push_back(field);
    } else {
      out.push_back({.kind = kind, .field = field, .parts = {field}});
    }
  }
  if (std::none_of(out.begin(), out.end(), is_name)) return {};
  if (!plan.addresses.empty()) {
    ComparedField address{.kind = Kind::address};
    for (const FieldDef* field : plan.stored) {
      if (field->whole != plan.addresses.front()) continue;
      if (field->kind == &meta::kinds::postal_code) {
        out.push_back({.kind = Kind::postal_code, .field = field, .parts = {field}});
      } else {
        address.parts.push_back(field);
      }
    }
    // The parts of an address are declared from the large to the small.
    std::ranges::sort(address.parts, {},
                      [&](const FieldDef* part) { return position_in(plan.object, *part); });
    if (!address.parts.empty()) {
      address.field = address.parts.front();
      out.push_back(std::move(address));
    }
  }
  for (const FieldDef* link : plan.links) {
    // The company of a person; the person that introduced one is another matter.
    if (plan.object.customer && link->target != plan.object.key &&
        std::ranges::count(plan.object.customer_links, link->key) > 0)
      out.push_back({.kind = Kind::belonging, .field = link, .parts = {link}});
  }
  if (out.size() > matching::kMostFields) out.resize(matching::kMostFields);
  return out;
}

bool may_tell(const Caller& caller, const meta::ObjectDef& object, const ComparedField& compared) {
  return std::ranges::all_of(compared.parts, [&](const FieldDef* part) {
    if (caller.access.field(object, part->key) < meta::FieldRight::read) return false;
    if (compared.kind != Kind::belonging) return true;
    const meta::ObjectDef* target = caller.access.catalog().object(part->target);
    return target != nullptr && caller.access.object(*target).read == auth::Scope::all;
  });
}

}  // namespace daifuku::records
