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

    def checked(self):
        """Returns when every change so far was looked at."""
        for _ in range(600):
            if not self.owner.get("/duplicates/scan", object="company").json["checking"]:
                return
            time.sleep(0.05)  # between two questions; the answer decides
        self.fail("changes are not looked at")

    def decide(self, who, decision, *pair):
        return who.patch("/duplicates?object=company", {"pairs": [{"a": pair[0]["id"], "b": pair[1]["id"]}], "decision": decision})

    def test_from_a_scan_to_a_decision(self):
        state = self.scan()
        self.assertGreaterEqual(state["records"], 64)
        self.assertGreaterEqual(state["pairs"], 2)
        yamada = frozenset((self.a["id"], self.b["id"]))
        suzuki = frozenset((self.c["id"], self.d["id"]))
        found = self.queue(self.owner)
        self.assertLessEqual({yamada, suzuki}, set(found))
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
        # Who administers and sees a part is told no more.
        manager = self.server.add_user(self.owner, "bubun@example.jp", role="manager")
        for scope, status in (("own", 200), ("none", 404)):
            self.assertEqual(self.owner.patch("/roles/manager", {"objects": {"company": {"read": scope}}}).status, 200)
            self.assertFalse({"records", "pairs", "checking"} & set(manager.get("/duplicates/scan", object="company").json))
            self.assertNotIn("companies", manager.get("/register/check").json)
            self.assertEqual(manager.get("/duplicates/batches", object="company").status, status)
        self.assertEqual(self.owner.patch("/roles/manager", {"objects": {"company": {"read": "all", "update": "all", "delete": "all"}}}).status, 200)

        self.assertEqual(self.decide(self.owner, "later", self.a, self.b).status, 200)
        self.assertEqual(self.decide(self.member, "different", self.c, self.d).status, 200)
        self.assertEqual(self.queue(self.owner), {})
        self.scan()
        self.assertEqual(self.queue(self.owner), {})
        self.assertEqual(set(self.queue(self.owner, decision="later")), {yamada})
        self.assertEqual(set(self.queue(self.owner, decision="different")), {suzuki})
        self.assertEqual(self.decide(self.owner, "open", self.a, self.b).status, 200)
        self.assertEqual(set(self.queue(self.owner)), {yamada})

    def test_a_decision_is_taken_back_by_who_may_still_decide(self):
        left, right = [self.member.create("companies", name=name, phone="0466-22-7777") for name in ("湘南花卉市場", "㈱湘南花卉市場")]
        self.checked()
        pair = frozenset((left["id"], right["id"]))
        change = self.decide(self.member, "different", left, right).json["change"]
        self.assertEqual(self.member.patch("/companies/" + right["id"], {"owner_id": self.owner.user["id"]}).status, 200)
        undone = self.member.post("/undo", {"change": change}).json
        self.assertEqual((undone["undone"], len(undone["skipped"])), (0, 1))
        self.assertIn(pair, self.queue(self.owner, decision="different", limit=50))
        undone = self.owner.post("/undo", {"change": change}).json
        self.assertEqual((undone["undone"], undone["skipped"]), (1, []))
        self.assertIn(pair, self.queue(self.owner, limit=50))
        self.owner.delete("/companies/" + right["id"])

    def test_what_is_saved_is_checked_without_a_scan(self):
        place = {"prefecture": "静岡県", "city": "焼津市", "street": "本町2-3-4"}
        a = self.owner.create("companies", name="株式会社駿河水産加工", phone="054-621-1111", **place)
        b = self.owner.create("companies", name="駿河水産加工㈱", phone="０５４－６２１－１１１１")
        slip = self.owner.create("companies", name="株式会社駿河水産力工", **place)
        self.checked()
        pair = frozenset((a["id"], b["id"]))
        close = frozenset((a["id"], slip["id"]))
        found = self.queue(self.owner, limit=50)
        self.assertGreater(found[pair]["percent"], 95)
        self.assertIn("phone_equal", [reason["code"] for reason in found[pair]["reasons"]])
        self.assertIn("name_close", [reason["code"] for reason in found[close]["reasons"]])
        # Only what both records are visible for, whoever found it.
        self.assertNotIn(pair, self.queue(self.member, limit=50))

        self.assertEqual(self.owner.patch(f"/companies/{b['id']}", {"name": "北のりんご園", "phone": "011-222-3333"}).status, 200)
        self.assertEqual(self.owner.delete(f"/companies/{slip['id']}").status, 200)
        self.checked()
        found = self.queue(self.owner, limit=50)
        self.assertNotIn(pair, found)
        self.assertNotIn(close, found)
        self.assertNotIn("checking", self.member.get("/duplicates/scan", object="company").json)

    def test_persons_of_one_company(self):
        firm = self.owner.create("companies", name="株式会社木曽漆器店")
        other = self.owner.create("companies", name="株式会社伊那精密")
        a = self.owner.create("people", family_name="中沢", given_name="小百合", company=firm["id"], mobile="090-1111-2222")
        draft = {"family_name": "中澤", "given_name": "小百合", "phone": "090-1111-2222"}
        same = self.owner.post("/people/duplicates", {**draft, "company": firm["id"]}).json["candidates"][0]
        moved = self.owner.post("/people/duplicates", {**draft, "company": other["id"]}).json["candidates"][0]
        self.assertEqual((same["id"], moved["id"]), (a["id"], a["id"]))
        texts = {reason["code"]: reason["text"] for reason in same["reasons"] + moved["reasons"]}
        self.assertEqual((texts["company_equal"], texts["company_different"]), ("会社が同じ", "会社が違う"))
        # The number is the same, though it stands under another heading.
        self.assertEqual(texts["phone_equal"], "電話番号が同じ")
        self.assertGreaterEqual(same["percent"], moved["percent"])

    def test_a_draft_tells_nothing_of_what_is_hidden(self):
        hidden = self.owner.create("companies", name="株式会社極秘計画", phone="03-7777-8888")
        person = self.owner.create("people", family_name="極秘", given_name="太郎", company=hidden["id"])
        for draft in ({"name": "極秘計画"}, {"phone": "03-7777-8888"}):
            self.assertEqual(self.owner.post("/companies/duplicates", draft).json["candidates"][0]["id"], hidden["id"])
            self.assertEqual(self.member.post("/companies/duplicates", draft).json["candidates"], [])
        # Of a company that he does not see he is not told who belongs to it.
        mine = self.member.create("people", family_name="近藤", given_name="勇一")
        self.assertEqual(self.owner.patch(f"/people/{mine['id']}", {"company": hidden["id"]}).status, 200)
        told = self.member.post("/people/duplicates", {"family_name": "近藤", "given_name": "勇一", "company": hidden["id"]})
        for candidate in told.json["candidates"]:
            self.assertEqual(candidate["id"], mine["id"])
            self.assertFalse([reason for reason in candidate["reasons"] if reason["field"] == "company"])
        self.assertNotIn(person["id"], told.text)

    def test_half_a_name_tells_who_begins_alike(self):
        plain = self.owner.create("companies", name="霧島茶業", city="霧島市")
        formal = self.owner.create("companies", name="株式会社霧島茶業組合")
        own = self.member.create("companies", name="霧島茶業連合会")
        self.owner.create("companies", name="南霧島茶業")
        gone = self.owner.create("companies", name="霧島茶舗")
        self.assertEqual(self.owner.delete(f"/companies/{gone['id']}").status, 200)

        def begins(who, **draft):
            answer = who.post("/companies/duplicates", draft)
            self.assertEqual(answer.status, 200, answer)
            return [each["id"] for each in answer.json["begins"]], [each["id"] for each in answer.json["candidates"]]

        for typed in ("霧島", "霧島茶", "㈱霧島茶"):
            self.assertEqual(begins(self.owner, name=typed), ([plain["id"], own["id"], formal["id"]], []), typed)
        # Only what he may see; the others do not even shine through.
        self.assertEqual(begins(self.member, name="霧島茶"), ([own["id"]], []))
        # The whole name is told as likely, and not a second time.
        self.assertEqual(begins(self.owner, name="霧島茶業"), ([own["id"], formal["id"]], [plain["id"]]))
        self.assertEqual(begins(self.owner, name="霧"), ([], []))
        self.assertEqual(begins(self.owner, phone="0995-11-2222"), ([], []))
        # Half a name is no reason to refuse one.
        self.assertEqual(self.owner.post("/companies?duplicates=refuse", {"name": "霧島茶"}).status, 201)

    def test_another_corporate_number_is_another_company(self):
        self.owner.create("companies", name="株式会社二番館", phone="03-6666-1234", corporate_number="7000012050002")
        draft = {"name": "株式会社二番館", "phone": "03-6666-1234"}
        self.assertEqual(len(self.owner.post("/companies/duplicates", draft).json["candidates"]), 1)
        self.assertEqual(self.owner.post("/companies/duplicates", {**draft, "corporate_number": "4000020182079"}).json["candidates"], [])

    def test_a_scan_can_be_broken_off(self):
        self.assertEqual(self.member.delete("/duplicates/scan?object=company").status, 403)
        self.assertEqual(self.owner.post("/duplicates/scan?object=company", {}).status, 202)
        self.assertEqual(self.owner.delete("/duplicates/scan?object=company").status, 202)
        for _ in range(600):
            state = self.owner.get("/duplicates/scan", object="company").json
            if state["status"] != "running":
                break
            time.sleep(0.05)
        # So few records may have been looked through before.
        self.assertIn(state["status"], ("cancelled", "done"))

    def test_wrong_questions_are_told(self):
        for status, answer in ((404, self.owner.get("/duplicates", object="secret")), (422, self.owner.get("/duplicates", object="company", decision="maybe")),
                               (422, self.owner.get("/duplicates", object="company", after="x.y.z")), (422, self.owner.post("/duplicates/scan?object=deal", {})),
                               (422, self.owner.patch("/duplicates?object=company", {"pairs": [], "decision": "later"})),
                               (422, self.owner.patch("/duplicates?object=company", {"pairs": [{"a": "?", "b": "?"}], "decision": "later"})),
                               (404, self.decide(self.owner, "later", self.a, self.c))):
            self.assertEqual(answer.status, status, answer)
            self.assertTrue(answer.json["title"])
