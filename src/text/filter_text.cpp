#include "text/filter_text.h"

#include <algorithm>

#include "text/code_points.h"
#include "text/fold.h"
#include "text/grams.h"
#include "text/name_key.h"
#include "text/search_query.h"

namespace daifuku::text {
namespace {

// The name with its legal form written out, where it stands; empty when there is none.
std::string written_out(std::string_view name) {
  thread_local CompanyKey key;
  company_key(name, key);
  if (key.legal_form.empty()) return {};
  std::string bare = fold(key.strict);
  const std::string form = fold(legal_form_name(key.legal_form));
  switch (key.position) {
    case CompanyKey::front:
      return form + bare;
    case CompanyKey::back:
      return bare + form;
    case CompanyKey::middle:
    case CompanyKey::none:
      break;
  }
  return bare;
}

// Grams that hold a letter of a written-out legal form may be missing from the index of ㈱山田.
std::vector<std::string> name_grams(const std::string& folded) {
  std::vector<std::string> grams = query_grams(folded);
  std::erase_if(grams, [](const std::string& gram) {
    std::u32string letters;
    decode_utf8(gram, letters);
    return std::ranges::any_of(letters, in_legal_form_name);
  });
  return grams;
}

}  // namespace

void filter_lines(FilterText kind, std::string_view value, std::string& out) {
  thread_local std::string folded;
  out.assign(1, '\n');
  switch (kind) {
    case FilterText::words:
      fold(value, folded);
      out += folded;
      break;
    case FilterText::name: {
      fold(value, folded);
      out += folded;
      const std::string other = written_out(value);
      if (!other.empty() && other != folded) out += '\n' + other;
      break;
    }
    case FilterText::digits:
      out += search_digits(value);
      break;
    case FilterText::marks:
      fold_mail(value, folded);
      out += folded;
      break;
  }
}

FilterNeedle filter_needle(FilterText kind, std::string_view typed, bool at_start) {
  FilterNeedle out;
  const auto add = [&](std::string part, std::vector<std::string> grams) {
    if (part.empty()) return;
    if (at_start) part.insert(part.begin(), '\n');
    if (std::ranges::find(out.parts, part) != out.parts.end()) return;
    out.parts.push_back(std::move(part));
    out.grams.push_back(std::move(grams));
  };
  switch (kind) {
    case FilterText::words:
      for (std::string& form : folded_parts(typed)) {
        auto grams = query_grams(form);
        add(std::move(form), std::move(grams));
      }
      break;
    case FilterText::name: {
      for (std::string& form : folded_parts(typed)) {
        auto grams = name_grams(form);
        add(std::move(form), std::move(grams));
      }
      std::string other = written_out(typed);
      auto grams = name_grams(other);
      add(std::move(other), std::move(grams));
      break;
    }
    case FilterText::digits: {
      std::string digits = search_digits(typed);
      auto grams = query_digit_grams(digits);
      add(std::move(digits), std::move(grams));
      break;
    }
    case FilterText::marks: {
      std::string folded;
      fold_mail(typed, folded);
      auto grams = query_grams(folded);
      add(std::move(folded), std::move(grams));
      break;
    }
  }
  return out;
}

bool filter_matches(const FilterNeedle& needle, std::string_view lines) {
  return std::ranges::any_of(needle.parts, [&](const std::string& part) {
    return lines.find(part) != std::string_view::npos;
  });
}

}  // namespace daifuku::text
