#include "text/phone.h"

#include "meta/kinds.h"
#include "meta/kinds/checked_text.h"

namespace daifuku::meta::kinds {

namespace {

// A number that cannot be dialled (no area code) is kept: it is all that somebody knew, and is
// worth more than nothing.
std::optional<std::string> shown_number(std::string_view typed) {
  const auto phone = daifuku::text::parse_phone(typed);
  if (!phone) return std::nullopt;
  std::string shown = phone->display;
  if (!phone->extension.empty()) shown += " 内線" + phone->extension;
  return shown;
}

constexpr CheckedText kPhone = {
    .max = 60,
    .separators = kWideSeparators,
    .format = {},
    .problem = "invalid_phone",
    .normalize = shown_number,
};

}  // namespace

const FieldKind phone = one_checked<kPhone>("phone", FieldKind::Search::phone);
const FieldKind phones = many_checked<kPhone>("phones", FieldKind::Search::phone);

}  // namespace daifuku::meta::kinds
