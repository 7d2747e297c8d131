// The column maps that come with the product: exports of other CRMs, card services and shops.
#pragma once

#include <string_view>
#include <vector>

#include "exchange/column_map.h"

namespace daifuku::exchange {

// The files of maps/ as they are; made by cmake/import_maps.cmake.
const std::vector<std::string_view>& ready_map_files();
// Read once; lives as long as the program.
const std::vector<ColumnMap>& ready_maps();

}  // namespace daifuku::exchange
