"""Fields that are worked out: formulas kept with the record, roll-ups over what the caller may see."""
import csv
import io

from daifuku import LedgerTest


class Computed(LedgerTest):
    @classmethod
    def prepare(cls):
        cls.member = cls.server.add_user(cls.owner, "keisan@example.jp")
        cls.company = cls.owner.create("companies", name="計算試験工業", employees=8)

    def field(self, object="deal", label="粗利", **body):
        answer = self.owner.post("/fields", {"object": object, "label": label, **body})
        self.assertEqual(answer.status, 201, answer)
        return answer.json

    def check(self, formula, object="deal", **more):
        answer = self.owner.post("/fields/check", {"object": object, "formula": formula, **more})
        self.assertEqual(answer.status, 200, answer)
        return answer.json

    def seen(self, key, object="deal", who=None):
        found = next(each for each in (who or self.owner).get("/metadata").json["objects"] if each["key"] == object)
        return next((each for each in found["fields"] if each["key"] == key), None)

    def undo(self, change):
        answer = self.owner.post("/undo", {"change": change})
        self.assertEqual(answer.status, 200, answer)
        return answer.json

    def test_a_formula_is_kept_with_every_record_and_follows_what_it_reads(self):
        cost = self.field(label="原価", kind="money")["key"]
        old = self.owner.create("deals", name="先にあった件", company=self.company["id"], amount=900, **{cost: 300})
        made = self.field(formula="金額 - 原価", in_list=True)
        key = made["key"]
        self.assertEqual((made["kind"], made["read_only"], made["at_read"], made["sortable"]), ("money", True, False, True))
        self.assertEqual((made["formula"]["source"], made["formula"]["ja"]), (f"{{amount}} - {{{cost}}}", "金額 - 原価"))
        # What was there already has it at once.
        self.assertEqual(self.owner.get(f"/deals/{old['id']}").json[key], 600)
        new = self.member.create("deals", name="後からの件", company=self.company["id"], amount=5000, **{cost: 1000})
        self.assertEqual(new[key], 4000)
        listed = self.owner.get("/deals", filter={key: {"gte": 600}, "company": {"eq": self.company["id"]}}, sort="-" + key, fields=f"name,{key}").json["items"]
        self.assertEqual([row[key] for row in listed], [4000, 600])
        changed = self.member.patch(f"/deals/{new['id']}", {cost: 4500, "version": new["version"]})
        self.assertEqual(changed.json[key], 500, changed)
        history = self.owner.get(f"/deals/{new['id']}/history").json["items"]
        self.assertNotIn(key, [change["field"] for row in history for change in row["changes"]])
        self.undo(changed.json["change"])
        self.assertEqual(self.owner.get(f"/deals/{new['id']}").json[key], 4000)
        emptied = self.member.patch(f"/deals/{new['id']}", {cost: None})
        self.assertNotIn(key, emptied.json)
        sums = self.owner.get("/deals/summary", filter={"company": {"eq": self.company["id"]}}, sum=key)
        self.assertEqual(sums.status, 200, sums)
        self.assertEqual(sums.json["sums"][key], 600)
        table = self.owner.get("/deals/export", format="csv", encoding="utf-8-bom", filter={"id": {"eq": old["id"]}}).body.decode("utf-8-sig")
        row = next(csv.DictReader(io.StringIO(table)))
        self.assertEqual(row["粗利"].replace(",", ""), "600")

    def test_nobody_enters_it(self):
        key = self.field(label="二倍", formula="金額 * 2")["key"]
        deal = self.member.create("deals", name="書けない件", company=self.company["id"], amount=10)
        for answer in (self.member.patch(f"/deals/{deal['id']}", {key: 5}), self.member.post("/deals", {"name": "x", "company": self.company["id"], key: 5})):
            self.assertEqual((answer.status, answer.json["problems"][0]["code"]), (422, "field_computed"), answer)
            self.assertIn("計算", answer.json["problems"][0]["message"])
        self.assertEqual(self.owner.get(f"/deals/{deal['id']}").json[key], 20)

    def test_a_new_definition_counts_for_all_and_is_taken_back(self):
        made = self.field(label="率をかけた額", formula="金額 * 10%")
        key = made["key"]
        deal = self.owner.create("deals", name="式の変わる件", company=self.company["id"], amount=1000)
        trashed = self.owner.create("deals", name="捨てた件", company=self.company["id"], amount=1000)
        self.assertEqual(self.owner.delete(f"/deals/{trashed['id']}").status, 200)
        changed = self.owner.patch(f"/fields/deal/{key}", {"formula": "金額 * 20%"})
        self.assertEqual((changed.status, changed.json["formula"]["ja"]), (200, "金額 * 20%"), changed)
        self.assertEqual(self.owner.get(f"/deals/{deal['id']}").json[key], 200)
        self.assertEqual(self.owner.get("/deals", filter={key: {"eq": 200}}).json["items"][0]["id"], deal["id"])
        self.assertEqual(self.owner.post(f"/deals/{trashed['id']}/restore").json[key], 200)
        self.undo(changed.json["change"])
        self.assertEqual(self.seen(key)["formula"]["ja"], "金額 * 10%")
        self.assertEqual(self.owner.get(f"/deals/{deal['id']}").json[key], 100)
        # To a formula that asks the day: what was kept is gone, and nothing finds by it any more.
        days = self.owner.patch(f"/fields/deal/{key}", {"formula": "金額 + days(today(), today())", "kind": "integer"})
        self.assertEqual((days.status, days.json["at_read"], days.json["sortable"], days.json["comparison"]), (200, True, False, "none"), days)
        self.assertEqual(self.owner.get(f"/deals/{deal['id']}").json[key], 1000)
        self.assertEqual(self.owner.get("/deals", fields=key, filter={"id": {"eq": deal["id"]}}).json["items"][0][key], 1000)
        for query in ({"filter": {key: {"gte": 1}}}, {"sort": key}):
            self.assertEqual(self.owner.get("/deals", **query).status, 422, query)
        self.assertEqual(self.owner.get("/deals/summary", sum=key).status, 422)
        # Its making is taken back: put away, not lost.
        self.assertEqual(self.owner.delete(f"/fields/deal/{key}").status, 204)
        self.assertTrue(next(each for each in self.owner.get("/fields", object="deal").json["items"] if each["key"] == key)["hidden"])

    def test_names_may_change(self):
        part = self.field(label="送料", kind="money")["key"]
        key = self.field(label="込みの額", formula="金額 + 送料")["key"]
        renamed = self.owner.patch(f"/fields/deal/{part}", {"label": {"ja": "運賃（税込）", "en": "Freight"}})
        self.assertEqual(renamed.status, 200)
        self.assertEqual(self.seen(key)["formula"]["ja"], "金額 + 「運賃（税込）」")
        deal = self.owner.create("deals", name="運賃の件", company=self.company["id"], amount=100, **{part: 20})
        self.assertEqual(deal[key], 120)

    def test_what_is_wrong_is_told_with_its_place(self):
        wrong = self.check("金額 + 件名")
        self.assertEqual((wrong["ok"], wrong["problem"]["code"], wrong["problem"]["at"], wrong["problem"]["length"]), (False, "formula_field_unknown", 5, 2), wrong)
        refused = self.owner.post("/fields", {"object": "deal", "label": "x", "formula": "金額 +"})
        self.assertEqual((refused.status, refused.json["problems"][0]["field"]), (422, "formula"), refused)
        self.assertIn("5 文字目", refused.json["problems"][0]["message"])
        deep = self.check("(" * 900 + "1" + ")" * 900)
        self.assertEqual(deep["problem"]["code"], "formula_deep")
        self.assertEqual(self.check("1" * 3000)["problem"]["code"], "too_long")
        self.assertEqual(self.owner.post("/fields/check", {"object": "deal", "formula": ["x"]}).json["problem"]["code"], "required")
        self.assertEqual(self.owner.post("/fields", {"object": "deal", "label": "x", "kind": "date", "formula": "金額"}).status, 422)
        good = self.check("金額 / 3")
        self.assertEqual((good["ok"], good["kind"], good["at_read"]), (True, "money", False), good)
        self.assertTrue(good["examples"])
        self.assertEqual(self.member.post("/fields/check", {"object": "deal", "formula": "1"}).status, 403)
        self.assertEqual(self.member.get("/fields/functions").status, 403)
        self.assertIn("round", [each["name"] for each in self.owner.get("/fields/functions").json["items"]])

    def test_no_circle_and_nothing_used_is_put_away(self):
        one = self.field(label="環一", formula="金額 + 1")
        two = self.field(label="環二", formula="環一 + 1")
        for formula in ("環二 + 1", "環一"):
            answer = self.owner.patch(f"/fields/deal/{one['key']}", {"formula": formula})
            self.assertEqual(answer.status, 422, answer)
            self.assertEqual(self.check(formula, key=one["key"])["problem"]["code"], "formula_circle")
        put = self.owner.patch(f"/fields/deal/{one['key']}", {"hidden": True})
        self.assertEqual((put.status, put.json["problems"][0]["code"]), (422, "field_used_by_formula"), put)
        self.assertIn("環二", put.json["problems"][0]["message"])
        self.assertEqual(self.owner.delete(f"/fields/deal/{one['key']}").status, 422)
        # Nor by undo: its making stands as long as it is used.
        self.assertEqual(self.undo(one["change"])["undone"], 0)
        self.assertFalse(self.seen(one["key"])["hidden"])
        # A way back that would close a circle is not gone.
        changed = self.owner.patch(f"/fields/deal/{two['key']}", {"formula": "金額"})
        self.assertEqual(self.owner.patch(f"/fields/deal/{one['key']}", {"formula": "環二 + 1"}).status, 200)
        self.assertEqual(self.undo(changed.json["change"])["undone"], 0)
        self.assertEqual(self.seen(two["key"])["formula"]["ja"], "金額")

    def test_a_field_stays_what_it_is(self):
        typed = self.field(label="入れる項目", kind="money")["key"]
        answer = self.owner.patch(f"/fields/deal/{typed}", {"formula": "金額"})
        self.assertEqual((answer.status, answer.json["problems"][0]["code"]), (422, "field_stays_as_it_is"), answer)
        worked = self.field(label="計算の項目", formula="金額")["key"]
        self.assertEqual(self.owner.patch(f"/fields/deal/{worked}", {"formula": None}).status, 422)
        self.assertEqual(self.owner.patch(f"/fields/deal/{worked}", {"formula": "商談名 & \"x\""}).status, 422)

    def test_a_choice_is_meant_by_its_key(self):
        place = self.field(label="置き場", kind="choice", options=[{"label": "倉庫"}, {"label": "店頭"}])
        key = self.field(label="店にある", formula="置き場 = \"店頭\"")["key"]
        shop = place["options"][1]["key"]
        deal = self.owner.create("deals", name="置き場の件", company=self.company["id"], **{place["key"]: shop})
        self.assertIs(deal[key], True)
        options = [{"key": place["options"][0]["key"], "label": "倉庫"}, {"key": shop, "label": "売り場"}]
        self.assertEqual(self.owner.patch(f"/fields/deal/{place['key']}", {"options": options}).status, 200)
        self.assertEqual(self.seen(key)["formula"]["ja"], "置き場 = \"売り場\"")
        self.assertIs(self.owner.get(f"/deals/{deal['id']}").json[key], True)

    def test_numbers_that_the_product_keeps_count(self):
        key = self.field("company", "一人あたりの見込み", formula="{open_deal_amount} / {employees}")["key"]
        company = self.owner.create("companies", name="見込み試験", employees=4)["id"]
        self.assertIsNone(self.owner.get(f"/companies/{company}").json.get(key))
        deal = self.owner.create("deals", name="見込みの件", company=company, amount=8000)
        self.assertEqual(self.owner.get(f"/companies/{company}").json[key], 2000)
        self.owner.patch(f"/deals/{deal['id']}", {"amount": 4000})
        self.assertEqual(self.owner.get("/companies", filter={key: {"eq": 1000}}).json["items"][0]["id"], company)

    def test_roll_ups_over_what_links_here(self):
        company = self.owner.create("companies", name="集計試験商事")["id"]
        count = self.field("company", "商談の数", rollup={"object": "deal", "link": "company", "function": "count"})
        self.assertEqual((count["kind"], count["at_read"], count["read_only"], count["sortable"]), ("integer", True, True, False))
        total = self.field("company", "商談の合計", rollup={"object": "deal", "link": "company", "function": "sum", "field": "amount", "filter": {"amount": {"gte": 100}}})["key"]
        mean = self.field("company", "商談の平均", rollup={"object": "deal", "link": "company", "function": "average", "field": "amount"})["key"]
        last = self.field("company", "最後の活動", rollup={"object": "activity", "link": "company", "function": "max", "field": "happened_at"})["key"]
        each = self.field("company", "一件あたり", formula="商談の合計 / 商談の数")
        self.assertEqual((each["kind"], each["at_read"]), ("money", True))
        keys = (count["key"], total, mean, each["key"])

        def now(who=None):
            record = (who or self.owner).get(f"/companies/{company}").json
            listed = (who or self.owner).get("/companies", filter={"id": {"eq": company}}, fields=",".join(("name",) + keys)).json["items"][0]
            self.assertEqual([record.get(key) for key in keys], [listed.get(key) for key in keys])
            return [record.get(key) for key in keys]

        self.assertEqual(now(), [0, 0, None, None])
        deals = [self.owner.create("deals", name=f"集計{amount}", company=company, amount=amount) for amount in (100, 50, 201)]
        self.assertEqual(now(), [3, 301, 117, 100])
        self.owner.delete(f"/deals/{deals[0]['id']}")
        self.assertEqual(now(), [2, 201, 126, 101])
        self.owner.create("activities", kind="call", content="電話", company=company, happened_at="2026-03-01T10:00:00+09:00")
        self.owner.create("activities", kind="call", content="電話", company=company, happened_at="2026-02-01T10:00:00+09:00")
        self.assertEqual(self.owner.get(f"/companies/{company}").json[last], "2026-03-01T01:00:00.000Z")
        table = self.owner.get("/companies/export", format="csv", encoding="utf-8-bom", filter={"id": {"eq": company}}).body.decode("utf-8-sig")
        row = next(csv.DictReader(io.StringIO(table)))
        self.assertEqual((row["商談の数"], row["商談の合計"].replace(",", "")), ("2", "201"))
        tried = self.owner.post("/fields/check", {"object": "company", "rollup": {"object": "deal", "link": "company", "function": "max", "field": "amount"}}).json
        self.assertEqual((tried["ok"], tried["kind"], tried["at_read"]), (True, "money", True), tried)
        for rollup in ({"object": "deal", "link": "name", "function": "count"}, {"object": "deal", "link": "company", "function": "sum", "field": "name"},
                       {"object": "deal", "link": "company", "function": "median", "field": "amount"}, {"object": "deal", "link": "company", "function": "sum"},
                       {"object": "deal", "link": "company", "function": "count", "filter": {"nothing": {"eq": 1}}}):
            self.assertEqual(self.owner.post("/fields", {"object": "company", "label": "x", "rollup": rollup}).status, 422, rollup)
        self.assertEqual(self.owner.patch("/fields/deal/amount", {"hidden": True}).status, 422)

    def test_great_sums_do_not_break(self):
        company = self.owner.create("companies", name="巨額試験")["id"]
        key = self.field("company", "巨額の合計", rollup={"object": "deal", "link": "company", "function": "sum", "field": "amount"})["key"]
        most = 9007199254740991
        for n in range(3):
            self.owner.create("deals", name=f"巨額{n}", company=company, amount=most)
        self.assertEqual(self.owner.get(f"/companies/{company}").json[key], most * 3)

    def test_it_tells_no_more_than_what_it_is_made_from(self):
        server = self.server
        own = {"read": "own", "create": True, "update": "own", "delete": "own", "export": False}
        secret = self.field(label="秘密の原価", kind="money")["key"]
        key = self.field(label="秘密の粗利", formula="金額 - 秘密の原価")["key"]
        next_key = self.field(label="粗利の倍", formula="秘密の粗利 * 2")["key"]
        total = self.field("company", "秘密の合計", rollup={"object": "deal", "link": "company", "function": "sum", "field": secret})["key"]
        by = self.field("company", "秘密で数えた", rollup={"object": "deal", "link": "company", "function": "count", "filter": {secret: {"gte": 1}}})["key"]
        count = self.field("company", "見える商談", rollup={"object": "deal", "link": "company", "function": "count"})["key"]
        company = self.owner.create("companies", name="権限試験")["id"]
        deal = self.owner.create("deals", name="権限の件", company=company, amount=777000, **{secret: 111222})
        viewer = server.add_user(self.owner, "miru-keisan@example.jp", role="viewer")
        self.assertEqual(viewer.get(f"/deals/{deal['id']}").json[key], 777000 - 111222)
        try:
            for right in ("none", "masked"):
                self.assertEqual(self.owner.patch("/roles/viewer", {"fields": {"deal." + secret: right}}).status, 200)
                record = viewer.get(f"/deals/{deal['id']}")
                at = viewer.get(f"/companies/{company}")
                for answer in (record, at, viewer.get("/deals", fields=f"name,{key}") if right == "masked" else record, viewer.get("/metadata")):
                    for told in ("665778", "1331556", "111222", "秘密の原価 "):
                        self.assertNotIn(told, answer.text, right)
                self.assertEqual(record.json.get(key), "＊＊＊" if right == "masked" else None)
                self.assertEqual(record.json.get(next_key), "＊＊＊" if right == "masked" else None)
                # A condition on what is masked is no condition of his: there is nothing to mask.
                self.assertIsNone(at.json.get(by))
                self.assertEqual(at.json.get(total), "＊＊＊" if right == "masked" else None)
                self.assertEqual(viewer.get("/deals", filter={key: {"gte": 1}}).status, 422)
                self.assertEqual(viewer.get("/deals", sort=key).status, 422)
                self.assertEqual(at.json[count], 1)
                if right == "none":
                    self.assertIsNone(self.seen(key, who=viewer))
                    self.assertEqual(viewer.get("/deals", fields=key).status, 422)
                else:
                    self.assertIsNone(self.seen(key, who=viewer)["formula"])
                    self.assertIsNone(self.seen(total, "company", viewer)["rollup"])
            self.owner.patch("/roles/viewer", {"fields": {"deal." + secret: None}})
            # Only the deals that one sees count.
            self.owner.patch("/roles/viewer", {"objects": {"deal": own}})
            at = viewer.get(f"/companies/{company}").json
            self.assertEqual((at[count], at[total]), (0, 0))
            self.owner.patch("/roles/viewer", {"objects": {"deal": {**own, "read": "none"}}})
            at = viewer.get(f"/companies/{company}")
            self.assertNotIn(count, at.json)
            self.assertNotIn("111222", at.text)
        finally:
            self.owner.patch("/roles/viewer", {"fields": {"deal." + secret: None}, "objects": {"deal": None}})
