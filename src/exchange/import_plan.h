// What an import is to do: which table of the file, which column goes where. The choices of the
// person, and what is proposed where he chose nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/access.h"
#include "base/json.h"
#include "exchange/header_find.h"
#include "exchange/table_reader.h"
#include "meta/object.h"

namespace daifuku::exchange {

// Chosen by the person; everything absent is found out.
struct ImportSettings {
  std::string object = {};  // Key of the object.
  std::string encoding = {};
  char delimiter = 0;
  int sheet = -1;
  std::optional<std::int64_t> header_row = {};      // Line of the file; 0: there is no header.
  std::map<std::size_t, std::string> columns = {};  // Column -> "field:KEY", "note", "new:KIND" ...
  bool create_links = true;                         // A company that is not there yet is made.
  bool skip_known = true;  // Rows that are in the list already are left out.
  Id owner = 0;            // Of all new records; 0: who imports.
};

// The body of PATCH /imports/{id} over what was chosen before. Another table (encoding, sheet,
// header, object) makes earlier choices of columns void. Throws AppError(invalid).
ImportSettings change_settings(const ImportSettings& before, const Json& body);
void write_settings(JsonWriter& json, const ImportSettings& settings);
ImportSettings read_settings(const Json& json);

// An opened file with its header found. One pass; one thread.
class ImportTable {
 public:
  // Errors as open_table(). AppError(invalid, "import_empty") when there is no record in it.
  ImportTable(const std::filesystem::path& path, const ImportSettings& settings);

  // The next row below the header. Values that the file holds in several columns (102|-|0085) are
  // joined in the first of them. `line` is that of the file.
  bool next(Row& row, std::int64_t& line);

  const OpenedTable& opened() const { return opened_; }
  TableReader& reader() { return *opened_.reader; }
  const FoundHeader& header() const { return header_; }
  std::int64_t header_line() const;                       // 0 when there is none
  const std::vector<Row>& head() const { return head_; }  // first rows, the header's too, joined
  bool is_joined_away(std::size_t column) const;          // its value is in an earlier column

 private:
  void join(Row& row) const;
  OpenedTable opened_;
  std::vector<Row> head_ = {};
  std::vector<std::int64_t> lines_ = {};
  std::size_t next_ = 0;
  FoundHeader header_ = {};
};

// Where a column goes.
struct ImportTarget {
  enum class Kind { ignore, note, field, link, user, owner, own };
  Kind kind = Kind::ignore;
  std::string key = {};  // of the field, or of the composite that a cell holds whole
  const meta::FieldDef* field = nullptr;  // nullptr for composites
  std::string own_kind = {};              // own: the kind of the field to make
};

struct ImportColumn {
  std::size_t index = 0;
  std::string header = {};
  std::vector<std::string> samples = {};
  std::string to = {};
  double confidence = 0;
  std::string reason = {};  // header, import_name, part, content, title, chosen, none
  bool conflicts = false;   // The heading fits the field, the cells do not look like it.
};

// Proposes the object: the customer object whose fields explain the columns best.
const meta::ObjectDef& propose_object(const ImportTable& table, const auth::Access& access);
std::vector<ImportColumn> propose_columns(const ImportTable& table, const auth::Access& access,
                                          const meta::ObjectDef& object,
                                          const ImportSettings& settings);

// The field that takes what fits nowhere else; nullptr when the object has none that the caller
// may write.
const meta::FieldDef* note_field(const auth::Access& access, const meta::ObjectDef& object);

// Checked against the rights of `access`, column by column. Problems name "columns.N".
struct ImportPlan {
  const meta::ObjectDef* object = nullptr;
  const meta::FieldDef* note = nullptr;
  std::vector<ImportTarget> targets = {};  // by column
  std::vector<std::string> headings = {};  // by column, for notes and messages
  bool create_links = true;
  bool skip_known = true;
  Id owner = 0;
};
ImportPlan make_plan(const ImportTable& table, const auth::Access& access,
                     const meta::ObjectDef& object, const std::vector<ImportColumn>& columns,
                     const ImportSettings& settings, Problems& problems);

}  // namespace daifuku::exchange
