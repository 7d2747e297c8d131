// Records as JSON, with the titles of what they link to. What the caller may not read is not
// written.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/json.h"
#include "records/computed.h"
#include "records/engine.h"

namespace daifuku::records {

// Writes records of one object for one caller. Rows of its own select go straight from the
// statement to the JSON; the titles of single links are joined in, under the caller's scope of the
// linked object, and others are asked for one by one when they are met.
class RecordWriter {
 public:
  // `fields` empty: all that the caller may read.
  RecordWriter(Engine& engine, store::Connection& connection, const Caller& caller,
               const ObjectPlan& plan, const std::vector<const meta::FieldDef*>& fields = {});

  // The select that write_row reads: its columns, and the joins behind "FROM table t" with the
  // values for their marks. The caller may append columns of its own after column_count().
  const std::string& columns() const { return columns_; }
  int column_count() const { return column_count_; }
  const std::string& joins() const { return joins_; }
  const std::vector<Id>& join_binds() const { return join_binds_; }
  void write_row(JsonWriter& json, store::Statement& row);

  void write(JsonWriter& json, const Record& record);
  // One value, for histories.
  void write_value(JsonWriter& json, const meta::FieldDef& field, const meta::Value& value);
  // The records or users of a field that holds several, as an array.
  void write_list(JsonWriter& json, const meta::FieldDef& field, const std::vector<Id>& ids);

 private:
  struct Shown {
    const meta::FieldDef* field = nullptr;
    bool masked = false;
    int column = -1;
    // Single links: where to, and the column with the title of the linked record.
    const meta::ObjectDef* target = nullptr;
    const meta::FieldDef* target_title = nullptr;
    int title = -1;
  };
  struct Titles {
    const meta::ObjectDef* object = nullptr;
    std::unordered_map<Id, std::string> known = {};
  };

  void make_select();
  void write_head(JsonWriter& json, const RecordHead& head, std::string_view title);
  void write_shown_list(JsonWriter& json, const Shown& shown, const std::vector<Id>& ids);
  void write_shown_value(JsonWriter& json, const Shown& shown, const meta::Value& value);
  void write_link(JsonWriter& json, const meta::ObjectDef* target, Id id);
  void write_file(JsonWriter& json, Id id);
  void select_inputs();
  // The record of a row so far as fields are worked out of it.
  Record worked_out(const RecordHead& head, store::Statement& row);
  const meta::Value& cell(store::Statement& row, int column, meta::Storage storage);

  Engine& engine_;
  store::Connection& connection_;
  const Caller& caller_;
  const ObjectPlan& plan_;
  std::vector<Shown> shown_;
  bool all_;
  bool title_readable_;
  bool has_lists_ = false;
  std::string columns_;
  std::string joins_;
  std::vector<Id> join_binds_;
  int column_count_ = 0;
  int title_column_ = -1;
  AtRead at_read_;
  std::vector<std::pair<const meta::FieldDef*, int>> input_columns_;  // of at_read_
  int created_column_ = -1;                                           // when a formula may read it
  std::vector<Titles> titles_;
  // Reused from cell to cell, so that a text keeps the memory of the one before.
  meta::Value text_cell_ = std::string();
  meta::Value number_cell_;
};

// A record that the caller may see, trashed ones too, with its lists; nullopt otherwise.
std::optional<Record> visible_record(Engine& engine, store::Connection& connection,
                                     const Caller& caller, const meta::ObjectDef& object, Id id);

// The title of a record that the caller sees; empty when its field is hidden or masked for him.
std::string readable_title(const Caller& caller, const meta::ObjectDef& object,
                           const Record& record);

// {"id","title"} of a user.
void write_user_reference(JsonWriter& json, const Engine& engine, Id user);

// Whether the caller may read titles of that object's records at all.
bool titles_readable(const Caller& caller, const meta::ObjectDef& object);

}  // namespace daifuku::records
