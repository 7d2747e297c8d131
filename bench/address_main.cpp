// How well one-line addresses are taken apart: address_accuracy POSTAL_TSV [REGISTER_CSV ...].
// Every town row of the postal reference is written out as an address in several ways, each address
// of the register files as it is; prefecture, city, street and building must come back.
#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "exchange/reference/public_file.h"
#include "text/postal.h"
#include "text/postal_table.h"
#include "text/postal_write.h"

namespace {

using daifuku::text::split_address;

struct Score {
  std::size_t all = 0;
  std::size_t prefecture = 0;
  std::size_t city = 0;
  std::size_t street = 0;
  std::size_t building = 0;
  std::vector<std::string> wrong = {};
};

void add(Score& score, const std::string& line, const std::string& prefecture,
         const std::string& city, const std::string& street, const std::string& building) {
  ++score.all;
  const auto found = split_address(line);
  const bool p = found && found->prefecture == prefecture;
  const bool c = p && found->city == city;
  const bool s = c && found->street == street;
  const bool b = s && found->building == building;
  score.prefecture += p ? 1 : 0;
  score.city += c ? 1 : 0;
  score.street += s ? 1 : 0;
  score.building += b ? 1 : 0;
  if (!b && score.wrong.size() < 400)
    score.wrong.push_back(
        line + "  ->  " +
        (found ? found->prefecture + "|" + found->city + "|" + found->street + "|" + found->building
               : "nothing") +
        "  not  " + prefecture + "|" + city + "|" + street + "|" + building);
}

std::vector<std::string> columns_of(const std::string& line) {
  std::vector<std::string> out(1);
  for (const char c : line) {
    if (c == '\t') {
      out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "address_accuracy POSTAL_TSV [REGISTER_CSV ...]\n";
    return 2;
  }
  std::map<std::string, Score> scores;
  std::ifstream in(argv[1]);
  std::string line;
  std::getline(in, line);
  std::size_t at = 0;
  std::vector<std::vector<std::string>> all;
  std::size_t codes = 0;
  std::size_t codes_found = 0;
  std::size_t codes_first = 0;
  const std::vector<std::pair<std::string, std::string>> numbers = {
      {"1-2-3", ""},
      {"２丁目３番４号", ""},
      {"三丁目4番地5", ""},
      {"12番地の3", "山田ビル"},
      {"1-2-3", "コーポ大福101号室"},
      {"１２３４－５", "第二ビル３Ｆ"}};
  while (std::getline(in, line)) {
    const auto c = columns_of(line);
    if (c.size() < 11 || !c[9].empty()) continue;
    const std::string &prefecture = c[2], &city = c[3], &town = c[4];
    ++at;
    const auto& [number, building] = numbers[at % numbers.size()];
    // Floors of a tower and lists of towns are no streets with numbers.
    const bool plain = town.find("　") == town.npos && town.find("、") == town.npos;
    if (plain) {
      add(scores["1 whole, no space"], prefecture + city + town + number + building, prefecture,
          city, town + number, building);
      add(scores["2 with spaces"], prefecture + " " + city + " " + town + number + " " + building,
          prefecture, city, town + number, building);
      add(scores["3 without prefecture"], city + town + number + building, prefecture, city,
          town + number, building);
    }
    all.push_back(c);
  }
  // The table as it is once KEN_ALL was loaded; the reference has no notes on parts of towns.
  daifuku::text::PostalEntries entries;
  for (const auto& c : all)
    entries.add_town(std::vector<std::string_view>{c[1], "", c[0], "", c[6], c[7], "", c[3], c[4],
                                                   "", "", "", "", "", ""});
  const std::string block = entries.write(0);
  const daifuku::text::PostalTable loaded(block);
  for (std::size_t i = 0; i < all.size(); i += 4) {
    const auto& c = all[i];
    std::vector<std::string> found;
    for (const auto& match : daifuku::text::find_postal(loaded, c[2], c[3], c[4] + "1-2-3", 20))
      found.push_back(loaded.code(match.row));
    ++codes;
    codes_first += !found.empty() && found.front() == c[0] ? 1 : 0;
    codes_found += std::find(found.begin(), found.end(), c[0]) != found.end() ? 1 : 0;
  }
  for (int i = 2; i < argc; ++i) {
    daifuku::exchange::PublicFile file(argv[i], "/tmp");
    std::vector<std::string_view> columns;
    while (file.next(columns)) {
      if (columns.size() < 30 || columns[9].empty() || columns[11].empty()) continue;
      const std::string prefecture(columns[9]), city(columns[10]), street(columns[11]);
      const auto space = street.find("　");
      const std::string head = street.substr(0, space);
      const std::string tail =
          space == street.npos ? std::string() : street.substr(space + std::string("　").size());
      add(scores[space == street.npos ? "4 register, no building marked" : "5 register, building"],
          prefecture + city + street, prefecture, city, head, tail);
    }
  }
  for (const auto& entry : scores) {
    const auto& name = entry.first;
    const auto& score = entry.second;
    const auto share = [&](std::size_t count) {
      return 100.0 * static_cast<double>(count) / static_cast<double>(score.all);
    };
    std::cout << name << ": " << score.all << " lines, prefecture " << share(score.prefecture)
              << " %, city " << share(score.city) << " %, street " << share(score.street)
              << " %, all " << share(score.building) << " %\n";
  }
  std::cout << "postal code of the place: " << codes << " places, first " << codes_first
            << ", among those offered " << codes_found << "\n";
  for (const auto& [name, score] : scores) {
    for (std::size_t i = 0; i < std::min<std::size_t>(score.wrong.size(), 40); ++i)
      std::cerr << name << ": " << score.wrong[i * score.wrong.size() / 40 % score.wrong.size()]
                << "\n";
  }
}
