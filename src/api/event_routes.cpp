#include <chrono>

#include "api/app.h"
#include "api/events.h"

namespace daifuku::api {

using http::Method;

namespace {
constexpr std::size_t kHeld = 2'000;
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

std::vector<records::Event> EventHub::after(Id sequence, int wait_ms, bool& missed) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, std::chrono::milliseconds(wait_ms), [&] {
    return stopped_ || (!recent_.empty() && recent_.back().sequence > sequence);
  });
  missed = dropped_ > sequence;
  std::vector<records::Event> out;
  for (const records::Event& event : recent_) {
    if (event.sequence > sequence) out.push_back(event);
  }
  return out;
}

void EventHub::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
}

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
                 writer.write("retry: 3000\n\n");
                 Millis said = app.clock.now();
                 while (!writer.closed()) {
                   bool missed = false;
                   auto events = app.events.after(last, 1'000, missed);
                   if (missed) events = app.engine.events_after(last, 1'000);
                   // Rights are looked at again for each push: a session that ended hears nothing
                   // more.
                   const auto who =
                       authorization.starts_with("Bearer ")
                           ? app.accounts.by_api_token(std::string_view(authorization).substr(7))
                           : app.accounts.by_session(session, false);
                   if (who == nullptr) return;
                   const records::Caller caller{.access = *who->access};
                   std::string out;
                   for (const records::Event& event : events) {
                     last = event.sequence;
                     if (!app.engine.may_see(caller, event)) continue;
                     const meta::ObjectDef* object = who->access->catalog().by_id(event.object);
                     out += "id: " + encode_id(event.sequence) + "\nevent: change\ndata: ";
                     JsonWriter json(out);
                     json.begin_object().field("object", object->key).key("id").id(event.record);
                     json.field("version", event.version)
                         .field("action", event.action)
                         .key("by")
                         .id(event.by)
                         .end_object();
                     out += "\n\n";
                   }
                   const Millis now = app.clock.now();
                   if (out.empty() && now - said > kKeepAliveMs) out = ": still here\n\n";
                   if (!out.empty()) {
                     writer.write(out);
                     said = now;
                   }
                 }
               };
               return response;
             },
             {.summary = "Changes as they happen (server-sent events)"});
}

}  // namespace daifuku::api
