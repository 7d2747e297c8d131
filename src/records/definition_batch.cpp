#include "records/definition_batch.h"

#include "records/definitions.h"
#include "records/own_fields.h"
#include "records/own_objects.h"

namespace daifuku::records {
namespace {

const JsonArray& items_of(const Json& body, std::string_view name) {
  static const JsonArray nothing;
  const Json* found = json_find(body, name);
  if (found == nullptr || found->is_null()) return nothing;
  if (!found->is_array()) invalid(name, "invalid_choice");
  return found->get_array();
}

// What is wrong with one of many is told with its place.
template <typename Change>
void each(const Json& body, std::string_view name, const Change& change) {
  std::size_t at = 0;
  for (const Json& item : items_of(body, name)) {
    const std::string place = std::string(name) + "." + std::to_string(at++);
    try {
      if (!item.is_object()) invalid({}, "json_object_expected");
      change(item);
    } catch (const AppError& error) {
      if (error.status() != Status::invalid && error.status() != Status::not_found) throw;
      Problems problems = error.problems();
      for (Problem& problem : problems)
        problem.field = problem.field.empty() ? place : place + "." + problem.field;
      if (problems.empty()) problems.push_back({place, error.code(), error.params()});
      throw AppError(Status::invalid, "invalid", {}, std::move(problems));
    }
  }
}

}  // namespace

void change_definitions(Write& write, const std::vector<meta::ObjectDef>& standard,
                        const Json& body) {
  require_administrator(write.caller());
  if (!body.is_object()) throw AppError(Status::bad_request, "json_object_expected");
  std::size_t count = 0;
  for (const std::string_view name : {"objects", "fields", "field_changes", "object_changes"})
    count += items_of(body, name).size();
  if (count == 0) invalid({}, "required");
  if (count > kMostDefinitions)
    invalid({}, "too_many_items", {{"max", std::to_string(kMostDefinitions)}});
  each(body, "objects", [&](const Json& item) { add_own_object(write, standard, item); });
  // With the objects that were just made.
  const auto catalog = make_catalog(standard, read_own_fields(write.tx()));
  each(body, "fields", [&](const Json& item) { add_own_field(write, item, *catalog); });
  each(body, "field_changes", [&](const Json& item) {
    change_field(write, json_text(item, "object"), json_text(item, "key"), item);
  });
  if (!items_of(body, "object_changes").empty())
    change_objects(write, *json_find(body, "object_changes"));
}

}  // namespace daifuku::records
