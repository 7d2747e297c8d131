// The quality that is promised, on the published sets of Febrl (Christen 2008), read in place.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <unordered_map>

#include "base/source_dir.h"
#include "matching/finder.h"

namespace daifuku::matching {
namespace {

struct Quality {
  double precision = 0;
  double recall = 0;
  double f1() const { return 2 * precision * recall / (precision + recall); }
};

double pairs_of(double rows) { return rows * (rows - 1) / 2; }

Quality of_febrl(const std::filesystem::path& file) {
  // given_name, surname, street_number, address_1, address_2, suburb, postcode, state,
  // date_of_birth, soc_sec_id
  Table table({Kind::person, Kind::person, Kind::digits, Kind::text, Kind::text, Kind::text,
               Kind::digits, Kind::text, Kind::date, Kind::digits});
  std::vector<std::string> entities;
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::size_t field = 0;
    for (std::size_t at = 0; at <= line.size(); ++field) {
      const auto comma = std::min(line.find(',', at), line.size());
      const std::string cell = line.substr(at, comma - at);
      if (field == 0) {
        entities.push_back(cell.substr(0, cell.find('-', 4)));  // rec-12-dup-0
      } else {
        table.add(field - 1, cell);
      }
      at = comma + 1;
    }
    table.end_row();
  }
  table.finish();

  std::unordered_map<std::string, double> rows;
  for (const std::string& entity : entities) ++rows[entity];
  double all = 0;
  for (const auto& [entity, count] : rows) all += pairs_of(count);
  double found = 0;
  double right = 0;
  for (const auto& set : clusters(table, find_duplicates(table))) {
    found += pairs_of(static_cast<double>(set.size()));
    for (std::size_t i = 0; i < set.size(); ++i)
      for (std::size_t j = i + 1; j < set.size(); ++j)
        right += entities[set[i]] == entities[set[j]] ? 1 : 0;
  }
  return {.precision = right / found, .recall = right / all};
}

const std::filesystem::path kFolder = std::filesystem::path(kSourceDir) / "../shared/data/linkage";

TEST(RealFiles, Febrl1) {
  if (!std::filesystem::exists(kFolder / "febrl1.csv")) GTEST_SKIP() << "no " << kFolder;
  EXPECT_GE(of_febrl(kFolder / "febrl1.csv").f1(), 0.99);
}

TEST(RealFiles, Febrl3) {
  if (!std::filesystem::exists(kFolder / "febrl3.csv")) GTEST_SKIP() << "no " << kFolder;
  EXPECT_GE(of_febrl(kFolder / "febrl3.csv").f1(), 0.998);
}

}  // namespace
}  // namespace daifuku::matching
