"""整備度: counted with the write, explained item by item, and only of what the caller may see."""
from daifuku import LedgerTest, wait_for


class Maturity(LedgerTest):
    @classmethod
    def prepare(cls):
        own = {"*": {"read": "own", "create": True, "update": "own", "delete": "own", "export": False}}
        assert cls.owner.patch("/roles/member", {"objects": own}).status == 200
        cls.member = cls.server.add_user(cls.owner, "seibi@example.jp")

    def ledger(self, who=None, object="company"):
        return wait_for(lambda: (now := (who or self.owner).get("/maturity", object=object).json) and not now["counting"] and now)

    def test_from_a_name_to_the_first_level(self):
        before = self.ledger()
        company = self.owner.create("companies", name="整備商店")
        one = self.owner.get(f"/companies/{company['id']}/maturity").json
        self.assertEqual(one["level"], 0)
        self.assertIn("address", [item["key"] for item in one["items"] if not item["filled"]])
        now = self.ledger()
        self.assertEqual(now["records"], before["records"] + 1)
        fill = {"name_kana": "セイビショウテン", "industry": "manufacturing", "phone": "03-1234-5678", "email": "info@example.jp", "website": "https://example.jp/",
                "prefecture": "東京都", "city": "千代田区", "street": "丸の内1-1", "representative": "整備太郎", "capital": 1, "employees": 2, "business": "整備", "note": "なし"}
        change = self.owner.patch("/companies/" + company["id"], fill)
        self.assertEqual(change.status, 200, change)
        self.assertEqual(self.owner.get(f"/companies/{company['id']}/maturity").json["level"], 1)
        self.assertEqual(self.ledger()["levels"][1]["records"], before["levels"][1]["records"] + 1)
        self.owner.post("/undo", {"change": change.json["change"]})
        self.assertEqual(self.ledger()["levels"][1]["records"], before["levels"][1]["records"])
        # A call makes it fresh.
        fresh = lambda: next(item["filled"] for item in self.owner.get(f"/companies/{company['id']}/maturity").json["items"] if item["fresh"])
        self.assertFalse(fresh())
        self.owner.create("activities", kind="call", company=company["id"], happened_at=self.owner.get("/session").json["server_time"], content="電話")
        self.assertTrue(fresh())
        self.owner.delete("/companies/" + company["id"])
        self.assertEqual(self.ledger()["records"], before["records"])

    def test_only_what_is_seen(self):
        self.owner.create("companies", name="見えない商店", phone="03-9999-8888")
        mine = self.member.create("companies", name="自分の商店")
        seen = self.ledger(self.member)
        self.assertEqual(seen["records"], 1)
        self.assertEqual(seen["trend"], [])
        self.assertNotIn("owner_character", [item["key"] for item in seen["items"]])
        self.assertIn("owner_character", [item["key"] for item in self.ledger()["items"]])
        hidden = self.owner.get("/companies", q="見えない").json["items"][0]["id"]
        self.assertEqual(self.member.get(f"/companies/{hidden}/maturity").status, 404)
        short = self.member.get("/maturity/records", object="company")
        self.assertNotIn("見えない", short.text)
        self.assertEqual(self.member.get("/maturity/records", object="company", lacks="owner_character").status, 422)
        self.owner.patch("/roles/member", {"fields": {"company.phone": "none"}})
        self.assertNotIn("phone", [item["key"] for item in self.member.get(f"/companies/{mine['id']}/maturity").json["items"]])
        self.owner.patch("/roles/member", {"fields": {"company.phone": "write"}})

    def test_other_objects_have_none(self):
        self.assertEqual(self.owner.get("/maturity", object="task").status, 404)
        self.assertEqual(self.owner.get("/maturity/records", object="company", level="9").status, 422)
