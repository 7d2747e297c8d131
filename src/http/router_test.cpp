#include "http/router.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace daifuku::http {
namespace {

Route route(Method method, std::string pattern, std::string permission = "public") {
  return {.method = method,
          .pattern = std::move(pattern),
          .permission = std::move(permission),
          .handle = [](Request&) { return Response(); }};
}

std::string pattern_of(const Router& router, Method method, std::string_view path,
                       std::vector<std::string>* captures = nullptr) {
  std::vector<std::string> unused;
  bool other_method = false;
  const Route* found =
      router.find(method, path, captures != nullptr ? *captures : unused, other_method);
  if (found != nullptr) return found->pattern;
  return other_method ? "405" : "404";
}

Router example() {
  Router router;
  router.add(route(Method::get, "/"));
  router.add(route(Method::get, "/api/v1/{objects}"));
  router.add(route(Method::post, "/api/v1/{objects}"));
  router.add(route(Method::get, "/api/v1/{objects}/{id}"));
  router.add(route(Method::del, "/api/v1/{objects}/{id}"));
  router.add(route(Method::get, "/api/v1/search"));
  router.add(route(Method::get, "/api/v1/deals/board"));
  router.add(route(Method::post, "/api/v1/deals/{id}/win"));
  return router;
}

TEST(Router, LiteralsWinOverPlaceholders) {
  const Router router = example();
  const struct {
    Method method;
    const char* path;
    const char* expected;
  } cases[] = {
      {Method::get, "/", "/"},
      {Method::get, "/api/v1/companies", "/api/v1/{objects}"},
      {Method::get, "/api/v1/search", "/api/v1/search"},
      {Method::get, "/api/v1/deals/board", "/api/v1/deals/board"},
      {Method::get, "/api/v1/deals/7", "/api/v1/{objects}/{id}"},
      {Method::get, "/api/v1/deals", "/api/v1/{objects}"},
      // The literal leads to a node without that method: the placeholder is tried.
      {Method::post, "/api/v1/search", "/api/v1/{objects}"},
      {Method::del, "/api/v1/deals/board", "/api/v1/{objects}/{id}"},
      {Method::post, "/api/v1/deals/7/win", "/api/v1/deals/{id}/win"},
      {Method::post, "/api/v1/deals/board/win", "/api/v1/deals/{id}/win"},
      {Method::head, "/api/v1/companies", "/api/v1/{objects}"},
      {Method::put, "/api/v1/companies", "405"},
      {Method::get, "/api/v1/deals/7/win", "405"},
      {Method::get, "/api/v1", "404"},
      {Method::get, "/api/v1/", "404"},  // a placeholder takes no empty segment
      {Method::get, "/api/v1/companies/", "404"},
      {Method::get, "/api//v1/companies", "404"},
      {Method::get, "/api/v1/a/b/c", "404"},
      {Method::get, "", "404"},
      {Method::options, "*", "404"},
  };
  for (const auto& item : cases) {
    SCOPED_TRACE(std::string(method_name(item.method)) + " " + item.path);
    EXPECT_EQ(pattern_of(router, item.method, item.path), item.expected);
  }
}

TEST(Router, CapturesInOrder) {
  const Router router = example();
  std::vector<std::string> captures = {"left over"};

  pattern_of(router, Method::get, "/api/v1/会社/0ABC", &captures);
  EXPECT_EQ(captures, (std::vector<std::string>{"会社", "0ABC"}));
  pattern_of(router, Method::post, "/api/v1/deals/7/win", &captures);
  EXPECT_EQ(captures, std::vector<std::string>{"7"});
  pattern_of(router, Method::get, "/api/v1/search", &captures);
  EXPECT_TRUE(captures.empty());
}

TEST(Router, ListsTheMethodsOfAPath) {
  const Router router = example();

  EXPECT_EQ(router.allowed("/api/v1/companies/7"), "GET, HEAD, DELETE, OPTIONS");
  EXPECT_EQ(router.allowed("/api/v1/search"), "GET, HEAD, POST, OPTIONS");
  EXPECT_EQ(router.allowed("/api/v1/deals/7/win"), "POST, OPTIONS");
  EXPECT_EQ(router.allowed("/nowhere"), "");
}

TEST(Router, FallbackTakesOnlyUnknownPathsOfGetAndHead) {
  Router router = example();
  router.set_fallback(route(Method::get, "/*"));

  EXPECT_EQ(pattern_of(router, Method::get, "/deals/7"), "/*");
  EXPECT_EQ(pattern_of(router, Method::head, "/deals/7"), "/*");
  EXPECT_EQ(pattern_of(router, Method::post, "/deals/7"), "404");
  EXPECT_EQ(pattern_of(router, Method::get, "/api/v1/deals/7/win"), "405");
}

TEST(Router, RefusesWhatWouldBeAMistake) {
  Router router = example();

  EXPECT_THROW(router.add(route(Method::get, "/x", "")), SystemError);
  EXPECT_THROW(router.add(route(Method::get, "x")), SystemError);
  EXPECT_THROW(router.add(route(Method::get, "/x/a{id}")), SystemError);
  EXPECT_THROW(router.add(route(Method::get, "/api/v1/search")), SystemError);
  EXPECT_THROW(router.add(route(Method::get, "/api/v1/{other}/{name}")), SystemError);
  EXPECT_THROW(router.add({.pattern = "/x", .permission = "public"}), SystemError);
  EXPECT_THROW(router.set_fallback(route(Method::get, "/*", "")), SystemError);
}

}  // namespace
}  // namespace daifuku::http
