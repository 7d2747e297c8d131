// Records that come in from an export of the product, by the ids that they had where they were
// written: so links between them hold, in whatever order their files come
// (docs/decisions/0029).
//
// What is known of an id is known to the person who imported it only: nobody else's import meets
// his records by it, or learns from it that they exist.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "records/engine.h"

namespace daifuku::exchange {

// The origin of a record whose number elsewhere is no id of ours (the UID of an event): 62 bits of
// its hash with the object, in the upper half of what an id can be, where none of ours will lie
// before 2054.
Id foreign_origin(const meta::ObjectDef& object, std::string_view number);

// One thread; engine and caller outlive it.
class ImportOrigins {
 public:
  ImportOrigins(records::Engine& engine, const records::Caller& caller)
      : engine_(engine), caller_(caller) {}

  // The record that came with that id, or has it here, if the caller sees it and it is not in the
  // trash; 0 otherwise.
  Id find(store::Connection& connection, const meta::ObjectDef& object, Id origin) const;
  // Whether the record came with another id: two ids are two records.
  bool is_other(store::Connection& connection, Id record, Id origin) const;
  // The id that a new record gets: its own where no record has ever had it here, else a fresh one.
  // Only who administers the ledger keeps ids: nobody else may learn which are taken.
  Id id_for(store::Connection& connection, Id origin) const;

  // In the transaction of the row.
  void remember(store::Transaction& tx, Id origin, Id record) const;
  // A link of a new record to records of which one has not come yet, as a whole.
  void wait(store::Transaction& tx, const meta::ObjectDef& object, Id record,
            const meta::FieldDef& field, const std::vector<Id>& origins) const;
  // The record has come: what waited for it is linked, or what that was merged into. A record that
  // somebody changed meanwhile keeps what it has; one that cannot be changed any more stays as it
  // is.
  void settle(records::Write& write, const meta::ObjectDef& object, Id origin) const;

 private:
  struct Waiting {
    Id from = 0;
    const meta::ObjectDef* object = nullptr;
    const meta::FieldDef* field = nullptr;
  };
  bool sees(store::Connection& connection, const meta::ObjectDef& object, Id id) const;
  std::vector<Waiting> waiting_for(store::Connection& connection, const meta::ObjectDef& object,
                                   Id origin) const;
  Id merged_into(store::Connection& connection, const meta::ObjectDef& object, Id id) const;
  std::vector<Id> arrived(store::Connection& connection, const Waiting& waiting) const;

  records::Engine& engine_;
  const records::Caller& caller_;
};

// Waiting links from before that moment are forgotten.
void forget_waiting_links(store::Database& database, Millis before);

}  // namespace daifuku::exchange
