// One sheet of an XLSX as rows. Use open_table() of table_reader.h unless the file is known to be
// one.
#pragma once

#include <filesystem>

#include "exchange/table_reader.h"

namespace daifuku::exchange {

// Errors as open_table().
OpenedTable open_xlsx(const std::filesystem::path& path, const OpenOptions& options);

}  // namespace daifuku::exchange
