"""What the company uses and what it calls it: the same records under other words, put away and back whole."""
from urllib.parse import quote

from daifuku import LedgerTest


class Objects(LedgerTest):
    @classmethod
    def prepare(cls):
        cls.member = cls.server.add_user(cls.owner, "yobina@example.jp")

    def change(self, *items):
        answer = self.owner.patch("/objects", {"items": list(items)})
        self.assertEqual(answer.status, 200, answer)
        self.addCleanup(lambda: self.owner.patch("/objects", {"items": [
            {"key": item["key"], "label": None, "plural_label": None, "hidden": None, "position": None} for item in items]}))
        return answer.json

    def setting(self, key):
        return next(each for each in self.owner.get("/objects").json["items"] if each["key"] == key)

    def shown(self, who, key):
        return next((each for each in who.get("/metadata").json["objects"] if each["key"] == key), None)

    def test_another_word_is_on_every_screen_and_goes_back(self):
        before = self.owner.get("/metadata").json["version"]
        changed = self.change({"key": "deal", "label": {"ja": "案件", "en": "Case"}, "plural_label": {"ja": "案件", "en": "Cases"}})
        for who in (self.owner, self.member):
            self.assertEqual(self.shown(who, "deal")["label"], {"ja": "案件", "en": "Case"})
        self.assertIn("案件（会社）", [each["label"]["ja"] for each in self.shown(self.member, "company")["links_in"]])
        self.assertNotEqual(self.owner.get("/metadata").json["version"], before)
        self.assertEqual(self.setting("deal")["declared_label"]["ja"], "商談")
        self.assertEqual(self.owner.post("/undo", {"change": changed["change"]}).status, 200)
        self.assertEqual(self.shown(self.member, "deal")["label"]["ja"], "商談")

    def test_the_order_is_that_of_the_navigation(self):
        keys = [each["key"] for each in self.owner.get("/objects").json["items"]]
        self.assertIn("investment", keys)
        wanted = list(reversed(keys))
        self.change(*({"key": key, "position": 10 * (at + 1)} for at, key in enumerate(wanted)))
        self.assertEqual([each["key"] for each in self.owner.get("/objects").json["items"]], wanted)
        listed = [each["key"] for each in self.member.get("/metadata").json["objects"] if each["key"] in keys]
        self.assertEqual(listed, wanted)

    def test_what_is_not_used_is_not_seen_and_nothing_is_lost(self):
        company = self.owner.create("companies", name="使わない試験商会")
        contract = self.owner.create("contracts", name="まぼろしの保守契約", company=company["id"], signed_on="2026-04-01")

        def found():
            return [each["id"] for each in self.member.get("/search?q=" + quote("まぼろしの保守契約")).json["items"]]

        def timeline():
            return [each["id"] for each in self.member.get(f"/companies/{company['id']}/timeline").json["items"]]

        self.assertEqual((found(), contract["id"] in timeline()), ([contract["id"]], True))
        self.change({"key": "contract", "hidden": True})
        self.assertIsNone(self.shown(self.member, "contract"))
        self.assertNotIn("contract", [each["object"] for each in self.shown(self.member, "company")["links_in"]])
        self.assertEqual((found(), contract["id"] in timeline()), ([], False))
        # Programs, and who comes back to it, find it as it was.
        self.assertEqual(self.member.get("/contracts/" + contract["id"]).json["name"], "まぼろしの保守契約")
        self.change({"key": "contract", "hidden": False})
        self.assertEqual((found(), contract["id"] in timeline()), ([contract["id"]], True))

    def test_what_cannot_be_is_refused_whole(self):
        def refused(*items):
            answer = self.owner.patch("/objects", {"items": list(items)})
            self.assertEqual(answer.status, 422, answer)
            return answer.json["problems"][0]

        before = self.owner.get("/objects").json
        last = refused({"key": "deal", "hidden": True}, {"key": "company", "hidden": True}, {"key": "person", "hidden": True})
        self.assertEqual(last["code"], "object_needed")
        self.assertIn("必要", last["message"])
        self.assertEqual(refused({"key": "deal", "label": ""})["code"], "required")
        self.assertEqual(refused({"key": "deal", "label": "あ" * 41})["code"], "too_long")
        self.assertEqual(self.owner.patch("/objects", {"items": [{"key": "nonsense"}]}).status, 404)
        self.assertEqual(self.owner.patch("/objects", {}).status, 422)
        self.assertEqual(self.owner.get("/objects").json, before)

    def test_only_managers_decide(self):
        self.assertEqual(self.member.get("/objects").status, 403)
        self.assertEqual(self.member.patch("/objects", {"items": [{"key": "deal", "label": "x"}]}).status, 403)

    def test_choices_of_the_product_take_other_words(self):
        def options():
            return next(each for each in self.shown(self.member, "deal")["fields"] if each["key"] == "stage")["options"]

        before = options()
        wanted = [{**option} for option in reversed(before)]
        wanted[0] |= {"label": {"ja": "流れた", "en": "Lost"}, "color": "pink"}
        wanted[1] |= {"hidden": True}
        try:
            self.assertEqual(self.owner.patch("/fields/deal/stage", {"options": wanted}).status, 200)
            now = options()
            self.assertEqual([each["key"] for each in now], [each["key"] for each in wanted])
            self.assertEqual((now[0]["label"]["ja"], now[0]["color"], now[1]["hidden"]), ("流れた", "pink", True))
            # Days without a change are those of the product still.
            self.assertEqual({each["key"]: each["stale_after"] for each in now}, {each["key"]: each["stale_after"] for each in before})
        finally:
            self.owner.patch("/fields/deal/stage", {"options": before})
