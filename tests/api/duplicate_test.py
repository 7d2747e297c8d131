"""The queue of likely duplicates: a scan, decisions that stay, and who sees which pair."""
import time

from daifuku import LedgerTest


class Duplicates(LedgerTest):
    @classmethod
    def prepare(cls):
        own = {"*": {"read": "own", "create": True, "update": "own", "delete": "own", "export": False}}
        assert cls.owner.patch("/roles/member", {"objects": own}).status == 200
        cls.member = cls.server.add_user(cls.owner, "jibun@example.jp")
        colors = "赤青白黒金銀松竹梅桜"
        for i in range(60):
            cls.owner.create("companies", name=f"株式会社{colors[i % 10]}{colors[i // 10]}{colors[(i * 7 + 3) % 10]}商会", phone=f"03-3{100 + i * 13}-{1000 + i * 97}")
        cls.a = cls.owner.create("companies", name="㈱山田製作所", phone="03-1234-5678", street="丸の内1-4-1", city="千代田区", prefecture="東京都")
        cls.b = cls.owner.create("companies", name="山田製作所　株式会社", phone="０３（１２３４）５６７８", prefecture="東京都", city="千代田区", street="丸の内１丁目４番１号")
        cls.c = cls.member.create("companies", name="鈴木水産", phone="045-222-3333")
        cls.d = cls.member.create("companies", name="(株)鈴木水産", phone="0452223333")

    def scan(self):
        started = self.owner.post("/duplicates/scan?object=company", {})
        self.assertEqual(started.status, 202, started)
        for _ in range(600):
            state = self.owner.get("/duplicates/scan", object="company").json
            if state["status"] != "running":
                self.assertEqual(state["status"], "done")
                return state
            time.sleep(0.05)  # between two questions; the answer decides
        self.fail("the scan does not end")

    def queue(self, who, **parameters):
        answer = who.get("/duplicates", object="company", **parameters)
        self.assertEqual(answer.status, 200, answer)
        return {frozenset((item["a"]["id"], item["b"]["id"])): item for item in answer.json["items"]}

    def decide(self, who, decision, *pair):
        return who.patch("/duplicates?object=company", {"pairs": [{"a": pair[0]["id"], "b": pair[1]["id"]}], "decision": decision})

    def test_from_a_scan_to_a_decision(self):
        state = self.scan()
        self.assertEqual((state["records"], state["pairs"]), (64, 2))
        yamada = frozenset((self.a["id"], self.b["id"]))
        suzuki = frozenset((self.c["id"], self.d["id"]))
        found = self.queue(self.owner)
        self.assertEqual(set(found), {yamada, suzuki})
        self.assertGreater(found[yamada]["percent"], 95)
        reasons = {reason["field"]: reason for reason in found[yamada]["reasons"]}
        self.assertEqual((reasons["phone"]["code"], reasons["phone"]["text"]), ("phone_equal", "電話番号が同じ"))
        self.assertEqual((reasons["name"]["code"], reasons["name"]["agrees"]), ("name_equal", True))
        english = self.owner.request("GET", "/api/v1/duplicates?object=company", headers={"Accept-Language": "en"})
        self.assertIn("same phone number", english.text)

        # Only what both records are visible for.
        self.assertEqual(set(self.queue(self.member)), {suzuki})
        self.assertEqual(self.decide(self.member, "different", self.a, self.b).status, 404)
        self.assertNotIn("records", self.member.get("/duplicates/scan", object="company").json)
        self.assertEqual(self.member.post("/duplicates/scan?object=company", {}).status, 403)

        self.assertEqual(self.decide(self.owner, "later", self.a, self.b).status, 204)
        self.assertEqual(self.decide(self.member, "different", self.c, self.d).status, 204)
        self.assertEqual(self.queue(self.owner), {})
        self.scan()
        self.assertEqual(self.queue(self.owner), {})
        self.assertEqual(set(self.queue(self.owner, decision="later")), {yamada})
        self.assertEqual(set(self.queue(self.owner, decision="different")), {suzuki})
        self.assertEqual(self.decide(self.owner, "open", self.a, self.b).status, 204)
        self.assertEqual(set(self.queue(self.owner)), {yamada})

    def test_wrong_questions_are_told(self):
        for status, answer in ((404, self.owner.get("/duplicates", object="secret")), (422, self.owner.get("/duplicates", object="company", decision="maybe")),
                               (422, self.owner.get("/duplicates", object="company", after="x.y.z")), (422, self.owner.post("/duplicates/scan?object=deal", {})),
                               (422, self.owner.patch("/duplicates?object=company", {"pairs": [], "decision": "later"})),
                               (422, self.owner.patch("/duplicates?object=company", {"pairs": [{"a": "?", "b": "?"}], "decision": "later"})),
                               (404, self.decide(self.owner, "later", self.a, self.c))):
            self.assertEqual(answer.status, status, answer)
            self.assertTrue(answer.json["title"])
