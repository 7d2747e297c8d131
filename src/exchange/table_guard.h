// Formula injection (OWASP: CSV injection): a spreadsheet runs a cell that starts like a formula.
// Our text files put an apostrophe before it, which a reader of ours takes off again. Pure
// functions, thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "exchange/table_reader.h"

namespace daifuku::exchange {

// Appends `text` to `out` with one ' before each start of a formula: = + - @ and their full-width
// forms, TAB and CR, at the start of the text and after , ; TAB " | inside it, where a program with
// another delimiter would start a cell. Apostrophes that stand there already get one more, so that
// undo_guard(everywhere) gives exactly the text back.
void append_guarded(std::string_view text, std::string& out);

// In place. `leading` touches only the start of the text.
void undo_guard(std::string& text, GuardUndo scope);

// -12,345.67 or +5 or -3%: shown by a spreadsheet as what it is, so it needs no guard.
bool is_plain_amount(std::string_view text);

// Only white space (ideographic and no-break space too), or nothing.
bool is_blank(std::string_view text);

}  // namespace daifuku::exchange
