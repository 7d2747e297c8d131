#include "text/postal.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include "base/error.h"
#include "text/code_points.h"
#include "text/fold.h"
#include "text/postal_data.h"

namespace daifuku::text {
namespace {

// JIS X 0401, in order of the code.
constexpr std::array<Prefecture, 47> kPrefectures = {{
    {"01", "北海道", "ホッカイドウ"}, {"02", "青森県", "アオモリケン"},
    {"03", "岩手県", "イワテケン"},   {"04", "宮城県", "ミヤギケン"},
    {"05", "秋田県", "アキタケン"},   {"06", "山形県", "ヤマガタケン"},
    {"07", "福島県", "フクシマケン"}, {"08", "茨城県", "イバラキケン"},
    {"09", "栃木県", "トチギケン"},   {"10", "群馬県", "グンマケン"},
    {"11", "埼玉県", "サイタマケン"}, {"12", "千葉県", "チバケン"},
    {"13", "東京都", "トウキョウト"}, {"14", "神奈川県", "カナガワケン"},
    {"15", "新潟県", "ニイガタケン"}, {"16", "富山県", "トヤマケン"},
    {"17", "石川県", "イシカワケン"}, {"18", "福井県", "フクイケン"},
    {"19", "山梨県", "ヤマナシケン"}, {"20", "長野県", "ナガノケン"},
    {"21", "岐阜県", "ギフケン"},     {"22", "静岡県", "シズオカケン"},
    {"23", "愛知県", "アイチケン"},   {"24", "三重県", "ミエケン"},
    {"25", "滋賀県", "シガケン"},     {"26", "京都府", "キョウトフ"},
    {"27", "大阪府", "オオサカフ"},   {"28", "兵庫県", "ヒョウゴケン"},
    {"29", "奈良県", "ナラケン"},     {"30", "和歌山県", "ワカヤマケン"},
    {"31", "鳥取県", "トットリケン"}, {"32", "島根県", "シマネケン"},
    {"33", "岡山県", "オカヤマケン"}, {"34", "広島県", "ヒロシマケン"},
    {"35", "山口県", "ヤマグチケン"}, {"36", "徳島県", "トクシマケン"},
    {"37", "香川県", "カガワケン"},   {"38", "愛媛県", "エヒメケン"},
    {"39", "高知県", "コウチケン"},   {"40", "福岡県", "フクオカケン"},
    {"41", "佐賀県", "サガケン"},     {"42", "長崎県", "ナガサキケン"},
    {"43", "熊本県", "クマモトケン"}, {"44", "大分県", "オオイタケン"},
    {"45", "宮崎県", "ミヤザキケン"}, {"46", "鹿児島県", "カゴシマケン"},
    {"47", "沖縄県", "オキナワケン"},
}};

// The table as it is in the program; see scripts/build_postal.mjs for the format.
class Table {
 public:
  Table() : data_(postal_data()) {
    if (data_.empty()) {
      return;
    }
    DAIFUKU_CHECK(data_.starts_with("DFP1"));
    rows_ = word(1);
    cities_ = word(2);
    const std::size_t towns = word(3);
    offices_ = word(4);
    const std::size_t strings = word(5);
    codes_at_ = 6;
    city_at_ = codes_at_ + rows_;
    town_at_ = city_at_ + rows_;
    city_list_at_ = town_at_ + rows_;
    town_list_at_ = city_list_at_ + cities_ * 3;
    office_list_at_ = town_list_at_ + towns * 2;
    offsets_at_ = office_list_at_ + offices_ * 3;
    text_at_ = (offsets_at_ + strings + 1) * 4;
    DAIFUKU_CHECK(text_at_ + word(offsets_at_ + strings) == data_.size());
    read_municipalities();
  }

  std::size_t rows() const { return rows_; }
  std::uint32_t code(std::size_t row) const { return word(codes_at_ + row); }

  std::optional<std::size_t> find(std::uint32_t wanted) const {
    std::size_t low = 0;
    std::size_t high = rows_;
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      if (code(middle) < wanted) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < rows_ && code(low) == wanted ? std::optional(low) : std::nullopt;
  }

  PostalPlace place(std::size_t row) const {
    const std::size_t city = word(city_at_ + row);
    const std::size_t town = town_list_at_ + word(town_at_ + row) * 2;
    PostalPlace found;
    const Municipality& known = cities_read_[city];
    found.jis_code = known.jis_code;
    found.prefecture = known.prefecture;
    found.city = known.name;
    found.city_kana = known.kana;
    found.prefecture_kana = kPrefectures[prefecture_of(city)].kana;
    found.town = text(word(town));
    found.town_kana = text(word(town + 1));
    std::size_t low = 0;
    std::size_t high = offices_;
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      if (word(office_list_at_ + middle * 3) < row) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low < offices_ && word(office_list_at_ + low * 3) == row) {
      found.office = text(word(office_list_at_ + low * 3 + 1));
      found.street = text(word(office_list_at_ + low * 3 + 2));
    }
    return found;
  }

  std::span<const Municipality> municipalities() const { return municipalities_; }

 private:
  std::uint32_t word(std::size_t index) const {
    std::uint32_t value = 0;
    std::memcpy(&value, data_.data() + index * 4, 4);
    return value;
  }

  std::string_view text(std::size_t number) const {
    const std::size_t begin = word(offsets_at_ + number);
    return data_.substr(text_at_ + begin, word(offsets_at_ + number + 1) - begin);
  }

  std::size_t prefecture_of(std::size_t city) const {
    const std::uint32_t jis = word(city_list_at_ + city * 3);
    DAIFUKU_CHECK(jis >= 1000 && jis < 48000);
    return jis / 1000 - 1;
  }

  void read_municipalities() {
    codes_.reserve(cities_);
    for (std::size_t i = 0; i < cities_; ++i) {
      const std::string digits = std::to_string(word(city_list_at_ + i * 3));
      codes_.push_back({});
      std::string(5 - digits.size(), '0').append(digits).copy(codes_.back().data(), 5);
    }
    for (std::size_t i = 0; i < cities_; ++i) {
      cities_read_.push_back(
          {std::string_view(codes_[i].data(), 5), kPrefectures[prefecture_of(i)].name,
           text(word(city_list_at_ + i * 3 + 1)), text(word(city_list_at_ + i * 3 + 2))});
    }
    // Business rows may spell a city in another way; those rows have no kana.
    std::ranges::copy_if(cities_read_, std::back_inserter(municipalities_),
                         [](const Municipality& city) { return !city.kana.empty(); });
    std::ranges::sort(municipalities_, {}, &Municipality::jis_code);
  }

  std::string_view data_;
  std::size_t rows_ = 0;
  std::size_t cities_ = 0;
  std::size_t offices_ = 0;
  std::size_t codes_at_ = 0;
  std::size_t city_at_ = 0;
  std::size_t town_at_ = 0;
  std::size_t city_list_at_ = 0;
  std::size_t town_list_at_ = 0;
  std::size_t office_list_at_ = 0;
  std::size_t offsets_at_ = 0;
  std::size_t text_at_ = 0;
  std::vector<std::array<char, 5>> codes_;
  std::vector<Municipality> cities_read_;  // By number in the table.
  std::vector<Municipality> municipalities_;
};

const Table& table() {
  static const auto* const instance = new Table();  // Views of it live as long as the program.
  return *instance;
}

std::string code_text(std::uint32_t code) {
  const std::string digits = std::to_string(code);
  return std::string(7 - digits.size(), '0') + digits;
}

}  // namespace

std::optional<std::string> normalize_postal_code(std::string_view text) {
  std::u32string half;
  half_width(text, half);
  std::string digits;
  for (const char32_t c : half) {
    if (is_ascii_digit(c)) {
      digits.push_back(static_cast<char>(c));
    } else if (!is_space(c) && !is_hyphen(c) && c != U'〒' && c != U'〶') {
      return std::nullopt;
    }
  }
  return digits.size() == 7 ? std::optional(digits) : std::nullopt;
}

std::string format_postal_code(std::string_view digits) {
  if (digits.size() != 7) {
    return std::string(digits);
  }
  return std::string(digits.substr(0, 3)) + "-" + std::string(digits.substr(3));
}

std::optional<PostalPlace> lookup_postal(std::string_view code) {
  if (code.size() != 7 || code.find_first_not_of("0123456789") != std::string_view::npos) {
    return std::nullopt;
  }
  std::uint32_t wanted = 0;
  for (const char c : code) {
    wanted = wanted * 10 + static_cast<std::uint32_t>(c - '0');
  }
  const auto row = table().find(wanted);
  return row ? std::optional(table().place(*row)) : std::nullopt;
}

std::size_t postal_count() { return table().rows(); }

PostalRow postal_row(std::size_t index) {
  DAIFUKU_CHECK(index < table().rows());
  return {code_text(table().code(index)), table().place(index)};
}

std::span<const Prefecture, 47> prefectures() { return kPrefectures; }

const Prefecture* find_prefecture(std::string_view text) {
  const std::string wanted = fold(text);
  if (wanted.empty()) {
    return nullptr;
  }
  const auto without = [](std::string name, std::string_view end) {
    if (name.ends_with(end)) {
      name.resize(name.size() - end.size());
    }
    return name;
  };
  for (const Prefecture& one : kPrefectures) {
    const std::string name = fold(one.name);
    const std::string kana = fold(one.kana);
    // 北海道 and ホッカイドウ are never cut; キョウト ends like a 都 and is none.
    const std::string_view last = one.name.substr(one.name.size() - 3);
    const std::string_view end = last == "県"   ? "ケン"
                                 : last == "府" ? "フ"
                                 : last == "都" ? "ト"
                                                : "";
    if (wanted == name || wanted == kana || wanted == one.jis_code ||
        (!end.empty() && (wanted == without(name, last) || wanted == without(kana, end)))) {
      return &one;
    }
  }
  return nullptr;
}

std::span<const Municipality> municipalities() { return table().municipalities(); }

}  // namespace daifuku::text
