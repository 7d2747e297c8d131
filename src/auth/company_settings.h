// The settings of the company that people edit and that may leave the ledger; nothing secret.
#pragma once

#include <string_view>

namespace daifuku::auth {

// Whether phones may keep the customers of the day for where there is no line: "off" forbids it.
inline constexpr std::string_view kOfflineCopies = "offline_copies";

// What trade the company is in, as the templates of the set-up call it.
inline constexpr std::string_view kCompanyTrade = "company_trade";
// Why it keeps this ledger: shown to everybody, on the home screen.
inline constexpr std::string_view kCompanyPurpose = "company_purpose";

inline constexpr std::string_view kCompanySettings[] = {
    "company_name",  "fiscal_month",  "company_postal_code", "company_address",
    "company_phone", kCompanyPurpose, kCompanyTrade,         kOfflineCopies};

}  // namespace daifuku::auth
