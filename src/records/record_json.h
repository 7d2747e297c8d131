// Records as JSON, with the titles of what they link to. What the caller may not read is not
// written.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/json.h"
#include "records/engine.h"

namespace daifuku::records {

// Collects the link targets of a page of records, resolves their titles with one query an object,
// then writes.
class RecordWriter {
 public:
  // `fields` empty: all that the caller may read.
  RecordWriter(Engine& engine, store::Connection& connection, const Caller& caller,
               const ObjectPlan& plan, std::vector<const meta::FieldDef*> fields = {});
  void add(const Record& record);  // first pass; call for every record of the page
  void resolve();
  void write(JsonWriter& json, const Record& record);
  void write_field(JsonWriter& json, const meta::FieldDef& field, const Record& record);
  // One value, for histories.
  void write_value(JsonWriter& json, const meta::FieldDef& field, const meta::Value& value);
  void add_value(const meta::FieldDef& field, const meta::Value& value);

 private:
  void write_link(JsonWriter& json, const meta::ObjectDef* target, Id id);
  void write_user(JsonWriter& json, Id id);
  Engine& engine_;
  store::Connection& connection_;
  const Caller& caller_;
  const ObjectPlan& plan_;
  std::vector<const meta::FieldDef*> fields_;
  const meta::FieldRights& rights_;
  bool all_;
  std::unordered_map<const meta::ObjectDef*, std::vector<Id>> wanted_;
  std::unordered_map<const meta::ObjectDef*, std::unordered_map<Id, std::string>> titles_;
  std::vector<Id> files_;
  struct FileInfo {
    std::string name, type;
    std::int64_t size = 0;
  };
  std::unordered_map<Id, FileInfo> file_info_;
};

// A record that the caller may see, trashed ones too, with its lists; nullopt otherwise.
std::optional<Record> visible_record(Engine& engine, store::Connection& connection,
                                     const Caller& caller, const meta::ObjectDef& object, Id id);

// The title of a record that the caller sees; empty when its field is hidden or masked for him.
std::string readable_title(const Caller& caller, const meta::ObjectDef& object,
                           const Record& record);

// {"id","title"} of a user.
void write_user_reference(JsonWriter& json, const Engine& engine, Id user);

}  // namespace daifuku::records
