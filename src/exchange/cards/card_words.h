// Words that tell what a line of a card is. Pure functions, thread-safe; texts are half-width code
// points.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace daifuku::exchange {

// Letters at its start that are a frequent family name; 0 when none is. The longest one counts.
std::size_t family_name_length(std::u32string_view text);
// A post or qualification (部長, 代表取締役, 税理士, Manager), alone or at the end (営業部長).
bool is_job_title(std::u32string_view text);
// Letters of the title that stands at the end; 0 when there is none.
std::size_t job_title_length(std::u32string_view text);
// A part of an organization (営業部, 大阪支店, Sales Dept.).
bool is_department(std::u32string_view text);
// Kinds of organizations that bear no legal form (市役所, 大学, 病院, 法律事務所).
bool is_organization(std::u32string_view text);
// Inc., Co., Ltd. and the like at its end.
bool is_english_company(std::u32string_view text);
// ビル, 階, 号室 ...: the second line of an address.
bool is_building(std::u32string_view text);
// Katakana of a name in Hepburn or 訓令式 letters ("Yamada" -> ヤマダ); empty when it is not one.
std::u32string kana_of_romaji(std::u32string_view word);

std::vector<std::u32string> split_words(std::u32string_view text);
std::u32string without_spaces(std::u32string_view text);
std::u32string lower(std::u32string_view text);

}  // namespace daifuku::exchange
