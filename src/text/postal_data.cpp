#include "text/postal_data.h"

#ifdef DAIFUKU_POSTAL_TABLE
// The assembler reads the file: a string of eight million bytes would cost the compiler minutes.
asm(".section .rodata\n"
    ".balign 16\n"
    ".local daifuku_postal_begin\n"
    "daifuku_postal_begin:\n"
    ".incbin \"" DAIFUKU_POSTAL_TABLE
    "\"\n"
    "daifuku_postal_end:\n"
    ".byte 0\n"
    ".globl daifuku_postal_first\n"
    ".globl daifuku_postal_last\n"
    ".hidden daifuku_postal_first\n"
    ".hidden daifuku_postal_last\n"
    ".set daifuku_postal_first, daifuku_postal_begin\n"
    ".set daifuku_postal_last, daifuku_postal_end\n"
    ".text\n");
extern "C" {
__attribute__((visibility("hidden"))) extern const char daifuku_postal_first[];
__attribute__((visibility("hidden"))) extern const char daifuku_postal_last[];
}
#endif

namespace daifuku::text {

std::string_view postal_data() {
#ifdef DAIFUKU_POSTAL_TABLE
  return {daifuku_postal_first,
          static_cast<std::size_t>(daifuku_postal_last - daifuku_postal_first)};
#else
  return {};
#endif
}

}  // namespace daifuku::text
