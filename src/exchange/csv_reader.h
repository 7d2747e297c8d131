// CSV and TSV files as rows. Use open_table() of table_reader.h unless the file is known to be
// text.
#pragma once

#include <filesystem>

#include "exchange/csv_source.h"
#include "exchange/table_reader.h"

namespace daifuku::exchange {

// `start` is the beginning of the file at `path` (read_start). Throws AppError(invalid,
// encoding_unknown) for an encoding name that nobody knows, AppError(unsupported, file_empty) when
// there is not one character in it.
OpenedTable open_csv(const std::filesystem::path& path, const FileStart& start,
                     const OpenOptions& options);

}  // namespace daifuku::exchange
