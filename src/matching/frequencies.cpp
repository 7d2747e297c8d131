#include "matching/frequencies.h"

#include <algorithm>
#include <charconv>

namespace daifuku::matching {

namespace {
constexpr std::uint32_t kUnknown = 2;
constexpr int kBase = 36;
}  // namespace

Frequencies Frequencies::of(const Table& table, std::size_t most) {
  Frequencies out(table.columns().size());
  for (std::size_t field = 0; field < out.kept_.size(); ++field) {
    const Column& column = table.columns()[field];
    const auto keep = [&](std::size_t text, const auto& entry_of) {
      std::vector<Entry>& kept = out.kept_[field][text];
      for (ValueId id = 0; id < column.value_count(); ++id) {
        if (const Entry entry = entry_of(id); entry.hash != 0 && entry.rows > kUnknown)
          kept.push_back(entry);
      }
      std::ranges::sort(kept, {}, &Entry::hash);
      const auto same = [](const Entry& a, const Entry& b) { return a.hash == b.hash; };
      kept.erase(std::unique(kept.begin(), kept.end(), same), kept.end());
      if (kept.size() <= most) return;
      std::ranges::stable_sort(kept, std::ranges::greater(), &Entry::rows);
      kept.resize(most);
      std::ranges::sort(kept, {}, &Entry::hash);
      kept.shrink_to_fit();
    };
    keep(0, [&](ValueId id) {
      return Entry{column.frequency(id) > kUnknown ? text_hash(column.value(id).text) : 0,
                   column.frequency(id)};
    });
    for (int level = 0; level < levels(column.kind()); ++level) {
      const int part = part_of(column.kind(), static_cast<Level>(level));
      if (part < 0 || !out.kept_[field][static_cast<std::size_t>(part) + 1].empty()) continue;
      const auto at = static_cast<std::size_t>(part);
      keep(at + 1, [&](ValueId id) {
        return Entry{column.value(id).parts[at], column.part_frequency(at, id)};
      });
    }
  }
  return out;
}

std::uint32_t Frequencies::rows(std::size_t field, int part, const Prepared& value) const {
  if (field >= kept_.size()) return kUnknown;
  const std::uint32_t hash =
      part < 0 ? text_hash(value.text) : value.parts[static_cast<std::size_t>(part)];
  const auto& kept = kept_[field][static_cast<std::size_t>(part) + 1];
  const auto found = std::ranges::lower_bound(kept, hash, {}, &Entry::hash);
  return found == kept.end() || found->hash != hash ? kUnknown : found->rows;
}

std::string Frequencies::write(std::size_t field, std::size_t text) const {
  std::string out;
  std::array<char, 16> digits{};
  const auto add = [&](std::uint32_t number) {
    const auto end = std::to_chars(digits.begin(), digits.end(), number, kBase).ptr;
    if (!out.empty()) out += ' ';
    out.append(digits.begin(), end);
  };
  for (const Entry& entry : kept_[field][text]) {
    add(entry.hash);
    add(entry.rows);
  }
  return out;
}

bool Frequencies::read(std::size_t field, std::size_t text, std::string_view written) {
  std::vector<Entry>& kept = kept_[field][text];
  kept.clear();
  const char* at = written.data();
  const char* const end = at + written.size();
  const auto number = [&](std::uint32_t& out) {
    while (at != end && *at == ' ') ++at;
    const auto [next, error] = std::from_chars(at, end, out, kBase);
    at = next;
    return error == std::errc();
  };
  while (at != end) {
    Entry entry{};
    if (!number(entry.hash) || !number(entry.rows) ||
        (!kept.empty() && entry.hash <= kept.back().hash)) {
      kept.clear();
      return false;
    }
    kept.push_back(entry);
  }
  return true;
}

}  // namespace daifuku::matching
