#include "exchange/cards/cards.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "exchange/cards/card_picture.h"
#include "exchange/import_vault.h"
#include "text/fold.h"

namespace daifuku::exchange {
namespace {

constexpr int kListed = 100;
constexpr std::size_t kNameLength = 200;
constexpr std::string_view kObject = "business_card";

std::string vault_context(Id id) { return "card:" + encode_id(id); }

std::string clean_name(const std::string& name) {
  const std::size_t cut = name.find_last_of("/\\");
  const std::string base = cut == std::string::npos ? name : name.substr(cut + 1);
  return text::valid_utf8(base) ? text::truncate(text::nfc(base), kNameLength) : std::string();
}

std::string bytes_of_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream out;
  out << in.rdbuf();
  if (!in) throw SystemError("read " + path.string());
  return std::move(out).str();
}

void write_failure(JsonWriter& json, const records::Caller& caller, const std::string& code) {
  json.key("failure").begin_object().field("code", code);
  json.field("message", message(caller.language, code)).end_object();
}

bool is_picture(std::string_view bytes) {
  return bytes.starts_with("\xff\xd8\xff") || bytes.starts_with("\x89PNG\r\n\x1a\n");
}

}  // namespace

Cards::Cards(records::Engine& engine, CardReader reader, std::filesystem::path folder,
             std::string key32)
    : engine_(engine),
      reader_(std::move(reader)),
      folder_(std::move(folder)),
      key_(std::move(key32)) {
  DAIFUKU_CHECK(key_.size() == 32);
  std::error_code error;
  std::filesystem::create_directories(folder_, error);
  std::filesystem::permissions(folder_, std::filesystem::perms::owner_all, error);
  if (error) throw SystemError("make folder " + folder_.string() + ": " + error.message());
}

Cards::~Cards() { stop(); }

std::filesystem::path Cards::photo_path(Id id) const {
  return folder_ / (encode_id(id) + ".photo");
}
std::filesystem::path Cards::picture_path(Id id, std::size_t number) const {
  return folder_ / (encode_id(id) + "." + std::to_string(number) + ".card");
}

void Cards::seal(const std::filesystem::path& path, const std::string& bytes, Id id) const {
  // A picture that is replaced may be looked at meanwhile.
  std::filesystem::path written = path;
  written += ".new";
  {
    SealedWriter out(written, key_, vault_context(id) + path.extension().string());
    out.write(bytes);
    out.finish();
  }
  std::filesystem::rename(written, path);
}

std::string Cards::unseal(const std::filesystem::path& path, Id id) const {
  if (!std::filesystem::exists(path)) throw AppError(Status::not_found, "card_picture_gone");
  SealedReader in(path, key_, vault_context(id) + path.extension().string());
  std::string out;
  std::string piece;
  while (in.read(piece)) out += piece;
  return out;
}

void Cards::remove_files(Id id) const {
  const std::string start = encode_id(id) + ".";
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder_, ignored)) {
    if (entry.path().filename().string().starts_with(start))
      std::filesystem::remove(entry.path(), ignored);
  }
}

void Cards::require_right(const records::Caller& caller) const {
  const auto* object = caller.access.catalog().object(kObject);
  if (object == nullptr || !caller.access.object(*object).create)
    throw AppError(Status::forbidden, "forbidden");
}

std::unique_ptr<CardScan> Cards::find(const records::Caller& caller, Id id) {
  auto scan = load_card_scan(engine_.database(), id);
  const bool seen =
      scan != nullptr && (scan->created_by == caller.access.user() || caller.access.administers());
  if (!seen) throw AppError(Status::not_found, "not_found");
  require_right(caller);
  return scan;
}

void Cards::require_room(Id user) const {
  const auto own = std::ranges::count_if(
      progress_, [&](const auto& entry) { return entry.second.user == user; });
  if (progress_.size() >= kMostWaiting || static_cast<std::size_t>(own) >= kMostOfOne)
    throw AppError(Status::conflict, "card_queue_full");
  if (!worker_.joinable() || stopping_) throw AppError(Status::unavailable, "unavailable");
}

void Cards::require_open(const records::Caller& caller, const ScannedCard& card) {
  const ScannedCardStatus status = status_of(caller, card);
  if (status == ScannedCardStatus::saving || status == ScannedCardStatus::saved)
    throw AppError(Status::conflict, "card_saved_already");
  if (status == ScannedCardStatus::reading) throw AppError(Status::conflict, "card_still_reading");
}

ScannedCard& Cards::card_of(CardScan& scan, std::size_t number) const {
  if (number < 1 || number > scan.cards.size()) throw AppError(Status::not_found, "not_found");
  return scan.cards[number - 1];
}

void Cards::create(const records::Caller& caller, const std::filesystem::path& upload,
                   const std::string& name, std::string& out) {
  require_right(caller);
  std::error_code error;
  const auto size = std::filesystem::file_size(upload, error);
  if (error || size == 0) throw AppError(Status::unsupported, "file_empty");
  if (size > kMostBytes) throw AppError(Status::too_large, "too_large", {{"limit", "20 MB"}});
  const std::string bytes = bytes_of_file(upload);
  if (!is_picture(bytes)) throw AppError(Status::unsupported, "card_not_a_picture");
  CardScan scan{.id = engine_.ids().next(),
                .name = clean_name(name),
                .created_at = engine_.clock().now(),
                .created_by = caller.access.user()};
  {
    const std::lock_guard lock(mutex_);
    require_room(caller.access.user());
    progress_[{scan.id, kPhoto}] = {.user = caller.access.user()};
  }
  try {
    seal(photo_path(scan.id), bytes, scan.id);
    insert_card_scan(engine_.database(), scan);
  } catch (...) {
    remove_files(scan.id);
    const std::lock_guard lock(mutex_);
    progress_.erase({scan.id, kPhoto});
    throw;
  }
  {
    const std::lock_guard lock(mutex_);
    jobs_.emplace_back(scan.id, kPhoto);
    wake_.notify_all();
  }
  JsonWriter json(out);
  write_scan(json, caller, scan, true);
}

// A card whose record is in the trash again (undo) is open again, and so is one whose program died
// while it saved.
ScannedCardStatus Cards::status_of(const records::Caller& caller, const ScannedCard& card) {
  constexpr Millis kLongestSave = 60'000;
  if (card.status == ScannedCardStatus::saving &&
      id_time(card.batch) < engine_.clock().now() - kLongestSave)
    return ScannedCardStatus::open;
  if (card.status != ScannedCardStatus::saved) return card.status;
  const auto record = engine_.get(caller, *caller.access.catalog().object(kObject), card.record);
  return record && record->deleted_at != 0 ? ScannedCardStatus::open : ScannedCardStatus::saved;
}

void Cards::write_scan(JsonWriter& json, const records::Caller& caller, const CardScan& scan,
                       bool whole) {
  json.begin_object().key("id").id(scan.id);
  // Where a part is read again, the rest is ready as before.
  const CardScanStatus shown =
      scan.status == CardScanStatus::cutting ? CardScanStatus::ready : scan.status;
  json.field("name", scan.name).field("status", card_scan_status_name(shown));
  json.field("created_at", format_instant(scan.created_at)).field("recognized", scan.recognized);
  if (!scan.failure.empty()) write_failure(json, caller, scan.failure);
  if (scan.status == CardScanStatus::reading) {
    Progress progress;
    {
      const std::lock_guard lock(mutex_);
      if (const auto found = progress_.find({scan.id, kPhoto}); found != progress_.end())
        progress = found->second;
    }
    json.key("progress")
        .begin_object()
        .field("done", progress.done)
        .field("total", progress.total)
        .end_object();
  }
  if (whole) json.field("photo", std::filesystem::exists(photo_path(scan.id)));
  json.key("cards").begin_array();
  for (std::size_t i = 0; i < scan.cards.size(); ++i) {
    const ScannedCard& card = scan.cards[i];
    const ScannedCardStatus status = status_of(caller, card);
    json.begin_object().field("number", i + 1).field("status", scanned_card_status_name(status));
    json.key("corners");
    write_corners(json, card.corners);
    if (!card.failure.empty()) write_failure(json, caller, card.failure);
    const CardField* name = find_field(card.fields, "name");
    const CardField* company = find_field(card.fields, "company_name");
    json.field("title", name == nullptr ? std::string() : name->value);
    json.field("subtitle", company == nullptr ? std::string() : company->value);
    if (status == ScannedCardStatus::saved) json.key("record").id(card.record);
    if (whole) {
      json.field("width", card.width).field("height", card.height).key("fields");
      write_card_fields(json, card.fields);
      json.key("lines").begin_array();
      for (const std::string& line : card.lines) json.string(line);
      json.end_array();
    }
    json.end_object();
  }
  json.end_array().end_object();
}

void Cards::list_json(const records::Caller& caller, std::string& out) {
  require_right(caller);
  const Id user = caller.access.administers() ? 0 : caller.access.user();
  JsonWriter json(out);
  json.begin_object().key("items").begin_array();
  for (const Id id : card_scan_ids(engine_.database(), user, kListed)) {
    if (const auto scan = load_card_scan(engine_.database(), id))
      write_scan(json, caller, *scan, false);
  }
  json.end_array().end_object();
}

void Cards::get_json(const records::Caller& caller, Id id, std::string& out) {
  const auto scan = find(caller, id);
  JsonWriter json(out);
  write_scan(json, caller, *scan, true);
}

std::string Cards::picture(const records::Caller& caller, Id id, std::size_t number) {
  const auto scan = find(caller, id);
  card_of(*scan, number);
  return unseal(picture_path(id, number), id);
}

std::string Cards::photo(const records::Caller& caller, Id id) {
  find(caller, id);
  return unseal(photo_path(id), id);
}

void Cards::cut(const records::Caller& caller, Id id, std::size_t number,
                const CardCorners& corners, std::string& out) {
  {
    const std::lock_guard lock(mutex_);
    const auto scan = find(caller, id);
    if (scan->status == CardScanStatus::reading)
      throw AppError(Status::conflict, "card_still_reading");
    if (!std::filesystem::exists(photo_path(id)))
      throw AppError(Status::not_found, "card_picture_gone");
    if (number == kNewCard) {
      if (scan->cards.size() >= static_cast<std::size_t>(PictureLimits::kMostCards))
        throw AppError(Status::conflict, "card_too_many",
                       {{"max", std::to_string(PictureLimits::kMostCards)}});
      scan->cards.emplace_back();
      number = scan->cards.size();
    }
    ScannedCard& card = card_of(*scan, number);
    require_open(caller, card);
    require_room(caller.access.user());
    card.status = ScannedCardStatus::reading;
    card.corners = corners;
    card.failure.clear();
    scan->status = CardScanStatus::cutting;
    update_card_scan(engine_.database(), *scan);
    progress_[{id, number}] = {.user = caller.access.user()};
    jobs_.emplace_back(id, number);
    wake_.notify_all();
  }
  get_json(caller, id, out);
}

Id Cards::save(const records::Caller& caller, Id id, std::size_t number,
               const std::function<Id(const std::string&, Id)>& save) {
  const Id batch = engine_.ids().next();
  std::string bytes;
  const auto mark = [&](ScannedCardStatus status, Id record) {
    const std::lock_guard lock(mutex_);
    const auto scan = load_card_scan(engine_.database(), id);
    if (scan == nullptr || number > scan->cards.size()) return;
    ScannedCard& card = scan->cards[number - 1];
    card.status = status;
    card.record = record;
    card.batch = batch;
    update_card_scan(engine_.database(), *scan);
  };
  {
    const std::lock_guard lock(mutex_);
    const auto scan = find(caller, id);
    ScannedCard& card = card_of(*scan, number);
    require_open(caller, card);
    // What a program did that died while saving is taken back first.
    if (card.status == ScannedCardStatus::saving && engine_.batch_size(card.batch, 1) > 0)
      engine_.undo(caller, card.batch);
    bytes = unseal(picture_path(id, number), id);
    card.status = ScannedCardStatus::saving;
    card.batch = batch;
    update_card_scan(engine_.database(), *scan);
  }
  try {
    const Id record = save(bytes, batch);
    mark(ScannedCardStatus::saved, record);
    return batch;
  } catch (...) {
    if (engine_.batch_size(batch, 1) > 0) engine_.undo(caller, batch);
    mark(ScannedCardStatus::open, 0);
    throw;
  }
}

void Cards::skip(const records::Caller& caller, Id id, std::size_t number, bool skipped,
                 std::string& out) {
  {
    const std::lock_guard lock(mutex_);
    const auto scan = find(caller, id);
    ScannedCard& card = card_of(*scan, number);
    require_open(caller, card);
    card.status = skipped ? ScannedCardStatus::skipped : ScannedCardStatus::open;
    update_card_scan(engine_.database(), *scan);
  }
  get_json(caller, id, out);
}

void Cards::remove(const records::Caller& caller, Id id) {
  const auto scan = find(caller, id);
  const std::lock_guard lock(mutex_);
  // A reading under way notices that nobody waits for it.
  const auto of_it = [&](const Job& job) { return job.first == id; };
  std::erase_if(jobs_, of_it);
  std::erase_if(progress_, [&](const auto& entry) { return of_it(entry.first); });
  delete_card_scan(engine_.database(), id);
  remove_files(id);
  settled_.notify_all();
}

}  // namespace daifuku::exchange
