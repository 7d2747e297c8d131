#include "matching/table.h"

#include <algorithm>

#include "matching/parallel.h"

namespace daifuku::matching {

namespace {
constexpr std::size_t kMostLetters = 500;
constexpr Row kRowsAtOnce = 20'000;

std::size_t hash_of(const Prepared& value) {
  std::size_t h = std::hash<std::u16string_view>()(value.text);
  for (const std::uint32_t part : value.parts) h = h * 0x9e3779b97f4a7c15ULL + part;
  return h ^ h >> 29;
}
}  // namespace

std::size_t Column::slot(const Prepared& value) const {
  std::size_t at = hash_of(value) & (index_.size() - 1);
  while (index_[at] != 0) {
    const ValueView there = this->value(index_[at] - 1);
    if (there.text == value.text && there.parts == value.parts) break;
    at = (at + 1) & (index_.size() - 1);
  }
  return at;
}

void Column::grow() {
  index_.assign(std::max<std::size_t>(1024, index_.size() * 2), 0);
  Prepared value;
  for (ValueId id = 0; id < values_.size(); ++id) {
    value.text = this->value(id).text;
    value.parts = values_[id].parts;
    index_[slot(value)] = id + 1;
  }
}

void Column::add(const Prepared& value) {
  if (values_.size() * 2 >= index_.size()) grow();
  const std::size_t at = slot(value);
  if (index_[at] == 0) {
    values_.push_back({.signature = signature(kind_, value.text),
                       .start = static_cast<std::uint32_t>(letters_.size()),
                       .parts = value.parts,
                       .length = static_cast<std::uint16_t>(value.text.size())});
    letters_ += value.text;
    index_[at] = static_cast<ValueId>(values_.size());
  }
  const ValueId id = index_[at] - 1;
  if (std::find(ids_.begin() + starts_.back(), ids_.end(), id) == ids_.end()) ids_.push_back(id);
}

void Column::take_in() {
  std::size_t cell = 0;
  std::uint32_t start = 0;
  for (const std::uint32_t row_end : waiting_.row_ends) {
    for (; cell < row_end; ++cell) {
      const std::uint32_t end = waiting_.cell_ends[cell];
      const auto text = std::string_view(waiting_.cells).substr(start, end - start);
      start = end;
      if (!prepare(kind_, text, prepared_)) continue;
      if (prepared_.text.size() > kMostLetters) prepared_.text.resize(kMostLetters);
      add(prepared_);
    }
    starts_.push_back(static_cast<std::uint32_t>(ids_.size()));
  }
  waiting_.cells.clear();
  waiting_.cell_ends.clear();
  waiting_.row_ends.clear();
}

// Values of one text that differ in their parts (株式会社A, 合同会社A) are as frequent together.
void Column::count() {
  for (const ValueId id : ids_) ++values_[id].rows;
  for (int level = 0; level < levels(kind_); ++level) {
    const int part = part_of(kind_, static_cast<Level>(level));
    if (part < 0) continue;
    auto& rows = part_rows_[static_cast<std::size_t>(part)];
    if (!rows.empty()) continue;
    for (const Stored& value : values_) {
      if (value.parts[static_cast<std::size_t>(part)] != 0)
        rows[value.parts[static_cast<std::size_t>(part)]] += value.rows;
    }
  }
  std::unordered_map<std::u16string_view, std::uint32_t> rows;
  rows.reserve(values_.size());
  for (ValueId id = 0; id < values_.size(); ++id) rows[value(id).text] += values_[id].rows;
  for (ValueId id = 0; id < values_.size(); ++id) values_[id].rows = rows[value(id).text];
  index_ = {};
  waiting_ = {};
}

Table::Table(const std::vector<Kind>& kinds, int threads) : threads_(threads) {
  for (const Kind kind : kinds) columns_.emplace_back(kind);
}

void Table::add(std::size_t field, std::string_view cell) {
  auto& waiting = columns_[field].waiting_;
  waiting.cells += cell;
  waiting.cell_ends.push_back(static_cast<std::uint32_t>(waiting.cells.size()));
}

void Table::end_row() {
  for (Column& column : columns_)
    column.waiting_.row_ends.push_back(
        static_cast<std::uint32_t>(column.waiting_.cell_ends.size()));
  ++rows_;
  if (++waiting_ == kRowsAtOnce) take_in();
}

void Table::take_in() {
  in_parallel(columns_.size(), threads_, [&](std::size_t i) { columns_[i].take_in(); });
  for (Row row = rows_ - waiting_; row < rows_; ++row) {
    for (const Column& column : columns_) {
      const auto values = column.of(row);
      first_.push_back(values.empty() ? kNoValue : values.size() > 1 ? kSeveral : *values.begin());
    }
  }
  waiting_ = 0;
}

void Table::finish() {
  take_in();
  in_parallel(columns_.size(), threads_, [&](std::size_t i) { columns_[i].count(); });
}

}  // namespace daifuku::matching
