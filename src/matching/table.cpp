#include "matching/table.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "matching/parallel.h"
#include "matching/sort.h"

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

Column::Column(Kind kind) : kind_(kind), has_parts_(false) {
  has_parts_ =
      kind == Kind::company || kind == Kind::phone || kind == Kind::email || kind == Kind::address;
}

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
    value.parts = this->value(id).parts;
    index_[slot(value)] = id + 1;
  }
}

ValueId Column::add(const Prepared& value) {
  if (values_.size() * 2 >= index_.size()) grow();
  const std::size_t at = slot(value);
  if (index_[at] == 0) {
    const std::uint64_t letters = signature(kind_, value.text);
    values_.push_back(
        {.signature_low = static_cast<std::uint32_t>(letters),
         .signature_high = static_cast<std::uint32_t>(letters >> 32),
         .start = static_cast<std::uint32_t>(letters_.append(value.text.data(), value.text.size())),
         .length = static_cast<std::uint16_t>(value.text.size())});
    if (has_parts_) parts_.push_back(value.parts);
    index_[at] = static_cast<ValueId>(values_.size());
  }
  return index_[at] - 1;
}

void Column::take_in(Row row, ValueId* first, std::size_t step) {
  std::size_t cell = 0;
  std::uint32_t start = 0;
  std::vector<ValueId> values;
  for (const std::uint32_t row_end : waiting_.row_ends) {
    values.clear();
    for (; cell < row_end; ++cell) {
      const std::uint32_t end = waiting_.cell_ends[cell];
      const auto text = std::string_view(waiting_.cells).substr(start, end - start);
      start = end;
      if (!prepare(kind_, text, prepared_)) continue;
      if (prepared_.text.size() > kMostLetters) prepared_.text.resize(kMostLetters);
      const ValueId id = add(prepared_);
      if (std::ranges::find(values, id) == values.end()) values.push_back(id);
    }
    *first = values.empty()      ? Table::kNoValue
             : values.size() > 1 ? Table::kSeveral
                                 : values.front();
    if (values.size() > 1) {
      several_values_.insert(several_values_.end(), values.begin(), values.end());
      several_.push_back({row, static_cast<std::uint32_t>(several_values_.size())});
    }
    for (const ValueId id : values) ++values_[id].rows;
    ++row;
    first += step;
  }
  waiting_.cells.clear();
  waiting_.cell_ends.clear();
  waiting_.row_ends.clear();
}

Column::Range Column::several(Row row) const {
  const auto found = std::ranges::lower_bound(several_, row, {}, &Several::row);
  const std::uint32_t start = found == several_.begin() ? 0 : (found - 1)->end;
  return {several_values_.data() + start, several_values_.data() + found->end};
}

std::uint32_t Column::part_frequency(std::size_t part, ValueId id) const {
  const std::uint32_t wanted = has_parts_ ? parts_[id][part] : 0;
  const auto found = std::ranges::lower_bound(part_rows_[part], wanted, {}, &PartRows::part);
  return found == part_rows_[part].end() || found->part != wanted ? 2 : found->rows;
}

// Values of one text that differ in their parts (株式会社A, 合同会社A) are as frequent together.
void Column::count() {
  give_back(index_);
  Waiting().swap(waiting_);
  several_.shrink_to_fit();
  several_values_.shrink_to_fit();
  const auto sum_up = [](std::vector<PartRows>& all) {
    std::ranges::sort(all, {}, &PartRows::part);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < all.size();) {
      PartRows sum = all[i++];
      while (i < all.size() && all[i].part == sum.part) sum.rows += all[i++].rows;
      if (sum.rows > 2) all[kept++] = sum;
    }
    all.resize(kept);
  };
  for (int level = 0; level < levels(kind_); ++level) {
    const int part = part_of(kind_, static_cast<Level>(level));
    if (part < 0 || !has_parts_ || !part_rows_[static_cast<std::size_t>(part)].empty()) continue;
    const auto at = static_cast<std::size_t>(part);
    std::vector<PartRows> rows;
    for (ValueId id = 0; id < values_.size(); ++id) {
      if (parts_[id][at] != 0) rows.push_back({parts_[id][at], values_[id].rows});
    }
    sum_up(rows);
    part_rows_[at].assign(rows.begin(), rows.end());
  }
  if (kind_ != Kind::company && kind_ != Kind::address) return;  // only their texts can repeat
  std::vector<ValueId> order(values_.size());
  std::iota(order.begin(), order.end(), ValueId{0});
  std::ranges::sort(order, {}, [&](ValueId id) { return std::pair(value(id).text, id); });
  for (std::size_t first = 0; first < order.size();) {
    std::size_t last = first + 1;
    std::uint32_t rows = values_[order[first]].rows;
    for (; last < order.size() && value(order[last]).text == value(order[first]).text; ++last)
      rows += values_[order[last]].rows;
    for (; first < last; ++first) values_[order[first]].rows = rows;
  }
}

Table::Table(const std::vector<Kind>& kinds, int threads)
    : stride_(std::bit_ceil(kinds.size())), threads_(threads) {
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
  const std::size_t n = columns_.size();
  std::vector<ValueId> first(waiting_ * stride_, kNoValue);
  in_parallel(n, threads_, [&](std::size_t i) {
    columns_[i].take_in(rows_ - waiting_, first.data() + i, stride_);
  });
  for (Row row = 0; row < waiting_; ++row) first_.append(first.data() + row * stride_, stride_);
  waiting_ = 0;
}

void Table::finish() {
  take_in();
  in_parallel(columns_.size(), threads_, [&](std::size_t i) { columns_[i].count(); });
}

}  // namespace daifuku::matching
