// /cards: photos of business cards, what was read on them, and the records made of them.
#include <charconv>

#include "api/app.h"
#include "crm/customer/card_save.h"
#include "exchange/cards/cards.h"

namespace daifuku::api {

using http::Method;
using http::Response;

namespace {

Response with_json(const std::function<void(std::string&)>& write, int status = 200) {
  std::string out;
  write(out);
  return json_response(std::move(out), status);
}

std::size_t number_of(const Call& call) {
  const std::string& text = call.request.captures.at(1);
  std::size_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end != text.data() + text.size())
    throw AppError(Status::not_found, "not_found");
  return out;
}

Response upload_card(Call& call) {
  const std::string& file = call.file_body();
  return with_json(
      [&](std::string& out) {
        call.app.cards.create(call.caller, file, call.parameter("name"), out);
      },
      201);
}

Response picture_response(std::string picture) {
  Response response;
  response.body = std::move(picture);
  response.content_type = response.body.starts_with("\x89PNG") ? "image/png" : "image/jpeg";
  response.headers.emplace_back("Content-Disposition", "inline; filename=\"card.jpg\"");
  response.headers.emplace_back("Content-Security-Policy", "default-src 'none'; sandbox");
  return response;
}

exchange::CardCorners corners_in(const Json& body) {
  exchange::CardCorners out{};
  const Json* given = json_find(body, "corners");
  bool usable = given != nullptr && given->is_array() && given->get_array().size() == out.size();
  for (std::size_t i = 0; usable && i < out.size(); ++i) {
    const Json& number = given->get_array()[i];
    usable = number.is_int64() && number.get_int64() >= 0 &&
             number.get_int64() <= exchange::kCornerScale;
    if (usable) out[i] = static_cast<int>(number.get_int64());
  }
  if (!usable || !exchange::usable_corners(out))
    throw AppError(Status::invalid, "invalid", {}, {{"corners", "card_corners", {}}});
  return out;
}

Response cut_card(Call& call, std::size_t number, int status) {
  const exchange::CardCorners corners = corners_in(call.json());
  return with_json(
      [&](std::string& out) { call.app.cards.cut(call.caller, call.id(0), number, corners, out); },
      status);
}

Response save_card(Call& call) {
  const Json body = call.json();
  crm::SavedCard saved;
  const Id change = call.app.cards.save(
      call.caller, call.id(0), number_of(call), [&](const std::string& picture, Id batch) {
        saved = crm::save_card(call.app.engine, call.app.files, call.caller, body, picture, batch);
        return saved.card;
      });
  return with_json(
      [&](std::string& out) {
        JsonWriter json(out);
        json.begin_object().key("change").id(change).key("business_card").id(saved.card);
        const auto link = [&](std::string_view key, Id id) {
          json.key(key);
          id == 0 ? json.null() : json.id(id);
        };
        link("person", saved.person);
        link("company", saved.company);
        json.end_object();
      },
      201);
}

Response skip_card(Call& call, bool skipped) {
  return with_json([&](std::string& out) {
    call.app.cards.skip(call.caller, call.id(0), number_of(call), skipped, out);
  });
}

}  // namespace

void add_card_routes(Routes& routes) {
  routes.add(Method::post, "/api/v1/cards", Needs::write, upload_card,
             {.body_limit = exchange::Cards::kMostBytes,
              .body_to_file = true,
              .summary = "Upload a photo of business cards"});
  routes.add(
      Method::get, "/api/v1/cards", Needs::session,
      [](Call& call) {
        return with_json([&](std::string& out) { call.app.cards.list_json(call.caller, out); });
      },
      {.summary = "Photos of business cards, newest first"});
  routes.add(Method::get, "/api/v1/cards/{id}", Needs::session,
             [](Call& call) {
               return with_json([&](std::string& out) {
                 call.app.cards.get_json(call.caller, call.id(0), out);
               });
             },
             {.summary = "A photo and what was read on its cards"});
  routes.add(
      Method::get, "/api/v1/cards/{id}/photo", Needs::session,
      [](Call& call) { return picture_response(call.app.cards.photo(call.caller, call.id(0))); },
      {.summary = "The whole photo as it was uploaded"});
  routes.add(
      Method::post, "/api/v1/cards/{id}/cut", Needs::write,
      [](Call& call) { return cut_card(call, exchange::Cards::kNewCard, 201); },
      {.summary = "Read one more card between these corners of the photo", .idempotent = true});
  routes.add(
      Method::get, "/api/v1/cards/{id}/{number}/image", Needs::session,
      [](Call& call) {
        return picture_response(call.app.cards.picture(call.caller, call.id(0), number_of(call)));
      },
      {.summary = "The picture of one card"});
  routes.add(Method::post, "/api/v1/cards/{id}/{number}/cut", Needs::write,
             [](Call& call) {
               const std::size_t number = number_of(call);
               if (number == exchange::Cards::kNewCard)
                 throw AppError(Status::not_found, "not_found");
               return cut_card(call, number, 200);
             },
             {.summary = "Read a card again, between these corners of the photo"});
  routes.add(Method::post, "/api/v1/cards/{id}/{number}/save", Needs::write, save_card,
             {.summary = "Make records of a checked card", .idempotent = true});
  routes.add(Method::post, "/api/v1/cards/{id}/{number}/skip", Needs::write,
             [](Call& call) { return skip_card(call, true); }, {.summary = "Put a card aside"});
  routes.add(Method::post, "/api/v1/cards/{id}/{number}/reopen", Needs::write,
             [](Call& call) { return skip_card(call, false); },
             {.summary = "Take up a card that was put aside"});
  routes.add(Method::del, "/api/v1/cards/{id}", Needs::write,
             [](Call& call) {
               call.app.cards.remove(call.caller, call.id(0));
               return no_content();
             },
             {.summary = "Delete a photo and its pictures; the records stay"});
}

}  // namespace daifuku::api
