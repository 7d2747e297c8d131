// Finds the duplicates of any table with the product's own finder, and measures it where the truth
// is known.
//
//   bench/linkage --input FILE [--map NAME=KIND,...] [--truth COLUMN] [--output pairs.csv]
//
// --map     what the columns are: company person kana phone email address postal_code number date
//           digits text, or none; by default the heading decides
// --truth   rows with the same cell of this column are one. Without it a column "rec_id" of the
//           FEBRL sets (rec-12-org, rec-12-dup-0) or one called "cluster" is taken, if there is one
// --output  the pairs of all sets, with the probability of each pair by itself
// --least   least probability of a pair, 0.5 unless told
// --threads 2 unless told
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "base/error.h"
#include "exchange/table_reader.h"
#include "matching/finder.h"

namespace daifuku {
namespace {

using matching::Kind;
using Clock = std::chrono::steady_clock;

const std::map<std::string, Kind>& kinds() {
  static const std::map<std::string, Kind> all{{"company", Kind::company},
                                               {"person", Kind::person},
                                               {"kana", Kind::kana},
                                               {"phone", Kind::phone},
                                               {"email", Kind::email},
                                               {"address", Kind::address},
                                               {"number", Kind::number},
                                               {"date", Kind::date},
                                               {"digits", Kind::digits},
                                               {"text", Kind::text},
                                               {"postal_code", Kind::postal_code}};
  return all;
}

// What a heading says; nothing for ids and what nobody knows.
const std::map<std::string, Kind>& headings() {
  static const std::map<std::string, Kind> all{
      {"given_name", Kind::person}, {"surname", Kind::person},       {"first_name", Kind::person},
      {"last_name", Kind::person},  {"street_number", Kind::digits}, {"address_1", Kind::text},
      {"address_2", Kind::text},    {"suburb", Kind::text},          {"city", Kind::text},
      {"state", Kind::text},        {"postcode", Kind::digits},      {"date_of_birth", Kind::date},
      {"dob", Kind::date},          {"soc_sec_id", Kind::digits},    {"email", Kind::email},
      {"name", Kind::company},      {"会社名", Kind::company},       {"氏名", Kind::person},
      {"カナ", Kind::kana},         {"郵便番号", Kind::postal_code}, {"住所", Kind::address},
      {"電話番号", Kind::phone},    {"メール", Kind::email},         {"法人番号", Kind::number}};
  return all;
}

std::string trimmed(std::string text) {
  const auto from = text.find_first_not_of(" \t");
  if (from == std::string::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

// rec-12-dup-0 -> rec-12
std::string febrl_entity(const std::string& id) { return id.substr(0, id.find('-', 4)); }

[[noreturn]] void fail(const std::string& why) {
  std::cerr << "linkage: " << why << "\n";
  std::exit(2);
}

double seconds(Clock::time_point since) {
  return std::chrono::duration<double>(Clock::now() - since).count();
}

// The most memory so far, in megabytes.
long most_memory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1000;
}

double pairs_of(double rows) { return rows * (rows - 1) / 2; }

// Numbers of few bytes: what is measured is the finder's memory.
struct Truth {
  std::vector<std::size_t> entity;  // of each row, the hash of its cell
  double pairs() const {
    std::vector<std::size_t> all = entity;
    std::ranges::sort(all);
    double out = 0;
    for (auto first = all.begin(); first != all.end();) {
      const auto last = std::upper_bound(first, all.end(), *first);
      out += pairs_of(static_cast<double>(last - first));
      first = last;
    }
    return out;
  }
  bool same(const matching::Pair& pair) const { return entity[pair.a] == entity[pair.b]; }
};

void print_quality(const char* what, double found, double right, double all) {
  const double precision = found > 0 ? right / found : 1;
  const double recall = all > 0 ? right / all : 1;
  const double f1 = precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
  std::printf("%-10s pairs %9.0f  precision %.5f  recall %.5f  F1 %.5f\n", what, found, precision,
              recall, f1);
}

int run(const std::map<std::string, std::string>& options) {
  const auto option = [&](const char* name, const char* otherwise) {
    const auto found = options.find(name);
    return found == options.end() ? std::string(otherwise) : found->second;
  };
  const std::string input = option("input", "");
  if (input.empty()) fail("--input FILE is missing; see the head of bench/linkage.cpp");
  std::map<std::string, std::string> map;
  for (std::string rest = option("map", ""); !rest.empty();) {
    const auto comma = std::min(rest.find(','), rest.size());
    const std::string one = rest.substr(0, comma);
    rest.erase(0, comma + 1);
    const auto equals = one.find('=');
    if (equals == std::string::npos) fail("--map wants NAME=KIND,NAME=KIND");
    map[one.substr(0, equals)] = one.substr(equals + 1);
  }

  auto start = Clock::now();
  const auto opened = exchange::open_table(input);
  exchange::Row cells;
  if (!opened.reader->next(cells)) fail("the file has no heading");
  std::vector<std::string> names;
  for (const auto& cell : cells) names.push_back(trimmed(cell.text));
  std::vector<Kind> fields;
  std::vector<std::size_t> places;
  std::string truth_name = option("truth", "");
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (truth_name.empty() && (names[i] == "rec_id" || names[i] == "cluster"))
      truth_name = names[i];
    const auto told = map.find(names[i]);
    const auto known = headings().find(names[i]);
    if (told != map.end() ? told->second == "none" : known == headings().end()) continue;
    if (told != map.end() && !kinds().contains(told->second)) fail("no kind " + told->second);
    fields.push_back(told != map.end() ? kinds().at(told->second) : known->second);
    places.push_back(i);
  }
  if (fields.empty()) fail("no column is known: name them with --map");
  const auto truth_place = std::find(names.begin(), names.end(), truth_name) - names.begin();
  const bool has_truth = static_cast<std::size_t>(truth_place) < names.size();

  const int threads = std::stoi(option("threads", "2"));
  matching::Table table(fields, threads);
  Truth truth;
  std::vector<std::string> ids;
  while (opened.reader->next(cells)) {
    cells.resize(std::max(cells.size(), names.size()));
    for (std::size_t i = 0; i < places.size(); ++i) table.add(i, cells[places[i]].text);
    table.end_row();
    if (options.contains("output")) ids.push_back(trimmed(cells[0].text));
    if (!has_truth) continue;
    const std::string entity = trimmed(cells[static_cast<std::size_t>(truth_place)].text);
    truth.entity.push_back(
        std::hash<std::string>()(truth_name == "rec_id" ? febrl_entity(entity) : entity));
  }
  table.finish();
  const double read = seconds(start);
  const long memory_read = most_memory();

  start = Clock::now();
  const double least = std::stod(option("least", "0.5"));
  const matching::FindOptions how{.least = std::log2(least / (1 - least)), .threads = threads};
  const auto findings = matching::find_duplicates(table, how);
  const double find = seconds(start);
  const long memory_found = most_memory();
  start = Clock::now();
  const auto sets = matching::clusters(table, findings);
  const double cluster = seconds(start);

  std::printf("rows %u  candidates %zu  matches %zu  sets %zu\n", table.rows(), findings.candidates,
              findings.matches.size(), sets.size());
  std::printf("seconds: read and prepare %.2f  find %.2f  put together %.2f\n", read, find,
              cluster);
  std::printf("memory in MB, at the most: read and prepare %ld  find %ld  put together %ld\n",
              memory_read, memory_found, most_memory());
  for (std::size_t i = 0; i < fields.size(); ++i) {
    std::printf("  %-14s", names[places[i]].c_str());
    for (int level = 0; level < matching::levels(fields[i]); ++level) {
      const auto at = static_cast<std::size_t>(level);
      std::printf("  m %.4f u %.6f w %5.1f", findings.model.fields()[i].m[at],
                  findings.model.fields()[i].u[at], findings.model.fields()[i].weight[at]);
    }
    std::printf("\n");
  }
  std::printf("  prior %.1f bits\n", findings.model.prior());
  if (has_truth) {
    const double all = truth.pairs();
    double right = 0;
    for (const auto& match : findings.matches) right += truth.same(match.pair) ? 1 : 0;
    print_quality("pairs", static_cast<double>(findings.matches.size()), right, all);
    double joined = 0;
    right = 0;
    for (const auto& rows : sets) {
      joined += pairs_of(static_cast<double>(rows.size()));
      for (std::size_t i = 0; i < rows.size(); ++i)
        for (std::size_t j = i + 1; j < rows.size(); ++j)
          right += truth.same({rows[i], rows[j]}) ? 1 : 0;
    }
    print_quality("sets", joined, right, all);
    double met = 0;
    const auto candidates = matching::candidates(table, how.blocking, threads);
    for (std::size_t block = 0; block < candidates.blocks(); ++block)
      candidates.each_in(block, [&](matching::Pair pair) { met += truth.same(pair) ? 1 : 0; });
    std::printf("blocking   recall %.5f\n", all > 0 ? met / all : 1);
  }
  if (const std::string path = option("output", ""); !path.empty()) {
    std::ofstream out(path);
    out << "id_a,id_b,probability\n";
    for (const auto& rows : sets) {
      for (std::size_t i = 0; i < rows.size(); ++i) {
        for (std::size_t j = i + 1; j < rows.size(); ++j) {
          const double score =
              findings.model.score(matching::compare_rows(table, {rows[i], rows[j]}), table.rows());
          out << ids[rows[i]] << ',' << ids[rows[j]] << ',' << 1 / (1 + std::exp2(-score)) << '\n';
        }
      }
    }
    if (!out.flush()) fail("cannot write " + path);
  }
  return 0;
}

}  // namespace
}  // namespace daifuku

int main(int argc, char** argv) {
  std::map<std::string, std::string> options;
  for (int i = 1; i + 1 < argc; i += 2) options[std::string(argv[i]).substr(2)] = argv[i + 1];
  try {
    return daifuku::run(options);
  } catch (const std::exception& error) {
    daifuku::fail(error.what());
  }
}
