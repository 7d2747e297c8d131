// A short notation for JSON schemas, so that a shape of the API is one readable line:
//
//   string integer number boolean any   id instant date   the plain types, and texts of a form
//   "a|b"                               one of these texts
//   [T]                                 array of T
//   {name: T, other?: T, *: T}          object; other may be absent; * any further names
//   T & T                               both
//   T?                                  or null
//   User                                #/components/schemas/User
//   @                                   the record that a path is about
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"

namespace daifuku::api {

// Writes the schema (JSON Schema 2020-12, as OpenAPI 3.1 takes it). `object` is the component that
// @ stands for. Throws SystemError where the notation is wrong.
void write_schema(JsonWriter& json, std::string_view notation, std::string_view object = {});

}  // namespace daifuku::api
