// Address cards: vCard 4.0 (RFC 6350) and 3.0 (RFC 2426), which older phones and Outlook read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace daifuku::exchange {

enum class VCardVersion { v3, v4 };

struct OutgoingCard {
  bool organization = false;
  std::string full_name = {};
  std::string family = {};
  std::string given = {};
  std::string family_kana = {};  // also the reading of an organization's name
  std::string given_kana = {};
  std::string company = {};
  std::vector<std::string> units = {};  // 部門, 部署
  std::string title = {};
  struct Phone {
    enum class Use { work, home, cell, fax } use = Use::work;
    std::string number = {};
  };
  std::vector<Phone> phones = {};
  std::vector<std::string> emails = {};
  std::vector<std::string> urls = {};
  struct Address {
    bool home = false;
    std::string postal_code = {};
    std::string prefecture = {};
    std::string city = {};
    std::string street = {};
    std::string building = {};
  };
  std::vector<Address> addresses = {};
  std::vector<std::string> categories = {};
  std::string birthday = {};  // ISO
  std::string uid = {};
  Millis updated = 0;
};

// Appends one card: UTF-8, lines end with CR LF and are folded at 75 octets, never inside a
// character.
void append_vcard(const OutgoingCard& card, VCardVersion version, std::string& out);

}  // namespace daifuku::exchange
