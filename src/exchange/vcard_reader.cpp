#include "exchange/vcard_reader.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <utility>

#include "exchange/vcard.h"
#include "text/fold.h"

namespace daifuku::exchange {
namespace {

constexpr std::size_t kChunk = std::size_t{1} << 18;
constexpr std::size_t kColumns = 25;
constexpr std::array<std::string_view, kColumns> kHeadings = {"氏名",
                                                              "姓",
                                                              "名",
                                                              "氏名カナ",
                                                              "姓カナ",
                                                              "名カナ",
                                                              "会社名",
                                                              "会社名カナ",
                                                              "部署",
                                                              "役職",
                                                              "携帯電話",
                                                              "電話（勤務先）",
                                                              "電話（自宅）",
                                                              "FAX",
                                                              "ほかの電話番号",
                                                              "メール",
                                                              "ほかのメール",
                                                              "郵便番号",
                                                              "住所",
                                                              "会社の郵便番号",
                                                              "会社の住所",
                                                              "会社のホームページ",
                                                              "ホームページ",
                                                              "誕生日",
                                                              "分類"};
constexpr std::string_view kNote = "メモ";

enum Place : std::size_t {
  kName,
  kFamily,
  kGiven,
  kNameKana,
  kFamilyKana,
  kGivenKana,
  kCompany,
  kCompanyKana,
  kDepartment,
  kTitle,
  kMobile,
  kWorkPhone,
  kHomePhone,
  kFax,
  kPhones,
  kEmail,
  kEmails,
  kPostalCode,
  kAddress,
  kCompanyPostalCode,
  kCompanyAddress,
  kCompanySite,
  kSite,
  kBirthday,
  kCategories,
  kNotes,
};
using Cells = std::array<std::string, kColumns + 1>;

void append(std::string& out, std::string_view text, std::string_view separator) {
  if (text.empty()) return;
  if (!out.empty()) out += separator;
  out += text;
}

void put_names(const VCard& card, Cells& cells) {
  const bool parts = !card.family.empty() && !card.given.empty();
  if (parts) {
    cells[kFamily] = card.family;
    cells[kGiven] = card.given;
  } else {
    cells[kName] = card.shown_name();
  }
  // Telephones with one field for the name have one for its reading.
  if (!parts && card.given_kana.empty()) {
    cells[kNameKana] = card.family_kana;
  } else {
    cells[kFamilyKana] = card.family_kana;
    cells[kGivenKana] = card.given_kana;
  }
}

void put_phones(const VCard& card, Cells& cells) {
  for (const VCardPhone& phone : card.phones) {
    const Place place = phone.kind == VCardPhone::Kind::mobile ? kMobile
                        : phone.kind == VCardPhone::Kind::home ? kHomePhone
                        : phone.kind == VCardPhone::Kind::fax  ? kFax
                        : phone.kind == VCardPhone::Kind::work ? kWorkPhone
                                                               : kPhones;
    const bool taken = place == kPhones || !cells[place].empty();
    append(cells[taken ? kPhones : place], phone.number, "\n");
  }
}

Cells cells_of(const VCard& card) {
  Cells cells;
  put_names(card, cells);
  cells[kCompany] = card.organization;
  cells[kCompanyKana] = card.organization_kana;
  for (const std::string& unit : card.units) append(cells[kDepartment], unit, " ");
  cells[kTitle] = card.title.empty() ? card.role : card.title;
  put_phones(card, cells);
  for (const std::string& email : card.emails) {
    append(cells[cells[kEmail].empty() ? kEmail : kEmails], email, "\n");
  }
  const bool works = !card.organization.empty();
  for (const VCardAddress& address : card.addresses) {
    const bool company = works && !address.home;
    std::string& text = cells[company ? kCompanyAddress : kAddress];
    if (!text.empty()) {
      append(cells[kNotes], "住所: " + address.postal_code + " " + address.text, "\n");
      continue;
    }
    text = address.text;
    cells[company ? kCompanyPostalCode : kPostalCode] = address.postal_code;
  }
  for (const std::string& url : card.urls) {
    const bool company = works && cells[kCompanySite].empty();
    append(cells[company ? kCompanySite : kSite], url, "\n");
  }
  cells[kBirthday] = card.birthday;
  for (const std::string& category : card.categories) append(cells[kCategories], category, "、");
  append(cells[kNotes], card.note, "\n");
  return cells;
}

// One pass over the cards of a file.
class Cards {
 public:
  Cards(const std::filesystem::path& path, text::Encoding encoding, const OpenOptions& options)
      : file_(path, std::ios::binary),
        splitter_(2 * options.max_row_bytes),
        encoding_(encoding),
        decoder_(encoding) {
    std::error_code error;
    size_ = std::filesystem::file_size(path, error);
    if (!file_ || error) throw SystemError("open " + path.string());
    bytes_.resize(kChunk);
  }

  bool next(VCard& card, std::int64_t& line) {
    std::string text;
    for (;;) {
      if (splitter_.next(text, line)) {
        auto parsed = parse_vcard(text, wide() ? text::Encoding::utf8 : encoding_);
        if (!parsed) continue;
        card = *std::move(parsed);
        return true;
      }
      if (ended_) return false;
      fill();
    }
  }
  double progress() const {
    return size_ == 0 ? 1 : std::min(1.0, static_cast<double>(read_) / static_cast<double>(size_));
  }
  std::int64_t oversized() const { return splitter_.oversized(); }

 private:
  bool wide() const {
    return encoding_ == text::Encoding::utf16le || encoding_ == text::Encoding::utf16be;
  }
  void fill() {
    file_.read(bytes_.data(), static_cast<std::streamsize>(bytes_.size()));
    if (file_.bad()) throw SystemError("read failed");
    const auto got = static_cast<std::size_t>(file_.gcount());
    read_ += got;
    ended_ = got < bytes_.size();
    const std::string_view piece(bytes_.data(), got);
    if (!wide()) {
      splitter_.add(piece, ended_);
      return;
    }
    std::string decoded;
    decoder_.decode(piece, decoded, ended_);
    splitter_.add(decoded, ended_);
  }

  std::ifstream file_;
  VCardSplitter splitter_;
  text::Encoding encoding_;
  text::Decoder decoder_;
  std::string bytes_ = {};
  std::uint64_t size_ = 0;
  std::uint64_t read_ = 0;
  bool ended_ = false;
};

class VCardReader final : public TableReader {
 public:
  VCardReader(const std::filesystem::path& path, text::Encoding encoding,
              const OpenOptions& options, std::vector<std::size_t> columns)
      : cards_(path, encoding, options), columns_(std::move(columns)) {}

  bool next(Row& row) override {
    row.resize(columns_.size());
    if (!headed_) {
      headed_ = true;
      for (std::size_t i = 0; i < columns_.size(); ++i) {
        const std::string_view heading = columns_[i] == kNotes ? kNote : kHeadings[columns_[i]];
        row[i] = {.text = std::string(heading), .type = Cell::Type::text};
      }
      return true;
    }
    VCard card;
    while (cards_.next(card, line_)) {
      pictures_ += card.left_out;
      replaced_ += card.replaced;
      Cells cells = cells_of(card);
      for (std::size_t i = 0; i < columns_.size(); ++i) {
        std::string& text = cells[columns_[i]];
        row[i].type = text.empty() ? Cell::Type::empty : Cell::Type::text;
        row[i].text = std::move(text);
      }
      if (!std::ranges::all_of(row, &Cell::empty)) return true;
    }
    tell();
    return false;
  }
  std::int64_t line() const override { return line_; }
  double progress() const override { return cards_.progress(); }
  const std::vector<Note>& notes() const override { return notes_; }

 private:
  void tell() {
    if (told_) return;
    told_ = true;
    const auto note = [&](std::string_view code, std::int64_t count) {
      if (count == 0) return;
      notes_.push_back({std::string(code), 0, {{"count", std::to_string(count)}}});
    };
    note("vcard_pictures_left_out", pictures_);
    note("undecodable_characters", static_cast<std::int64_t>(replaced_));
    note("vcard_too_long", cards_.oversized());
  }

  Cards cards_;
  std::vector<std::size_t> columns_;
  bool headed_ = false;
  bool told_ = false;
  std::int64_t line_ = 1;
  std::int64_t pictures_ = 0;
  std::size_t replaced_ = 0;
  std::vector<Note> notes_ = {};
};

}  // namespace

OpenedTable open_vcards(const std::filesystem::path& path, const FileStart& start,
                        const OpenOptions& options) {
  text::Encoding encoding = vcard_encoding(start.bytes, start.complete);
  if (!options.encoding.empty()) {
    const auto named = text::parse_encoding(options.encoding);
    if (!named) throw AppError(Status::invalid, "encoding_unknown", {{"name", options.encoding}});
    encoding = *named;
  }
  OpenedTable table{.format = TableFormat::vcard,
                    .encoding = std::string(text::encoding_name(encoding))};
  std::array<bool, kColumns + 1> used{};
  VCard card;
  std::int64_t line = 0;
  for (Cards cards(path, encoding, options); cards.next(card, line);) {
    const Cells cells = cells_of(card);
    for (std::size_t i = 0; i < cells.size(); ++i) used[i] = used[i] || !cells[i].empty();
    if (std::ranges::all_of(used, std::identity{})) break;
  }
  std::vector<std::size_t> columns;
  for (std::size_t i = 0; i < used.size(); ++i) {
    if (used[i]) columns.push_back(i);
  }
  if (columns.empty()) throw AppError(Status::unsupported, "file_empty");
  table.reader = std::make_unique<VCardReader>(path, encoding, options, std::move(columns));
  return table;
}

}  // namespace daifuku::exchange
