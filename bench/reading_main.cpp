// How many company names are read right: reading_accuracy REGISTER_CSV ... The readings of the
// public register are compared as keys (text::kana_key), so that small kana and long vowels do not
// count.
#include <iostream>
#include <string_view>
#include <vector>

#include "exchange/reference/public_file.h"
#include "text/name_key.h"
#include "text/reading.h"
#include "text/register_row.h"

int main(int argc, char** argv) {
  std::size_t names = 0;
  std::size_t guessed = 0;
  std::size_t right = 0;
  for (int i = 1; i < argc; ++i) {
    daifuku::exchange::PublicFile file(argv[i], "/tmp");
    std::vector<std::string_view> columns;
    daifuku::text::RegisterRow row;
    while (file.next(columns)) {
      if (!daifuku::text::read_register_row(columns, row) || row.kana.empty()) continue;
      ++names;
      const std::string guess = daifuku::text::guess_company_reading(row.name);
      if (guess.empty()) continue;
      ++guessed;
      right += daifuku::text::kana_key(guess) == daifuku::text::kana_key(row.kana) ? 1 : 0;
    }
  }
  std::cout << names << " names with a reading, " << guessed << " guessed, " << right << " right\n";
}
