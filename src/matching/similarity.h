// How alike two short texts are. Pure functions, thread-safe, without allocation.
#pragma once

#include <string_view>

namespace daifuku::matching {

// Insertions, deletions, substitutions and swaps of neighbors between the two (optimal string
// alignment: no part is changed twice), or most + 1 when there are more than `most`.
int edit_distance(std::u16string_view a, std::u16string_view b, int most);

// Jaro-Winkler similarity (Winkler 1990), 0 to 1, with the usual bonus of 0.1 for each of the first
// four letters that agree. Letters behind the 64th are not looked at.
double jaro_winkler(std::u16string_view a, std::u16string_view b);

}  // namespace daifuku::matching
