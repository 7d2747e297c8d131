"""The page of a customer: what happened, by kind, person, period and words, and what to know before the next visit."""
import unittest

from daifuku import LedgerTest


class Timelines(LedgerTest):
    @classmethod
    def prepare(cls):
        cls.member = cls.server.add_user(cls.owner, "keii@example.jp")
        cls.company = cls.owner.create("companies", name="経緯商会")["id"]
        cls.path = f"/companies/{cls.company}/timeline"
        cls.entries = {}
        for name, kind, at, content, who in (
            ("first", "call", "2026-01-10T03:00:00Z", "ＦＡＸの調子が悪いとのこと", cls.owner),
            ("visit", "visit", "2026-02-10T14:59:59Z", "渡邊様と打ち合わせ", cls.owner),
            ("late", "call", "2026-02-10T15:00:00Z", "見積の催促", cls.member),
        ):
            cls.entries[name] = who.create("activities", kind=kind, happened_at=at, content=content, company=cls.company)["id"]
        cls.entries["order"] = cls.owner.create("orders", company=cls.company, ordered_on="2026-03-01", name="複合機のご注文", total=1000)["id"]
        cls.names = {id: name for name, id in cls.entries.items()}

    def found(self, who=None, **query):
        answer = (who or self.owner).get(self.path, **query)
        self.assertEqual(answer.status, 200, answer)
        return [self.names[item["id"]] for item in answer.json["items"]]

    def test_by_kind_person_period_and_words(self):
        for query, expected in (
            ({}, ["order", "late", "visit", "first"]),
            ({"objects": "activity"}, ["late", "visit", "first"]),
            ({"objects": "activity.call"}, ["late", "first"]),
            ({"objects": "activity.visit,order"}, ["order", "visit"]),
            ({"by": self.member.user["id"]}, ["late"]),
            ({"by": self.owner.user["id"], "objects": "activity.call"}, ["first"]),
            # The end of a day is midnight in Japan.
            ({"until": "2026-02-10"}, ["visit", "first"]),
            ({"from": "2026-02-11"}, ["order", "late"]),
            ({"from": "2026-02-10", "until": "2026-02-10"}, ["visit"]),
            # Width and variants of a character make no difference.
            ({"q": "fax"}, ["first"]),
            ({"q": "渡辺"}, ["visit"]),
            ({"q": "複合機"}, ["order"]),
            ({"q": "見積 催促"}, ["late"]),
            ({"q": "見積", "objects": "order"}, []),
            ({"q": "ありません"}, []),
            ({"q": "。"}, []),
            ({"objects": "nothing"}, []),
        ):
            self.assertEqual(self.found(**query), expected, query)

    def test_facets_tell_what_there_is_whatever_is_asked(self):
        facets = self.owner.get(self.path, facets=1, q="fax").json["facets"]
        self.assertEqual([(kind["object"], kind["kind"], kind["count"]) for kind in facets["kinds"]], [("activity", "call", 2), ("order", None, 1), ("activity", "visit", 1)])
        self.assertEqual([(person["id"], person["count"]) for person in facets["people"]], [(self.owner.user["id"], 3), (self.member.user["id"], 1)])
        self.assertNotIn("facets", self.owner.get(self.path).json)

    def test_pages_of_what_is_wanted_only(self):
        first = self.owner.get(self.path, objects="activity.call", limit=1).json
        self.assertEqual([self.names[item["id"]] for item in first["items"]], ["late"])
        second = self.owner.get(self.path, objects="activity.call", limit=1, after=first["next"]).json
        self.assertEqual(([self.names[item["id"]] for item in second["items"]], second["next"]), (["first"], None))

    def test_wrong_questions(self):
        for query in ({"from": "2026-02-30"}, {"until": "きのう"}, {"by": "!"}, {"after": "x"}):
            answer = self.owner.get(self.path, **query)
            self.assertEqual((answer.status, answer.json["problems"][0]["field"]), (422, next(iter(query))), query)


class Briefs(LedgerTest):
    @classmethod
    def prepare(cls):
        owner = cls.owner
        team = owner.post("/teams", {"title": "東営業課"}).json["id"]
        assert owner.patch("/users/" + owner.user["id"], {"team_ids": [team]}).status == 200
        cls.company = owner.create("companies", name="要点商会")["id"]
        cls.person = owner.create("people", name="要点 花子", company=cls.company, dislikes="夜の電話")["id"]
        cls.product = owner.create("products", name="六角ボルト", code="B-1", unit="箱", unit_price=100)["id"]
        for day, quantity, more in (("2026-01-05", 5, []), ("2026-02-05", 5, [{"description": "送料", "quantity": 1}]), ("2026-03-05", 7, [])):
            lines = [{"product": cls.product, "quantity": quantity}, {"product": cls.product, "quantity": 1}, *more]
            answer = owner.post("/orders", {"company": cls.company, "ordered_on": day, "order_lines": lines})
            assert answer.status == 201, answer
        owner.post("/orders", {"company": cls.company, "ordered_on": "2026-04-05", "status": "cancelled", "order_lines": [{"description": "送料", "quantity": 1}]})
        cls.call_id = owner.create("activities", kind="call", happened_at="2026-05-01T01:00:00Z", content="納期の相談", company=cls.company)["id"]
        owner.create("activities", kind="note", happened_at="2026-06-01T01:00:00Z", content="覚え書き", company=cls.company)
        owner.create("activities", kind="visit", happened_at="2099-06-01T01:00:00Z", content="予定の訪問", company=cls.company)
        cls.task = owner.create("tasks", name="見本を送る", due_on="2026-05-10", company=cls.company)["id"]
        owner.create("tasks", name="済んだこと", due_on="2026-05-01", done=True, company=cls.company)
        cls.complaint = owner.create("inquiries", kind="complaint", content="届かない", received_at="2026-04-20T01:00:00Z", company=cls.company)["id"]
        cls.solved = owner.create("inquiries", kind="trouble", content="壊れた", received_at="2026-01-20T01:00:00Z", status="solved", company=cls.company)["id"]
        owner.create("inquiries", kind="question", content="休みの日は", received_at="2026-01-21T01:00:00Z", company=cls.company)

    def brief(self, who=None, customer=None, status=200):
        answer = (who or self.owner).get(f"/{customer or 'companies/' + self.company}/brief")
        self.assertEqual(answer.status, status, answer)
        return answer.json

    def test_what_is_known(self):
        brief = self.brief()
        # Neither the note nor what is only planned.
        last = brief["last_contact"]
        self.assertEqual((last["object"], last["record"]["id"], last["record"]["owner_id"]["id"]), ("activity", self.call_id, self.owner.user["id"]))
        self.assertEqual(last["team"], "東営業課")
        self.assertIn(self.task, [task["id"] for task in brief["tasks"]["items"]])
        self.assertNotIn("済んだこと", [task["title"] for task in brief["tasks"]["items"]])
        self.assertEqual([each["id"] for each in brief["complaints"]["items"]], [self.complaint])
        self.assertEqual([each["id"] for each in brief["past_complaints"]["items"]], [self.solved])
        self.assertEqual([(each["title"], each["dislikes"]) for each in brief["cautions"]["items"]], [("要点 花子", "夜の電話")])
        usual = brief["usual"]
        self.assertEqual(usual["orders"], 3)  # not the cancelled one
        # Once bought is not usual; two lines of one order are bought once.
        self.assertEqual([(item["product"]["id"], item["times"], item["unit"], item["last_on"]) for item in usual["items"]], [(self.product, 3, "箱", "2026-03-05")])

    def test_an_inquiry_after_the_last_call_is_the_last_contact(self):
        company = self.owner.create("companies", name="声の商会")["id"]
        self.assertEqual(self.brief(customer="companies/" + company)["last_contact"], None)
        self.owner.create("activities", kind="call", happened_at="2026-01-01T01:00:00Z", content="電話", company=company)
        asked = self.owner.create("inquiries", kind="question", content="質問", received_at="2026-01-02T01:00:00Z", company=company)["id"]
        last = self.brief(customer="companies/" + company)["last_contact"]
        self.assertEqual((last["object"], last["record"]["id"]), ("inquiry", asked))

    def test_only_customers_have_one(self):
        self.brief(customer="products/" + self.product, status=404)
        self.brief(customer="companies/0000000000001", status=404)
        self.assertEqual(self.brief(customer="people/" + self.person)["cautions"], None)


class StoryLeaks(LedgerTest):
    """Whoever sees only his own, or not every field."""

    @classmethod
    def prepare(cls):
        rights = {"read": "own", "create": True, "update": "own", "delete": "own", "export": False}
        everything = {"read": "all", "create": True, "update": "all", "delete": "own", "export": False}
        settings = {"objects": {"*": rights, "company": everything, "person": everything}, "fields": {"person.dislikes": "masked"}}
        assert cls.owner.patch("/roles/member", settings).status == 200
        cls.member = cls.server.add_user(cls.owner, "miezu@example.jp")
        owner, member = cls.owner, cls.member
        cls.company = owner.create("companies", name="秘密商会")["id"]
        owner.create("people", name="秘密 太郎", company=cls.company, dislikes="秘密の理由")
        cls.mine = member.create("activities", kind="visit", happened_at="2026-01-01T01:00:00Z", content="自分の訪問", company=cls.company)["id"]
        owner.create("activities", kind="call", happened_at="2026-02-01T01:00:00Z", content="秘密の電話", company=cls.company)
        owner.create("inquiries", kind="complaint", content="秘密の苦情", received_at="2026-02-02T01:00:00Z", company=cls.company)
        owner.create("tasks", name="秘密の約束", due_on="2026-05-10", company=cls.company)
        for day in ("2026-01-05", "2026-02-05"):
            owner.post("/orders", {"company": cls.company, "ordered_on": day, "order_lines": [{"description": "秘密の品", "quantity": 1}]})

    def test_nothing_of_others(self):
        answer = self.member.get(f"/companies/{self.company}/brief")
        self.assertNotIn("秘密", answer.text.replace("秘密商会", ""))
        brief = answer.json
        self.assertEqual(brief["last_contact"]["record"]["id"], self.mine)
        self.assertEqual((brief["complaints"]["total"]["count"], brief["tasks"]["total"]["count"], brief["cautions"], brief["usual"]["orders"]), (0, 0, None, 0))

    def test_nor_in_the_timeline_its_facets_or_its_search(self):
        path = f"/companies/{self.company}/timeline"
        found = self.member.get(path, facets=1).json
        self.assertEqual([item["id"] for item in found["items"]], [self.mine])
        self.assertEqual([(kind["kind"], kind["count"]) for kind in found["facets"]["kinds"]], [("visit", 1)])
        self.assertEqual([person["id"] for person in found["facets"]["people"]], [self.member.user["id"]])
        self.assertEqual(self.member.get(path, q="秘密").json["items"], [])
        self.assertEqual([item["id"] for item in self.member.get(path, q="訪問").json["items"]], [self.mine])

    def test_a_kind_or_a_text_that_is_not_his_to_read(self):
        rights = {"read": "all", "create": False, "update": "none", "delete": "none", "export": False}
        fields = {"activity.kind": "none", "activity.content": "none"}
        self.assertEqual(self.owner.patch("/roles/viewer", {"objects": {"*": rights}, "fields": fields}).status, 200)
        viewer = self.server.add_user(self.owner, "madogiwa@example.jp", role="viewer")
        path = f"/companies/{self.company}/timeline"
        # Asking by kind tells nothing of it.
        self.assertEqual(viewer.get(path, objects="activity.call").json["items"], [])
        self.assertEqual({kind["kind"] for kind in viewer.get(path, facets=1).json["facets"]["kinds"] if kind["object"] == "activity"}, {None})
        self.assertEqual(viewer.get(path, q="秘密の電話").json["items"], [])
        # The last contact is told by kind: then it is that of an inquiry, which he may read.
        self.assertEqual(viewer.get(f"/companies/{self.company}/brief").json["last_contact"]["object"], "inquiry")

    def test_a_company_that_is_not_his_to_see(self):
        rights = {"read": "own", "create": True, "update": "own", "delete": "own", "export": False}
        self.assertEqual(self.owner.patch("/roles/manager", {"objects": {"company": rights}}).status, 200)
        outsider = self.server.add_user(self.owner, "soto@example.jp", role="manager")
        for part in ("brief", "timeline"):
            self.assertEqual(outsider.get(f"/companies/{self.company}/{part}").status, 404)


class Mentions(LedgerTest):
    def test_whoever_is_mentioned_finds_it(self):
        company = self.owner.create("companies", name="知らせ商会")["id"]
        member = self.server.add_user(self.owner, "yobareta@example.jp")
        told = self.owner.create("activities", kind="note", content="@呼ばれた人 ご確認ください #急ぎ", company=company, mentions=[member.user["id"]], tags=["急ぎ"])
        self.assertEqual(([user["id"] for user in told["mentions"]], told["tags"]), ([member.user["id"]], ["急ぎ"]))
        mine = {"mentions": {"has": "me"}}
        self.assertEqual([item["id"] for item in member.get("/activities", filter=mine).json["items"]], [told["id"]])
        self.assertEqual(self.owner.get("/activities", filter=mine).json["items"], [])
        self.assertEqual(self.owner.get("/tags", object="activity").json["items"], ["急ぎ"])
        self.assertEqual([item["id"] for item in self.owner.get(f"/companies/{company}/timeline", q="急ぎ").json["items"]], [told["id"]])


if __name__ == "__main__":
    unittest.main()
