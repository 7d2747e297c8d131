// A calendar file as a table: one event a row, under fixed Japanese headings that the column maps
// "ics_activities" and "ics_tasks" (maps/) know. Use open_table() of table_reader.h.
#pragma once

#include <filesystem>

#include "exchange/csv_source.h"
#include "exchange/table_reader.h"

namespace daifuku::exchange {

// The first row holds the headings. Errors as open_table(); AppError(too_large, "ics_too_large"),
// AppError(unsupported, "ics_no_events"), AppError(invalid, "encoding_unknown").
OpenedTable open_ics(const std::filesystem::path& path, const FileStart& start,
                     const OpenOptions& options);

}  // namespace daifuku::exchange
