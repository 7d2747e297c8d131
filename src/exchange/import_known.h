// Rows that are in the list already, by what makes two records surely the same: the strict name
// with the corporate number, the address, a phone or a mail address. Anything less is for the
// person to judge (名寄せ), not for an import.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "records/engine.h"

namespace daifuku::exchange {

// Open addressing over 64-bit hashes: a million rows cost 32 MB.
class HashSet {
 public:
  bool contains(std::uint64_t hash) const;
  bool insert(std::uint64_t hash);  // false when it was there
  std::size_t size() const { return count_; }

 private:
  void grow();
  std::vector<std::uint64_t> slots_ = {};
  std::size_t count_ = 0;
};

// One import; one thread.
class KnownRecords {
 public:
  // Only records that the caller may see are known: the import must not be an oracle.
  KnownRecords(records::Engine& engine, const records::Caller& caller,
               const meta::ObjectDef& object);

  // Whether the values are those of an existing record or of an earlier row of this file.
  bool find(store::Connection& connection, const meta::Values& values);
  // The row is going to be a record; later rows are compared with it.
  void remember(const meta::Values& values);

 private:
  struct Print {
    std::string name = {};
    std::string form = {};
    std::string number = {};
    std::string place = {};
    std::vector<std::string> contacts = {};  // phones and mail addresses
    bool telling() const {
      return !name.empty() && !(number.empty() && place.empty() && contacts.empty());
    }
  };
  Print print(const meta::Values& values) const;
  static bool same(const Print& a, const Print& b);
  template <typename Each>
  static bool each_hash(const Print& print, bool looking, const Each& each);

  const meta::ObjectDef& object_;
  bool company_ = false;
  std::vector<const meta::FieldDef*> fields_ = {};  // all that a print needs
  const meta::FieldDef* number_ = nullptr;
  std::string city_ = {};
  std::string street_ = {};
  std::string sql_ = {};
  std::vector<Id> binds_ = {};
  HashSet rows_ = {};
};

}  // namespace daifuku::exchange
