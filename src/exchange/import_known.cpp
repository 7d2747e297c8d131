#include "exchange/import_known.h"

#include "records/keys.h"

namespace daifuku::exchange {

bool HashSet::contains(std::uint64_t hash) const {
  if (slots_.empty()) return false;
  hash |= 1;  // 0 marks a free slot
  for (std::size_t i = hash >> 7U & (slots_.size() - 1); slots_[i] != 0;
       i = (i + 1) & (slots_.size() - 1)) {
    if (slots_[i] == hash) return true;
  }
  return false;
}

bool HashSet::insert(std::uint64_t hash) {
  if ((count_ + 1) * 2 > slots_.size()) grow();
  hash |= 1;
  std::size_t i = hash >> 7U & (slots_.size() - 1);
  for (; slots_[i] != 0; i = (i + 1) & (slots_.size() - 1)) {
    if (slots_[i] == hash) return false;
  }
  slots_[i] = hash;
  ++count_;
  return true;
}

void HashSet::grow() {
  std::vector<std::uint64_t> old(slots_.empty() ? 1024 : slots_.size() * 2, 0);
  old.swap(slots_);
  for (const std::uint64_t hash : old) {
    if (hash == 0) continue;
    std::size_t i = hash >> 7U & (slots_.size() - 1);
    while (slots_[i] != 0) i = (i + 1) & (slots_.size() - 1);
    slots_[i] = hash;
  }
}

// An id and a line each, as in HashSet.
std::int64_t LineMap::insert(std::int64_t key, std::int64_t line) {
  if ((count_ + 1) * 2 > slots_.size()) {
    std::vector<Slot> old(slots_.empty() ? 1024 : slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.line != 0) slots_[place(slot.key)] = slot;
    }
  }
  Slot& slot = slots_[place(key)];
  if (slot.line != 0) return slot.line;
  slot = {key, line};
  ++count_;
  return 0;
}

std::size_t LineMap::place(std::int64_t key) const {
  const auto hash = static_cast<std::uint64_t>(key) * 0x9E3779B97F4A7C15ULL;
  std::size_t i = hash >> 20U & (slots_.size() - 1);
  while (slots_[i].line != 0 && slots_[i].key != key) i = (i + 1) & (slots_.size() - 1);
  return i;
}

// Two rows are one when their names are the same, and the strongest fact that both have: the
// number, the place (branches of one name and one phone differ in it), a phone or mail. As hashes:
// each carries which of the stronger facts its row has, and a row looks only for rows with which it
// has no stronger fact in common. Stops when `each` says so.
template <typename Each>
bool FileRepeats::each_hash(const RowPrint& print, bool looking, const Each& each) {
  const auto hash = [&](char what, std::string_view value, bool number, bool place) {
    std::string text = print.name + '\n' + print.form + '\n' + what;
    text += number ? '1' : '0';
    text += place ? '1' : '0';
    text += value;
    return static_cast<std::uint64_t>(records::key_hash(0, records::MatchKey::text, text));
  };
  const bool number = !print.number.empty();
  const bool place = !print.place.empty();
  if (number && each(hash('n', print.number, true, true))) return true;
  for (const bool with_number : {false, true}) {
    if (looking ? (number && with_number) : with_number != number) continue;
    if (place && each(hash('p', print.place, with_number, true))) return true;
    for (const bool with_place : {false, true}) {
      if (looking ? (place && with_place) : with_place != place) continue;
      for (const auto* contacts : {&print.phones, &print.emails}) {
        for (const std::string& contact : *contacts) {
          if (each(hash('c', contact, with_number, with_place))) return true;
        }
      }
    }
  }
  return false;
}

bool FileRepeats::find(const RowPrint& print) const {
  return print.telling() &&
         each_hash(print, true, [&](std::uint64_t hash) { return rows_.contains(hash); });
}

void FileRepeats::remember(const RowPrint& print) {
  if (!print.telling()) return;
  each_hash(print, false, [&](std::uint64_t hash) {
    rows_.insert(hash);
    return false;
  });
}

bool FileRepeats::seen_before(const Row& cells) {
  std::string all;
  for (const Cell& cell : cells) {
    all += cell.text;
    all += '\x1f';
  }
  while (all.ends_with('\x1f')) all.pop_back();
  return !exact_.insert(
      static_cast<std::uint64_t>(records::key_hash(0, records::MatchKey::text, all)));
}

}  // namespace daifuku::exchange
