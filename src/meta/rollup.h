// A value over the records that link to one: how many, their sum, the last (docs/decisions/0041).
// It is worked out when it is read, over what the caller may see.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "meta/field.h"

namespace daifuku::meta {

struct ObjectDef;

struct Rollup {
  enum class Function : unsigned char { count, sum, min, max, average };
  std::string object = {};  // key of the object whose records link here
  std::string link = {};    // key of the link
  Function function = Function::count;
  std::string field = {};  // what is added up or compared; empty for count
  Json filter = {};        // as lists have it; null: all of them
};

std::string_view rollup_function_name(Rollup::Function function);

using FindObject = std::function<const ObjectDef*(std::string_view key)>;
// What the JSON says: {"object","link","function","field","filter"}. nullptr with the problem,
// whose field is the member that is wrong. Values and operators of the filter are not looked at.
std::shared_ptr<const Rollup> make_rollup(const Json& json, const ObjectDef& object,
                                          const FindObject& find, Problem& problem);
// The kind of what it gives. The field must be there.
const FieldKind* rollup_kind(const Rollup& rollup, const FindObject& find);
// Every field that it reads, "deal.amount", those of its conditions too.
std::vector<std::string> rollup_sources(const Rollup& rollup, const FindObject& find);
void write_rollup(JsonWriter& json, const Rollup& rollup);

}  // namespace daifuku::meta
