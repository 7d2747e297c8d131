#include "exchange/ready_maps.h"

namespace daifuku::exchange {

const std::vector<ColumnMap>& ready_maps() {
  static const std::vector<ColumnMap> maps = [] {
    std::vector<ColumnMap> out;
    for (const std::string_view file : ready_map_files()) {
      out.push_back(read_column_map(parse_json(file)));
    }
    return out;
  }();
  return maps;
}

}  // namespace daifuku::exchange
