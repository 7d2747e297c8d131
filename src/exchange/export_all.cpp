#include "exchange/export_all.h"

#include <algorithm>
#include <map>
#include <set>

#include "auth/company_settings.h"
#include "auth/role_json.h"
#include "exchange/export_all_page.h"
#include "exchange/export_table.h"
#include "meta/derive.h"
#include "records/record_json.h"
#include "text/fold.h"

namespace daifuku::exchange {

namespace {

constexpr std::int64_t kSlice = 500;
constexpr std::size_t kFlush = std::size_t{1} << 16;

// A name that Windows, macOS and Linux take.
std::string safe_name(std::string_view name, std::size_t most) {
  std::string out;
  for (const char c : text::truncate(name, most)) {
    const bool refused = static_cast<unsigned char>(c) < 0x20 ||
                         std::string_view("<>:\"/\\|?*").find(c) != std::string_view::npos;
    out += refused ? '_' : c;
  }
  while (!out.empty() && (out.back() == '.' || out.back() == ' ')) out.pop_back();
  return out.empty() ? "_" : out;
}

// 写真.png, then 写真 (2).png
std::string numbered(const std::string& name, int number) {
  if (number == 1) return name;
  const auto dot = name.rfind('.');
  const std::string count = " (" + std::to_string(number) + ")";
  return dot == std::string::npos || dot == 0 ? name + count
                                              : name.substr(0, dot) + count + name.substr(dot);
}

// Lines that go out in pieces.
class Lines {
 public:
  explicit Lines(const Sink& sink) : sink_(sink) {}
  ~Lines() = default;
  std::string& text() { return text_; }
  void end_line() {
    text_ += '\n';
    if (text_.size() >= kFlush) flush();
  }
  void flush() {
    if (!text_.empty()) sink_(text_);
    text_.clear();
  }

 private:
  const Sink& sink_;
  std::string text_ = {};
};

}  // namespace

class LedgerExport::Parts {
 public:
  Parts(LedgerExport& all, ExportPlace& place)
      : all_(all), engine_(all.engine_), caller_(all.caller_), place_(place) {}

  std::int64_t run() {
    count();
    page_.company = all_.accounts_.setting("company_name");
    page_.at = engine_.clock().now();
    page_.by = engine_.user_name(caller_.access.user());
    for (const meta::ObjectDef& object : caller_.access.catalog().objects()) table(object);
    attachments();
    history();
    people();
    rules();
    views();
    exports();
    // Last, when what they tell is known.
    place_.file(
        "README.txt", [&](const Sink& sink) { sink(export_readme(page_)); }, true);
    place_.file(
        "index.html", [&](const Sink& sink) { sink(export_index(page_)); }, true);
    place_.finish();
    return records_;
  }

 private:
  std::int64_t count_rows(const std::string& sql) {
    std::int64_t out = 0;
    engine_.database().read([&](store::Connection& connection) {
      auto row = connection.query(sql);
      if (row.step()) out = row.integer(0);
    });
    return out;
  }

  void count() {
    for (const meta::ObjectDef& object : caller_.access.catalog().objects()) {
      total_ +=
          2 * count_rows("SELECT count(*) FROM " + engine_.plan(object).table + " t WHERE {t}");
    }
    total_ += count_rows("SELECT count(*) FROM file f WHERE {f} AND f.deleted_at IS NULL");
    total_ += count_rows("SELECT count(*) FROM history h WHERE {h}");
  }

  void tell(const std::string& what, std::int64_t done) {
    if (all_.progress_) all_.progress_({what, done_ + done, std::max(total_, done_ + done)});
  }

  std::int64_t one_table(const meta::ObjectDef& object, ExportFormat format, bool deleted,
                         const std::string& name) {
    ExportRequest request{.object = &object, .format = format, .logged = false};
    request.query.deleted = deleted;
    Export run(engine_, caller_, std::move(request));
    run.on_progress([&](std::int64_t rows) { tell(object.plural_label.ja, rows); });
    std::int64_t rows = 0;
    place_.file(
        name, [&](const Sink& sink) { rows = run.write(sink).rows; }, true);
    done_ += rows;
    tell(object.plural_label.ja, 0);
    return rows;
  }

  void table(const meta::ObjectDef& object) {
    const std::string name = safe_name(object.plural_label.ja, 60);
    ExportPage::Table told{.label = object.plural_label.ja, .key = object.key, .name = name};
    told.rows = one_table(object, ExportFormat::csv, false, "data/" + name + ".csv");
    one_table(object, ExportFormat::jsonl, false, "data/" + name + ".jsonl");
    records_ += told.rows;
    records::ListQuery trash;
    trash.deleted = true;
    if (!engine_.list_ids(caller_, object, trash, 1).empty()) {
      told.trash = one_table(object, ExportFormat::csv, true, "trash/" + name + ".csv");
      one_table(object, ExportFormat::jsonl, true, "trash/" + name + ".jsonl");
      records_ += told.trash;
    }
    page_.tables.push_back(std::move(told));
  }

  struct Attachment {
    Id id = 0;
    std::uint32_t object = 0;
    Id record = 0;
    std::string name = {};
    Millis at = 0;
    Id by = 0;
  };

  std::vector<Attachment> next_attachments(Id after) {
    std::vector<Attachment> out;
    engine_.database().read([&](store::Connection& connection) {
      auto rows = connection.query(
          "SELECT f.id, f.object_id, f.record_id, f.name, f.created_at, f.created_by FROM file f "
          "WHERE {f} AND f.deleted_at IS NULL AND f.id > ? ORDER BY f.id LIMIT ?");
      rows.bind(after, kSlice);
      while (rows.step()) {
        out.push_back({.id = rows.integer(0),
                       .object = static_cast<std::uint32_t>(rows.integer(1)),
                       .record = rows.integer(2),
                       .name = std::string(rows.text(3)),
                       .at = rows.integer(4),
                       .by = rows.integer(5)});
      }
    });
    return out;
  }

  // Each below its record; the list of them tells which is whose.
  void attachments() {
    std::string list;
    Id after = 0;
    while (true) {
      const auto slice = next_attachments(after);
      for (const Attachment& file : slice) attachment(file, list);
      if (slice.empty()) break;
      after = slice.back().id;
      tell("files", 0);
    }
    place_.file(
        "files.jsonl", [&](const Sink& sink) { sink(list); }, true);
  }

  void attachment(const Attachment& file, std::string& list) {
    ++done_;
    const meta::ObjectDef* object = caller_.access.catalog().by_id(file.object);
    if (object == nullptr) return;
    const auto record = engine_.get(caller_, *object, file.record);
    if (!record) return;
    const std::string title = records::readable_title(caller_, *object, *record);
    const std::string folder = "files/" + safe_name(object->plural_label.ja, 60) + "/" +
                               safe_name(title, 40) + "_" + encode_id(file.record);
    int number = 1;
    std::string path;
    do {
      path = folder + "/" + numbered(safe_name(file.name, 120), number++);
    } while (!paths_.insert(path).second);
    std::string bytes;
    bool whole = true;
    try {
      all_.files_.open(caller_, file.id, bytes);
    } catch (const AppError&) {
      whole = false;  // damaged or gone from the disk: told in the list
    }
    if (whole) {
      place_.file(
          path, [&](const Sink& sink) { sink(bytes); }, false);
      ++page_.files;
    } else {
      ++page_.damaged_files;
    }
    JsonWriter json(list);
    json.begin_object().key("id").id(file.id).field("name", file.name).key("path");
    if (whole) {
      json.string(path);
    } else {
      json.null();
    }
    json.field("object", object->key).key("record").id(file.record).field("title", title);
    json.field("at", format_instant(file.at)).key("by");
    records::write_user_reference(json, engine_, file.by);
    json.end_object();
    list += '\n';
  }

  void history() {
    place_.file(
        "history.jsonl", [&](const Sink& sink) { history_rows(sink); }, true);
  }

  void history_rows(const Sink& sink) {
    Lines lines(sink);
    Id after = 0;
    bool more = true;
    while (more) {
      std::int64_t count = 0;
      engine_.database().read([&](store::Connection& connection) {
        auto rows = connection.query(
            "SELECT h.id, h.object_id, h.record_id, h.batch_id, h.actor_id, h.action, h.source, "
            "h.version, h.changes, h.salt, h.hash FROM history h WHERE {h} AND h.id > ? ORDER BY "
            "h.id LIMIT ?");
        rows.bind(after, kSlice * 10);
        while (rows.step()) {
          ++count;
          after = rows.integer(0);
          const meta::ObjectDef* object =
              caller_.access.catalog().by_id(static_cast<std::uint32_t>(rows.integer(1)));
          JsonWriter json(lines.text());
          json.begin_object().key("id").id(after);
          json.field("at", format_instant(id_time(after)));
          if (object != nullptr) json.field("object", object->key);
          json.key("record").id(rows.integer(2)).key("batch").id(rows.integer(3)).key("by");
          records::write_user_reference(json, engine_, rows.integer(4));
          json.field("action", rows.text(5)).field("source", rows.text(6));
          json.field("version", rows.integer(7)).key("changes");
          if (rows.is_null(8) || rows.text(8).empty()) {
            json.null();
          } else {
            json.raw(rows.text(8));
          }
          json.field("salt", rows.text(9)).field("hash", rows.text(10)).end_object();
          lines.end_line();
        }
      });
      done_ += count;
      page_.changes += count;
      tell("history", 0);
      more = count > 0;
    }
    lines.flush();
  }

  // Who works here. Nothing that signs anybody in.
  void people() {
    std::string users;
    for (const auth::User& user : all_.accounts_.users()) {
      JsonWriter json(users);
      json.begin_object().key("id").id(user.id).field("name", user.name);
      json.field("email", user.email).field("role", auth::role_name(user.role));
      json.key("teams").begin_array();
      for (const Id team : user.teams) json.id(team);
      json.end_array().field("disabled", user.disabled);
      json.field("language", user.language == Language::ja ? "ja" : "en").end_object();
      users += '\n';
      ++page_.users;
    }
    place_.file(
        "users.jsonl", [&](const Sink& sink) { sink(users); }, true);
    std::string teams;
    for (const auth::Team& team : all_.accounts_.teams()) {
      JsonWriter json(teams);
      json.begin_object().key("id").id(team.id).field("name", team.name).end_object();
      teams += '\n';
    }
    place_.file(
        "teams.jsonl", [&](const Sink& sink) { sink(teams); }, true);
  }

  void rules() {
    std::string roles;
    JsonWriter json(roles);
    json.begin_array();
    for (const meta::Role role :
         {meta::Role::owner, meta::Role::manager, meta::Role::member, meta::Role::viewer}) {
      auth::write_role(json, all_.accounts_.role(role));
    }
    json.end_array();
    place_.file(
        "roles.json", [&](const Sink& sink) { sink(roles); }, true);

    std::string settings;
    JsonWriter members(settings);
    members.begin_object();
    for (const std::string_view key : auth::kCompanySettings) {
      members.field(key, all_.accounts_.setting(key));
    }
    members.end_object();
    place_.file(
        "settings.json", [&](const Sink& sink) { sink(settings); }, true);

    const meta::Catalog& catalog = caller_.access.catalog();
    std::string definitions;
    JsonWriter objects(definitions);
    objects.begin_array();
    for (const meta::ObjectDef& object : catalog.objects()) {
      meta::write_object_metadata(
          objects, catalog, object, caller_.access.fields(object), {},
          [](const meta::ObjectDef&, const meta::FieldDef&) { return true; });
    }
    objects.end_array();
    place_.file(
        "metadata.json", [&](const Sink& sink) { sink(definitions); }, true);
    place_.file(
        "fields.csv", [&](const Sink& sink) { field_table(sink); }, true);
  }

  // The same for people: what each column means.
  void field_table(const Sink& sink) {
    const std::vector<WriteColumn> headings = {{"種類"}, {"項目"}, {"英語名"}, {"JSON の名前"},
                                               {"形"},   {"必須"}, {"選択肢"}, {"何のため"}};
    const auto writer = make_csv_writer(headings, {}, sink);
    const auto cell = [](const std::string& text) {
      return Cell{text, text.empty() ? Cell::Type::empty : Cell::Type::text};
    };
    for (const meta::ObjectDef& object : caller_.access.catalog().objects()) {
      for (const meta::FieldDef& field : object.expanded) {
        std::string options;
        for (const meta::Option& option : field.options) {
          if (!options.empty()) options += "、";
          options += option.label.ja + "=" + option.key;
        }
        const Row row = {cell(object.plural_label.ja),
                         cell(field.label.ja),
                         cell(field.label.en),
                         cell(field.key),
                         cell(std::string(field.kind->name)),
                         cell(field.required ? "はい" : ""),
                         cell(options),
                         cell(field.help.ja)};
        writer->row(row);
      }
    }
    writer->finish();
  }

  void views() {
    std::string out;
    engine_.database().read([&](store::Connection& connection) {
      auto rows = connection.query(
          "SELECT v.id, v.object, v.name, v.owner_id, v.shared, v.state FROM saved_view v WHERE "
          "{v} "
          "ORDER BY v.object, v.position, v.id");
      while (rows.step()) {
        JsonWriter json(out);
        json.begin_object().key("id").id(rows.integer(0)).field("object", rows.text(1));
        json.field("name", rows.text(2)).key("owner");
        records::write_user_reference(json, engine_, rows.integer(3));
        json.field("shared", rows.integer(4) != 0).key("state").raw(rows.text(5)).end_object();
        out += '\n';
      }
    });
    place_.file(
        "views.jsonl", [&](const Sink& sink) { sink(out); }, true);
  }

  void exports() {
    place_.file(
        "exports.jsonl",
        [&](const Sink& sink) {
          Id after = 0;
          bool more = true;
          while (more) {
            std::string page;
            exports_json(engine_, caller_, 200, after, page);
            const Json json = parse_json(page);
            std::string lines;
            for (const Json& item : json.at("items").as_array()) {
              lines += boost::json::serialize(item) + "\n";
            }
            if (!lines.empty()) sink(lines);
            const auto next = decode_id(json_text(json, "next"));
            more = next.has_value();
            after = next.value_or(0);
          }
        },
        true);
  }

  LedgerExport& all_;
  records::Engine& engine_;
  const records::Caller& caller_;
  ExportPlace& place_;
  ExportPage page_ = {};
  std::set<std::string> paths_ = {};
  std::int64_t total_ = 0;
  std::int64_t done_ = 0;
  std::int64_t records_ = 0;
};

LedgerExport::LedgerExport(records::Engine& engine, auth::Accounts& accounts, records::Files& files,
                           const records::Caller& caller)
    : engine_(engine),
      accounts_(accounts),
      files_(files),
      access_(std::make_shared<const auth::Access>(caller.access)),
      caller_{.access = *access_, .source = caller.source, .language = caller.language} {
  if (access_->role() != meta::Role::owner) throw AppError(Status::forbidden, "export_forbidden");
}

void LedgerExport::write(ExportPlace& place) {
  const ExportAbout about{.kind = "all", .format = "all"};
  const Id event = note_export(engine_, caller_, about);
  try {
    const std::int64_t records = Parts(*this, place).run();
    note_export_end(engine_, caller_, event, about, {.rows = records});
  } catch (...) {
    note_export_end(engine_, caller_, event, about, {.rows = -1, .cut = true});
    throw;
  }
}

}  // namespace daifuku::exchange
