// What the last scan learned about the records of an object, kept in the store, so that one record
// can be judged without looking at all others.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "matching/frequencies.h"
#include "matching/model.h"
#include "records/duplicate_fields.h"
#include "records/engine.h"

namespace daifuku::records {

// Immutable; good as long as the catalog of the plan it was made for, which is never freed.
struct DuplicateModel {
  std::vector<ComparedField> compared = {};
  std::vector<matching::Kind> kinds = {};
  matching::Model model = {};
  matching::Frequencies frequencies{};
  matching::Row rows = 0;
  bool learned = false;  // by a scan; else what is usual

  // Fields without their right are left empty. `told` empty: all are taken.
  matching::LooseRow prepare(const meta::Values& values, const std::vector<bool>& told = {}) const;
  double score(const matching::Comparison& comparison) const {
    return model.score(comparison, rows);
  }
};

// Thread-safe.
class DuplicateModels {
 public:
  explicit DuplicateModels(Engine& engine) : engine_(engine) {}
  // Of the last scan, or the usual one where none went; null when the object has no names.
  std::shared_ptr<const DuplicateModel> of(const ObjectPlan& plan);
  // Keeps what a scan learned.
  void keep(const ObjectPlan& plan, const matching::Model& model,
            const matching::Frequencies& frequencies, matching::Row rows);

 private:
  struct Known {
    std::shared_ptr<const DuplicateModel> model;
    Millis until = 0;
  };
  std::shared_ptr<const DuplicateModel> load(const ObjectPlan& plan);

  Engine& engine_;
  std::mutex mutex_;
  std::map<const ObjectPlan*, Known> known_;
};

}  // namespace daifuku::records
