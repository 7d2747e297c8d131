// ご意見箱: what users write to those who administer - where they are stuck, what they wish, what
// is wrong, what is good -, how it stands, and the answer. Rows of the ledger: nothing leaves it. A
// sender sees his own, those who administer see all; every change is on the log and can be undone.
#pragma once

#include <string>
#include <string_view>

#include "records/engine.h"

namespace daifuku::records {

// Under this id they stand in the log; no object has it.
inline constexpr std::uint32_t kFeedbackLog = 993;

// POST /feedback {"kind","text","page"?,"browser"?}. Of `page` only the path is kept. Appends it as
// its sender sees it, with the id of the change. AppError: invalid; too_many after twenty within an
// hour.
void send_feedback(Engine& engine, const Caller& caller, const Json& body, std::string& out);

// GET /feedback/mine: the caller's own, newest first.
void my_feedback_json(Engine& engine, const Caller& caller, std::string& out);
// What was answered so far is no news to the caller any more.
void feedback_seen(Engine& engine, const Caller& caller);

// For those who administer; AppError(forbidden) for others.
struct FeedbackQuery {
  std::string state = {};  // empty: of all
  std::string kind = {};   // empty: of all
  Id before = 0;           // older than this; 0: from the newest
  int limit = 50;
};
// {"items":[...],"next":id or null,"counts":{"new":n,...}}; the counts are of all.
void feedback_json(Engine& engine, const Caller& caller, const FeedbackQuery& query,
                   std::string& out);
// PATCH /feedback/{id} {"version","state"?,"answer"?}. Appends it with the id of the change.
// AppError: not_found, invalid, conflict when it was changed since.
void answer_feedback(Engine& engine, const Caller& caller, Id id, const Json& body,
                     std::string& out);

// Takes a change back. false when it was changed since.
bool undo_feedback(Write& write, Id id, const Json& changes);

// What waits: answers that the caller has not read, and for those who administer what is new.
struct FeedbackNews {
  std::int64_t answers = 0;
  std::int64_t fresh = 0;
};
FeedbackNews feedback_news(Engine& engine, const auth::Access& access);

}  // namespace daifuku::records
