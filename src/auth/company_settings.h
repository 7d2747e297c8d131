// The settings of the company that people edit and that may leave the ledger; nothing secret.
#pragma once

#include <string_view>

namespace daifuku::auth {

inline constexpr std::string_view kCompanySettings[] = {"company_name",        "fiscal_month",
                                                        "company_postal_code", "company_address",
                                                        "company_phone",       "company_purpose"};

}  // namespace daifuku::auth
