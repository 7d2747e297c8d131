// Reads the case files of src/text/testdata: tab-separated, a comment line first.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "base/source_dir.h"

namespace daifuku::text {

struct Case {
  std::string where;  // file:line
  std::vector<std::string> columns;
};

// `columns` is what each line must have: empty ones at its end may be left out.
inline std::vector<Case> read_cases(const std::string& file, std::size_t columns) {
  std::vector<Case> cases;
  std::ifstream in(std::string(kSourceDir) + "/src/text/testdata/" + file);
  EXPECT_TRUE(in.is_open()) << file;
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (line.starts_with("# ")) {
      continue;
    }
    Case one{file + ":" + std::to_string(number), {}};
    std::stringstream parts(line);
    for (std::string part; std::getline(parts, part, '\t');) {
      one.columns.push_back(part);
    }
    EXPECT_LE(one.columns.size(), columns) << one.where;
    one.columns.resize(columns);
    cases.push_back(std::move(one));
  }
  return cases;
}

inline std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// A file of the sample data that stands beside the repository on some machines; empty when it is
// absent.
inline std::string shared_file(const std::string& name) {
  return read_file(std::string(kSourceDir) + "/../shared/data/" + name);
}

}  // namespace daifuku::text
