// A file of vCards as a table: one card a row, under fixed Japanese headings that the column map
// "vcard" (maps/vcard.json) knows. Use open_table() of table_reader.h.
#pragma once

#include <filesystem>

#include "exchange/csv_source.h"
#include "exchange/table_reader.h"

namespace daifuku::exchange {

// The first row holds the headings; columns that no card fills are left out. Reads the file once
// to know them. Errors as open_table(), and AppError(invalid, "encoding_unknown").
OpenedTable open_vcards(const std::filesystem::path& path, const FileStart& start,
                        const OpenOptions& options);

}  // namespace daifuku::exchange
