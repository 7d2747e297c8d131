"""A calendar file becomes activities or tasks: who they are with, twice the same makes nothing, and it is taken back."""
import datetime
import json
import urllib.parse

from daifuku import LedgerTest, wait_for

JAPAN = datetime.timezone(datetime.timedelta(hours=9))


def stamp(offset, hour):
    day = (datetime.datetime.now(JAPAN) + datetime.timedelta(days=offset)).date()
    return f"{day:%Y%m%d}T{hour:02d}0000"


def event(uid, title, start, end, *more):
    lines = ["BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{title}", f"DTSTART;TZID=Asia/Tokyo:{start}", f"DTEND;TZID=Asia/Tokyo:{end}", *more, "END:VEVENT"]
    return "\r\n".join(lines) + "\r\n"


def calendar(*events):
    return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Google Inc//Google Calendar 70.9054//EN\r\n" + "".join(events) + "END:VCALENDAR\r\n").encode()


class IcsImport(LedgerTest):
    @classmethod
    def prepare(cls):
        cls.company = cls.owner.create("companies", name="株式会社山田製作所")
        cls.guest = cls.owner.create("people", name="佐藤 花子", email="hanako@yamada.example.jp", company=cls.company["id"])
        cls.count = 0

    def person(self):
        type(self).count += 1
        return self.server.add_user(self.owner, f"ics{self.count}@example.jp", name=f"取り込む {self.count}", role="manager")

    def upload(self, client, content, **query):
        return client.request("POST", "/api/v1/imports?" + urllib.parse.urlencode({"name": "予定.ics", **query}), raw=content, content_type="application/octet-stream")

    def run_import(self, client, made):
        started = client.post(f"/imports/{made['id']}/run")
        self.assertEqual(started.status, 202, started)
        return wait_for(lambda: (lambda now: now if now["status"] != "running" else None)(client.get("/imports/" + made["id"]).json))

    def found(self, client, plural, title, field):
        return client.get(f"/{plural}", filter=json.dumps({field: {"eq": title}}, ensure_ascii=False)).json["items"]

    def test_events_become_activities_with_their_customers(self):
        who = self.person()
        file = calendar(
            event("a1@google.com", "打ち合わせ一", stamp(3, 10), stamp(3, 11), "LOCATION:本社", "DESCRIPTION:見積\\n説明",
                  "ATTENDEE;CN=花子:mailto:hanako@yamada.example.jp", "ATTENDEE;CN=知らない人:mailto:nobody@else.example.jp"),
            event("a2@google.com", "株式会社山田製作所様 訪問", stamp(-3, 10), stamp(-3, 12)),
            event("a3@google.com", "毎日の会", stamp(1, 9), stamp(1, 10), "RRULE:FREQ=DAILY;COUNT=3"))
        made = self.upload(who, file)
        self.assertEqual(made.status, 201, made)
        found = made.json
        self.assertEqual((found["object"], found["detected"]["format"], found["map"]["id"]), ("activity", "ics", "ics_activities"))
        self.assertEqual([map["id"] for map in found["maps"]], ["ics_activities", "ics_tasks"])
        done = self.run_import(who, found)
        self.assertEqual((done["status"], done["progress"]["created"]), ("done", 5), done)
        first = who.get("/activities/" + self.found(who, "activities", "打ち合わせ一", "subject")[0]["id"]).json
        self.assertEqual((first["person"]["id"], first["company"]["id"], first["minutes"], first["place"], first["kind"], first["status"]),
                         (self.guest["id"], self.company["id"], 60, "本社", "meeting", "planned"))
        self.assertIn("知らない人", first["content"])
        second = who.get("/activities/" + self.found(who, "activities", "株式会社山田製作所様 訪問", "subject")[0]["id"]).json
        self.assertEqual((second["company"]["id"], second["kind"], second["status"]), (self.company["id"], "visit", "done"))
        self.assertEqual(len(self.found(who, "activities", "毎日の会", "subject")), 3)
        # Nobody was made of a guest.
        self.assertEqual(self.found(self.owner, "people", "知らない人", "name"), [])

        # The same file again: everything is known.
        again = self.upload(who, file).json
        self.assertEqual((again["counts"]["ok"], again["counts"]["known"]), (0, 5), again["counts"])
        # As tasks they are others.
        other = who.patch(f"/imports/{again['id']}", {"map": "ics_tasks"}).json
        self.assertEqual((other["object"], other["counts"]["ok"]), ("task", 5))
        # Taken back at once; then they are new again.
        self.assertEqual(who.post(f"/imports/{found['id']}/undo").status, 200)
        self.assertEqual(self.found(who, "activities", "毎日の会", "subject"), [])
        self.assertEqual(self.upload(who, file).json["counts"]["ok"], 5)

    def test_a_moved_event_is_changed_when_asked(self):
        who = self.person()
        made = self.upload(who, calendar(event("m1", "動く予定", stamp(3, 10), stamp(3, 11)))).json
        self.run_import(who, made)
        again = self.upload(who, calendar(event("m1", "動く予定", stamp(4, 15), stamp(4, 16)), event("m2", "新しい予定", stamp(4, 9), stamp(4, 10)))).json
        both = who.patch(f"/imports/{again['id']}", {"mode": "both", "policy": "overwrite"}).json
        self.assertEqual((both["counts"]["creates"], both["counts"]["updates"]), (1, 1), both["counts"])
        self.run_import(who, both)
        moved = self.found(who, "activities", "動く予定", "subject")
        self.assertEqual(len(moved), 1)
        expected = datetime.datetime.strptime(stamp(4, 15), "%Y%m%dT%H%M%S").replace(tzinfo=JAPAN)
        self.assertEqual(datetime.datetime.fromisoformat(moved[0]["happened_at"].replace("Z", "+00:00")), expected)

    def test_events_become_tasks(self):
        who = self.person()
        made = self.upload(who, calendar(event("t1", "書類を出す", stamp(5, 10), stamp(5, 11)), event("t2", "過ぎたこと", stamp(-5, 10), stamp(-5, 11)))).json
        made = who.patch(f"/imports/{made['id']}", {"map": "ics_tasks"}).json
        self.run_import(who, made)
        task = self.found(who, "tasks", "書類を出す", "name")[0]
        self.assertEqual((task["due_on"].replace("-", ""), task["done"]), (stamp(5, 10)[:8], False))
        self.assertTrue(self.found(who, "tasks", "過ぎたこと", "name")[0]["done"])

    def test_a_hidden_guest_is_not_told_of(self):
        viewer = self.person()
        self.assertEqual(self.owner.patch("/roles/manager", {"fields": {"person.email": "none"}}).status, 200)
        try:
            made = self.upload(viewer, calendar(event("h1", "伏せた人", stamp(3, 10), stamp(3, 11), "ATTENDEE:mailto:hanako@yamada.example.jp"))).json
            self.run_import(viewer, made)
            self.assertIsNone(self.found(viewer, "activities", "伏せた人", "subject")[0].get("person"))
        finally:
            self.owner.patch("/roles/manager", {"fields": {"person.email": None}})

    def test_another_persons_import_is_his_own(self):
        one, two = self.person(), self.person()
        file = calendar(event("shared", "二人の予定", stamp(3, 10), stamp(3, 11)))
        self.run_import(one, self.upload(one, file).json)
        self.assertEqual(self.upload(two, file).json["counts"]["ok"], 1)

    def test_what_is_no_calendar_is_refused(self):
        for content, code in ((calendar(), "ics_no_events"), (b"BEGIN:VCALENDAR\r\n" + b"x" * (17 << 20), "ics_too_large")):
            answer = self.upload(self.owner, content)
            self.assertIn(answer.status, (413, 415, 422), answer)
            self.assertEqual(answer.json["code"], code)
        quiet = self.upload(self.owner, calendar(event("p1", "歯医者", stamp(3, 10), stamp(3, 11), "CLASS:PRIVATE"), event("p2", "仕事", stamp(3, 10), stamp(3, 11)))).json
        self.assertEqual(quiet["counts"]["ok"], 1)
        self.assertIn("ics_private_left_out", [notice["code"] for notice in quiet["notices"]])
