"""Lists: the next page as a link, linked records in the same answer, conditions on texts and fiscal years."""
import datetime
import re
import unittest
import urllib.parse

from daifuku import LedgerTest

JST = datetime.timezone(datetime.timedelta(hours=9))


class Lists(LedgerTest):
    def names(self, plural="companies", **query):
        answer = self.owner.get("/" + plural, limit=200, **query)
        self.assertEqual(answer.status, 200, answer)
        return {row["title"] for row in answer.json["items"]}

    def test_a_field_asked_for_often_is_one_column(self):
        answer = self.owner.get("/people", fields=",".join(["company"] * 80), limit=1)
        self.assertEqual(answer.status, 200, answer)
        self.assertLessEqual(answer.text.count('"company":'), 1)

    def test_include_of_a_list_does_not_depend_on_its_length(self):
        for name in ("%E5%AD%98%E5%9C%A8%E3%81%97%E3%81%AA%E3%81%84", ""):
            answer = self.owner.get("/companies", q=name, include="people")
            self.assertEqual((answer.status, answer.json["problems"][0]["field"]), (422, "include"), answer)

    def test_the_link_header_leads_through_all_pages(self):
        made = {self.owner.create("companies", name=f"頁めくり{number}号店", employees=number % 3 or None)["id"] for number in range(7)}
        path = "/companies?" + urllib.parse.urlencode({"q": "頁めくり", "sort": "-employees,name", "limit": 2, "fields": "name,employees", "include": "parent", "offset": 0, "filter": '{"name":{"contains":"号店 "}}'})
        seen, pages = [], 0
        while path:
            answer = self.owner.request("GET", "/api/v1" + path if not path.startswith("/api") else path)
            self.assertEqual(answer.status, 200, answer)
            seen += [row["id"] for row in answer.json["items"]]
            self.assertIn("included", answer.json)
            pages += 1
            link = answer.headers.get("Link")
            self.assertEqual(bool(link), answer.json["next"] is not None)
            path = None
            if link:
                found = re.fullmatch(r'<(/api/v1/companies\?[^>]+)>; rel="next"', link)
                path = found.group(1)
                query = urllib.parse.parse_qs(path.split("?", 1)[1])
                self.assertEqual((query["q"], query["limit"], query["after"]), (["頁めくり"], ["2"], [answer.json["next"]]))
                self.assertNotIn("offset", query)
        self.assertEqual((sorted(seen), pages), (sorted(made), 4))

    def test_linked_records_come_along(self):
        company = self.owner.create("companies", name="連れ立ち商会", phone="03-1111-0001")
        people = [self.owner.create("people", family_name="連立", given_name=name, company=company["id"]) for name in ("一郎", "二郎")]
        task = self.owner.create("tasks", name="連れ立ちの用事", company=company["id"])
        listed = self.owner.get("/people", filter={"company": {"eq": company["id"]}}, fields="name", include="company").json
        self.assertEqual([(row["id"], row["phone"], row["object"]) for row in listed["included"]["company"]], [(company["id"], "03-1111-0001", "company")])
        one = self.owner.get("/companies/" + company["id"], include="people,tasks,parent").json
        self.assertEqual({row["id"] for row in one["included"]["people"]}, {row["id"] for row in people})
        self.assertEqual([row["id"] for row in one["included"]["tasks"]], [task["id"]])
        self.assertEqual(one["included"]["parent"], [])
        activity = self.owner.create("activities", kind="meeting", content="顔合わせ", attendees=[row["id"] for row in people])
        with_lists = self.owner.get("/activities/" + activity["id"], include="attendees").json
        self.assertEqual([row["id"] for row in with_lists["included"]["attendees"]], [row["id"] for row in people])
        for path, wrong in (("/people", "nonsense"), ("/people", "family_name"), ("/people", "tasks"), ("/people/" + people[0]["id"], "company,owner_id")):
            answer = self.owner.get(path, include=wrong)
            self.assertEqual((answer.status, answer.json["problems"][0]["code"]), (422, "include_unknown"), (path, wrong))

    def test_texts_are_compared_as_people_spell_them(self):
        for name in ("㈱折畳製作所", "株式会社折畳工業", "折畳商事株式会社", "有限会社折畳", "オリタタミ本舗", "髙折畳・斎藤法律事務所"):
            self.owner.create("companies", name=name, city="千代田区" if "株" in name else "ﾁﾖﾀﾞ", note="メモ: ＡＢＣ-１２３の件")
        self.assertEqual(self.names(filter={"name": {"starts": "株式会社折畳"}}), {"㈱折畳製作所", "株式会社折畳工業"})
        self.assertEqual(self.names(filter={"name": {"starts": "(株)折畳"}}), {"㈱折畳製作所", "株式会社折畳工業"})
        self.assertEqual(self.names(filter={"name": {"contains": "折畳㈱"}}), set())
        self.assertEqual(self.names(filter={"name": {"contains": "商事㈱"}}), {"折畳商事株式会社"})
        self.assertEqual(self.names(filter={"name": {"contains": "おりたたみ"}}), {"オリタタミ本舗"})
        self.assertEqual(self.names(filter={"name": {"contains": "高折畳斉藤"}}), {"髙折畳・斎藤法律事務所"})
        self.assertEqual(self.names(filter={"name": {"starts": "折畳"}}), {"折畳商事株式会社"})
        with_words = {"and": [{"name": {"contains": "折畳"}}, {"not": {"name": {"contains": "株式会社"}}}]}
        self.assertEqual(self.names(filter=with_words), {"有限会社折畳", "髙折畳・斎藤法律事務所"})
        # A text without a search index, another way of writing, and a linked record.
        self.assertEqual(self.names(filter={"and": [{"city": {"contains": "チヨダ"}}, {"name": {"contains": "本舗"}}]}), {"オリタタミ本舗"})
        self.assertEqual(len(self.names(filter={"note": {"contains": "abc-123"}})), 6)
        company = self.owner.get("/companies", filter={"name": {"eq": "㈱折畳製作所"}}).json["items"][0]
        self.owner.create("people", family_name="折田", given_name="畳", company=company["id"], email="Tatami@Oritatami.example.jp", mobile="090-1234-5678")
        self.assertEqual(self.names("people", filter={"company": {"some": {"name": {"contains": "株式会社折畳"}}}}), {"折田 畳"})
        self.assertEqual(self.names("people", filter={"email": {"contains": "@ORITATAMI.example"}}), {"折田 畳"})
        self.assertEqual(self.names("people", filter={"email": {"contains": "tatamioritatami"}}), set())
        self.assertEqual(self.names("people", filter={"mobile": {"contains": "０９０１２３４"}}), {"折田 畳"})
        # Only punctuation: as it is written.
        self.assertEqual(self.names(filter={"name": {"contains": "・"}}), {"髙折畳・斎藤法律事務所"})

    def test_texts_in_the_trash_are_found_too(self):
        made = self.owner.create("companies", name="㈱ごみ箱探し")
        self.owner.delete("/companies/" + made["id"])
        self.assertEqual(self.names(deleted=1, filter={"name": {"contains": "株式会社ごみ箱"}}), {"㈱ごみ箱探し"})
        self.assertEqual(self.names(filter={"name": {"contains": "株式会社ごみ箱"}}), set())

    def test_many_matches_are_all_found(self):
        lines = "\n".join('{"op":"create","values":{"name":"多数商会%04d号","city":"%s"}}' % (number, "ミナト" if number % 2 else "港") for number in range(2_600))
        self.owner.request("POST", "/api/v1/companies/batch", raw=lines.encode(), content_type="application/x-ndjson")
        answer = self.owner.get("/companies", filter={"name": {"contains": "多数商会"}}, total="exact", limit=200, sort="name")
        self.assertEqual(answer.json["total"]["count"], 2_600)
        self.assertEqual(answer.json["items"][0]["title"], "多数商会0000号")
        mixed = {"and": [{"name": {"starts": "多数"}}, {"city": {"contains": "みなと"}}]}
        self.assertEqual(self.owner.get("/companies", filter=mixed, total="exact").json["total"]["count"], 1_300)

    def test_the_fiscal_year_is_the_companys(self):
        today = datetime.datetime.now(JST).date()
        for month in (1, today.month, today.month % 12 + 1):
            self.assertEqual(self.owner.patch("/settings", {"fiscal_month": month}).status, 200)
            begun = today.year if today.month >= month else today.year - 1
            first = datetime.date(begun, month, 1)
            name = f"年度{month}月"
            inside = self.owner.create("deals", name=name + "内", expected_close_on=first.isoformat())
            before = self.owner.create("deals", name=name + "前", expected_close_on=(first - datetime.timedelta(days=1)).isoformat())
            found = {row["id"] for row in self.owner.get("/deals", filter={"expected_close_on": {"relative": "fiscal_year"}}, limit=200).json["items"]}
            last = {row["id"] for row in self.owner.get("/deals", filter={"expected_close_on": {"relative": "last_fiscal_year"}}, limit=200).json["items"]}
            self.assertIn(inside["id"], found)
            self.assertNotIn(before["id"], found)
            self.assertIn(before["id"], last)
            self.assertNotIn(inside["id"], last)
        self.owner.patch("/settings", {"fiscal_month": 4})

    def test_a_company_says_whether_phones_keep_customers(self):
        self.assertEqual(self.owner.patch("/settings", {"offline_copies": "off"}).json["offline_copies"], "off")
        for wrong in ("", "sometimes", True):
            answer = self.owner.patch("/settings", {"offline_copies": wrong})
            self.assertEqual((answer.status, answer.json["problems"][0]["field"]), (422, "offline_copies"))
        self.assertEqual(self.owner.get("/settings").json["offline_copies"], "off")
        self.assertEqual(self.owner.patch("/settings", {"offline_copies": "on"}).json["offline_copies"], "on")

    def test_customers_are_found_by_what_belongs_to_them(self):
        today = datetime.datetime.now(JST).date()
        days_ago = lambda days: (today - datetime.timedelta(days=days)).isoformat()
        often, once, before, never = (self.owner.create("companies", name=f"つながり{name}")["id"] for name in ("常連", "一度", "昔", "なし"))
        for company, days in ((often, 1), (often, 30), (often, 89), (once, 10), (before, 100), (before, 120), (before, 130)):
            self.owner.create("orders", ordered_on=days_ago(days), company=company, amount=1000)
        ours = {"name": {"starts": "つながり"}}
        found = lambda condition: {name.removeprefix("つながり") for name in self.names(filter={"and": [ours, condition]})}
        recent = {"ordered_on": {"relative": "last_days:90"}}
        self.assertEqual(found({"orders": {"where": recent, "at_least": 3}}), {"常連"})
        self.assertEqual(found({"orders": {"where": recent, "at_most": 1}}), {"一度", "昔", "なし"})
        self.assertEqual(found({"orders": {"at_least": 1, "at_most": 1}}), {"一度"})
        self.assertEqual(found({"orders": {"none": recent}}), {"昔", "なし"})

        self.owner.create("activities", kind="call", status="done", content="電話", company=often, happened_at=days_ago(5) + "T01:00:00Z")
        self.owner.create("activities", kind="call", status="done", content="電話", company=before, happened_at=days_ago(70) + "T01:00:00Z")
        self.assertEqual(found({"last_contact_at": {"relative": "not_for_days:60"}}), {"一度", "昔", "なし"})
        self.assertEqual(found({"last_contact_at": {"relative": "before_days:60"}}), {"昔"})

        self.owner.create("inquiries", subject="遅れ", content="届かない", kind="complaint", status="open", company=once, received_at=days_ago(1) + "T01:00:00Z")
        self.owner.create("inquiries", subject="済み", content="届いた", kind="complaint", status="solved", company=often, received_at=days_ago(1) + "T01:00:00Z")
        complaint = {"inquiries": {"some": {"and": [{"kind": {"in": ["complaint"]}}, {"not": {"status": {"in": ["solved"]}}}]}}}
        self.assertEqual(found(complaint), {"一度"})
        self.assertEqual(found({"or": [complaint, {"orders": {"at_least": 3}}]}), {"常連", "一度", "昔"})
        # Several links of the orders' people: the one that is named.
        person = self.owner.create("people", family_name="会議", given_name="出席")["id"]
        self.owner.create("activities", kind="meeting", content="会議", attendees=[person])
        of_person = lambda condition: self.names("people", filter={"and": [{"name": {"starts": "会議"}}, condition]})
        self.assertEqual(of_person({"activities": {"some": {}, "via": "attendees"}}), {"会議 出席"})
        self.assertEqual(of_person({"activities": {"some": {}}}), set())
        # The same filter counts and sums, groups, and leads what changes many.
        filter = {"and": [ours, {"orders": {"where": recent, "at_least": 3}}]}
        self.assertEqual(self.owner.get("/companies/summary", group="stage", filter=filter).json["count"], 1)
        self.assertEqual(self.owner.post("/companies/query", {"filter": filter, "total": "exact"}).json["total"], {"count": 1, "exact": True})
        exported = self.owner.get("/companies/export", format="csv", encoding="utf-8", filter=filter)
        self.assertIn("つながり常連", exported.text)
        self.assertNotIn("つながり一度", exported.text)
        view = self.owner.post("/views", {"object": "company", "name": "よく買う会社", "state": {"filter": filter}})
        self.assertEqual((view.status, view.json["state"]["filter"]), (201, filter), view)


if __name__ == "__main__":
    unittest.main()
