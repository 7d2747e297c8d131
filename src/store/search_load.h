// Search tables while a program fills a ledger from nothing.
#pragma once

#include <string>
#include <vector>

#include "store/database.h"

namespace daifuku::store {

// With `loading` the embedded store gathers much more in memory before it writes a segment of the
// index, and merges segments seldom: a load of millions of rows otherwise rewrites the index many
// times over. The setting is kept in the file, so whoever turns it on turns it off. No effect on
// PostgreSQL.
void tune_search(Transaction& transaction, const std::vector<std::string>& tables, bool loading);

}  // namespace daifuku::store
