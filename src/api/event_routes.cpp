#include <algorithm>
#include <chrono>

#include "api/app.h"
#include "api/events.h"

namespace daifuku::api {

using http::Method;

namespace {
constexpr std::size_t kHeld = 2'000;
constexpr std::size_t kNoticesHeld = 200;
constexpr int kKeepAliveMs = 15'000;
}  // namespace

void EventHub::publish(const records::Event& event) {
  {
    const std::lock_guard lock(mutex_);
    recent_.push_back(event);
    if (recent_.size() > kHeld) {
      dropped_ = recent_.front().sequence;
      recent_.pop_front();
    }
  }
  changed_.notify_all();
}

void EventHub::announce(Notice notice) {
  {
    const std::lock_guard lock(mutex_);
    told_.push_back(std::move(notice));
    ++notices_;
    if (told_.size() > kNoticesHeld) told_.pop_front();
  }
  changed_.notify_all();
}

std::uint64_t EventHub::notices() const {
  const std::lock_guard lock(mutex_);
  return notices_;
}

EventHub::News EventHub::after(Id sequence, std::uint64_t& noticed, int wait_ms) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, std::chrono::milliseconds(wait_ms), [&] {
    return stopped_ || notices_ > noticed ||
           (!recent_.empty() && recent_.back().sequence > sequence);
  });
  News news;
  news.missed = dropped_ > sequence;
  for (const records::Event& event : recent_) {
    if (event.sequence > sequence) news.events.push_back(event);
  }
  const std::uint64_t fresh = std::min<std::uint64_t>(notices_ - noticed, told_.size());
  news.notices.assign(told_.end() - static_cast<std::ptrdiff_t>(fresh), told_.end());
  noticed = notices_;
  return news;
}

void EventHub::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
}

namespace {

void write_event(const meta::Catalog& catalog, const records::Event& event, std::string& out) {
  out += "id: " + encode_id(event.sequence) + "\nevent: change\ndata: ";
  JsonWriter json(out);
  json.begin_object().field("object", catalog.by_id(event.object)->key).key("id").id(event.record);
  json.field("version", event.version).field("action", event.action).key("by").id(event.by);
  json.end_object();
  out += "\n\n";
}

// Somebody came to a record that the listener has open, left it or edits another field.
void write_presence(App& app, const records::Caller& caller, const Notice& notice,
                    std::string& out) {
  const meta::ObjectDef* object = caller.access.catalog().object(notice.object);
  if (object == nullptr) return;
  const Presence::Place place{.object = object->id, .record = notice.record};
  if (!app.events.presence().sits(place, caller.access.user(), app.clock.now()) ||
      !app.engine.may_see(caller, {.record = notice.record, .object = object->id}))
    return;
  out += "event: " + notice.event + "\ndata: ";
  JsonWriter(out)
      .begin_object()
      .field("object", notice.object)
      .key("id")
      .id(notice.record)
      .end_object();
  out += "\n\n";
}

void write_notice(std::string_view event, std::string_view name, std::string_view value,
                  std::string& out) {
  out += "event: " + std::string(event) + "\ndata: ";
  JsonWriter(out).begin_object().field(name, value).end_object();
  out += "\n\n";
}

void follow(App& app, Id last, const std::string& session, const std::string& authorization,
            http::Writer& writer) {
  writer.write("retry: 3000\n\n");
  Millis said = app.clock.now();
  std::uint64_t noticed = app.events.notices();
  std::shared_ptr<const auth::Access> known;
  std::string version;
  bool first = true;
  while (!writer.closed()) {
    // What the caller may see is told at once, so that a screen which slept knows whether it is
    // old.
    EventHub::News news = app.events.after(last, noticed, first ? 0 : 1'000);
    first = false;
    if (news.missed) news.events = app.engine.events_after(last, 1'000);
    // Rights are looked at again for each push: a session that ended hears nothing more.
    const auto who = authorization.starts_with("Bearer ")
                         ? app.accounts.by_api_token(std::string_view(authorization).substr(7))
                         : app.accounts.by_session(session, false);
    if (who == nullptr) return;
    const records::Caller caller{.access = *who->access};
    std::string out;
    if (who->access != known) {
      known = who->access;
      std::string now = known->version();
      if (now != version) write_notice("metadata", "version", now, out);
      version = std::move(now);
    }
    for (const records::Event& event : news.events) {
      last = event.sequence;
      if (app.engine.may_see(caller, event)) write_event(who->access->catalog(), event, out);
    }
    for (const Notice& notice : news.notices) {
      if (notice.record != 0) {
        write_presence(app, caller, notice, out);
        continue;
      }
      const meta::ObjectDef* object = who->access->catalog().object(notice.object);
      if (object != nullptr && who->access->object(*object).read != auth::Scope::none)
        write_notice(notice.event, "object", notice.object, out);
    }
    const Millis now = app.clock.now();
    if (out.empty() && now - said > kKeepAliveMs) out = ": still here\n\n";
    if (!out.empty()) {
      writer.write(out);
      said = now;
    }
  }
}

}  // namespace

void add_event_routes(Routes& routes) {
  App& app = routes.app();
  routes.add(Method::get, "/api/v1/events", Needs::session,
             [&app](Call& call) {
               Id last = decode_id(call.request.header("last-event-id")).value_or(0);
               if (last == 0)
                 last = decode_id(call.parameter("after")).value_or(app.engine.last_event());
               const std::string session = session_token(call.request);
               const std::string authorization(call.request.header("authorization"));
               http::Response response;
               response.content_type = "text/event-stream; charset=utf-8";
               response.headers.emplace_back("Cache-Control", "no-store");
               response.stream = [&app, last, session,
                                  authorization](http::Writer& writer) mutable {
                 follow(app, last, session, authorization, writer);
               };
               return response;
             },
             {.summary = "Changes as they happen (server-sent events)"});
}

}  // namespace daifuku::api
