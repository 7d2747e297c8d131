#include "exchange/xlsx_workbook.h"

#include <charconv>
#include <map>

#include "exchange/xlsx_xml.h"

namespace daifuku::exchange {
namespace {

std::string text_of(const char* value) { return value == nullptr ? std::string() : value; }

int number_of(const char* value, int fallback) {
  if (value == nullptr) return fallback;
  const std::string_view text = value;
  int number = fallback;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

bool is_true(const char* value) {
  const std::string_view text = value == nullptr ? "" : value;
  return text == "1" || text == "true" || text == "on";
}

// Real workbooks stay far below; Excel itself has 64,000 styles. What is beyond is left out.
constexpr std::size_t kMaxStyles = 65'536;
constexpr std::size_t kMaxNamed = 10'000;

// Handlers with no interest in text or ends.
class StartHandler : public XmlHandler {
 public:
  void end(std::string_view) override {}
  void text(std::string_view) override {}
};

struct Relation {
  std::string part = {};
  std::string type = {};  // The last word of the type's URI: worksheet, styles ...
};
using Relations = std::map<std::string, Relation, std::less<>>;

// `target` as a part name, from a part in `folder` ("xl/").
std::string resolve(std::string_view folder, std::string_view target) {
  if (target.starts_with('/')) return std::string(target.substr(1));
  std::string base(folder);
  while (target.starts_with("../")) {
    target.remove_prefix(3);
    if (!base.empty()) base.pop_back();
    base.resize(base.rfind('/') == base.npos ? 0 : base.rfind('/') + 1);
  }
  if (target.starts_with("./")) target.remove_prefix(2);
  return base.append(target);
}

class RelationHandler final : public StartHandler {
 public:
  RelationHandler(std::string folder, Relations& out) : folder_(std::move(folder)), out_(out) {}
  void start(std::string_view name, const char* const* attributes) override {
    if (name != "Relationship" || out_.size() >= kMaxNamed ||
        text_of(attribute(attributes, "TargetMode")) == "External") {
      return;
    }
    const std::string type = text_of(attribute(attributes, "Type"));
    out_[text_of(attribute(attributes, "Id"))] = {
        resolve(folder_, text_of(attribute(attributes, "Target"))),
        type.substr(type.rfind('/') == type.npos ? 0 : type.rfind('/') + 1)};
  }

 private:
  std::string folder_;
  Relations& out_;
};

struct NamedSheet {
  SheetInfo info = {};
  std::string relation = {};
};

class WorkbookHandler final : public StartHandler {
 public:
  void start(std::string_view name, const char* const* attributes) override {
    if (name == "workbookPr") {
      date1904 = is_true(attribute(attributes, "date1904"));
    } else if (name == "sheet" && sheets.size() < kMaxNamed) {
      const std::string state = text_of(attribute(attributes, "state"));
      // Also sheetId ends in id, so the relation is the one with a prefix.
      std::string relation;
      for (const char* const* a = attributes; a[0] != nullptr; a += 2) {
        if (std::string_view(a[0]).ends_with(":id")) relation = a[1];
      }
      sheets.push_back(
          {{text_of(attribute(attributes, "name")), state == "hidden" || state == "veryHidden"},
           relation});
    }
  }
  std::vector<NamedSheet> sheets = {};
  bool date1904 = false;
};

class StyleHandler final : public XmlHandler {
 public:
  explicit StyleHandler(Workbook& workbook) : workbook_(workbook) {}
  void start(std::string_view name, const char* const* attributes) override {
    if (name == "numFmts" || name == "cellXfs") {
      inside_ = name == "numFmts" ? Inside::formats : Inside::styles;
    } else if (name == "numFmt" && inside_ == Inside::formats && custom_.size() < kMaxNamed) {
      custom_[number_of(attribute(attributes, "numFmtId"), 0)] =
          text_of(attribute(attributes, "formatCode"));
    } else if (name == "xf" && inside_ == Inside::styles) {
      add_style(number_of(attribute(attributes, "numFmtId"), 0));
    }
  }
  void end(std::string_view name) override {
    if (name == "numFmts" || name == "cellXfs") inside_ = Inside::other;
  }
  void text(std::string_view) override {}

 private:
  enum class Inside { other, formats, styles };
  void add_style(int id) {
    if (workbook_.style_formats.size() >= kMaxStyles) return;
    const auto [known, fresh] = places_.try_emplace(id, workbook_.formats.size());
    if (fresh) {
      const auto custom = custom_.find(id);
      workbook_.formats.push_back(custom == custom_.end() ? builtin_format(id)
                                                          : parse_format(custom->second));
    }
    workbook_.style_formats.push_back(known->second);
  }
  Workbook& workbook_;
  Inside inside_ = Inside::other;
  std::map<int, std::string> custom_ = {};
  std::map<int, std::size_t> places_ = {};
};

}  // namespace

Workbook read_workbook(XlsxArchive& archive) {
  std::string workbook_part = "xl/workbook.xml";
  Relations roots;
  RelationHandler root_handler("", roots);
  parse_part(archive, "_rels/.rels", root_handler);
  for (const auto& [id, relation] : roots) {
    if (relation.type == "officeDocument") workbook_part = relation.part;
  }

  Workbook workbook;
  workbook.formats.emplace_back();
  WorkbookHandler handler;
  if (!parse_part(archive, workbook_part, handler)) {
    throw AppError(Status::invalid, "workbook_damaged");
  }
  workbook.date1904 = handler.date1904;

  const std::size_t slash = workbook_part.rfind('/');
  const std::string folder = slash == workbook_part.npos ? "" : workbook_part.substr(0, slash + 1);
  const std::string file = workbook_part.substr(folder.size());
  Relations relations;
  RelationHandler relation_handler(folder, relations);
  parse_part(archive, folder + "_rels/" + file + ".rels", relation_handler);

  for (const NamedSheet& sheet : handler.sheets) {
    const auto found = relations.find(sheet.relation);
    if (found == relations.end() || found->second.type != "worksheet" ||
        !archive.has(found->second.part)) {
      continue;  // Charts, dialogs and macro sheets have no rows.
    }
    workbook.sheets.push_back({sheet.info, found->second.part});
  }
  std::string styles;
  for (const auto& [id, relation] : relations) {
    if (relation.type == "sharedStrings") workbook.shared_strings = relation.part;
    if (relation.type == "styles") styles = relation.part;
  }
  StyleHandler style_handler(workbook);
  parse_part(archive, styles, style_handler);
  return workbook;
}

}  // namespace daifuku::exchange
