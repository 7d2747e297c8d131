// For the tests of this folder only: files to read, and rows as plain texts.
#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exchange/table_reader.h"

namespace daifuku::exchange::testing {

using Texts = std::vector<std::string>;

// A folder that goes away with its files.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "daifuku-test-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp");
    path_ = name;
  }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  std::filesystem::path path() const { return path_; }

  std::filesystem::path file(const std::string& name, std::string_view content) const {
    const auto path = path_ / name;
    std::ofstream(path, std::ios::binary) << content;
    return path;
  }

 private:
  std::filesystem::path path_;
};

// The texts of a row, empty cells at the end left out.
inline Texts texts_of(const Row& row) {
  Texts out;
  for (const Cell& cell : row) out.push_back(cell.text);
  while (!out.empty() && out.back().empty()) out.pop_back();
  return out;
}

inline std::vector<Row> read_rows(TableReader& reader, std::size_t limit = 10'000'000) {
  std::vector<Row> rows;
  Row row;
  while (rows.size() < limit && reader.next(row)) rows.push_back(row);
  return rows;
}

inline std::vector<Texts> read_texts(TableReader& reader) {
  std::vector<Texts> out;
  for (const Row& row : read_rows(reader)) out.push_back(texts_of(row));
  return out;
}

inline std::vector<std::string> codes_of(const std::vector<Note>& notes) {
  std::vector<std::string> out;
  for (const Note& note : notes) out.push_back(note.code);
  return out;
}

// The code of the AppError that a function ends with; empty when it returns.
template <typename Function>
std::string error_code_of(Function&& function) {
  try {
    function();
  } catch (const AppError& error) {
    return error.code();
  }
  return {};
}

inline Row row_of(std::initializer_list<std::string_view> texts) {
  Row row;
  for (const std::string_view text : texts) {
    row.push_back({std::string(text), text.empty() ? Cell::Type::empty : Cell::Type::text});
  }
  return row;
}

}  // namespace daifuku::exchange::testing
