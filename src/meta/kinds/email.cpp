#include "text/email.h"

#include "meta/kinds.h"
#include "meta/kinds/checked_text.h"

namespace daifuku::meta::kinds {

namespace {

constexpr CheckedText kEmail = {
    .max = 254,  // RFC 5321
    .separators = U"、,;，；､/／ \u3000\t",
    .format = "email",
    .problem = "invalid_email",
    .normalize = daifuku::text::normalize_email,
};

}  // namespace

const FieldKind email = one_checked<kEmail>("email", FieldKind::Search::email);
const FieldKind emails = many_checked<kEmail>("emails", FieldKind::Search::email);

}  // namespace daifuku::meta::kinds
