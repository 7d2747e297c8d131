#include "meta/own_object.h"

#include <algorithm>
#include <array>
#include <utility>

#include "meta/kinds.h"

namespace daifuku::meta {

namespace {

constexpr std::size_t kLongestKey = 30;

struct CustomerLink {
  std::string_view target;
  std::uint32_t field;
  Label label;
  Label help;
  std::vector<std::string> import_names;
};

// Which customers an own object may belong to. Their fields have these ids for life.
const std::array<CustomerLink, 2>& customer_links() {
  static const std::array<CustomerLink, 2> links{
      CustomerLink{.target = "company",
                   .field = 2,
                   .label = {"会社", "Company"},
                   .help = {"会社のページと時系列から、すぐ開けるようにするため",
                            "To open it from the page of the company"},
                   .import_names = {"会社名", "企業名", "取引先", "取引先名", "顧客名", "Company"}},
      CustomerLink{.target = "person",
                   .field = 3,
                   .label = {"人", "Person"},
                   .help = {"その人のページと時系列から、すぐ開けるようにするため",
                            "To open it from the page of the person"},
                   .import_names = {"氏名", "担当者", "担当者名", "お客様名", "Contact", "Person"}},
  };
  return links;
}

const CustomerLink* customer_link(std::string_view target) {
  const auto& links = customer_links();
  const auto found = std::ranges::find(links, target, &CustomerLink::target);
  return found == links.end() ? nullptr : &*found;
}

FieldDef title_field(const Label& label) {
  return {.id = 1,
          .key = "name",
          .kind = &kinds::text,
          .label = label.ja.empty() ? Label{"名前", "Name"} : label,
          .help = {"どれのことかを一目で知るため", "To see at a glance which one it is"},
          .required = true,
          .max = 200,
          .searchable = true,
          .import_names = {"名前", "名称", "件名", "タイトル", "Name", "Title"},
          .indexed = true,
          .in_list = true};
}

FieldDef link_field(const CustomerLink& link) {
  return {.id = link.field,
          .key = std::string(link.target),
          .kind = &kinds::link,
          .label = link.label,
          .help = link.help,
          .target = std::string(link.target),
          .import_names = link.import_names,
          .in_list = true};
}

// Where it stands on the customer's timeline; without one, the day on which it was entered.
FieldDef date_field() {
  return {.id = 4,
          .key = "date",
          .kind = &kinds::date,
          .label = {"日付", "Date"},
          .help = {"お客様の時系列のどこに並べるかを決めるため。空欄なら登録した日に並びます",
                   "Where it stands on the customer's timeline; if empty, on the day of entry"},
          .import_names = {"日付", "年月日", "登録日", "Date"},
          .indexed = true,
          .in_list = true};
}

std::vector<FieldDef> common_fields() {
  return {{.id = 5,
           .key = "tags",
           .kind = &kinds::tags,
           .label = {"タグ", "Tags"},
           .help = {"自社なりの分け方で、あとから集められるようにするため",
                    "To group them in your own way"},
           .searchable = true,
           .import_names = {"ラベル", "グループ", "キーワード", "Tags", "Labels"}},
          {.id = 6,
           .key = "note",
           .kind = &kinds::long_text,
           .label = {"メモ", "Notes"},
           .help = {"ほかの項目に入らないことを残すため", "For what fits no other field"},
           .searchable = true,
           .import_names = {"備考", "摘要", "特記事項", "Notes", "Description"}}};
}

std::string wrong_row(const OwnObject& row) {
  if (row.id < kFirstOwnObjectId) return "id";
  if (!valid_own_object_key(row.key)) return "key";
  if (row.label.ja.empty() || row.plural_label.ja.empty()) return "no label";
  for (auto link = row.links.begin(); link != row.links.end(); ++link) {
    const bool repeated = std::find(row.links.begin(), link, *link) != link;
    if (repeated || customer_link(*link) == nullptr) return "link " + *link;
  }
  return {};
}

}  // namespace

bool valid_own_object_key(std::string_view key) {
  // No further "_": names of tables and indexes are made of the key, "_" and a word, so that
  // c_box_trash could be the trash of c_box.
  return key.starts_with("c_") && key.size() > 2 && key.size() <= kLongestKey &&
         std::ranges::all_of(key.substr(2), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
         });
}

const std::vector<std::string_view>& own_object_icons() {
  static const std::vector<std::string_view> icons = {
      "box",       "car",      "home",    "building-store", "id",    "tool",   "key",
      "school",    "paw",      "heart",   "device-laptop",  "truck", "ticket", "file-text",
      "clipboard", "calendar", "map-pin", "category"};
  return icons;
}

std::optional<ObjectDef> make_own_object(const OwnObject& row, std::string& reason) {
  reason = wrong_row(row);
  if (!reason.empty()) return std::nullopt;
  const auto whole = [](Label label) {
    if (label.en.empty()) label.en = label.ja;
    return label;
  };
  ObjectDef object{.id = row.id,
                   .key = row.key,
                   .plural = row.key,
                   .label = whole(row.label),
                   .plural_label = whole(row.plural_label),
                   .icon = row.icon,
                   .sections = {{"basic", {"基本", "Basics"}}},
                   .fields = {title_field(whole(row.title_label))},
                   .customer_links = row.links,
                   .in_navigation = row.in_navigation};
  for (const CustomerLink& link : customer_links()) {
    if (std::ranges::find(row.links, link.target) != row.links.end())
      object.fields.push_back(link_field(link));
  }
  if (!row.links.empty()) {
    object.fields.push_back(date_field());
    object.timeline_at = "date";
    object.timeline_summary = {"name"};
  }
  for (FieldDef& field : common_fields()) object.fields.push_back(std::move(field));
  for (FieldDef& field : object.fields) field.section = "basic";
  return object;
}

void add_own_objects(const std::vector<OwnObject>& rows, std::vector<ObjectDef>& objects,
                     std::vector<std::string>& ignored) {
  for (const OwnObject& row : rows) {
    std::string reason;
    auto object = make_own_object(row, reason);
    for (const ObjectDef& other : objects) {
      if (other.id == row.id || other.key == row.key || other.plural == row.key)
        reason = "id or key is taken";
    }
    for (const std::string& link : row.links) {
      const auto target = std::ranges::find(objects, link, &ObjectDef::key);
      if (target == objects.end() || !target->customer) reason = "link " + link;
    }
    if (reason.empty()) {
      objects.push_back(std::move(*object));
    } else {
      ignored.push_back(row.key + ": " + reason);
    }
  }
}

}  // namespace daifuku::meta
