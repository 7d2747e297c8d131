// A record as the engine and its behaviours see it.
#pragma once

#include <string>
#include <vector>

#include "auth/access.h"
#include "base/id.h"
#include "base/messages.h"
#include "meta/object.h"
#include "meta/value.h"

namespace daifuku::records {

// What the product keeps of every record: the columns of kSystemColumns (records/schema.h).
struct RecordHead {
  Id id = 0;
  std::int64_t version = 0;
  Millis created_at = 0;
  Id created_by = 0;
  Millis updated_at = 0;
  Id updated_by = 0;
  Id owner = 0;
  Id team = 0;
  Id customer_owner = 0;  // of the customer it belongs to; kept by the engine
  Id customer_team = 0;
  Millis deleted_at = 0;  // 0: not deleted
  Id merged_into = 0;     // in the trash because this record stands for it; 0: not merged
};

struct Record : RecordHead {
  meta::Values values = {};
  // Records of `links` and users of `users` fields, which have no column.
  std::map<std::string, std::vector<Id>, std::less<>> lists = {};

  const meta::Value& get(std::string_view key) const { return meta::get(values, key); }
  std::string_view text(std::string_view key) const { return meta::text_of(get(key)); }
  std::int64_t integer(std::string_view key) const { return meta::integer_of(get(key)); }
};

// Where a change came from; kept in the history. `screen` is typed into a form or a page, `sheet`
// into the cells of a list, `phone` on a small screen.
enum class Source { screen, sheet, phone, api, import_run, rule, undo, demo };
std::string_view source_name(Source source);

// Who asks, and how. Lives as long as the request.
struct Caller {
  const auth::Access& access;
  Source source = Source::api;
  Language language = Language::ja;
};

}  // namespace daifuku::records
