// What a person's calendar tells other programs: the tasks, activities and next dates of customers
// that are theirs, as far as they may see them now.
#pragma once

#include <string>
#include <vector>

#include "api/app.h"
#include "auth/calendar_links.h"
#include "exchange/ics_writer.h"

namespace daifuku::api {

// One reading; one thread. Lives no longer than what it is given.
class CalendarFeed {
 public:
  // `site` is what links back begin with, "https://crm.example.jp"; empty: none.
  CalendarFeed(App& app, const auth::CalendarLinks::Reader& who, std::string site);

  // As iCalendar. Throws as Engine::list_json.
  std::string read();
  // Into the log of what left the ledger; before the text is given away.
  void note() const;

 private:
  struct Kind;
  static const std::vector<Kind>& kinds();
  bool wanted(const Kind& kind) const;
  bool may_read(const meta::ObjectDef& object, std::string_view field) const;
  Json filter(const meta::ObjectDef& object, const Kind& kind) const;
  void collect(const meta::ObjectDef& object, const Kind& kind);
  void add(const meta::ObjectDef& object, const Kind& kind, const Json& record);
  std::string text(const char* ja, const char* en) const;

  App& app_;
  auth::CalendarContent content_;
  records::Caller caller_;
  std::string site_;
  Date from_ = {};
  Date to_ = {};
  std::vector<exchange::CalendarEntry> entries_ = {};
  std::vector<std::string> told_ = {};   // keys of objects of which there are entries
  std::vector<std::string> plans_ = {};  // rules of tasks that stand for an activity that is there
};

}  // namespace daifuku::api
