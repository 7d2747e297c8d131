#include "crm/customer/card_save.h"

#include <utility>
#include <vector>

#include "text/postal.h"

namespace daifuku::crm {
namespace {

using records::Caller;
using records::Draft;
using records::Engine;
using records::Write;

// From a field of the card to the field of the other object.
using Mapping = std::vector<std::pair<std::string_view, std::string_view>>;

const Mapping& person_fields() {
  static const Mapping kFields = {{"name", "name"},
                                  {"name_kana", "name_kana"},
                                  {"department", "department"},
                                  {"job_title", "job_title"},
                                  {"email", "email"},
                                  {"phone", "phone"},
                                  {"mobile", "mobile"},
                                  {"fax", "fax"}};
  return kFields;
}

const Mapping& company_fields() {
  static const Mapping kFields = {{"company_name", "name"},
                                  {"phone", "phone"},
                                  {"fax", "fax"},
                                  {"website", "website"},
                                  {"corporate_number", "corporate_number"},
                                  {"invoice_number", "invoice_number"}};
  return kFields;
}

// "new", an id, or nothing.
struct Choice {
  bool make = false;
  Id id = 0;
};

Choice choice_of(const Json& body, std::string_view key) {
  const Json* value = json_find(body, key);
  if (value == nullptr || value->is_null()) return {};
  if (!value->is_string())
    throw AppError(Status::invalid, "invalid", {}, {{std::string(key), "link_not_found", {}}});
  const std::string text(value->get_string());
  if (text == "new") return {.make = true};
  const auto id = decode_id(text);
  if (!id)
    throw AppError(Status::invalid, "invalid", {}, {{std::string(key), "link_not_found", {}}});
  return {.id = *id};
}

// What the caller may not write is left out: he typed a card, not that field.
void put(JsonObject& body, const Caller& caller, const meta::ObjectDef& object,
         std::string_view key, std::string_view text) {
  if (text.empty() || object.field(key) == nullptr) return;
  if (caller.access.field(object, key) < meta::FieldRight::write) return;
  body[key] = text;
}

JsonObject mapped(const Caller& caller, const meta::ObjectDef& object, const Json& values,
                  const Mapping& fields) {
  JsonObject out;
  for (const auto& [from, to] : fields) put(out, caller, object, to, json_text(values, from));
  return out;
}

void put_address(JsonObject& body, const Caller& caller, const meta::ObjectDef& company,
                 const Json& values) {
  put(body, caller, company, "postal_code", json_text(values, "postal_code"));
  const std::string line = json_text(values, "address_text");
  const auto address = text::split_address(line);
  if (!address) return put(body, caller, company, "street", line);
  put(body, caller, company, "prefecture", address->prefecture);
  put(body, caller, company, "city", address->city);
  put(body, caller, company, "street", address->street);
  put(body, caller, company, "building", address->building);
}

Draft parse_part(Engine& engine, const Caller& caller, const meta::ObjectDef& object,
                 JsonObject body, bool create) {
  try {
    return engine.parse(caller, object, Json(std::move(body)), create);
  } catch (const AppError& error) {
    Problems problems = error.problems();
    for (Problem& problem : problems) problem.field = object.key + "." + problem.field;
    throw AppError(error.status(), error.code(), error.params(), std::move(problems));
  }
}

void link(Draft& draft, std::string_view key, Id id) {
  if (id != 0) draft.values.insert_or_assign(std::string(key), meta::Value(id));
}

}  // namespace

SavedCard save_card(Engine& engine, records::Files& files, const Caller& caller, const Json& body,
                    const std::string& picture, Id batch) {
  const meta::Catalog& catalog = caller.access.catalog();
  const meta::ObjectDef& card = *catalog.object("business_card");
  const meta::ObjectDef& person = *catalog.object("person");
  const meta::ObjectDef& company = *catalog.object("company");
  const Json* given = json_find(body, "values");
  if (given == nullptr || !given->is_object())
    throw AppError(Status::invalid, "invalid", {}, {{"values", "required", {}}});
  const Json values = *given;
  const Choice to_person = choice_of(body, "person");
  const Choice to_company = choice_of(body, "company");

  JsonObject of_card;
  for (const auto& member : values.get_object()) {
    const bool of_company = member.key() == "postal_code" || member.key() == "corporate_number" ||
                            member.key() == "invoice_number";
    // Links and files are chosen and made here.
    const meta::FieldDef* field = card.field(member.key());
    if (of_company || (field != nullptr && !field->target.empty())) continue;
    of_card[member.key()] = member.value();
  }
  Draft card_draft = engine.parse(caller, card, Json(std::move(of_card)), true);
  std::optional<Draft> company_draft;
  if (to_company.make) {
    JsonObject fields = mapped(caller, company, values, company_fields());
    put_address(fields, caller, company, values);
    company_draft = parse_part(engine, caller, company, std::move(fields), true);
  }
  std::optional<Draft> person_draft;
  if (to_person.make || (to_person.id != 0 && json_bool(body, "update_person", true))) {
    JsonObject fields = mapped(caller, person, values, person_fields());
    // The name of somebody who is known stays as it is known.
    if (!to_person.make) {
      fields.erase("name");
      fields.erase("name_kana");
    }
    person_draft = parse_part(engine, caller, person, std::move(fields), to_person.make);
  }

  SavedCard out{.person = to_person.id, .company = to_company.id};
  engine.write(caller, batch, [&](Write& write) {
    if (company_draft) out.company = write.create(company, *company_draft).id;
    if (person_draft && caller.access.field(person, "company") >= meta::FieldRight::write)
      link(*person_draft, "company", out.company);
    if (to_person.make) out.person = write.create(person, *person_draft).id;
    if (to_person.id != 0 && person_draft && !person_draft->values.empty())
      write.update(person, to_person.id, *person_draft);
    const auto link_card = [&](std::string_view key, Id id) {
      if (caller.access.field(card, key) >= meta::FieldRight::write) link(card_draft, key, id);
    };
    link_card("person", out.person);
    link_card("company", out.company);
    out.card = write.create(card, card_draft).id;
  });
  if (!picture.empty() && caller.access.field(card, "image") >= meta::FieldRight::write) {
    const bool png = picture.starts_with("\x89PNG");
    const records::FileInfo file =
        files.add(caller, card, out.card, png ? "card.png" : "card.jpg", picture, batch);
    Draft image;
    link(image, "image", file.id);
    engine.write(caller, batch, [&](Write& write) { write.update(card, out.card, image); });
  }
  return out;
}

}  // namespace daifuku::crm
