#include "http/router.h"

#include <utility>

#include "base/error.h"

namespace daifuku::http {
namespace {

bool is_placeholder(std::string_view segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

// Takes the first segment off a path without its leading slash.
std::string_view take_segment(std::string_view& rest, bool& last) {
  const std::size_t slash = rest.find('/');
  const std::string_view segment = rest.substr(0, slash);
  last = slash == std::string_view::npos;
  rest = last ? std::string_view() : rest.substr(slash + 1);
  return segment;
}

}  // namespace

Router::Router() : nodes_(1) {}

void Router::add(Route route) {
  const std::string name = std::string(method_name(route.method)) + " " + route.pattern;
  if (route.permission.empty()) throw SystemError("route without a permission: " + name);
  if (!route.handle) throw SystemError("route without a handler: " + name);
  if (route.pattern.empty() || route.pattern.front() != '/') {
    throw SystemError("route pattern must begin with a slash: " + name);
  }
  std::size_t node = 0;
  std::string_view rest = std::string_view(route.pattern).substr(1);
  bool last = false;
  while (!last) {
    const std::string_view segment = take_segment(rest, last);
    const bool placeholder = is_placeholder(segment);
    if (!placeholder && segment.find_first_of("{}") != std::string_view::npos) {
      throw SystemError("a placeholder must be a whole segment: " + name);
    }
    int next = kNone;
    if (placeholder) {
      next = nodes_[node].placeholder;
    } else if (const auto found = nodes_[node].literals.find(segment);
               found != nodes_[node].literals.end()) {
      next = found->second;
    }
    if (next == kNone) {
      next = static_cast<int>(nodes_.size());
      nodes_.emplace_back();
      if (placeholder) {
        nodes_[node].placeholder = next;
      } else {
        nodes_[node].literals.emplace(segment, next);
      }
    }
    node = static_cast<std::size_t>(next);
  }
  int& slot = nodes_[node].routes[static_cast<std::size_t>(route.method)];
  if (slot != kNone) throw SystemError("route exists already: " + name);
  slot = static_cast<int>(routes_.size());
  routes_.push_back(std::move(route));
}

void Router::set_fallback(Route route) {
  if (route.permission.empty()) throw SystemError("fallback route without a permission");
  if (!route.handle) throw SystemError("fallback route without a handler");
  fallback_.clear();
  fallback_.push_back(std::move(route));
}

// Depth first, literal before placeholder; goes back when the literal leads nowhere. `accept` says
// whether the node at the end of the path will do.
template <class Accept>
bool Router::walk(int node, std::string_view rest, std::vector<std::string_view>& captures,
                  const Accept& accept) const {
  bool last = false;
  const std::string_view segment = take_segment(rest, last);
  const Node& here = nodes_[static_cast<std::size_t>(node)];
  const auto visit = [&](int next) {
    return last ? accept(nodes_[static_cast<std::size_t>(next)])
                : walk(next, rest, captures, accept);
  };
  if (const auto found = here.literals.find(segment); found != here.literals.end()) {
    if (visit(found->second)) return true;
  }
  if (here.placeholder != kNone && !segment.empty()) {
    captures.push_back(segment);
    if (visit(here.placeholder)) return true;
    captures.pop_back();
  }
  return false;
}

const Route* Router::find(Method method, std::string_view path, std::vector<std::string>& captures,
                          bool& other_method) const {
  captures.clear();
  other_method = false;
  const Method wanted = method == Method::head ? Method::get : method;
  int index = kNone;
  bool known = false;
  std::vector<std::string_view> parts;
  const bool found =
      !path.empty() && path.front() == '/' && walk(0, path.substr(1), parts, [&](const Node& node) {
        for (const int route : node.routes) known = known || route != kNone;
        index = node.routes[static_cast<std::size_t>(wanted)];
        return index != kNone;
      });
  if (found) {
    captures.assign(parts.begin(), parts.end());
    return &routes_[static_cast<std::size_t>(index)];
  }
  if (!known && wanted == Method::get && !fallback_.empty()) return &fallback_.front();
  other_method = known;
  return nullptr;
}

std::string Router::allowed(std::string_view path) const {
  std::array<bool, 7> methods = {};
  bool known = false;
  std::vector<std::string_view> parts;
  if (!path.empty() && path.front() == '/') {
    walk(0, path.substr(1), parts, [&](const Node& node) {
      for (std::size_t i = 0; i < node.routes.size(); ++i) {
        if (node.routes[i] == kNone) continue;
        methods[i] = known = true;
      }
      return false;  // Look at every node that the path leads to.
    });
  }
  if (!known && !fallback_.empty()) methods[static_cast<std::size_t>(Method::get)] = known = true;
  if (!known) return {};
  if (methods[static_cast<std::size_t>(Method::get)]) {
    methods[static_cast<std::size_t>(Method::head)] = true;
  }
  methods[static_cast<std::size_t>(Method::options)] = true;
  std::string out;
  for (std::size_t i = 0; i < methods.size(); ++i) {
    if (!methods[i]) continue;
    if (!out.empty()) out += ", ";
    out += method_name(static_cast<Method>(i));
  }
  return out;
}

}  // namespace daifuku::http
