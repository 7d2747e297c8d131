// The background thread of Cards: what it reads and what it keeps of it.
#include <algorithm>

#include "base/log.h"
#include "exchange/cards/cards.h"

namespace daifuku::exchange {
namespace {

constexpr Millis kKept = 30LL * 86'400'000;
constexpr auto kLookForOld = std::chrono::hours(1);

bool any_reading(const CardScan& scan) {
  return std::ranges::any_of(scan.cards, [](const ScannedCard& card) {
    return card.status == ScannedCardStatus::reading;
  });
}

}  // namespace

void Cards::start() {
  recover();
  remove_old();
  const std::lock_guard lock(mutex_);
  stopping_ = false;
  if (!worker_.joinable()) worker_ = std::thread([this] { work(); });
}

void Cards::stop() {
  std::thread worker;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    worker.swap(worker_);
    wake_.notify_all();
  }
  if (worker.joinable()) worker.join();
}

void Cards::recover() {
  const auto add = [&](const Job& job, Id user) {
    const std::lock_guard lock(mutex_);
    if (progress_.try_emplace(job, Progress{.user = user}).second) jobs_.push_back(job);
  };
  for (const Id id : card_scan_ids(engine_.database(), CardScanStatus::reading)) {
    if (const auto scan = load_card_scan(engine_.database(), id))
      add({id, kPhoto}, scan->created_by);
  }
  for (const Id id : card_scan_ids(engine_.database(), CardScanStatus::cutting)) {
    const auto scan = load_card_scan(engine_.database(), id);
    for (std::size_t i = 0; scan != nullptr && i < scan->cards.size(); ++i) {
      if (scan->cards[i].status == ScannedCardStatus::reading) add({id, i + 1}, scan->created_by);
    }
  }
}

bool Cards::waits(Id id) const {
  const auto job = progress_.lower_bound({id, kPhoto});
  return job != progress_.end() && job->first.first == id;
}

void Cards::remove_old() {
  const Millis now = engine_.clock().now();
  for (const Id id : card_scan_ids_before(engine_.database(), now - kKept)) {
    const std::lock_guard lock(mutex_);
    if (waits(id)) continue;
    delete_card_scan(engine_.database(), id);
    remove_files(id);
  }
  // Files whose upload is not there: a crash between the two.
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder_, error)) {
    const std::string file = entry.path().filename().string();
    const auto id = decode_id(file.substr(0, file.find('.')));
    if (!id || id_time(*id) > now - 86'400'000) continue;
    if (load_card_scan(engine_.database(), *id) == nullptr) remove_files(*id);
  }
}

void Cards::work() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (jobs_.empty()) {
      if (wake_.wait_for(lock, kLookForOld) == std::cv_status::timeout && jobs_.empty()) {
        lock.unlock();
        try {
          remove_old();
        } catch (const std::exception& error) {
          log::error("card_clean_up", {{"error", error.what()}});
        }
        lock.lock();
      }
      continue;
    }
    const Job job = jobs_.front();
    jobs_.pop_front();
    lock.unlock();
    try {
      read(job);
    } catch (const std::exception& error) {
      log::error("card_reading", {{"scan", encode_id(job.first)}, {"error", error.what()}});
    }
    lock.lock();
    progress_.erase(job);
    settled_.notify_all();
  }
}

void Cards::read(const Job& job) {
  const auto [id, number] = job;
  std::string photo;
  CardReading reading;
  try {
    photo = unseal(photo_path(id), id);
    std::optional<CardCorners> corners;
    if (number != kPhoto) {
      const auto scan = load_card_scan(engine_.database(), id);
      if (scan == nullptr || number > scan->cards.size()) return;
      corners = scan->cards[number - 1].corners;
    }
    const auto progress = [&](int done, int total) {
      const std::lock_guard lock(mutex_);
      const auto shown = progress_.find(job);  // not there when nobody waits any more
      if (shown == progress_.end()) return;
      shown->second.done = done;
      shown->second.total = total;
    };
    const auto stop = [&] {
      const std::lock_guard lock(mutex_);
      return stopping_ || !progress_.contains(job);
    };
    reading = reader_(photo, corners, progress, stop);
    if (stop()) return;  // Read again at the next start, or removed meanwhile.
  } catch (const std::exception& error) {
    log::error("card_reading", {{"scan", encode_id(id)}, {"error", error.what()}});
    reading = {.failure = "card_reading_failed"};
  }
  const std::lock_guard lock(mutex_);
  const auto scan = load_card_scan(engine_.database(), id);
  if (scan == nullptr) return;
  try {
    if (number == kPhoto) {
      keep(*scan, std::move(reading), photo);
    } else if (number <= scan->cards.size()) {
      keep_part(*scan, number, std::move(reading), photo);
    }
  } catch (const std::exception& error) {
    log::error("card_keeping", {{"scan", encode_id(id)}, {"error", error.what()}});
    keep_failed(job);
  }
}

// There was no room for the pictures: told, so that nobody waits for them for ever.
void Cards::keep_failed(const Job& job) {
  const auto scan = load_card_scan(engine_.database(), job.first);
  if (scan == nullptr) return;
  scan->status = CardScanStatus::ready;
  if (job.second == kPhoto) {
    scan->status = CardScanStatus::failed;
    scan->failure = "card_reading_failed";
  } else if (job.second <= scan->cards.size()) {
    ScannedCard& card = scan->cards[job.second - 1];
    card.status = ScannedCardStatus::open;
    card.failure = "card_reading_failed";
  }
  if (job.second != kPhoto && any_reading(*scan)) scan->status = CardScanStatus::cutting;
  update_card_scan(engine_.database(), *scan);
}

void Cards::keep(CardScan& scan, CardReading reading, const std::string& photo) {
  // A picture that could not be read can still be typed from.
  const bool unread = reading.failure == "card_reading_failed" ||
                      reading.failure == "card_reading_too_long" ||
                      reading.failure == "card_reading_unsafe";
  scan.failure = reading.failure;
  scan.recognized = reading.recognized;
  scan.status = reading.failure.empty() || unread ? CardScanStatus::ready : CardScanStatus::failed;
  scan.cards.clear();
  if (unread) {
    scan.whole = true;
    scan.cards.emplace_back();
    seal(picture_path(scan.id, 1), photo, scan.id);
  }
  if (reading.failure.empty()) {
    for (ReadCard& card : reading.cards) {
      scan.cards.push_back({.width = card.width,
                            .height = card.height,
                            .corners = card.corners,
                            .fields = std::move(card.fields),
                            .lines = std::move(card.lines)});
      seal(picture_path(scan.id, scan.cards.size()), card.picture, scan.id);
    }
  }
  update_card_scan(engine_.database(), scan);
  // The photo stays as long as the cards: a person may cut it in another way. One that cannot be
  // decoded is of no use.
  std::error_code ignored;
  if (scan.status == CardScanStatus::failed) std::filesystem::remove(photo_path(scan.id), ignored);
}

void Cards::keep_part(CardScan& scan, std::size_t number, CardReading reading,
                      const std::string& photo) {
  ScannedCard& card = scan.cards[number - 1];
  if (card.status != ScannedCardStatus::reading) return;
  const auto path = picture_path(scan.id, number);
  card.status = ScannedCardStatus::open;
  card.failure = reading.failure;
  if (reading.cards.empty() && card.failure.empty()) card.failure = "card_reading_failed";
  if (card.failure.empty()) {
    ReadCard& read = reading.cards.front();
    scan.recognized = reading.recognized;
    card.width = read.width;
    card.height = read.height;
    card.fields = std::move(read.fields);
    card.lines = std::move(read.lines);
    seal(path, read.picture, scan.id);
  } else if (!std::filesystem::exists(path)) {
    seal(path, photo, scan.id);  // It can still be typed from.
  }
  scan.status = any_reading(scan) ? CardScanStatus::cutting : CardScanStatus::ready;
  update_card_scan(engine_.database(), scan);
}

void Cards::wait(Id id) {
  std::unique_lock lock(mutex_);
  settled_.wait(lock, [&] { return !waits(id); });
}

}  // namespace daifuku::exchange
