// Public reference data beside the records: what everybody may look up and nobody wrote himself.
#pragma once

#include <filesystem>

#include "exchange/reference/postal_book.h"
#include "exchange/reference/register_table.h"

namespace daifuku::exchange {

// Thread-safe.
struct Reference {
  Reference(store::Database& database, const std::filesystem::path& folder, const Clock& clock)
      : postal(folder, clock), companies(database, folder, clock) {}
  PostalBook postal;
  RegisterTable companies;
};

}  // namespace daifuku::exchange
