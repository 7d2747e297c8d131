"""The calendar of a person for other programs: a secret address, the rights of its owner, what it holds and when it ends."""
import datetime
import re

from daifuku import LedgerTest

JAPAN = datetime.timezone(datetime.timedelta(hours=9))


def day(offset):
    return (datetime.datetime.now(JAPAN) + datetime.timedelta(days=offset)).date()


def at(offset, hour=10):
    return datetime.datetime.combine(day(offset), datetime.time(hour), JAPAN).isoformat()


def events(answer):
    """What stands in the calendar, by its UID: the properties by their names, unfolded."""
    text = answer.body.decode("utf-8").replace("\r\n ", "")
    found = {}
    for block in re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT\r\n", text, re.S):
        properties = dict(line.split(":", 1) for line in block.strip().split("\r\n"))
        found[properties["UID"]] = properties
    return found


class CalendarTest(LedgerTest):
    """What both ledgers below do."""

    @classmethod
    def sign_up(cls, name):
        cls.count = getattr(cls, "count", 0) + 1
        return cls.server.add_user(cls.owner, f"calendar{cls.count}@example.jp", name=name)

    def link(self, client):
        made = client.post("/me/calendar", {})
        self.assertEqual(made.status, 201, made)
        return made.json["path"]

    def read(self, path, client=None, **headers):
        # Calendar programs know nothing of /api/v1 prefixes, cookies or languages.
        return (client or self.server.client()).request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})


class Calendar(CalendarTest):
    @classmethod
    def prepare(cls):
        owner = cls.owner
        cls.company = owner.create("companies", name="株式会社暦")
        cls.task = owner.create("tasks", name="見積を送る; 早めに, 必ず", due_on=day(3).isoformat(), company=cls.company["id"], note="一行目\n二行目")
        cls.visit = owner.create("activities", kind="visit", subject="訪問", happened_at=at(2), minutes=90, place="本社, 3階", company=cls.company["id"])
        owner.create("tasks", name="遠い先", due_on=day(500).isoformat())
        owner.create("tasks", name="昔", due_on=day(-200).isoformat())
        cls.member = cls.sign_up("営業 一郎")

    def test_what_is_mine_stands_in_it(self):
        answer = self.read(self.link(self.owner))
        self.assertEqual((answer.status, answer.headers["Content-Type"]), (200, "text/calendar; charset=utf-8"))
        found = events(answer)
        task = found[f"task-{self.task['id']}@daifuku"]
        self.assertEqual(task["SUMMARY"], r"見積を送る\; 早めに\, 必ず (株式会社暦)")
        self.assertEqual(task["DTSTART;VALUE=DATE"], day(3).strftime("%Y%m%d"))
        self.assertEqual(task["DTEND;VALUE=DATE"], day(4).strftime("%Y%m%d"))
        self.assertEqual(task["DESCRIPTION"], r"一行目\n二行目")
        self.assertTrue(task["URL"].endswith(f"/o/tasks/{self.task['id']}"), task)
        visit = found[f"activity-{self.visit['id']}@daifuku"]
        self.assertEqual(visit["DTSTART"], day(2).strftime("%Y%m%d") + "T010000Z")
        self.assertEqual(visit["DTEND"], day(2).strftime("%Y%m%d") + "T023000Z")
        self.assertEqual(visit["LOCATION"], r"本社\, 3階")
        # Only a quarter back and a year ahead.
        titles = {entry["SUMMARY"] for entry in found.values()}
        self.assertFalse({"遠い先", "昔"} & titles)
        for line in answer.body.split(b"\r\n"):
            self.assertLessEqual(len(line), 75)

    def test_an_unchanged_calendar_is_not_sent_again(self):
        path = self.link(self.owner)
        first = self.read(path)
        again = self.read(path, If_None_Match=first.headers["ETag"])
        self.assertEqual((again.status, again.body), (304, b""))
        done = self.owner.create("tasks", name="済ませる", due_on=day(1).isoformat())
        uid = f"task-{done['id']}@daifuku"
        second = self.read(path, If_None_Match=first.headers["ETag"])
        self.assertEqual(second.status, 200)
        self.assertEqual(events(second)[uid]["SUMMARY"], "済ませる")
        # The same UID with what it is now.
        self.owner.patch(f"/tasks/{done['id']}", {"version": done["version"], "done": True})
        self.assertEqual(events(self.read(path))[uid]["SUMMARY"], "【済】済ませる")

    def test_it_is_mine_alone(self):
        hers = self.member.create("tasks", name="一郎の仕事", due_on=day(1).isoformat())
        path = self.link(self.member)
        found = events(self.read(path))
        self.assertIn(f"task-{hers['id']}@daifuku", found)
        self.assertNotIn(f"task-{self.task['id']}@daifuku", found)
        # Another's session changes nothing: the address says whose it is.
        self.assertEqual(events(self.read(path, client=self.owner)).keys(), found.keys())

    def test_the_address_is_told_once_made_anew_and_ended(self):
        first = self.link(self.owner)
        self.assertEqual(self.read(first).status, 200)
        state = self.owner.get("/me/calendar").json
        self.assertTrue(state["active"])
        self.assertIn("last_used_at", state)
        self.assertNotIn("path", state)
        second = self.link(self.owner)
        self.assertEqual(self.read(first).status, 404)
        self.assertEqual(self.read(second).status, 200)
        self.assertEqual(self.owner.delete("/me/calendar").status, 204)
        self.assertEqual(self.owner.get("/me/calendar").json, {"active": False})
        self.assertEqual(self.read(second).status, 404)

    def test_a_program_makes_no_address(self):
        token = self.owner.post("/tokens", {"name": "書く", "scopes": ["read", "write"]}).json["token"]
        self.assertEqual(self.server.client(token=token).post("/me/calendar", {}).status, 403)

    def test_it_ends_with_the_person_and_follows_their_rights(self):
        leaver = self.sign_up("去る 人")
        leaver.create("tasks", name="残した仕事", due_on=day(1).isoformat())
        path = self.link(leaver)
        self.assertEqual(len(events(self.read(path))), 1)
        try:
            # The content of notes is masked for members from now on, and so is no part of it.
            noted = leaver.create("tasks", name="秘密のある仕事", due_on=day(1).isoformat(), note="社外秘")
            self.assertEqual(events(self.read(path))[f"task-{noted['id']}@daifuku"]["DESCRIPTION"], "社外秘")
            self.assertEqual(self.owner.patch("/roles/member", {"fields": {"task.note": "masked"}}).status, 200)
            self.assertNotIn("DESCRIPTION", events(self.read(path))[f"task-{noted['id']}@daifuku"])
            self.assertEqual(self.owner.patch("/roles/member", {"fields": {"task.due_on": "none"}}).status, 200)
            self.assertEqual(events(self.read(path)), {})
        finally:
            self.owner.patch("/roles/member", {"fields": {"task.note": None, "task.due_on": None}})
        user = leaver.get("/session").json["user"]["id"]
        self.assertEqual(self.owner.patch(f"/users/{user}", {"disabled": True}).status, 200)
        gone = self.read(path)
        self.assertEqual((gone.status, gone.json["code"]), (404, "not_found"))
        # Nor does the address work again with the account.
        self.assertEqual(self.owner.patch(f"/users/{user}", {"disabled": False}).status, 200)
        self.assertEqual(self.read(path).status, 404)

    def test_every_look_is_on_record(self):
        reader = self.sign_up("読む 人")
        reader.create("tasks", name="読まれる仕事", due_on=day(1).isoformat())
        path = self.link(reader)
        first = self.read(path)
        self.assertEqual(self.read(path).status, 200)
        # Nothing left the ledger with an answer that it is unchanged.
        self.assertEqual(self.read(path, If_None_Match=first.headers["ETag"]).status, 304)
        log = [event for event in self.owner.get("/exports", limit=200).json["items"] if event["by"]["title"] == "読む 人"]
        self.assertEqual([(event["kind"], event["format"], event["rows"], event["fields"], event["status"]) for event in log],
                         [("calendar", "ics", 1, ["task"], "done")] * 2)

    def test_its_owner_chooses_what_it_holds(self):
        chooser = self.sign_up("選ぶ 人")
        mine = {
            "task": chooser.create("tasks", name="残り", due_on=day(1).isoformat()),
            "done": chooser.create("tasks", name="済んだ", due_on=day(1).isoformat(), done=True),
            "activity": chooser.create("activities", kind="call", subject="電話", happened_at=at(3)),
            "company": chooser.create("companies", name="株式会社選択"),
        }
        chooser.create("tasks", name="次に伺う", due_on=day(4).isoformat(), company=mine["company"]["id"])
        path = self.link(chooser)
        uid = lambda key, name: f"{key}-{mine[name]['id']}@daifuku"
        titles = lambda: {entry["SUMMARY"] for entry in events(self.read(path)).values()}
        # The task that a planned activity makes does not stand beside it.
        self.assertEqual(titles(), {"残り", "【済】済んだ", "電話", "次に伺う (株式会社選択)"})
        answer = chooser.patch("/me/calendar", {"content": {"done": False, "activities": False}})
        self.assertEqual(answer.json["content"], {"tasks": True, "activities": False, "customers": False, "done": False})
        self.assertEqual(titles(), {"残り", "電話の予定", "次に伺う (株式会社選択)"})
        chooser.patch("/me/calendar", {"content": {"tasks": False, "customers": True}})
        found = events(self.read(path))
        self.assertEqual({key: entry["SUMMARY"] for key, entry in found.items()}, {uid("company", "company"): "次に伺う (株式会社選択)"})
        self.assertTrue(found[uid("company", "company")]["URL"].endswith(f"/o/companies/{mine['company']['id']}"))
        # A new address keeps what was chosen.
        path = self.link(chooser)
        self.assertEqual(set(events(self.read(path))), {uid("company", "company")})
        for wrong in ({"content": {"tasks": False, "activities": False, "customers": False}}, {"content": {"else": True}}, {"content": "all"}):
            self.assertEqual(chooser.patch("/me/calendar", wrong).status, 422, wrong)
        chooser.delete("/me/calendar")
        self.assertEqual(chooser.patch("/me/calendar", {"content": {"tasks": True}}).status, 404)

    def test_an_entry_has_its_version(self):
        path = self.link(self.owner)
        made = self.owner.create("tasks", name="版", due_on=day(1).isoformat())
        uid = f"task-{made['id']}@daifuku"
        first = events(self.read(path))[uid]
        self.owner.patch(f"/tasks/{made['id']}", {"version": made["version"], "due_on": day(2).isoformat()})
        second = events(self.read(path))[uid]
        self.assertGreater(int(second["SEQUENCE"]), int(first["SEQUENCE"]))
        self.assertGreaterEqual(second["LAST-MODIFIED"], first["LAST-MODIFIED"])
        self.assertEqual(second["DTSTART;VALUE=DATE"], day(2).strftime("%Y%m%d"))

    def test_its_headers_keep_it_private(self):
        answer = self.read(self.link(self.owner))
        self.assertEqual(answer.headers["Cache-Control"], "private, no-cache")
        self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        self.assertNotIn("Set-Cookie", answer.headers)

    def test_it_is_not_read_without_end(self):
        hasty = self.sign_up("せっかち")
        path = self.link(hasty)
        statuses = [self.read(path).status for _ in range(121)]
        self.assertEqual((statuses[119], statuses[120]), (200, 429))
        # A new address does not begin to count anew; others are not hindered.
        self.assertEqual(self.read(self.link(hasty)).status, 429)
        self.assertEqual(self.read(self.link(self.member)).status, 200)


class WrongAddresses(CalendarTest):
    """On a ledger of its own: what is slowed down stays so for a while."""

    def test_many_wrong_addresses_are_slowed_down(self):
        right = self.link(self.owner)
        wrong = [self.read(f"/api/v1/calendar/guess{number}.ics").status for number in range(8)]
        self.assertIn(429, wrong)
        # The right one is read all the same.
        self.assertEqual(self.read(right).status, 200)


class OneAnswer(CalendarTest):
    """Likewise."""

    def test_what_is_wrong_is_one_answer(self):
        right = self.link(self.owner)
        answers = [self.read(path) for path in ("/api/v1/calendar/unknown.ics", right.removesuffix(".ics"))]
        self.assertEqual({(answer.status, answer.json["code"]) for answer in answers}, {(404, "not_found")})
        # The address is no key to anything else.
        token = right.rsplit("/", 1)[1].removesuffix(".ics")
        self.assertEqual(self.server.client(token=token).get("/tasks").status, 401)
        self.assertEqual(self.server.client().post("/me/calendar", {}).status, 401)
