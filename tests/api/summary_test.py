"""Counts and sums of a list: by a field, with the list's own filter, and of nothing that the caller may not see."""
import unittest

from daifuku import LedgerTest


class Summaries(LedgerTest):
    @classmethod
    def prepare(cls):
        cls.company = cls.owner.create("companies", name="板商会", prefecture="東京都")
        for stage, amount in (("lead", 100), ("lead", 250), ("proposing", 1_000_000), ("quoting", None)):
            values = {} if amount is None else {"amount": amount}
            cls.owner.create("deals", name=f"板の商談{stage}", stage=stage, company=cls.company["id"], **values)

    def summary(self, who=None, plural="deals", status=200, **query):
        answer = (who or self.owner).get(f"/{plural}/summary", **query)
        self.assertEqual(answer.status, status, answer)
        return answer.json

    def test_columns_of_a_board(self):
        found = self.summary(group="stage", sum="amount")
        self.assertEqual({group["value"]: (group["count"], group["sums"]["amount"]) for group in found["groups"]},
                         {"lead": (2, 350), "proposing": (1, 1_000_000), "quoting": (1, 0)})
        self.assertEqual((found["count"], found["sums"], found["exact"]), (4, {"amount": 1_000_350}, True))
        self.assertEqual(found["groups"][0]["value"], "lead")  # the largest first

    def test_the_filter_and_the_words_of_the_list(self):
        large = {"amount": {"gte": 200}}
        found = self.summary(group="stage", sum="amount", filter=large)
        self.assertEqual([(group["value"], group["count"]) for group in sorted(found["groups"], key=lambda group: group["value"])], [("lead", 1), ("proposing", 1)])
        listed = self.owner.get("/deals", q="商談quoting", total="exact").json
        counted = self.summary(q="商談quoting")
        self.assertEqual((counted["groups"], counted["count"]), ([], listed["total"]["count"]))
        posted = self.owner.post("/deals/summary", {"group": "stage", "sum": ["amount"], "filter": large})
        self.assertEqual((posted.status, posted.json), (200, found))

    def test_values_as_in_a_record(self):
        by_company = self.summary(group="company")["groups"][0]
        self.assertEqual((by_company["value"], by_company["count"]), ({"id": self.company["id"], "title": "板商会"}, 4))
        by_owner = self.summary(group="owner_id")["groups"][0]
        self.assertEqual(by_owner["value"]["id"], self.owner.user["id"])
        self.assertEqual(self.summary(plural="companies", group="prefecture")["groups"], [{"value": "東京都", "count": 1, "sums": {}}])

    def test_wrong_questions_are_answered_with_what_is_wrong(self):
        for query, field, code in (({"group": "name"}, "group", "summary_group_kind"), ({"group": "stages"}, "group", "field_unknown"), ({"sum": "stage"}, "sum", "summary_sum_kind"),
                                   ({"sum": "amount,id"}, "sum", "summary_sum_kind"), ({"filter": {"nothing": {"eq": 1}}}, "nothing", "field_unknown")):
            problems = self.summary(status=422, **query)["problems"]
            self.assertEqual([(problem["field"], problem["code"]) for problem in problems], [(field, code)], query)


class SummaryLeaks(LedgerTest):
    """Somebody who sees his own or his team's records, or only some of the fields."""

    @classmethod
    def prepare(cls):
        cls.team = cls.owner.post("/teams", {"title": "西チーム"}).json["id"]
        rights = {"read": "own", "create": True, "update": "own", "delete": "own", "export": False}
        assert cls.owner.patch("/roles/member", {"objects": {"*": rights}}).status == 200
        cls.member = cls.server.add_user(cls.owner, "ita@example.jp")
        cls.viewer = cls.server.add_user(cls.owner, "mado@example.jp", role="viewer")
        assert cls.owner.patch("/users/" + cls.member.user["id"], {"team_ids": [cls.team]}).status == 200
        cls.hidden = [cls.owner.create("companies", name=f"見えない{number}社")["id"] for number in range(2)]
        mine = {"owner_id": cls.member.user["id"]}
        for company, amount in zip((*cls.hidden, cls.hidden[0]), (10, 20, 30)):
            cls.owner.create("deals", name="自分の商談", stage="hearing", amount=amount, company=company, **mine)
        cls.owner.create("deals", name="よその商談", stage="hearing", amount=7_000, company=cls.hidden[0])
        cls.owner.create("deals", name="よその失注", stage="negotiating", amount=5_000_000)
        cls.owner.create("deals", name="チームの商談", stage="quoting", amount=400, team_id=cls.team)

    def groups(self, who, **query):
        answer = who.get("/deals/summary", **query)
        self.assertEqual(answer.status, 200, answer)
        return answer

    def test_records_of_others_are_in_no_count_and_no_sum(self):
        found = self.groups(self.member, group="stage", sum="amount")
        self.assertEqual(found.json["groups"], [{"value": "hearing", "count": 3, "sums": {"amount": 60}}])
        self.assertEqual((found.json["count"], found.json["sums"]), (3, {"amount": 60}))
        # Nor does a filter, or a word, reach them.
        for query in ({"filter": {"stage": {"eq": "negotiating"}}}, {"q": "よその"}):
            self.assertEqual(self.groups(self.member, sum="amount", **query).json["count"], 0, query)

    def test_the_team_is_counted_where_the_scope_is_the_team(self):
        everything = {"read": "team", "create": True, "update": "own", "delete": "own", "export": False}
        own = {**everything, "read": "own"}
        self.assertEqual(self.owner.patch("/roles/member", {"objects": {"*": everything}}).status, 200)
        try:
            found = self.groups(self.member, group="stage", sum="amount").json
            self.assertEqual({group["value"]: group["sums"]["amount"] for group in found["groups"]}, {"hearing": 60, "quoting": 400})
        finally:
            self.owner.patch("/roles/member", {"objects": {"*": own}})

    def test_hidden_customers_are_one_group(self):
        found = self.groups(self.member, group="company", sum="amount")
        self.assertEqual(found.json["groups"], [{"value": {"hidden": True}, "count": 3, "sums": {"amount": 60}}])
        for text in (*self.hidden, "見えない"):
            self.assertNotIn(text, found.text)

    def test_a_field_that_is_not_read_is_not_grouped_or_added_up(self):
        for right in ("masked", "none"):
            # A sum of what is made from the amount would tell it as well.
            self.assertEqual(self.owner.patch("/roles/viewer", {"fields": {"deal.amount": right, "deal.stage": right}}).status, 200)
            for query, field in (({"group": "stage"}, "group"), ({"sum": "amount"}, "sum"), ({"sum": "weighted_amount"}, "sum")):
                answer = self.viewer.get("/deals/summary", **query)
                self.assertEqual((answer.status, answer.json["problems"][0]["field"], answer.json["problems"][0]["code"]), (422, field, "field_unknown"), query)
                self.assertNotIn("5000000", answer.text)
            posted = self.viewer.post("/deals/summary", {"sum": ["amount"], "filter": {"stage": {"eq": "negotiating"}}})
            self.assertEqual(posted.status, 422)
        self.owner.patch("/roles/viewer", {"fields": {"deal.amount": None, "deal.stage": None}})

    def test_an_object_that_is_not_read_has_no_summary(self):
        self.assertEqual(self.owner.patch("/roles/viewer", {"objects": {"deal": {"read": "none"}}}).status, 200)
        self.assertIn(self.viewer.get("/deals/summary", group="stage").status, (403, 404))
        self.assertEqual(self.owner.patch("/roles/viewer", {"objects": {"deal": {"read": "all"}}}).status, 200)

    def test_nobody_asks_without_signing_in(self):
        self.assertEqual(self.server.client().get("/deals/summary").status, 401)


if __name__ == "__main__":
    unittest.main()
