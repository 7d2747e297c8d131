#include "auth/accounts.h"

namespace daifuku::auth {

std::vector<store::Table> tables() {
  using store::ColumnType;
  constexpr auto integer = ColumnType::integer;
  constexpr auto text = ColumnType::text;
  return {
      {.name = "user_account",
       .columns = {{"id", integer, true},
                   {"name", text, true},
                   {"email", text, true},
                   {"role", text, true},
                   {"password_hash", text},
                   {"language", text},
                   {"disabled", integer},
                   {"created_at", integer},
                   {"last_seen_at", integer},
                   {"invite_hash", text},
                   {"invite_until", integer}},
       .indexes = {{"user_account_email", {"email"}, true, {}}}},
      {.name = "team", .columns = {{"id", integer, true}, {"name", text, true}}},
      {.name = "team_member",
       .columns = {{"user_id", integer, true}, {"team_id", integer, true}},
       .key = {"user_id", "team_id"},
       .clustered = true},
      {.name = "role_setting",
       .columns = {{"role", text, true}, {"settings", text}},
       .key = {"role"},
       .clustered = true},
      {.name = "session",
       .columns = {{"hash", text, true},
                   {"user_id", integer, true},
                   {"csrf", text},
                   {"created_at", integer},
                   {"seen_at", integer},
                   {"agent", text},
                   {"remote", text}},
       .key = {"hash"},
       .clustered = true,
       .indexes = {{"session_by_user", {"user_id"}, false, {}}}},
      {.name = "api_token",
       .columns = {{"hash", text, true},
                   {"id", integer, true},
                   {"user_id", integer, true},
                   {"name", text},
                   {"scopes", text},
                   {"created_at", integer},
                   {"expires_at", integer},
                   {"last_used_at", integer}},
       .key = {"hash"},
       .clustered = true,
       .indexes = {{"api_token_user", {"user_id"}, false, {}}}},
      // The address under which a person's calendar is read by other programs; one at a time.
      {.name = "calendar_link",
       .columns = {{"user_id", integer, true},
                   {"hash", text, true},
                   {"created_at", integer},
                   {"last_used_at", integer},
                   {"content", integer, true}},
       .key = {"user_id"},
       .clustered = true,
       .indexes = {{"calendar_link_hash", {"hash"}, true, {}}}},
      {.name = "setting",
       .columns = {{"key", text, true}, {"value", text}},
       .key = {"key"},
       .clustered = true},
  };
}

}  // namespace daifuku::auth
