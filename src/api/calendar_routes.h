// The calendar of one person for other programs.
#pragma once

#include <string>

#include "api/app.h"

namespace daifuku::api {

void add_calendar_routes(Routes& routes);

// Of a request, as it may stand in a log: the secret of a calendar's address is left out.
std::string loggable_path(const std::string& path);

}  // namespace daifuku::api
