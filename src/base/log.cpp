#include "base/log.h"

#include <atomic>
#include <cstdio>

#include "base/json.h"
#include "base/time.h"

namespace daifuku::log {
namespace {
std::atomic<Level> minimum{Level::info};
}  // namespace

void set_level(Level level) { minimum = level; }

void write(Level level, std::string_view event, std::initializer_list<Field> fields) {
  if (level < minimum) return;
  static constexpr const char* kNames[] = {"debug", "info", "warn", "error", "off"};
  std::string line = "time=" + format_instant(SystemClock().now()) +
                     " level=" + kNames[static_cast<int>(level)] + " event=";
  append_json_string(line, event);
  for (const Field& field : fields) {
    line += ' ';
    line += field.key;
    line += '=';
    append_json_string(line, field.value);
  }
  line += '\n';
  std::fwrite(line.data(), 1, line.size(),
              stderr);  // One call a line: stdio locks the stream for it.
}

}  // namespace daifuku::log
