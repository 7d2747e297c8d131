#include "api/record_parts.h"

#include "meta/derive.h"

namespace daifuku::api {

namespace {

constexpr std::size_t kMostRows = 200;

// The problem of a row, told where the client sent it.
[[noreturn]] void fail_at(const AppError& error, const meta::ObjectDef& object, std::size_t row) {
  const std::string place = object.plural + "." + std::to_string(row);
  Problems problems;
  for (const Problem& problem : error.problems()) {
    problems.push_back({problem.field.empty() ? place : place + "." + problem.field, problem.code,
                        problem.params});
  }
  throw AppError(error.status(), error.code(), error.params(), std::move(problems));
}

}  // namespace

std::vector<RecordParts> take_parts(const Call& call, const meta::ObjectDef& object, Json& body) {
  std::vector<RecordParts> out;
  if (!body.is_object()) return out;
  for (const meta::ObjectDef& part : call.catalog().objects()) {
    const meta::FieldDef* link = part.field(part.parent_link);
    if (link == nullptr || link->target != object.key) continue;
    if (call.access().object(part).read == auth::Scope::none) continue;
    const Json* rows = json_find(body, part.plural);
    if (rows == nullptr) continue;
    if (!rows->is_array())
      throw AppError(Status::invalid, "invalid", {}, {{part.plural, "rows_expected", {}}});
    if (rows->get_array().size() > kMostRows)
      throw AppError(Status::too_large, "batch_too_large", {{"max", std::to_string(kMostRows)}});
    RecordParts& parts = out.emplace_back(RecordParts{.object = &part, .link = link->key});
    for (const Json& row : rows->get_array()) {
      try {
        if (call.access().field(part, link->key) != meta::FieldRight::write) {
          throw AppError(Status::invalid, "invalid", {}, {{link->key, "field_not_writable", {}}});
        }
        parts.rows.push_back(call.app.engine.parse(call.caller, part, row, true));
      } catch (const AppError& error) {
        fail_at(error, part, parts.rows.size());
      }
    }
    body.get_object().erase(part.plural);
  }
  return out;
}

void create_parts(records::Write& write, const std::vector<RecordParts>& parts, Id owner) {
  for (const RecordParts& part : parts) {
    for (std::size_t i = 0; i < part.rows.size(); ++i) {
      records::Draft draft = part.rows[i];
      draft.values.insert_or_assign(part.link, owner);
      try {
        write.create(*part.object, std::move(draft));
      } catch (const AppError& error) {
        fail_at(error, *part.object, i);
      }
    }
  }
}

}  // namespace daifuku::api
