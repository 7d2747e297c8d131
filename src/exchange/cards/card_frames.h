// What the reading child and its parent say to each other: a letter for the sort, four bytes of
// length (little end first), the body.
#pragma once

#include <cstdint>
#include <string_view>

namespace daifuku::exchange {

enum class Frame : char { found = 'N', card = 'C', picture = 'J', failure = 'F', end = 'E' };

// false when nobody listens any more.
bool write_frame(int fd, Frame frame, std::string_view body);

}  // namespace daifuku::exchange
