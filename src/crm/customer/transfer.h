// 人の異動: a person who goes to another company, or leaves one. Not a merge: the person stays one
// record, what was done at the old company stays there, and so do its open deals and tasks, which
// somebody else there can take over.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "records/engine.h"

namespace daifuku::crm {

struct Transfer {
  records::Draft draft = {};  // the person's new values, with `company` when it is known
  std::string on = {};        // ISO date in Japan; empty: today
  Id successor = 0;           // takes over what is open at the old company; 0: nobody yet
  std::int64_t version = 0;   // of the person as the editor saw it; 0: the newest
};

// A record that is open at the person's company and stays there.
struct OpenWork {
  std::string_view object;  // deal, task
  Id id = 0;
};
// What the caller sees of it, at most 200 of each object.
std::vector<OpenWork> open_work(records::Engine& engine, const records::Caller& caller,
                                const records::Record& person);

struct Transferred {
  records::Record person = {};
  std::size_t taken_over = 0;  // of the open work; what the caller may not change stays as it is
};

// In one batch: the person's place at the old company is emptied and the new values are set, a note
// is written to the timeline of both companies, open work goes to the successor. Throws AppError:
// what Write::update throws, and invalid with `company: transfer_same | transfer_none`,
// `successor: link_to_itself | link_not_found`.
Transferred transfer(records::Write& write, const records::Record& person, const Transfer& wanted,
                     const std::vector<OpenWork>& work);

}  // namespace daifuku::crm
