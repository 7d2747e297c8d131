// Routes: method and pattern -> handler, with how it is to be run. A route without a permission does not start.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "http/message.h"

namespace daifuku::http {

enum class Run {
  inline_,  // on the network thread: point reads and pages of lists, well under a millisecond
  worker,   // on the worker pool: everything that writes, searches, hashes or streams
};

struct Route {
  Method method = Method::get;
  std::string pattern = {};     // "/api/v1/{objects}/{id}"; literal segments win over placeholders
  std::string permission = {};  // "public", "session", or a name the application checks; empty is refused by Router::add
  Run run = Run::worker;
  std::size_t body_limit = 1 << 20;
  bool body_to_file = false;    // stream the body to a temporary file (uploads)
  std::function<Response(Request&)> handle = {};
  std::string summary = {};     // for OpenAPI
};

class Router {
 public:
  void add(Route route);
  // nullptr when no pattern matches; `other_method` tells that the path exists under another method (405).
  const Route* find(Method method, std::string_view path, std::vector<std::string>& captures, bool& other_method) const;
  const std::vector<Route>& routes() const { return routes_; }

 private:
  std::vector<Route> routes_;
};

}  // namespace daifuku::http
