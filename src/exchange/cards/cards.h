// Business cards from photos: uploads that are read in the background, one at a time, and wait to
// be checked by the person who uploaded them. Nothing leaves the server.
//
// Thread-safe. Only that person and managers see an upload; for others it does not exist. Photos
// and the pictures cut from them lie sealed on disk and are removed with the upload or after 30
// days. An upload that a restart cut off is read again.
#pragma once

#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "exchange/cards/card_child.h"
#include "exchange/cards/card_scan.h"
#include "records/engine.h"

namespace daifuku::exchange {

class Cards {
 public:
  static constexpr std::size_t kMostBytes = std::size_t{20} << 20;
  // Photos and cards that wait to be read.
  static constexpr std::size_t kMostWaiting = 200;
  static constexpr std::size_t kMostOfOne = 20;  // of one person: the others wait behind him

  // `folder` is made with the mode 0700; `key32` seals the files in it.
  Cards(records::Engine& engine, CardReader reader, std::filesystem::path folder,
        std::string key32);
  ~Cards();
  Cards(const Cards&) = delete;
  Cards& operator=(const Cards&) = delete;

  // Of a server: takes up what a restart cut off, removes old files, starts the background thread.
  void start();
  // Ends it; a reading under way is given up and taken up again at the next start.
  void stop();

  // Takes over the photo in the file `upload` (it stays the caller's). Needs the right to create
  // business cards. Throws AppError: forbidden, unsupported, too_large, conflict. The answers are
  // appended to `out` as in the API.
  void create(const records::Caller& caller, const std::filesystem::path& upload,
              const std::string& name, std::string& out);
  void list_json(const records::Caller& caller, std::string& out);
  void get_json(const records::Caller& caller, Id id, std::string& out);
  // The picture of one card, by its place from 1.
  std::string picture(const records::Caller& caller, Id id, std::size_t number);
  // The whole photo, as it was uploaded.
  std::string photo(const records::Caller& caller, Id id);
  // Reads what lies between these corners of the photo, in the background: as this card instead of
  // what it was, or as one more card of the photo.
  static constexpr std::size_t kNewCard = 0;
  void cut(const records::Caller& caller, Id id, std::size_t number, const CardCorners& corners,
           std::string& out);
  // Makes records of a card: `save` gets its picture and the batch under which all changes go, and
  // gives the business card. Two at once: the second gets conflict. When it throws, what it did is
  // taken back.
  Id save(const records::Caller& caller, Id id, std::size_t number,
          const std::function<Id(const std::string& picture, Id batch)>& save);
  // Puts a card aside, or back.
  void skip(const records::Caller& caller, Id id, std::size_t number, bool skipped,
            std::string& out);
  void remove(const records::Caller& caller, Id id);
  // Until it was read. For tests.
  void wait(Id id);

 private:
  struct Progress {
    int done = 0;
    int total = 0;
    Id user = 0;  // who waits for it
  };

  // A photo, or one card of it by its place from 1.
  using Job = std::pair<Id, std::size_t>;
  static constexpr std::size_t kPhoto = 0;

  void work();
  void read(const Job& job);
  void keep(CardScan& scan, CardReading reading, const std::string& photo);
  void keep_part(CardScan& scan, std::size_t number, CardReading reading, const std::string& photo);
  void keep_failed(const Job& job);
  bool waits(Id id) const;           // under the mutex
  void require_room(Id user) const;  // under the mutex
  void recover();
  void remove_old();
  std::unique_ptr<CardScan> find(const records::Caller& caller, Id id);
  ScannedCard& card_of(CardScan& scan, std::size_t number) const;
  void require_open(const records::Caller& caller, const ScannedCard& card);
  ScannedCardStatus status_of(const records::Caller& caller, const ScannedCard& card);
  void write_scan(JsonWriter& json, const records::Caller& caller, const CardScan& scan,
                  bool whole);
  void require_right(const records::Caller& caller) const;
  std::filesystem::path photo_path(Id id) const;
  std::filesystem::path picture_path(Id id, std::size_t number) const;
  void seal(const std::filesystem::path& path, const std::string& bytes, Id id) const;
  std::string unseal(const std::filesystem::path& path, Id id) const;
  void remove_files(Id id) const;

  records::Engine& engine_;
  CardReader reader_;
  std::filesystem::path folder_;
  std::string key_;

  std::mutex mutex_;  // guards everything below, and the steps from a loaded scan to a kept one
  std::condition_variable wake_;
  std::condition_variable settled_;
  std::deque<Job> jobs_ = {};
  std::map<Job, Progress> progress_ = {};  // of those that wait or are read
  bool stopping_ = false;
  std::thread worker_ = {};
};

}  // namespace daifuku::exchange
