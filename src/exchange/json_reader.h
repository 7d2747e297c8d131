// A file of JSON as a table: one object a line, or an array of objects. Use open_table() of
// table_reader.h.
#pragma once

#include <filesystem>
#include <string_view>

#include "exchange/csv_source.h"
#include "exchange/table_reader.h"

namespace daifuku::exchange {

// By its first characters, whatever the file is called.
bool looks_like_json(std::string_view start);

// The first row holds the names of the members, in the order of their first appearance; a member of
// a member is "outer.inner". A reference as the API answers it ({"id","title"}) is the title, and
// the id beside it as "member.id"; the items of an array stand on lines of their own. Reads the
// file once to know the names. Throws AppError(invalid): json_line_invalid and
// json_line_no_object with the line where the record begins; too_large with json_record_too_long or
// json_too_many_names; SystemError when the disk fails.
OpenedTable open_json(const std::filesystem::path& path, const OpenOptions& options);

}  // namespace daifuku::exchange
