// Taking a batch of changes back, as Engine::undo does it.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/json.h"
#include "records/engine.h"
#include "records/write.h"

namespace daifuku::records {

// One batch, taken back once. Its changes go from the newest to the oldest, in slices of one
// transaction each, so that the undo of an import of a million rows lets others write in between.
// Later edits win: what was edited since stays and is told.
class Undo {
 public:
  Undo(Engine& engine, const Caller& caller, Id batch, const UndoOptions& options);
  // Throws AppError(forbidden) when the batch is another's and the caller does not administer.
  UndoResult run();

 private:
  // A row of the log.
  struct Row {
    Id id = 0;
    std::uint32_t object = 0;
    Id record = 0;
    std::string action = {};
    std::int64_t version = 0;
    Json changes = {};
  };
  // A row that was written in part when one of its rules failed.
  struct HalfDone {
    std::size_t at = 0;
    UndoResult::Skipped skipped = {};
  };
  // A row as it is being taken back.
  struct Step;

  std::vector<Row> read(Id before);
  void take_back_all(const std::vector<Row>& rows);
  UndoResult take_back(store::Transaction& tx, std::span<const Row> rows,
                       std::optional<HalfDone>& half_done);
  // Each says whether anything was taken back. Nothing: the row is of no setting but of a record.
  static std::optional<bool> take_back_setting(Write& write, const Row& row);
  bool take_back(Step& step);
  bool take_back_created(Step& step);
  bool take_back_removed(Step& step);
  bool take_back_merged(Step& step, const Json& into);
  bool take_back_restored(Step& step);
  bool take_back_changed(Step& step);
  bool take_back_file(Step& step, const Json& before, const Json& after);
  // Before something moves back between two records that were or are to be one: who may not merge
  // them moves nothing. Throws AppError.
  void require_pair(Step& step, const meta::ObjectDef& object, Id now, Id to);

  static void skip(UndoResult& result, UndoResult::Skipped skipped);

  Engine& engine_;
  const Caller& caller_;
  const Caller undoer_;
  const Id batch_;
  const UndoOptions& options_;
  UndoResult result_;
  bool rules_changed_ = false;
  // Of pairs (the record it is at, the one it goes to), whether the first is the loser.
  std::map<std::pair<Id, Id>, bool> losers_;
  // Winners of merges that are not done again, and why: their own values stay too.
  std::map<Id, AppError> kept_;
};

}  // namespace daifuku::records
