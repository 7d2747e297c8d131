// 整理・整頓: what a ledger collects over the years (stale records, impossible values, spellings,
// unused fields, orphans, bounced mails), found and mended in bulk. Everything is of what the
// caller may see and change; what one request looks through is bounded, and says so.
#pragma once

#include <string>
#include <string_view>

#include "records/tidy_checks.h"

namespace daifuku::records {

// GET /tidy: the checks that say something about the object, with how many each finds.
void tidy_json(const TidyAsk& ask, std::string& out);
// GET /tidy/{check}. Throws AppError(not_found) where the check says nothing about the object.
void tidy_items_json(const TidyAsk& ask, std::string_view check, int limit, std::string_view after,
                     std::string& out);
// POST /tidy/{check}/preview: what a mend would change.
void tidy_preview_json(const TidyAsk& ask, std::string_view check, const Json& body,
                       std::string& out);
// POST /tidy/{check}. true when the catalog is to be loaded anew.
bool tidy_mend_json(const TidyAsk& ask, std::string_view check, const Json& body, std::string& out);

}  // namespace daifuku::records
