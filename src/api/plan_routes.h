// /plans: follow-up plans beyond records.
#pragma once

#include "api/app.h"

namespace daifuku::api {

void add_plan_routes(Routes& routes);

}  // namespace daifuku::api
