// What a field is. Plain data: standard fields come from src/crm, a company's own from rows; both
// fill this struct.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "base/messages.h"
#include "meta/value.h"

namespace daifuku::meta {

struct FieldDef;
class Formula;
struct Rollup;

struct Label {
  std::string ja = {};
  std::string en = {};
};

enum class Storage {
  integer,
  text,
  none
};  // `none` has no column of its own (links: rows of the link table)

// What filters a kind understands. The same operators are offered by the filter builder.
enum class Comparison {
  text,    // eq ne in contains starts empty
  number,  // eq ne in gt gte lt lte between empty
  date,    // as number, and relative: today, this_month, last_days ...
  choice,  // eq ne in empty
  items,   // has (one of the items), empty
  link,    // eq in empty, some (a filter on the linked record)
  yes_no,  // eq
  none,
};

// All that the product knows of one kind of field. One const instance a kind, one file in
// meta/kinds/; `name` is also the folder of its widget in web/src/fields.
struct FieldKind {
  std::string_view name;
  Storage storage = Storage::text;
  Comparison comparison = Comparison::text;

  // JSON -> stored value. false with a Problem when it cannot be one; null and "" give the empty
  // value.
  bool (*parse)(const FieldDef&, const Json&, Value& out, Problems&) = nullptr;
  // Text as people type it or a file holds it (全角, 和暦, 1,234円, はい) -> stored value.
  bool (*parse_text)(const FieldDef&, std::string_view, Value& out, Problems&) = nullptr;
  // Stored value (never empty) -> JSON.
  void (*write)(const FieldDef&, const Value&, JsonWriter&) = nullptr;
  // Stored value -> text for files, in Japanese.
  std::string (*to_text)(const FieldDef&, const Value&) = nullptr;
  // OpenAPI 3.1 schema of the JSON form: writes the members (type, format ...) into an object that
  // the caller opened and into which it writes title and description.
  void (*schema)(const FieldDef&, JsonWriter&) = nullptr;

  // Composite kinds (name + kana, address) have no column: they stand for these simple fields,
  // which carry the keys, labels and flags derived from the whole. The catalog expands them once;
  // nothing else knows of them.
  std::vector<FieldDef> (*expand)(const FieldDef&) = nullptr;

  // Composite kinds: a text that holds the whole (氏名 or 住所 in one cell) -> texts of the parts,
  // by key.
  std::vector<std::pair<std::string, std::string>> (*split)(const FieldDef& whole,
                                                            std::string_view) = nullptr;

  // How the value is found by search: none, as words anywhere in the text, or as digits / mail
  // address.
  enum class Search { none, words, name, phone, email, digits } search = Search::none;

  // Stored value -> text for people (1,234円 or ¥1,234, 2026年4月1日 or Apr 1, 2026), when to_text,
  // which is for files, says it otherwise.
  std::string (*display)(const FieldDef&, const Value&, Language) = nullptr;
};

enum class Role { viewer = 0, member = 1, manager = 2, owner = 3 };

struct Option {
  std::string key = {};  // Stored; for life.
  Label label = {};
  std::string color = {};                      // gray red orange yellow green teal blue violet pink
  std::vector<std::string> import_names = {};  // Other texts in files that mean this option.
  // A record at this option with which nothing has happened for so many days is stale, unless the
  // company says otherwise; 0: never.
  int stale_after = 0;
  // No longer offered. Records that have it keep it.
  bool hidden = false;
};

struct FieldDef {
  // Unique in the object, for life. Standard fields 1-899; the parts of a composite with the id N
  // get 1,000 + 10 N and following; own fields from 10,000.
  std::uint32_t id = 0;
  std::string key = {};  // JSON name and column. ^[a-z][a-z0-9_]{0,40}$
  const FieldKind* kind = nullptr;
  Label label = {};
  Label help = {};           // Why we keep it.
  std::string section = {};  // Key of a Section of the object; empty is the first one.
  bool required = false;
  bool unique = false;
  std::int64_t max = 0;  // Text length in code points; 0 takes the kind's own limit.
  // Numbers: the least and the greatest that somebody may enter, in whole units (-5, 100 %).
  std::optional<std::int64_t> least = {};
  std::optional<std::int64_t> greatest = {};
  // Dates: the first that can be, ISO, and whether it lies behind us by its nature. Somebody may
  // still enter another; the tidy screen then shows it.
  std::string earliest = {};
  bool never_future = false;
  std::string not_before = {};  // Key of the date that comes first: the start, of an end.
  std::vector<Option> options = {};
  std::string target = {};  // Links: key of the other object; files: unused.
  int maturity = 0;  // 0 not counted, 1 当たり前, 2 ちょっと進んだ, 3 進んでいる
  // Key of a link: the maturity of records without it does not ask for this field; "!company": of
  // records with it.
  std::string maturity_when = {};
  bool searchable = false;
  bool duplicate_key = false;
  bool personal = false;   // 個人情報: views and exports of it are events of the log.
  bool sensitive = false;  // Managers and owners only, unless `read` says otherwise.
  Role read = Role::viewer;
  Role write = Role::member;
  std::vector<std::string> import_names = {};  // Other headers that mean this field.
  bool audited = true;
  bool indexed = false;    // A b-tree for filters and sorts; each one costs every write. Links have
                           // theirs anyway.
  bool in_list = false;    // A column of the default list.
  bool read_only = false;  // Kept by the product (derived numbers, numbering).
  // Read-only, and not to be worked out again from what is there: what our own export of another
  // ledger says of it is taken over.
  bool taken_over = false;
  // Fields whose values end up in this one, "content" or "deal.amount": nobody reads more of it
  // than of each of them.
  std::vector<std::string> made_from = {};
  std::string default_text =
      {};  // Taken by parse_text on create when absent. "today", "now" and "me" are understood.

  // Filled by the catalog.
  std::string column =
      {};  // In the table: the key (order_ for order and other SQL words), or a slot (x_text_1).
  std::string whole = {};            // Key of the composite field this is a part of.
  const FieldDef* origin = nullptr;  // unused outside the catalog
  bool custom = false;
  bool hidden = false;
  // Worked out instead of entered, by one of these (meta/formula.h, meta/rollup.h); the kind is
  // that of the result. Neither: entered.
  std::shared_ptr<const Formula> formula = {};
  std::shared_ptr<const Rollup> rollup = {};
  // Worked out whenever it is read, as it depends on the day or on other records: its column stays
  // empty, so nothing can be filtered or sorted by it.
  bool at_read = false;
};

// A heading on the form and record page.
struct Section {
  std::string key = {};
  Label label = {};
};

}  // namespace daifuku::meta
