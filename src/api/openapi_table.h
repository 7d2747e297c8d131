// What goes into and comes out of every route, for the description of the API. A route that is not
// here does not start, nor does an entry without a route (openapi_routes.cpp).
#pragma once

#include <span>
#include <string_view>

#include "http/router.h"

namespace daifuku::api {

struct OperationText {
  http::Method method = http::Method::get;
  std::string_view pattern = {};
  int status = 200;              // of success
  std::string_view answer = {};  // notation of openapi_schema.h; empty: no JSON (see `media`)
  std::string_view later = {};   // of 202, when the work may go on in the background instead
  std::string_view body = {};    // notation; empty: none, unless body_media is given
  // Query parameters, "name:type about" a line.
  std::string_view query = {};
  std::string_view media = {};       // of an answer that is no JSON
  std::string_view body_media = {};  // of a body that is no JSON, or may also be this
  std::string_view errors = {};   // further statuses than those that follow from the route: "409"
  std::string_view headers = {};  // of the answer, "Name about" a line
};

std::span<const OperationText> operation_texts();

struct SchemaText {
  std::string_view name;
  std::string_view notation;
};
std::span<const SchemaText> schema_texts();

}  // namespace daifuku::api
