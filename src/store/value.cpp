#include "store/database.h"

namespace daifuku::store {

void bind_value(Statement& statement, int index, const meta::Value& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    statement.bind(index, *integer);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    statement.bind(index, std::string_view(*text));
  } else {
    statement.bind_null(index);
  }
}

meta::Value integer_value(Statement& statement, int column) {
  if (statement.is_null(column)) return {};
  return statement.integer(column);
}

meta::Value text_value(Statement& statement, int column) {
  if (statement.is_null(column)) return {};
  return std::string(statement.text(column));
}

}  // namespace daifuku::store
