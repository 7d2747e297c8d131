#include "exchange/import_table.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/error.h"
#include "exchange/own_export.h"

namespace daifuku::exchange {

namespace {

constexpr std::size_t kHeadRows = 60;

}  // namespace

ImportTable::ImportTable(const std::filesystem::path& path, const ImportSettings& settings) {
  OpenOptions options;
  options.encoding = settings.encoding;
  options.delimiter = settings.delimiter;
  options.sheet_index = settings.sheet;
  read_head(path, options);
  const auto begin_at = [&](std::int64_t line) {
    return static_cast<std::size_t>(std::ranges::lower_bound(lines_, line) - lines_.begin());
  };
  const bool json = opened_.format == TableFormat::json;
  const bool headed = json || opened_.format == TableFormat::vcard || calendar();
  header_ = headed ? take_header(head_, 0, 1) : find_header(head_);
  if (json) {
    header_.composites.clear();
    own_ = is_own_json(header_);
    whole_ = is_whole_json(header_);
  } else if (is_own_export(header_)) {
    // Its guards against formulas stand inside cells too, and no cell is a part of another, nor
    // anything but what it says.
    own_ = whole_ = true;
    options.guard_undo = GuardUndo::everywhere;
    options.mend_mojibake = false;
    read_head(path, options);
    header_ = take_header(head_, header_.first_row, 1);
    header_.composites.clear();
  }
  if (json) {
    // Its header is made of the members.
  } else if (settings.header_row == 0) {
    if (header_.has_header) header_ = take_header(head_, 0, 0);
  } else if (settings.header_row) {
    const std::size_t place = begin_at(*settings.header_row);
    if (place >= head_.size()) {
      throw AppError(Status::invalid, "invalid", {},
                     {{"header_row", "import_header_not_found", {}}});
    }
    // Choosing the row that was found keeps a heading of several rows together.
    const bool inside =
        header_.has_header && place >= header_.first_row && place < header_.data_row;
    if (!inside) header_ = take_header(head_, place, 1);
  }
  next_ = header_.data_row;
  if (next_ >= head_.size()) throw AppError(Status::invalid, "import_empty");
  for (std::size_t i = next_; i < head_.size(); ++i) join(head_[i]);
}

void ImportTable::read_head(const std::filesystem::path& path, const OpenOptions& options) {
  opened_ = open_table(path, options);
  head_.clear();
  lines_.clear();
  Row row;
  while (head_.size() < kHeadRows && opened_.reader->next(row)) {
    head_.push_back(row);
    lines_.push_back(opened_.reader->line());
  }
}

void ImportTable::join(Row& row) const {
  for (const CompositeColumn& composite : header_.composites) {
    if (row.size() <= composite.first) continue;
    std::string joined = join_composite(composite, row);
    const std::size_t end = std::min(composite.first + composite.count, row.size());
    for (std::size_t c = composite.first; c < end; ++c) row[c].clear();
    if (joined.empty()) continue;
    row[composite.first] = {.text = std::move(joined), .type = Cell::Type::text};
  }
}

bool ImportTable::is_joined_away(std::size_t column) const {
  return std::ranges::any_of(header_.composites, [&](const CompositeColumn& composite) {
    return column > composite.first && column < composite.first + composite.count;
  });
}

bool ImportTable::next(Row& row, std::int64_t& line) {
  if (next_ < head_.size()) {
    row = head_[next_];
    line = lines_[next_];
    ++next_;
    return true;
  }
  if (!opened_.reader->next(row)) return false;
  line = opened_.reader->line();
  join(row);
  return true;
}

std::int64_t ImportTable::header_line() const {
  return header_.has_header ? lines_[header_.first_row] : 0;
}

}  // namespace daifuku::exchange
