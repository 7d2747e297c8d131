#include "text/search_query.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "text/code_points.h"
#include "text/fold.h"
#include "text/name_key.h"

namespace daifuku::text {
namespace {

constexpr std::size_t kMostTerms = 16;
constexpr std::size_t kLongestTerm = 64;

}  // namespace

void fold_mail(std::string_view value, std::string& out) {
  thread_local std::u32string half;
  thread_local std::string run;
  thread_local std::string folded;
  half_width(value, half);
  out.clear();
  run.clear();
  const auto flush = [&] {
    if (!run.empty()) {
      fold(run, folded);
      out += folded;
      run.clear();
    }
  };
  for (const char32_t c : half) {
    if (c > 0x20 && c < 0x7F && !is_ascii_alnum(c)) {
      flush();
      append_utf8(kNarrowPunctuation + c, out);
    } else {
      append_utf8(c, run);
    }
  }
  flush();
}

namespace {

// The texts under which a company name is found: as it is, and without the legal form
// (山田(株)製作所).
void fold_name(std::string_view value, std::string& whole, std::string& stripped) {
  thread_local CompanyKey key;
  fold(value, whole);
  company_key(value, key);
  stripped.clear();
  if (!key.legal_form.empty()) {
    fold(key.strict, stripped);
  }
}

// One value, folded as its kind says.
struct Folded {
  std::string text;
  std::string second;  // Names: without the legal form.
};

void fold_value(const Searchable& value, Folded& out) {
  out.second.clear();
  switch (value.kind) {
    case SearchKind::words:
      fold(value.value, out.text);
      break;
    case SearchKind::name:
      fold_name(value.value, out.text, out.second);
      break;
    case SearchKind::phone:
    case SearchKind::digits:
      out.text = search_digits(value.value);
      break;
    case SearchKind::email:
      fold_mail(value.value, out.text);
      break;
  }
}

bool form_matches(const Form& form, SearchKind kind, const Folded& value) {
  const bool digits = kind == SearchKind::phone || kind == SearchKind::digits;
  if ((form.match == Form::Match::digits) != digits) {
    return false;
  }
  if (form.match == Form::Match::email && kind != SearchKind::email) {
    return false;
  }
  return contains_folded(value.text, form.folded) ||
         (!value.second.empty() && contains_folded(value.second, form.folded));
}

bool term_matches(const Term& term, SearchKind kind, const Folded& value) {
  return std::ranges::any_of(term.forms,
                             [&](const Form& form) { return form_matches(form, kind, value); });
}

void add_form(Form::Match match, std::string folded, Term& term) {
  if (folded.empty() || std::ranges::any_of(term.forms, [&](const Form& form) {
        return form.match == match && form.folded == folded;
      })) {
    return;
  }
  std::vector<std::string> grams =
      match == Form::Match::digits ? query_digit_grams(folded) : query_grams(folded);
  term.forms.push_back({match, std::move(folded), std::move(grams)});
}

// In the record the term may stand beside characters that change how its ends are folded: 自由が丘
// is 自由ケ丘, so 自由が and が丘 are looked for with ケ too; 佐々木 is 佐佐木, so 々木 is looked
// for as 木; ヴ may begin ヴァ.
void add_word_forms(std::string_view word, Term& term) {
  std::u32string text;
  decode_utf8(fold(word), text);
  if (!text.empty() && text.front() == U'々') {
    text.erase(0, 1);
  }
  add_form(Form::Match::words, to_utf8(text), term);
  const auto folds_to_ke = [](char32_t c) { return c == U'カ' || c == U'ガ'; };
  const bool head = text.size() > 1 && folds_to_ke(text.front()) && is_kanji(text[1]);
  const bool tail = text.size() > 1 && folds_to_ke(text.back()) && is_kanji(text[text.size() - 2]);
  for (const auto& [at_head, at_tail] : {std::pair(head, false), {false, tail}, {head, tail}}) {
    std::u32string other = text;
    if (at_head) {
      other.front() = U'ケ';
    }
    if (at_tail) {
      other.back() = U'ケ';
    }
    add_form(Form::Match::words, to_utf8(other), term);
  }
  if (text.size() > 1 && text.back() == U'ブ' &&
      (word.ends_with("ヴ") || word.ends_with("ゔ") || word.ends_with("ｳﾞ"))) {
    text.pop_back();
    add_form(Form::Match::words, to_utf8(text), term);
  }
}

// Only digits and what stands between and before them in phone numbers and codes.
bool looks_like_digits(const std::u32string& half) {
  std::size_t digits = 0;
  for (std::size_t i = 0; i < half.size(); ++i) {
    const char32_t c = half[i];
    if (is_ascii_digit(c)) {
      ++digits;
    } else if (!(is_hyphen(c) || c == U'(' || c == U')' || c == U'.' || c == U'/' ||
                 (i == 0 && (c == U'+' || c == U'T' || c == U't' || c == U'〒')))) {
      return false;
    }
  }
  return digits >= 2;
}

bool holds_mail_punctuation(const std::u32string& half) {
  return half.size() > 1 && std::ranges::all_of(half, [](char32_t c) {
           return is_ascii_alnum(c) || c == U'.' || c == U'_' || c == U'-' || c == U'+';
         });
}

Term make_term(std::string typed, bool* only_legal_form) {
  Term term;
  std::u32string half;
  half_width(typed, half);
  *only_legal_form = false;
  if (half.find(U'@') != std::u32string::npos) {
    std::string folded;
    // @yamada: the part may stand in the middle of the domain or the name.
    const std::string text = to_utf8(half);
    fold_mail(text.starts_with('@') ? std::string_view(text).substr(1) : std::string_view(text),
              folded);
    add_form(Form::Match::email, std::move(folded), term);
  } else {
    const CompanyKey key = company_key(typed);
    if (!key.legal_form.empty()) {
      add_word_forms(key.strict, term);
    } else {
      add_word_forms(typed, term);
      // "株式会社" alone has no name before or behind it, so company_key leaves it as it is: try it
      // with one.
      const CompanyKey beside = company_key(typed + " 甲");
      const CompanyKey behind = company_key("甲 " + typed);
      *only_legal_form = beside.strict == "甲" || behind.strict == "甲" ||
                         (term.forms.size() == 1 && term.forms[0].folded == "co" &&
                          half.find_first_of(U".,") != std::u32string::npos);
    }
    if (looks_like_digits(half)) {
      add_form(Form::Match::digits, search_digits(typed), term);
    } else if (holds_mail_punctuation(half)) {
      std::string folded;
      fold_mail(typed, folded);
      if (folded != fold(typed)) {
        add_form(Form::Match::email, std::move(folded), term);
      }
    }
  }
  term.typed = std::move(typed);
  return term;
}

}  // namespace

std::vector<std::string> folded_parts(std::string_view piece) {
  Term term;
  add_word_forms(piece, term);
  std::vector<std::string> out;
  for (Form& form : term.forms) out.push_back(std::move(form.folded));
  return out;
}

std::string search_digits(std::string_view value) {
  thread_local std::u32string half;
  half_width(value, half);
  std::string digits;
  std::size_t i = 0;
  while (i < half.size() && (half[i] == U' ' || half[i] == U'(')) {
    ++i;
  }
  const bool plus = i < half.size() && half[i] == U'+';
  for (; i < half.size(); ++i) {
    const char32_t c = half[i];
    if (is_ascii_digit(c)) {
      digits.push_back(static_cast<char>(c));
    } else if (!digits.empty() && (c == U'内' || c == U'#' || c == U'x' || c == U'e')) {
      break;  // 内線12, #12, x12, ext. 12
    }
  }
  if (plus && digits.starts_with("81")) {
    // +81 (0)3 and +81 3 alike.
    digits.replace(0, digits.size() > 2 && digits[2] == '0' ? 3 : 2, "0");
  }
  return digits;
}

SearchQuery parse_search(std::string_view typed) {
  std::vector<std::string> words;
  std::string word;
  std::size_t characters = 0;
  for (std::size_t at = 0; at <= typed.size();) {
    const bool end = at == typed.size();
    const char32_t c = end ? U' ' : next_code_point(typed, at);
    if (!is_space(c) && c >= 0x20) {
      if (characters < kLongestTerm) {
        append_utf8(c, word);
        ++characters;
      }
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
      characters = 0;
    }
    if (end) {
      break;
    }
  }
  SearchQuery query;
  std::vector<Term> legal_forms;
  for (std::string& one : words) {
    if (query.terms.size() == kMostTerms) {
      break;
    }
    bool only_legal_form = false;
    Term term = make_term(std::move(one), &only_legal_form);
    if (!term.forms.empty()) {
      (only_legal_form ? legal_forms : query.terms).push_back(std::move(term));
    }
  }
  if (query.terms.empty()) {
    query.terms = std::move(legal_forms);
  }
  return query;
}

bool may_match(const SearchQuery& query, const GramSet& grams) {
  return !query.empty() && std::ranges::all_of(query.terms, [&](const Term& term) {
    return std::ranges::any_of(term.forms, [&](const Form& form) {
      return std::ranges::all_of(form.grams,
                                 [&](const std::string& gram) { return grams.contains(gram); });
    });
  });
}

bool matches(const Term& term, std::span<const Searchable> values) {
  thread_local Folded folded;
  return std::ranges::any_of(values, [&](const Searchable& value) {
    fold_value(value, folded);
    return term_matches(term, value.kind, folded);
  });
}

bool verify(const SearchQuery& query, std::span<const Searchable> values) {
  if (query.empty()) {
    return false;
  }
  thread_local Folded folded;
  std::uint32_t open = (1U << query.terms.size()) - 1U;
  static_assert(kMostTerms < 32);
  for (const Searchable& value : values) {
    fold_value(value, folded);
    for (std::size_t i = 0; i < query.terms.size(); ++i) {
      if ((open >> i & 1U) != 0 && term_matches(query.terms[i], value.kind, folded)) {
        open &= ~(1U << i);
      }
    }
    if (open == 0) {
      return true;
    }
  }
  return false;
}

void index_words(std::string_view value, GramSet& grams) {
  index_value({SearchKind::words, value}, grams);
}
void index_name(std::string_view value, GramSet& grams) {
  index_value({SearchKind::name, value}, grams);
}
void index_phone(std::string_view value, GramSet& grams) {
  index_value({SearchKind::phone, value}, grams);
}
void index_digits(std::string_view value, GramSet& grams) {
  index_value({SearchKind::digits, value}, grams);
}
void index_email(std::string_view value, GramSet& grams) {
  index_value({SearchKind::email, value}, grams);
}

void index_value(const Searchable& value, GramSet& grams) {
  thread_local Folded folded;
  fold_value(value, folded);
  if (value.kind == SearchKind::phone || value.kind == SearchKind::digits) {
    grams.add_digits(folded.text);
    return;
  }
  grams.add(folded.text);
  if (!folded.second.empty()) {
    grams.add(folded.second);
  }
}

}  // namespace daifuku::text
