// Routes: method and pattern -> handler, with how it is to be run. A route without a permission
// does not start.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace daifuku::http {

enum class Run {
  inline_,  // on the network thread: point reads and pages of lists, well under a millisecond
  worker,   // on the worker pool: everything that writes, searches, hashes or streams
};

struct Route {
  Method method = Method::get;
  std::string pattern = {};  // "/api/v1/{objects}/{id}"; literal segments win over placeholders
  std::string permission =
      {};  // "public", "session", or a name the application checks; empty is refused by Router::add
  Run run = Run::worker;
  std::string worker_when = {};  // an inline_ route with this query parameter runs on a worker
  std::size_t body_limit = 1 << 20;
  bool body_to_file = false;  // stream the body to a temporary file (uploads)
  std::function<Response(Request&)> handle = {};
  std::string summary = {};  // for OpenAPI
  bool idempotent = false;   // honours Idempotency-Key
};

// Filled at start-up, then read by all threads. Pointers to routes are good once the last route is
// added.
class Router {
 public:
  Router();
  // Throws SystemError when the route has no permission, no handler, a malformed pattern or exists
  // already.
  void add(Route route);
  // Answers GET and HEAD of paths that no pattern matches (static files); its pattern is not looked
  // at.
  void set_fallback(Route route);
  // nullptr when no pattern matches; `other_method` tells that the path exists under another method
  // (405). Literal segments win over placeholders, from left to right. HEAD finds the route of GET.
  const Route* find(Method method, std::string_view path, std::vector<std::string>& captures,
                    bool& other_method) const;
  // For the Allow header: "GET, HEAD, POST, OPTIONS"; empty when the path is unknown.
  std::string allowed(std::string_view path) const;
  const std::vector<Route>& routes() const { return routes_; }

 private:
  static constexpr int kNone = -1;
  struct Node {
    std::map<std::string, int, std::less<>> literals = {};
    int placeholder = kNone;
    std::array<int, 7> routes = {kNone, kNone, kNone, kNone, kNone, kNone, kNone};  // by Method
  };
  template <class Accept>
  bool walk(int node, std::string_view rest, std::vector<std::string_view>& captures,
            const Accept& accept) const;

  std::vector<Route> routes_;
  std::vector<Route> fallback_;  // none or one
  std::vector<Node> nodes_;
};

}  // namespace daifuku::http
