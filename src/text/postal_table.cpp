#include "text/postal_table.h"

#include <algorithm>
#include <cstring>

#include "base/error.h"

namespace daifuku::text {
namespace {

constexpr std::size_t kHeadWords = 7;

void require(bool holds) {
  if (!holds) throw SystemError("the table of postal codes is damaged");
}

}  // namespace

PostalTable::PostalTable(std::string_view data) : data_(data) {
  if (data_.empty()) return;
  require(data_.size() >= kHeadWords * 4 && data_.starts_with("DFP2"));
  rows_ = word(1);
  city_count_ = word(2);
  towns_ = word(3);
  offices_ = word(4);
  strings_ = word(5);
  date_ = word(6);
  constexpr std::size_t kMost = 10'000'000;
  for (const std::size_t count : {rows_, city_count_, towns_, offices_, strings_})
    require(count < kMost);
  city_at_ = kHeadWords + rows_;
  town_at_ = city_at_ + rows_;
  note_at_ = town_at_ + rows_;
  city_list_at_ = note_at_ + rows_;
  town_list_at_ = city_list_at_ + city_count_ * 3;
  office_list_at_ = town_list_at_ + towns_ * 2;
  offsets_at_ = office_list_at_ + offices_ * 4;
  text_at_ = (offsets_at_ + strings_ + 1) * 4;
  require(text_at_ <= data_.size() && text_at_ + word(offsets_at_ + strings_) == data_.size());
  check();
  read_cities();
}

// A file on a disk may be anything: nothing in it may lead out of the block.
void PostalTable::check() const {
  const auto below = [this](std::size_t from, std::size_t count, std::size_t limit) {
    for (std::size_t i = from; i < from + count; ++i) require(word(i) < limit);
  };
  for (std::size_t i = 1; i < rows_; ++i) require(word(kHeadWords + i - 1) <= word(kHeadWords + i));
  require(rows_ == 0 || word(kHeadWords + rows_ - 1) < 10'000'000);
  below(city_at_, rows_, city_count_);
  below(town_at_, rows_, towns_);
  below(note_at_, rows_, strings_);
  below(town_list_at_, towns_ * 2, strings_);
  for (std::size_t i = 0; i < city_count_; ++i) {
    const std::uint32_t jis = word(city_list_at_ + i * 3);
    require(jis >= 1000 && jis < 48000);
    below(city_list_at_ + i * 3 + 1, 2, strings_);
  }
  for (std::size_t i = 0; i < offices_; ++i) {
    require(word(office_list_at_ + i * 4) < rows_);
    require(i == 0 || word(office_list_at_ + i * 4 - 4) < word(office_list_at_ + i * 4));
    below(office_list_at_ + i * 4 + 1, 3, strings_);
  }
  for (std::size_t i = 0; i < strings_; ++i)
    require(word(offsets_at_ + i) <= word(offsets_at_ + i + 1));
}

std::uint32_t PostalTable::word(std::size_t index) const {
  std::uint32_t value = 0;
  std::memcpy(&value, data_.data() + index * 4, 4);
  return value;
}

std::string_view PostalTable::text(std::size_t number) const {
  const std::size_t begin = word(offsets_at_ + number);
  return data_.substr(text_at_ + begin, word(offsets_at_ + number + 1) - begin);
}

std::string PostalTable::code(std::size_t row) const {
  const std::string digits = std::to_string(word(kHeadWords + row));
  return std::string(7 - digits.size(), '0') + digits;
}

std::size_t PostalTable::office_at(std::size_t row) const {
  std::size_t low = 0;
  std::size_t high = offices_;
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (word(office_list_at_ + middle * 4) < row) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < offices_ && word(office_list_at_ + low * 4) == row ? low : offices_;
}

bool PostalTable::is_office(std::size_t row) const { return office_at(row) < offices_; }

PostalPlace PostalTable::place(std::size_t row) const {
  const Municipality& known = cities_read_[word(city_at_ + row)];
  const std::size_t town = town_list_at_ + std::size_t{word(town_at_ + row)} * 2;
  PostalPlace found;
  found.jis_code = known.jis_code;
  found.prefecture = known.prefecture;
  found.city = known.name;
  found.city_kana = known.kana;
  found.prefecture_kana = prefectures()[static_cast<std::size_t>((known.jis_code[0] - '0') * 10 +
                                                                 (known.jis_code[1] - '0') - 1)]
                              .kana;
  found.town = text(word(town));
  found.town_kana = text(word(town + 1));
  found.note = text(word(note_at_ + row));
  const std::size_t office = office_at(row);
  if (office < offices_) {
    found.office = text(word(office_list_at_ + office * 4 + 1));
    found.office_kana = text(word(office_list_at_ + office * 4 + 2));
    found.street = text(word(office_list_at_ + office * 4 + 3));
  }
  return found;
}

std::pair<std::size_t, std::size_t> PostalTable::find(std::string_view code) const {
  if (code.size() != 7 || code.find_first_not_of("0123456789") != std::string_view::npos)
    return {0, 0};
  std::uint32_t wanted = 0;
  for (const char c : code) wanted = wanted * 10 + static_cast<std::uint32_t>(c - '0');
  const auto first_from = [this](std::uint32_t least) {
    std::size_t low = 0;
    std::size_t high = rows_;
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      if (word(kHeadWords + middle) < least) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  };
  return {first_from(wanted), first_from(wanted + 1)};
}

std::span<const std::uint32_t> PostalTable::rows_of_city(std::size_t number) const {
  return std::span(by_city_).subspan(city_start_[number],
                                     city_start_[number + 1] - city_start_[number]);
}

void PostalTable::read_cities() {
  codes_.reserve(city_count_);  // Views of it are kept.
  for (std::size_t i = 0; i < city_count_; ++i) {
    const std::string digits = std::to_string(word(city_list_at_ + i * 3));
    auto& code = codes_.emplace_back();
    std::string(5 - digits.size(), '0').append(digits).copy(code.data(), 5);
    cities_read_.push_back({std::string_view(code.data(), 5),
                            prefectures()[word(city_list_at_ + i * 3) / 1000 - 1].name,
                            text(word(city_list_at_ + i * 3 + 1)),
                            text(word(city_list_at_ + i * 3 + 2))});
  }
  std::ranges::copy_if(cities_read_, std::back_inserter(municipalities_),
                       [](const Municipality& city) { return !city.kana.empty(); });
  std::ranges::sort(municipalities_, {}, &Municipality::jis_code);
  city_start_.assign(city_count_ + 1, 0);
  for (std::size_t i = 0; i < rows_; ++i) ++city_start_[word(city_at_ + i) + 1];
  for (std::size_t i = 0; i < city_count_; ++i) city_start_[i + 1] += city_start_[i];
  by_city_.resize(rows_);
  std::vector<std::uint32_t> next(city_start_.begin(), city_start_.end() - 1);
  for (std::size_t i = 0; i < rows_; ++i)
    by_city_[next[word(city_at_ + i)]++] = static_cast<std::uint32_t>(i);
}

}  // namespace daifuku::text
