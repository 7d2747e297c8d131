// Records that come with the record they belong to: {"ordered_on":...,
// "order_lines":[{...},{...}]}. All of them are one transaction and one undo.
#pragma once

#include <vector>

#include "api/app.h"
#include "records/write.h"

namespace daifuku::api {

// The rows of one member of the body, read and checked, before their owner exists.
struct RecordParts {
  const meta::ObjectDef* object = nullptr;
  std::string link;  // field of `object` that will point to the owner
  std::vector<records::Draft> rows = {};
};

// Takes out of `body` the members that are the plural of an object whose parent is `object` (its
// parent_link) and that the caller may see. Problems of a row have its place before the field:
// "order_lines.0.quantity". Throws AppError: forbidden, invalid, too_large.
std::vector<RecordParts> take_parts(const Call& call, const meta::ObjectDef& object, Json& body);

// Inside the transaction that made `owner`.
void create_parts(records::Write& write, const std::vector<RecordParts>& parts, Id owner);

}  // namespace daifuku::api
