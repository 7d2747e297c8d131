// What the Japanese text layer costs. A name key is to stay at 2 us or less (one million names in
// two seconds).
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "text/date.h"
#include "text/encoding.h"
#include "text/fold.h"
#include "text/name_key.h"
#include "text/number.h"
#include "text/phone.h"
#include "text/postal.h"
#include "text/search_query.h"

namespace {

using namespace daifuku::text;  // NOLINT(google-build-using-namespace): a program of one file

const std::vector<std::string>& names() {
  static const std::vector<std::string> list = {"株式会社山田製作所",
                                                "㈱髙島屋",
                                                "ｶ)ﾔﾏﾀﾞｾｲｻｸｼﾖ",
                                                "医療法人社団　健育会",
                                                "富士通Japan株式会社　香川支社",
                                                "サーバー－ワークス株式会社",
                                                "DMM.com合同会社",
                                                "Yamada Manufacturing Co., Ltd.",
                                                "特定非営利活動法人みらい",
                                                "東和産業有限会社",
                                                "自由ヶ丘クリニック",
                                                "佐々木商店",
                                                "山﨑製パン株式会社（東京支店）",
                                                "三井住友銀行渋谷支店",
                                                "有限会社いすゞ自動車整備",
                                                "一般社団法人日本経済団体連合会"};
  return list;
}

void company_keys(benchmark::State& state) {
  CompanyKey key;
  std::size_t i = 0;
  for (auto _ : state) {
    company_key(names()[i++ % names().size()], key);
    benchmark::DoNotOptimize(key.strict.data());
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(company_keys);

void company_key_of(benchmark::State& state) {
  CompanyKey key;
  const std::string& name = names()[static_cast<std::size_t>(state.range(0))];
  for (auto _ : state) {
    company_key(name, key);
    benchmark::DoNotOptimize(key.strict.data());
  }
  state.SetLabel(name);
}
BENCHMARK(company_key_of)->DenseRange(0, 15);

void search_fold(benchmark::State& state) {
  std::string out;
  std::size_t i = 0;
  for (auto _ : state) {
    fold(names()[i++ % names().size()], out);
    benchmark::DoNotOptimize(out.data());
  }
}
BENCHMARK(search_fold);

void index_record(benchmark::State& state) {
  GramSet grams;
  std::string tokens;
  std::size_t i = 0;
  for (auto _ : state) {
    grams.clear();
    index_name(names()[i++ % names().size()], grams);
    index_words("ヤマダセイサクショ", grams);
    index_phone("03-1234-5678", grams);
    index_email("info@yamada.co.jp", grams);
    index_words("東京都港区赤坂9-7-1ミッドタウン・タワー", grams);
    grams.write(tokens);
    benchmark::DoNotOptimize(tokens.data());
  }
}
BENCHMARK(index_record);

void parse_query(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(parse_search("㈱やまだ 03-1234"));
  }
}
BENCHMARK(parse_query);

void verify_record(benchmark::State& state) {
  const SearchQuery query = parse_search("山田 03-1234");
  const Searchable record[] = {{SearchKind::name, "株式会社山田製作所"},
                               {SearchKind::words, "ヤマダセイサクショ"},
                               {SearchKind::words, "東京都港区赤坂9-7-1"},
                               {SearchKind::phone, "03-1234-5678"}};
  for (auto _ : state) {
    benchmark::DoNotOptimize(verify(query, record));
  }
}
BENCHMARK(verify_record);

void phone(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(parse_phone("03-1234-5678"));
  }
}
BENCHMARK(phone);

void wareki(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(parse_date("令和8年4月1日"));
  }
}
BENCHMARK(wareki);

void amount(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(parse_integer("1億2,000万円"));
  }
}
BENCHMARK(amount);

void postal_code(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(lookup_postal("1500001"));
  }
}
BENCHMARK(postal_code);

void address(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(split_address("東京都港区赤坂9-7-1ミッドタウン・タワー"));
  }
}
BENCHMARK(address);

std::string list_of_names() {
  std::string list;
  while (list.size() < 1'000'000) {
    for (const std::string& name : names()) {
      list += name + ",03-1234-5678\r\n";
    }
  }
  return list;
}

void decode_cp932(benchmark::State& state) {
  std::string bytes;
  to_cp932(list_of_names(), bytes);
  for (auto _ : state) {
    benchmark::DoNotOptimize(decode(bytes, Encoding::cp932));
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes.size()) * state.iterations());
}
BENCHMARK(decode_cp932);

void encode_cp932(benchmark::State& state) {
  const std::string list = list_of_names();
  std::string bytes;
  for (auto _ : state) {
    bytes.clear();
    to_cp932(list, bytes);
    benchmark::DoNotOptimize(bytes.data());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(list.size()) * state.iterations());
}
BENCHMARK(encode_cp932);

void detect(benchmark::State& state) {
  std::string bytes;
  to_cp932(list_of_names().substr(0, 65'536), bytes);
  for (auto _ : state) {
    benchmark::DoNotOptimize(detect_encoding(bytes));
  }
}
BENCHMARK(detect);

}  // namespace
