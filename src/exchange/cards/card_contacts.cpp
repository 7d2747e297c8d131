#include "exchange/cards/card_contacts.h"

#include <algorithm>
#include <utility>

#include "exchange/cards/card_words.h"
#include "text/code_points.h"
#include "text/corporate_number.h"
#include "text/email.h"
#include "text/phone.h"
#include "text/postal.h"
#include "text/url.h"

namespace daifuku::exchange {
namespace {

using View = std::u32string_view;
using text::is_ascii_alnum;
using text::is_ascii_digit;
using text::is_ascii_letter;

struct Taken {
  std::size_t begin = 0;
  std::size_t end = 0;
};

struct Line {
  std::u32string text;
  std::u32string small;  // lower case, same length
  std::vector<FoundContact> found = {};

  void set(std::u32string to) {
    text = std::move(to);
    small = lower(text);
  }
  // What is cut leaves a gap: its neighbours were apart.
  void cut(std::size_t begin, std::size_t end) {
    set(text.substr(0, begin) + U' ' + text.substr(end));
  }
};

std::string ascii(View text) {
  std::string out;
  for (const char32_t c : text) {
    if (c < 0x80) out += static_cast<char>(c);
  }
  return out;
}

bool separator(char32_t c) {
  return c == U':' || c == U'：' || c == U'.' || c == U'/' || c == U'|' || c == U';' ||
         c == U'・' || text::is_space(c);
}

// Labels, the longest first where one ends with the other.
constexpr View kMailLabels[] = {U"e-mail",         U"email",  U"e‐mail", U"eメール",
                                U"メールアドレス", U"メール", U"mail"};
constexpr View kWebLabels[] = {U"website", U"homepage", U"ホームページ", U"url", U"web", U"hp"};

// Where the label that ends before `at` begins; `at` when there is none. Separators between them
// belong to it.
template <class Labels>
std::size_t label_before(View small, std::size_t at, const Labels& labels) {
  std::size_t end = at;
  while (end > 0 && (separator(small[end - 1]) || small[end - 1] == U')' ||
                     small[end - 1] == U']' || small[end - 1] == U'】'))
    --end;
  for (const View label : labels) {
    if (!small.substr(0, end).ends_with(label)) continue;
    const std::size_t begin = end - label.size();
    // "hp" inside a word is none.
    if (begin > 0 && is_ascii_letter(small[begin - 1]) && is_ascii_letter(label[0])) continue;
    std::size_t from = begin;
    if (from > 0 &&
        (small[from - 1] == U'(' || small[from - 1] == U'[' || small[from - 1] == U'【'))
      --from;
    return from;
  }
  return at;
}

bool mail_letter(char32_t c) {
  return is_ascii_alnum(c) || c == U'.' || c == U'_' || c == U'-' || c == U'+' || c == U'%';
}
bool host_letter(char32_t c) { return is_ascii_alnum(c) || c == U'.' || c == U'-'; }

// Commas for dots, and the slips of the endings that nearly all Japanese hosts have.
std::u32string mended_host(std::u32string host) {
  for (char32_t& c : host) {
    if (c == U',') c = U'.';
    if (text::is_hyphen(c)) c = U'-';
  }
  static constexpr std::pair<View, View> kSlips[] = {
      {U".co.ip", U".co.jp"}, {U".co.lp", U".co.jp"}, {U".co.jo", U".co.jp"},
      {U".c0.jp", U".co.jp"}, {U".cojp", U".co.jp"},  {U".co.jP", U".co.jp"},
      {U".ne.ip", U".ne.jp"}, {U".or.ip", U".or.jp"}, {U".c0m", U".com"},
      {U".corn", U".com"},    {U".coin", U".com"},    {U".con", U".com"},
      {U".co.Jp", U".co.jp"}, {U".go.ip", U".go.jp"}, {U".ac.ip", U".ac.jp"},
      {U".ip", U".jp"},       {U".lp", U".jp"}};
  while (!host.empty() && !is_ascii_alnum(host.back())) host.pop_back();
  const std::u32string small = lower(host);
  for (const auto& [slip, right] : kSlips) {
    if (!View(small).ends_with(lower(slip))) continue;
    host.resize(host.size() - slip.size());
    return host + std::u32string(right);
  }
  return host;
}

bool plausible_host(const std::string& host) {
  const auto dot = host.rfind('.');
  if (dot == std::string::npos || dot == 0) return false;
  const std::string last = host.substr(dot + 1);
  return last.size() >= 2 && last.size() <= 12 && std::all_of(last.begin(), last.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
         });
}

// Spaces that recognition put around the marks of an address: "taro @ example. co. jp".
void close_gaps(Line& line, std::size_t mark) {
  std::u32string out = line.text;
  const auto glue = [](char32_t c) { return c == U'@' || c == U'.' || c == U',' || c == U'_'; };
  std::size_t at = mark + 1;
  while (at + 1 < out.size()) {
    const bool gap = text::is_space(out[at]);
    if (!gap) {
      if (!host_letter(out[at]) && out[at] != U',') break;
      ++at;
    } else if (glue(out[at - 1]) || glue(out[at + 1])) {
      out.erase(at, 1);
    } else {
      break;
    }
  }
  at = mark;
  while (at > 0) {
    const bool gap = text::is_space(out[at - 1]);
    if (!gap) {
      if (!mail_letter(out[at - 1]) && out[at - 1] != U',') break;
      --at;
    } else if (at >= 2 && (glue(out[at]) || (glue(out[at - 2]) && out[at - 2] != U'.'))) {
      out.erase(at - 1, 1);
      --at;
    } else {
      break;
    }
  }
  line.set(std::move(out));
}

void find_mail(Line& line) {
  for (int turn = 0; turn < 4; ++turn) {
    std::size_t mark = line.text.find(U'@');
    // A label and no @: it was read as a sign that no address has.
    if (mark == View::npos) {
      for (const View label : kMailLabels) {
        const std::size_t at = line.small.find(label);
        if (at == View::npos) continue;
        for (const char32_t slip : {U'©', U'®', U'＠', U'Ⓠ', U'℗'}) {
          const std::size_t there = line.text.find(slip, at);
          if (there != View::npos) {
            line.text[there] = U'@';
            mark = there;
          }
        }
      }
    }
    if (mark == View::npos) return;
    close_gaps(line, mark);
    mark = line.text.find(U'@');
    std::size_t begin = mark;
    while (begin > 0 && (mail_letter(line.text[begin - 1]) || line.text[begin - 1] == U','))
      --begin;
    std::size_t end = mark + 1;
    while (end < line.text.size() && (host_letter(line.text[end]) || line.text[end] == U',' ||
                                      text::is_hyphen(line.text[end])))
      ++end;
    std::u32string local = line.text.substr(begin, mark - begin);
    // No address has ".-" in it: the dot was read twice.
    for (std::size_t at = local.find(U".-"); at != View::npos; at = local.find(U".-"))
      local.erase(at + 1, 1);
    // The label without a colon sticks to the address.
    for (const View label : kMailLabels) {
      const std::u32string small = lower(local);
      if (View(small).starts_with(label) && local.size() > label.size() + 1 &&
          (!is_ascii_alnum(local[label.size()]) || label.size() > 4 || begin == 0)) {
        local.erase(0, label.size());
        while (!local.empty() && !is_ascii_alnum(local.front())) local.erase(0, 1);
        break;
      }
    }
    for (char32_t& c : local) {
      if (c == U',') c = U'.';
    }
    while (!local.empty() && !is_ascii_alnum(local.front()) && local.front() != U'_')
      local.erase(0, 1);
    const std::string host = ascii(mended_host(line.text.substr(mark + 1, end - mark - 1)));
    const auto address = text::normalize_email(ascii(local) + "@" + host);
    const std::size_t from = label_before(line.small, begin, kMailLabels);
    if (address && plausible_host(host)) line.found.push_back({"email", *address, 95});
    line.cut(from, end);
  }
}

void find_web(Line& line) {
  for (int turn = 0; turn < 3; ++turn) {
    std::size_t begin = line.small.find(U"http");
    if (begin == View::npos) begin = line.small.find(U"www");
    int certainty = 95;
    if (begin == View::npos) {
      // A label, or a host that ends as Japanese ones do.
      for (const View label : kWebLabels) {
        const std::size_t at = line.small.find(label);
        if (at == View::npos) continue;
        std::size_t after = at + label.size();
        if (at > 0 && is_ascii_letter(line.small[at - 1])) continue;
        while (after < line.small.size() && separator(line.small[after])) ++after;
        if (after < line.small.size() && after > at + label.size() &&
            is_ascii_alnum(line.small[after])) {
          begin = after;
          break;
        }
      }
      if (begin == View::npos) {
        for (const View end : {U".co.jp", U".or.jp", U".ne.jp", U".com", U".jp"}) {
          const std::size_t at = line.small.find(end);
          if (at == View::npos || at == 0) continue;
          begin = at;
          while (begin > 0 && host_letter(line.small[begin - 1])) --begin;
          certainty = 80;
          break;
        }
      }
      if (begin == View::npos) return;
    }
    std::u32string address;
    std::size_t end = begin;
    const auto part = [](char32_t c) {
      return host_letter(c) || View(U"/:?=&_~#%,").find(c) != View::npos;
    };
    while (end < line.text.size()) {
      const char32_t c = line.text[end];
      if (part(c)) {
        address += c;
      } else if (text::is_space(c) && end + 1 < line.text.size() && !address.empty() &&
                 (View(U".:/,").find(address.back()) != View::npos ||
                  View(U".:/,").find(line.text[end + 1]) != View::npos)) {
        // "https: // www. example" of a wide print.
      } else {
        break;
      }
      ++end;
    }
    // http:/ and http:www are http:// of a small print.
    const std::u32string small = lower(address);
    std::size_t host_at = 0;
    std::u32string scheme;
    for (const View start : {U"https", U"http"}) {
      if (!View(small).starts_with(start)) continue;
      scheme = std::u32string(start) + U"://";
      host_at = start.size();
      while (host_at < address.size() && !is_ascii_alnum(address[host_at])) ++host_at;
      break;
    }
    const std::size_t path = address.find(U'/', host_at);
    std::u32string host =
        mended_host(address.substr(host_at, path == View::npos ? View::npos : path - host_at));
    const std::u32string tail = path == View::npos ? U"" : address.substr(path);
    if (View(lower(host)).starts_with(U"www") && host.size() > 4 && host[3] != U'.')
      host.insert(3, 1, U'.');
    const auto url = text::normalize_url(ascii(scheme + host + tail));
    if (url && plausible_host(ascii(host))) line.found.push_back({"website", *url, certainty});
    line.cut(label_before(line.small, begin, kWebLabels), std::max(end, begin + 1));
  }
}

// T and 13 digits, or 13 digits whose check digit fits.
void find_numbers(Line& line) {
  for (std::size_t at = 0; at < line.text.size(); ++at) {
    const bool invoice = line.text[at] == U'T' || line.text[at] == U't';
    if (!invoice && !is_ascii_digit(line.text[at])) continue;
    if (at > 0 && is_ascii_alnum(line.text[at - 1])) continue;
    std::size_t end = at + (invoice ? 1 : 0);
    std::string digits;
    while (end < line.text.size() &&
           (is_ascii_digit(line.text[end]) ||
            (digits.size() < 13 && !digits.empty() &&
             (text::is_hyphen(line.text[end]) || text::is_space(line.text[end]))))) {
      if (is_ascii_digit(line.text[end])) digits += static_cast<char>(line.text[end]);
      ++end;
    }
    if (digits.size() != 13) continue;
    const auto checked =
        invoice ? text::check_invoice_number("T" + digits) : text::check_corporate_number(digits);
    if (!checked.accepted()) continue;
    line.found.push_back({invoice ? "invoice_number" : "corporate_number", checked.value,
                          checked.issue == text::NumberIssue::none ? 98 : 60});
    static constexpr View kLabels[] = {U"インボイス登録番号", U"適格請求書発行事業者登録番号",
                                       U"登録番号", U"法人番号", U"インボイス"};
    line.cut(label_before(line.small, at, kLabels), end);
    return;
  }
}

void find_postal(Line& line) {
  for (std::size_t at = 0; at + 7 <= line.text.size(); ++at) {
    if (!is_ascii_digit(line.text[at]) ||
        (at > 0 && (is_ascii_digit(line.text[at - 1]) || text::is_hyphen(line.text[at - 1]))))
      continue;
    std::string digits;
    std::size_t end = at;
    bool hyphen = false;
    while (end < line.text.size() && digits.size() < 8) {
      const char32_t c = line.text[end];
      if (is_ascii_digit(c)) {
        digits += static_cast<char>(c);
      } else if (digits.size() == 3 && (text::is_hyphen(c) || c == U'.' || text::is_space(c))) {
        hyphen = hyphen || !text::is_space(c);
      } else {
        break;
      }
      ++end;
    }
    if (digits.size() != 7) continue;
    if (end < line.text.size() && text::is_hyphen(line.text[end])) continue;
    std::size_t begin = at;
    while (begin > 0 && text::is_space(line.text[begin - 1])) --begin;
    const bool mark = begin > 0 && line.text[begin - 1] == U'〒';
    if (!mark && !hyphen) continue;
    const bool known = text::lookup_postal(digits).has_value();
    if (!mark && !known) continue;
    if (begin > 0) {
      // 〒 is often read as one of these.
      static constexpr View kLike = U"〒TテFf下干丁〶";
      begin = kLike.find(line.text[begin - 1]) != View::npos ? begin - 1 : at;
    }
    line.found.push_back({"postal_code", text::format_postal_code(digits), known ? 97 : 60});
    line.cut(begin, end);
    return;
  }
}

enum class Label { none, phone, direct, mobile, fax, both };

// The word before a number. Letters of other scripts do not end "TEL"; a letter does.
Label phone_label(View small, std::size_t at, std::size_t& begin) {
  struct Known {
    View word;
    Label label;
  };
  static constexpr Known kLabels[] = {{U"tel/fax", Label::both},
                                      {U"tel&fax", Label::both},
                                      {U"tel・fax", Label::both},
                                      {U"電話/fax", Label::both},
                                      {U"電話・fax", Label::both},
                                      {U"ファックス", Label::fax},
                                      {U"ファクシミリ", Label::fax},
                                      {U"ファクス", Label::fax},
                                      {U"facsimile", Label::fax},
                                      {U"fax", Label::fax},
                                      {U"携帯電話", Label::mobile},
                                      {U"携帯", Label::mobile},
                                      {U"mobile", Label::mobile},
                                      {U"cellular", Label::mobile},
                                      {U"cell", Label::mobile},
                                      {U"モバイル", Label::mobile},
                                      {U"直通", Label::direct},
                                      {U"direct", Label::direct},
                                      {U"ダイヤルイン", Label::direct},
                                      {U"telephone", Label::phone},
                                      {U"phone", Label::phone},
                                      {U"tel", Label::phone},
                                      {U"代表電話", Label::phone},
                                      {U"電話番号", Label::phone},
                                      {U"電話", Label::phone},
                                      {U"代表", Label::phone},
                                      {U"でんわ", Label::phone},
                                      {U"☎", Label::phone},
                                      {U"℡", Label::phone},
                                      {U"📱", Label::mobile},
                                      {U"📞", Label::phone},
                                      {U"te1", Label::phone},
                                      {U"iel", Label::phone},
                                      {U"fex", Label::fax},
                                      {U"fa×", Label::fax},
                                      {U"tel.", Label::phone},
                                      {U"t", Label::phone},
                                      {U"f", Label::fax},
                                      {U"m", Label::mobile},
                                      {U"p", Label::phone},
                                      {U"d", Label::direct}};
  std::size_t end = at;
  const auto skipped = [&](char32_t c) {
    return separator(c) || c == U')' || c == U']' || c == U'】' || c == U'>' || c == U'》' ||
           c == U'〉' || text::is_hyphen(c);
  };
  while (end > 0 && skipped(small[end - 1])) --end;
  const View before = small.substr(0, end);
  for (const Known& known : kLabels) {
    if (!before.ends_with(known.word)) continue;
    const std::size_t from = end - known.word.size();
    if (from > 0 && is_ascii_letter(known.word[0]) && is_ascii_letter(before[from - 1])) continue;
    begin = from;
    while (begin > 0 && View(U"([【<《〈").find(small[begin - 1]) != View::npos) --begin;
    return known.label;
  }
  begin = at;
  return Label::none;
}

bool phone_part(char32_t c) {
  return is_ascii_digit(c) || c == U'(' || c == U')' || c == U'.' || c == U'/' || c == U'~' ||
         text::is_hyphen(c) || text::is_space(c);
}

// Letters that stand in a number are digits misread.
char32_t as_digit(char32_t c) {
  switch (c) {
    case U'O':
    case U'o':
    case U'〇':
    case U'○':
      return U'0';
    case U'l':
    case U'I':
    case U'|':
    case U'!':
      return U'1';
    case U'B':
      return U'8';
    case U'S':
      return U'5';
    case U'Z':
      return U'2';
    default:
      return c;
  }
}

void find_phones(Line& line) {
  std::size_t at = 0;
  Label last = Label::none;
  while (at < line.text.size()) {
    const char32_t c = line.text[at];
    const bool plus = c == U'+' && at + 1 < line.text.size() && is_ascii_digit(line.text[at + 1]);
    const bool bracket = c == U'(' && at + 1 < line.text.size() && line.text[at + 1] == U'0';
    const bool start =
        plus || bracket || c == U'0' ||
        (as_digit(c) == U'0' && at + 1 < line.text.size() && is_ascii_digit(line.text[at + 1]));
    if (!start || (at > 0 && is_ascii_digit(line.text[at - 1]))) {
      ++at;
      continue;
    }
    std::u32string number;
    std::size_t digits = 0;
    std::size_t end = at;
    std::size_t good_end = at;
    while (end < line.text.size()) {
      char32_t d = line.text[end];
      if (end == at && plus) {
        number += d;
        ++end;
        continue;
      }
      // A letter between digits or separators of a number.
      const bool inside = digits > 0 && end + 1 < line.text.size() &&
                          phone_part(line.text[end + 1]) && phone_part(line.text[end - 1]);
      if (as_digit(d) != d && (inside || end == at)) d = as_digit(d);
      if (!phone_part(d)) break;
      if (is_ascii_digit(d)) {
        ++digits;
        good_end = end + 1;
      }
      // Two numbers in one line: "03-1234-5678 / 090-1234-5678", "03-1234-5678 03-...".
      if ((text::is_space(d) || d == U'/') && digits >= 9 && (!plus || digits >= 11)) break;
      number += text::is_hyphen(d) ? U'-' : d;
      ++end;
      if (digits >= 13) break;
    }
    std::size_t begin = at;
    Label label = phone_label(line.small, at, begin);
    if (label == Label::none && last == Label::both) label = Label::fax;
    while (!number.empty() && !is_ascii_digit(number.back())) number.pop_back();
    const auto phone = text::parse_phone(text::to_utf8(number));
    const bool fits = phone && (phone->valid || (label != Label::none && digits >= 9));
    if (!fits || digits < 9) {
      at = std::max(end, at + 1);
      continue;
    }
    const int certainty = !phone->valid ? 45 : label == Label::none ? 85 : 96;
    const bool mobile = phone->type == text::Phone::mobile;
    if (label == Label::fax) {
      line.found.push_back({"fax", phone->display, certainty});
    } else if (label == Label::mobile || (mobile && label != Label::direct)) {
      line.found.push_back({"mobile", phone->display, certainty});
    } else {
      // A direct line reaches the person: it stands before the switchboard's.
      line.found.push_back({"phone", phone->display, label == Label::direct ? 99 : certainty - 2});
      if (label == Label::both) line.found.push_back({"fax", phone->display, certainty});
    }
    // (代), (代表), (直通), 内線 123 after it.
    std::size_t tail = good_end;
    static constexpr View kAfter[] = {U"(代表)", U"(代)", U"(直通)", U"(直)",
                                      U"代表",   U")",    U"(携帯)"};
    for (const View after : kAfter) {
      std::size_t from = tail;
      while (from < line.text.size() && text::is_space(line.text[from])) ++from;
      if (View(line.text).substr(from).starts_with(after)) tail = from + after.size();
    }
    last = label == Label::both ? Label::both : Label::none;
    line.cut(begin, tail);
    at = begin;
  }
}

}  // namespace

std::vector<FoundContact> find_contacts(View given, std::u32string& rest) {
  Line line;
  line.set(std::u32string(given));
  find_mail(line);
  find_web(line);
  find_numbers(line);
  find_postal(line);
  find_phones(line);
  // Labels whose value could not be read say nothing any more.
  const auto words = split_words(line.text);
  rest.clear();
  for (const std::u32string& word : words) {
    std::u32string bare = lower(word);
    while (!bare.empty() && separator(bare.back())) bare.pop_back();
    static constexpr View kBare[] = {
        U"tel", U"fax", U"mobile", U"e-mail", U"email", U"mail", U"url",  U"〒", U"t", U"f",
        U"m",   U"e",   U"携帯",   U"電話",   U"hp",    U"web",  U"住所", U"/",  U"|", U""};
    if (std::find(std::begin(kBare), std::end(kBare), View(bare)) != std::end(kBare)) continue;
    if (!rest.empty()) rest += U' ';
    rest += word;
  }
  return std::move(line.found);
}

}  // namespace daifuku::exchange
