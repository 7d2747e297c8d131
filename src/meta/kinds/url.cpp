#include "text/url.h"

#include "meta/kinds.h"
#include "meta/kinds/checked_text.h"

namespace daifuku::meta::kinds {

namespace {

constexpr CheckedText kUrl = {
    .max = 2'000,
    // No comma, semicolon or slash: they are part of addresses. White space never is.
    .separators = U"、 \u3000\t",
    .format = "uri",
    .problem = "invalid_url",
    .normalize = daifuku::text::normalize_url,
};

}  // namespace

const FieldKind url = one_checked<kUrl>("url", FieldKind::Search::words);
const FieldKind urls = many_checked<kUrl>("urls", FieldKind::Search::words);

}  // namespace daifuku::meta::kinds
