// Tables in and out from the command line: the same code as on the screen.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "exchange/export_all.h"
#include "exchange/export_table.h"
#include "main/ledger.h"

namespace daifuku {
namespace {

const std::string& argument(const Options& options, std::size_t index, const char* name) {
  if (options.arguments.size() <= index) throw UsageError{"argument_missing", name};
  return options.arguments[index];
}

// In whose name: the person asked for, else the first owner.
std::shared_ptr<const auth::Access> acting(Ledger& ledger, const Options& options) {
  if (options.has("owner")) {
    const auto user = ledger.accounts().user_by_email(options.flag("owner"));
    if (!user)
      throw AppError(Status::not_found, "user_unknown", {{"email", options.flag("owner")}});
    return ledger.accounts().access_of(user->id);
  }
  for (const auth::User& user : ledger.accounts().users()) {
    if (user.role == meta::Role::owner && !user.disabled)
      return ledger.accounts().access_of(user.id);
  }
  return std::make_shared<const auth::Access>(auth::Access::system(ledger.engine().catalog()));
}

const meta::ObjectDef& object_named(const auth::Access& access, const std::string& name) {
  const meta::ObjectDef* found = access.catalog().object(name);
  if (found == nullptr) found = access.catalog().by_plural(name);
  if (found == nullptr) throw AppError(Status::not_found, "object_unknown", {{"name", name}});
  return *found;
}

std::map<std::string, std::string> read_map(const std::string& file) {
  std::map<std::string, std::string> out;
  if (file.empty()) return out;
  std::ifstream in(file);
  if (!in) throw AppError(Status::not_found, "file_unreadable", {{"file", file}});
  std::stringstream text;
  text << in.rdbuf();
  const Json json = parse_json(text.str());
  if (!json.is_object()) throw AppError(Status::bad_request, "json_object_expected");
  for (const auto& member : json.get_object()) {
    if (member.value().is_string())
      out[std::string(member.key())] = std::string(member.value().get_string());
  }
  return out;
}

// 会社 [#########-----------] 45 %
void draw_progress(const exchange::LedgerExport::Progress& now) {
  constexpr std::int64_t kWidth = 24;
  const std::int64_t filled = now.total == 0 ? kWidth : now.done * kWidth / now.total;
  std::string bar(static_cast<std::size_t>(filled), '#');
  bar.append(static_cast<std::size_t>(kWidth - filled), '-');
  std::cerr << "\r[" << bar << "] " << (now.total == 0 ? 100 : now.done * 100 / now.total) << " % "
            << now.what << "                " << std::flush;
}

int export_everything(const Options& options) {
  const std::string& folder = argument(options, 0, "FOLDER");
  Ledger ledger(options, Ledger::Use::command);
  const auto access = acting(ledger, options);
  const records::Caller caller{
      .access = *access, .source = records::Source::api, .language = options.language};
  exchange::LedgerExport run(ledger.engine(), ledger.accounts(), ledger.files(), caller);
  const auto place = exchange::make_export_folder(folder);
  const bool terminal = ::isatty(STDERR_FILENO) == 1;
  if (terminal) run.on_progress(draw_progress);
  run.write(*place);
  if (terminal) std::cerr << "\r\n";
  std::cout << message(options.language, "export_all_done", {{"folder", folder}}) << "\n";
  return 0;
}

}  // namespace

int run_import(const Options& options) {
  const std::string& object = argument(options, 0, "OBJECT");
  const std::string& file = argument(options, 1, "FILE");
  if (!std::filesystem::is_regular_file(file))
    throw AppError(Status::not_found, "file_unreadable", {{"file", file}});
  Ledger ledger(options, Ledger::Use::command);
  const auto access = acting(ledger, options);
  const records::Caller caller{
      .access = *access, .source = records::Source::import_run, .language = options.language};
  exchange::Imports::RunOptions run;
  run.settings.object = object_named(*access, object).key;
  run.settings.encoding = options.flag("encoding");
  run.settings.create_links = !options.has("no-links");
  const auto choose = [&](const char* name, auto find, auto& out) {
    if (!options.has(name)) return;
    const auto found = find(options.flag(name));
    if (!found)
      throw UsageError{"option_choice", "--" + std::string(name) + " " + options.flag(name)};
    out = *found;
  };
  choose("mode", exchange::find_import_mode, run.settings.mode);
  choose("policy", exchange::find_fill_policy, run.settings.policy);
  choose("unsure", exchange::find_unsure_rows, run.settings.unsure);
  run.settings.key = options.flag("match");
  run.settings.file_date = options.flag("file-date");
  if (!run.settings.file_date.empty() && !parse_iso_date(run.settings.file_date))
    throw UsageError{"option_choice", "--file-date " + run.settings.file_date};
  run.map = read_map(options.flag("map"));
  run.dry_run = options.has("dry-run");
  const auto report =
      ledger.imports().run_now(caller, file, run, [&](const exchange::RunCounts& counts) {
        std::cerr << "\r" << counts.done << " (" << static_cast<int>(counts.share * 100) << " %)"
                  << std::flush;
        return true;
      });
  std::cerr << "\r";
  std::cout << exchange::Imports::report_text(report, access->catalog(), options.language);
  return 0;
}

int run_export(const Options& options) {
  if (options.has("all")) return export_everything(options);
  const std::string& object = argument(options, 0, "OBJECT");
  const std::string& file = argument(options, 1, "FILE");
  Ledger ledger(options, Ledger::Use::command);
  const auto access = acting(ledger, options);
  const records::Caller caller{
      .access = *access, .source = records::Source::api, .language = options.language};
  exchange::ExportRequest request;
  request.object = &object_named(*access, object);
  if (options.has("filter")) request.query.filter = parse_json(options.flag("filter"));
  const std::string encoding = options.flag("encoding", "utf-8-bom");
  if (encoding == "cp932") {
    request.encoding = exchange::CsvEncoding::cp932;
  } else if (encoding == "utf-8") {
    request.encoding = exchange::CsvEncoding::utf8;
  } else if (encoding != "utf-8-bom") {
    throw UsageError{"option_encoding", encoding};
  }
  if (file.ends_with(".xlsx")) request.format = exchange::ExportFormat::xlsx;
  if (file.ends_with(".tsv")) request.format = exchange::ExportFormat::tsv;
  if (file.ends_with(".jsonl")) request.format = exchange::ExportFormat::jsonl;
  if (file.ends_with(".vcf")) request.format = exchange::ExportFormat::vcard;
  request.scratch = ledger.data();
  exchange::Export run(ledger.engine(), caller, request);
  // Beside its place first: a full disk leaves no half file under the name.
  const std::string part = file + ".part";
  std::ofstream out(part, std::ios::binary | std::ios::trunc);
  if (!out) throw AppError(Status::unavailable, "file_unwritable", {{"file", file}});
  std::filesystem::permissions(
      part, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  std::error_code error;
  exchange::ExportResult result;
  try {
    result = run.write([&](std::string_view piece) {
      out.write(piece.data(), static_cast<std::streamsize>(piece.size()));
    });
  } catch (...) {
    std::filesystem::remove(part, error);
    throw;
  }
  out.close();
  if (out) std::filesystem::rename(part, file, error);
  if (!out || error) {
    std::filesystem::remove(part, error);
    throw AppError(Status::unavailable, "file_unwritable", {{"file", file}});
  }
  if (result.replaced == 0) return 0;
  std::cerr << message(options.language, "export_replaced",
                       {{"count", std::to_string(result.replaced)}})
            << "\n";
  for (const exchange::ReplacedText& text : result.texts) {
    std::cerr << (text.record == 0 ? std::string("-") : encode_id(text.record)) << "\t"
              << text.field << "\t" << text.from << "\t" << text.to << "\n";
  }
  return 0;
}

}  // namespace daifuku
