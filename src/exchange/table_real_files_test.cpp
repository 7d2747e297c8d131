// Files that others published, as they came: what a customer sends. They are no part of the
// repository.
#include <gmock/gmock.h>

#include <map>

#include "base/source_dir.h"
#include "exchange/column_match.h"
#include "exchange/damage_check.h"
#include "exchange/header_find.h"
#include "exchange/table_test_support.h"

namespace daifuku::exchange {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::filesystem::path kFolder = std::filesystem::path(kSourceDir) / "../shared/data/real";

class RealFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kFolder)) GTEST_SKIP() << "no sample files at " << kFolder;
  }
};

// A file read as an import reads it: header from the first rows, then all records.
struct Import {
  OpenedTable table = {};
  FoundHeader header = {};
  std::vector<Row> records = {};
  std::vector<std::int64_t> lines = {};
  std::size_t left_out = 0;
  std::map<std::string, std::int64_t> damage = {};  // By code and column name.

  std::string cell(std::size_t record, std::string_view column) const {
    for (std::size_t c = 0; c < header.columns.size(); ++c) {
      if (header.columns[c].name != column) continue;
      return c < records[record].size() ? records[record][c].text : "";
    }
    ADD_FAILURE() << "no column " << column;
    return {};
  }
};

Import import_file(const std::string& name) {
  Import out;
  out.table = open_table(kFolder / name);
  std::vector<Row> first;
  std::vector<std::int64_t> first_lines;
  Row row;
  while (first.size() < 50 && out.table.reader->next(row)) {
    first.push_back(row);
    first_lines.push_back(out.table.reader->line());
  }
  out.header = find_header(first);
  DamageCheck check(out.header);
  const auto take = [&](const Row& one, std::int64_t line) {
    if (judge_row(out.header, one) != RowKind::record) {
      ++out.left_out;
      return;
    }
    out.records.push_back(one);
    out.lines.push_back(line);
    check.add(one, line);
  };
  for (std::size_t i = out.header.data_row; i < first.size(); ++i) take(first[i], first_lines[i]);
  while (out.table.reader->next(row)) take(row, out.table.reader->line());
  for (const DamageNotice& notice : check.notices()) {
    const std::string column =
        notice.column < 0 ? "" : out.header.columns[static_cast<std::size_t>(notice.column)].name;
    out.damage[std::string(damage_code(notice.damage)) + " " + column] = notice.count;
  }
  return out;
}

struct FileCase {
  const char* name;
  const char* encoding;
  std::size_t rows;
  std::size_t columns;
  bool header = true;
  TableFormat format = TableFormat::csv;
};

TEST_F(RealFiles, AreReadAsTheyAreDescribed) {
  const FileCase cases[] = {
      {"takamatsu_shitei_fukuro_ten.xlsx", "", 524, 6, true, TableFormat::xlsx},
      {"takamatsu_koreisha_shisetsu.xlsx", "", 47, 14, true, TableFormat::xlsx},
      {"takamatsu_kaiin_kigyo.xlsx", "", 159, 3, true, TableFormat::xlsx},
      {"yaizu_coupon_tenpo.csv", "utf-8", 548, 16},
      {"yaizu_chokubaijo.csv", "utf-8", 32, 23},
      {"yaizu_nouen.csv", "cp932", 9, 7},
      {"ishikawa_saigai_byoin.csv", "utf-8", 10, 6},
      {"ishikawa_aed_mojibake.csv", "utf-8", 286, 39},
      {"nakano_hoiku.csv", "utf-8", 57, 21},
      {"chiba_nursery_cp932.csv", "cp932", 232, 42},
      {"chino_kokyo_shisetsu.csv", "utf-8", 93, 24},
      {"houjin_diff_20210714.csv", "utf-8", 2772, 30, false},
      {"houjin_diff_20230201_cp932.csv", "cp932", 2299, 30, false},
      {"houjin_terminated_20210714.csv", "utf-8", 188, 30},
      {"sabae_houjin.csv", "utf-8", 2143, 6},
      {"localgov_sjis_crlf.csv", "cp932", 1741, 5, false},
      {"imabari_hoikuen.csv", "cp932", 18, 5},
      {"shirasagi_shisetsu.csv", "cp932", 10, 17},
      {"fictional_supermarket_store.csv", "utf-8", 53, 10},
  };
  for (const FileCase& one : cases) {
    SCOPED_TRACE(one.name);
    const Import import = import_file(one.name);
    EXPECT_EQ(import.table.format, one.format);
    EXPECT_EQ(import.table.encoding, one.encoding);
    EXPECT_TRUE(import.table.encoding_certain);
    EXPECT_EQ(import.header.has_header, one.header);
    EXPECT_EQ(import.header.first_row, 0U);
    EXPECT_EQ(import.header.data_row, one.header ? 1U : 0U);
    EXPECT_EQ(import.header.columns.size(), one.columns);
    EXPECT_EQ(import.records.size(), one.rows);
    EXPECT_EQ(import.left_out, 0U);
    EXPECT_THAT(import.header.titles, IsEmpty());
    EXPECT_THAT(import.header.composites, IsEmpty());
  }
}

TEST_F(RealFiles, OldExcelSaysWhatToDo) {
  EXPECT_EQ(testing::error_code_of([] { open_table(kFolder / "tokyo_hoikusho_2017.xls"); }),
            "xls_not_supported");
}

TEST_F(RealFiles, CellsOfWorkbooks) {
  const Import shops = import_file("takamatsu_shitei_fukuro_ten.xlsx");
  bool trailing_space = false;
  bool other_hyphen = false;
  bool mixed_width = false;
  for (std::size_t i = 0; i < shops.records.size(); ++i) {
    trailing_space = trailing_space || shops.cell(i, "name") == "ミニストップ牟礼町原店　";
    other_hyphen = other_hyphen || shops.cell(i, "telephoneNumber") == "087-814‐4444";
    mixed_width =
        mixed_width || shops.cell(i, "address").find("古新町１番地6") != std::string::npos;
  }
  EXPECT_TRUE(trailing_space);
  EXPECT_TRUE(other_hyphen);
  EXPECT_TRUE(mixed_width);

  const Import members = import_file("takamatsu_kaiin_kigyo.xlsx");
  bool full_width = false;
  for (const Row& row : members.records) {
    for (const Cell& cell : row) full_width = full_width || cell.text == "株式会社ＳＴＮｅｔ";
  }
  EXPECT_TRUE(full_width);
}

TEST_F(RealFiles, CellsOfTextFiles) {
  const Import coupons = import_file("yaizu_coupon_tenpo.csv");
  EXPECT_EQ(coupons.cell(0, "クーポン名"), " MASUYA");
  EXPECT_EQ(coupons.cell(0, "クーポン名表示用"), "2,000円以上会計で1,000円引き");
  EXPECT_EQ(coupons.lines[0], 2);

  const Import nursery = import_file("nakano_hoiku.csv");
  EXPECT_EQ(nursery.header.columns[12].name, "URL（区のHP掲載外）");
  EXPECT_EQ(nursery.header.columns[6].name, "定員");
  EXPECT_EQ(nursery.header.columns[15].name, "定員 (2)");
  EXPECT_EQ(nursery.lines[0], 3);  // The header spans two lines.

  const Import register_days = import_file("houjin_diff_20210714.csv");
  EXPECT_EQ(register_days.header.columns[28].name, "列29");
  EXPECT_EQ(register_days.records[0][6].text, "東京増田医療器株式会社");
  EXPECT_EQ(register_days.records[0][2].text, "01");

  const Import towns = import_file("localgov_sjis_crlf.csv");
  EXPECT_EQ(towns.records[0][2].text, "札幌市");

  const Import facilities = import_file("shirasagi_shisetsu.csv");
  EXPECT_EQ(facilities.cell(0, "施設の用途"), "駐車場有\n緊急避難所");
  EXPECT_EQ(facilities.cell(0, "追加情報:駐車場"), "大型4台\n普通車69台");

  const Import sabae = import_file("sabae_houjin.csv");
  bool variant = false;
  for (std::size_t i = 0; i < sabae.records.size(); ++i) {
    variant = variant || sabae.cell(i, "corporateName") == "株式会社吉﨑鈑金";
  }
  EXPECT_TRUE(variant);
}

TEST_F(RealFiles, MojibakeIsMendedAndSaid) {
  const Import places = import_file("ishikawa_aed_mojibake.csv");
  EXPECT_THAT(testing::codes_of(places.table.notes), ElementsAre("mojibake_mended"));
  EXPECT_EQ(places.header.columns[2].name, "地方公共団体名");
  EXPECT_EQ(places.cell(0, "地方公共団体名"), "石川県");
  EXPECT_GT(places.damage.at("damage_number_rounded 法人番号"), 200);
  EXPECT_GT(places.damage.at("damage_number_to_date 所在地_番地以下"), 10);
}

TEST_F(RealFiles, DamageIsReported) {
  EXPECT_EQ(import_file("chino_kokyo_shisetsu.csv").damage.at("damage_number_rounded 法人番号"),
            93);
  const Import imabari = import_file("imabari_hoikuen.csv");
  EXPECT_EQ(imabari.damage.at("damage_phone_zero_lost 電話番号"), 18);
  EXPECT_EQ(imabari.damage.at("damage_mixed_types latitude"), 1);
  const Import chiba = import_file("chiba_nursery_cp932.csv");
  EXPECT_EQ(chiba.damage.at("damage_html Remarks"), 3);
  EXPECT_EQ(chiba.damage.at("damage_date_as_serial VacancyDate"), 11);
  EXPECT_EQ(chiba.cell(1, "VacancyDate"), "42644");
  for (const char* clean :
       {"sabae_houjin.csv", "yaizu_coupon_tenpo.csv", "houjin_diff_20210714.csv",
        "takamatsu_shitei_fukuro_ten.xlsx", "nakano_hoiku.csv"}) {
    EXPECT_THAT(import_file(clean).damage, IsEmpty()) << clean;
  }
}

struct ColumnCase {
  const char* file;
  const char* column;
  const char* field;
};

TEST_F(RealFiles, ColumnsFindTheirFields) {
  const auto field = [](std::string key, std::string kind, std::string ja,
                        std::vector<std::string> names = {}) {
    return CandidateField{"company", std::move(key),  std::move(kind), std::move(ja),
                          "",        std::move(names)};
  };
  std::vector<CandidateField> fields = {
      field("name", "text", "会社名",
            {"企業名", "取引先名", "法人名", "corporateName", "事業者名"}),
      field("name_kana", "kana", "会社名（カナ）", {"フリガナ", "corporateKana"}),
      field("corporate_number", "corporate_number", "法人番号", {"corporateNumber"}),
      field("postal_code", "postal_code", "郵便番号"),
      field("prefecture", "prefecture", "都道府県"),
      field("street", "text", "番地", {"住所", "所在地", "address"}),
      field("phone", "phone", "電話番号", {"TEL", "telephoneNumber"}),
      field("fax", "phone", "FAX"),
      field("website", "url", "ホームページ", {"URL"}),
  };
  fields[0].title = true;
  const ColumnCase cases[] = {
      {"yaizu_coupon_tenpo.csv", "クーポン名", "name"},
      {"yaizu_coupon_tenpo.csv", "郵便番号", "postal_code"},
      {"yaizu_coupon_tenpo.csv", "店舗住所", "street"},
      {"yaizu_coupon_tenpo.csv", "電話番号", "phone"},
      {"yaizu_coupon_tenpo.csv", "緯度", ""},
      {"yaizu_chokubaijo.csv", "事業者名", "name"},
      {"yaizu_chokubaijo.csv", "FAX番号", "fax"},
      {"yaizu_chokubaijo.csv", "URL", "website"},
      {"ishikawa_saigai_byoin.csv", "病院名", "name"},
      {"ishikawa_saigai_byoin.csv", "電話番号", "phone"},
      {"sabae_houjin.csv", "corporateID", "corporate_number"},
      {"sabae_houjin.csv", "corporateName", "name"},
      {"sabae_houjin.csv", "corporateKana", "name_kana"},
      {"houjin_diff_20210714.csv", "列2", "corporate_number"},
      {"houjin_diff_20210714.csv", "列10", "prefecture"},
      {"houjin_terminated_20210714.csv", "corporateNumber", "corporate_number"},
      {"localgov_sjis_crlf.csv", "列1", "prefecture"},
      {"localgov_sjis_crlf.csv", "列5", "website"},
      {"chiba_nursery_cp932.csv", "TEL", "phone"},
      {"chiba_nursery_cp932.csv", "FAX", "fax"},
      {"takamatsu_shitei_fukuro_ten.xlsx", "telephoneNumber", "phone"},
      {"takamatsu_shitei_fukuro_ten.xlsx", "address", "street"},
      {"shirasagi_shisetsu.csv", "住所", "street"},
      {"shirasagi_shisetsu.csv", "FAX", "fax"},
  };
  std::map<std::string, Import> imports;
  for (const ColumnCase& one : cases) {
    if (!imports.contains(one.file)) imports.emplace(one.file, import_file(one.file));
    const Import& import = imports.at(one.file);
    FoundHeader header = import.header;
    header.data_row = 0;
    const auto matches = match_columns(sample_columns(header, import.records), fields);
    std::string found = "no such column";
    for (std::size_t c = 0; c < header.columns.size(); ++c) {
      if (header.columns[c].name != one.column) continue;
      found = matches[c].field < 0 ? "" : fields[static_cast<std::size_t>(matches[c].field)].key;
    }
    EXPECT_EQ(found, one.field) << one.file << " " << one.column;
  }
}

}  // namespace
}  // namespace daifuku::exchange
