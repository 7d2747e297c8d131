"""Who has a record open now: told to those who have it open and may see it, to nobody else, and nowhere kept."""
import json

from daifuku import LedgerTest, wait_for
from events import Stream


class Presence(LedgerTest):
    @classmethod
    def prepare(cls):
        own = {"read": "own", "create": True, "update": "own", "delete": "own", "export": False}
        assert cls.owner.patch("/roles/member", {"objects": {"*": own}}).status == 200
        cls.colleague = cls.server.add_user(cls.owner, "kanri@example.jp", role="manager")
        cls.member = cls.server.add_user(cls.owner, "tantou@example.jp")

    def come(self, who, record, status=200, tab="a", **more):
        answer = who.post(f"/companies/{record['id']}/presence", {"tab": tab, **more})
        self.assertEqual(answer.status, status, answer)
        return [(other["user"]["title"], other["field"]) for other in answer.json["others"]] if status == 200 else answer.json

    def told(self, stream, record):
        return [json.loads(data) for data in stream.data("presence") if record["id"] in data]

    def test_others_are_named_and_told_at_once(self):
        company = self.owner.create("companies", name="居合わせ商店")
        before = self.owner.get("/companies/" + company["id"] + "/history").json
        self.assertEqual(self.come(self.owner, company), [])
        with Stream(self.server, self.owner) as stream:
            self.assertEqual(self.come(self.colleague, company), [("大福 太郎", None)])
            wait_for(lambda: len(self.told(stream, company)) == 1)
            self.assertEqual(self.told(stream, company)[0], {"object": "company", "id": company["id"]})
            self.assertEqual(self.come(self.owner, company), [("kanri", None)])
            # Another word from the same seat is no news; a field is.
            self.come(self.colleague, company)
            wait_for(lambda: self.come(self.colleague, company, field="phone") and self.come(self.owner, company) == [("kanri", "phone")])
            # A second tab of his does not make him two.
            self.come(self.colleague, company, tab="b")
            self.assertEqual(self.come(self.owner, company), [("kanri", "phone")])
            for tab in ("a", "b"):
                self.assertEqual(self.colleague.delete(f"/companies/{company['id']}/presence?tab={tab}").status, 204)
            self.assertEqual(self.come(self.owner, company), [])
            heard = len(self.told(stream, company))
            # Who left hears no more, nor does who sits elsewhere.
            self.owner.delete(f"/companies/{company['id']}/presence?tab=a")
            self.come(self.colleague, company)
            made = self.owner.create("companies", name="あとの商店")
            wait_for(lambda: any(made["id"] in data for data in stream.data("change")))
            self.assertLessEqual(len(self.told(stream, company)), heard + 1)
        self.assertEqual(self.owner.get("/companies/" + company["id"] + "/history").json, before)
        self.assertEqual(self.owner.get("/companies/" + company["id"]).json["version"], company["version"])

    def test_who_does_not_see_the_record_neither_comes_nor_hears(self):
        hidden = self.owner.create("companies", name="見えない商店")
        mine = self.member.create("companies", name="私の商店")
        with Stream(self.server, self.member) as stream:
            self.assertEqual(self.come(self.member, hidden, status=404)["code"], "not_found")
            self.assertEqual(self.member.delete(f"/companies/{hidden['id']}/presence?tab=a").status, 404)
            self.assertEqual(self.come(self.owner, hidden), [])
            self.assertEqual(self.come(self.colleague, hidden), [("大福 太郎", None)])
            # He is there, and then it is his no longer: nothing more of it reaches him.
            self.come(self.owner, mine)
            self.come(self.member, mine)
            wait_for(lambda: len(self.told(stream, mine)) == 1)  # his own coming, told since he is not alone
            self.owner.patch("/companies/" + mine["id"], {"owner_id": self.owner.user["id"]})
            self.come(self.colleague, mine)
            self.come(self.member, mine, status=404)
            seen = self.member.create("companies", name="目印の商店")
            wait_for(lambda: any(seen["id"] in data for data in stream.data("change")))
            self.assertEqual(len(stream.data("presence")), 1)
            self.assertNotIn(hidden["id"], "".join(stream.lines))

    def test_a_field_is_named_only_to_who_reads_it(self):
        company = self.member.create("companies", name="項目商店")
        self.come(self.owner, company, field="owner_character")
        self.assertEqual(self.come(self.member, company), [("大福 太郎", None)])
        self.assertEqual(self.come(self.colleague, company), [("大福 太郎", "owner_character"), ("tantou", None)])
        # Nor can he claim to edit what he may not write, or what there is not.
        for field in ("owner_character", "order_count", "nonsense"):
            self.assertEqual(self.come(self.member, company, status=422, field=field)["problems"][0]["code"], "field_unknown")
        self.assertEqual(self.come(self.member, company, status=422, tab="")["problems"][0]["field"], "tab")
        self.assertEqual(self.come(self.member, company, status=422, tab="x" * 41)["problems"][0]["field"], "tab")
        self.assertEqual(self.member.post("/companies/nonsense/presence", {"tab": "a"}).status, 404)
