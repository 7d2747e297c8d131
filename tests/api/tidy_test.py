"""整理・整頓: found check by check, mended in bulk with a preview, undone as one, and only of what the caller may see."""
import datetime

from daifuku import LedgerTest, Server


def ahead(days):
    return (datetime.date.today() + datetime.timedelta(days=days)).isoformat()


class TidyTest(LedgerTest):
    """What the scenarios ask with."""

    def check(self, key, who=None, object="company"):
        answer = (who or self.owner).get("/tidy", object=object)
        self.assertEqual(answer.status, 200, answer)
        return next((check for check in answer.json["checks"] if check["key"] == key), None)

    def items(self, key, who=None, object="company", **query):
        """All pages."""
        found, after = [], None
        while True:
            page = (who or self.owner).get("/tidy/" + key, object=object, **query, **({"after": after} if after else {}))
            self.assertEqual(page.status, 200, page)
            found += page.json["items"]
            after = page.json["next"]
            if after is None:
                return found

    def titles(self, *arguments, **query):
        return [item["record"]["title"] for item in self.items(*arguments, **query)]

    def mend(self, key, who=None, status=200, **body):
        answer = (who or self.owner).post("/tidy/" + key, {"object": "company", **body})
        self.assertEqual(answer.status, status, answer)
        return answer.json

    def preview(self, key, who=None, **body):
        answer = (who or self.owner).post(f"/tidy/{key}/preview", {"object": "company", **body})
        self.assertEqual(answer.status, 200, answer)
        return answer.json

    def undo(self, change, who=None):
        answer = (who or self.owner).post("/undo", {"change": change})
        self.assertEqual(answer.status, 200, answer)
        return answer.json


class Tidy(TidyTest):
    @classmethod
    def prepare(cls):
        own = {"*": {"read": "own", "create": True, "update": "own", "delete": "own", "export": False}}
        assert cls.owner.patch("/roles/member", {"objects": own}).status == 200
        cls.member = cls.server.add_user(cls.owner, "seiri@example.jp")

    def test_impossible_values_with_what_is_meant(self):
        company = self.owner.create("companies", name="未来商店", founded_on="2190-01-01", phone="1234-5678", email="info@gmial.com", postal_code="1000001", prefecture="大阪府", city="千代田区", street="丸の内1-1")
        before = self.check("impossible")
        self.assertGreaterEqual(before["count"], 1)
        found = next(item for item in self.items("impossible") if item["record"]["id"] == company["id"])
        problems = {problem["field"]: problem for problem in found["problems"]}
        self.assertEqual(set(problems), {"founded_on", "phone", "email", "prefecture"}, problems)
        self.assertEqual(problems["email"]["proposal"], "info@gmail.com")
        self.assertEqual(problems["prefecture"]["proposal"], "東京都")
        self.assertIsNone(problems["founded_on"]["proposal"])
        self.assertEqual(problems["founded_on"]["text"], "まだ来ていない日付です。")
        preview = self.preview("impossible", mend="proposal", ids=[company["id"]])
        self.assertEqual((preview["count"], {(item["field"], item["from"], item["to"]) for item in preview["items"]}),
                         (1, {("email", "info@gmial.com", "info@gmail.com"), ("prefecture", "大阪府", "東京都")}))
        self.assertEqual(self.owner.get("/companies/" + company["id"]).json["email"], "info@gmial.com")
        done = self.mend("impossible", mend="proposal", ids=[company["id"]])
        self.assertEqual((done["done"], done["next"]), (1, None))
        now = self.owner.get("/companies/" + company["id"]).json
        self.assertEqual((now["email"], now["prefecture"], now["founded_on"]), ("info@gmail.com", "東京都", "2190-01-01"))
        # What has no sure answer is emptied, or left as it is.
        again = self.mend("impossible", mend="proposal", ids=[company["id"]])
        self.assertEqual((again["change"], again["done"], len(again["skipped"])), (None, 0, 1))
        cleared = self.mend("impossible", mend="clear", ids=[company["id"]])
        self.assertIsNone(self.owner.get("/companies/" + company["id"]).json.get("founded_on"))
        self.assertEqual(self.mend("impossible", mend="clear", ids=[company["id"]])["skipped"][0]["reason"], "もう当てはまりません。ほかの人が直したようです。")
        # Both go back, a later edit stays.
        self.owner.patch("/companies/" + company["id"], {"phone": "03-1111-2222"})
        undone = self.undo(cleared["change"])
        self.assertEqual(len(undone["skipped"]), 1, undone)
        now = self.owner.get("/companies/" + company["id"]).json
        self.assertEqual((now["founded_on"], now["phone"]), ("2190-01-01", "03-1111-2222"))
        self.undo(done["change"])
        self.assertEqual(self.owner.get("/companies/" + company["id"]).json["email"], "info@gmial.com")
        self.owner.delete("/companies/" + company["id"])

    def test_the_end_before_the_start(self):
        self.owner.create("deals", name="逆さの商談", started_on="2026-04-01", expected_close_on="2026-03-31")
        found = self.items("impossible", object="deal")
        self.assertEqual([problem["field"] for problem in found[0]["problems"]], ["expected_close_on"])
        self.assertIn("より前の日付です", found[0]["problems"][0]["text"])
        self.assertIsNone(self.check("orphans", object="deal"))

    def test_spellings_are_folded_to_one(self):
        people = [self.owner.create("people", name=f"山田{number}郎", department=department, tags=tags) for number, (department, tags) in enumerate(
            [("営業部", ["展示会"]), ("営業部", ["展示会", "ＤＭ"]), ("営業 部", ["展示　会"]), ("総務部", ["DM"]), ("ｴｲｷﾞｮｳ部", ["DM"])])]
        groups = {item["field"]: item for item in self.items("choices", object="person")}
        spellings = {value["value"]: value["count"] for value in groups["department"]["values"]}
        self.assertEqual(groups["department"]["proposal"], "営業部")
        self.assertEqual((spellings["営業部"], spellings["営業 部"]), (2, 1))
        self.assertNotIn("総務部", spellings)
        self.assertEqual(self.check("choices", object="person")["kind"], "choices")
        body = {"object": "person", "mend": "fold", "field": "department", "values": list(spellings), "value": "営業部"}
        self.assertEqual(self.preview("choices", **body)["count"], len(spellings) - 1)
        done = self.mend("choices", **body)
        self.assertEqual(done["done"], len(spellings) - 1)
        self.assertEqual(self.owner.get("/people/" + people[2]["id"]).json["department"], "営業部")
        self.assertNotIn("department", [item["field"] for item in self.items("choices", object="person")])
        # Items of a list: folded and once only.
        self.mend("choices", object="person", mend="fold", field="tags", values=["DM", "ＤＭ", "展示会"], value="展示会")
        self.assertEqual(self.owner.get("/people/" + people[1]["id"]).json["tags"], ["展示会"])
        self.assertEqual(self.undo(done["change"])["undone"], done["done"])
        self.assertEqual(self.owner.get("/people/" + people[2]["id"]).json["department"], "営業 部")
        for wrong in ({"field": "name"}, {"field": "department", "values": []}, {"field": "department", "values": ["x"]}, {"field": "department", "values": ["x"], "value": "y" * 500}):
            self.assertEqual(self.owner.post("/tidy/choices", {"object": "person", "mend": "fold", **wrong}).status, 422, wrong)
        for person in people:
            self.owner.delete("/people/" + person["id"])

    def test_orphans_find_their_company(self):
        company = self.owner.create("companies", name="みなしご工業", website="https://minashigo.example/")
        gone = self.owner.create("companies", name="たたんだ商店")
        lost = self.owner.create("people", name="迷子 一郎", job_title="課長", email="ichiro@minashigo.example")
        left = self.owner.create("people", name="迷子 二郎", company=gone["id"])
        consumer = self.owner.create("people", name="個人 三郎")
        self.owner.delete("/companies/" + gone["id"])
        found = {item["record"]["id"]: item for item in self.items("orphans", object="person")}
        self.assertIn(lost["id"], found)
        self.assertIn(left["id"], found)
        self.assertNotIn(consumer["id"], found)
        self.assertEqual(self.check("orphans", object="person")["count"], len(found))
        self.assertEqual(found[lost["id"]]["problems"][0]["proposal"]["id"], company["id"])
        self.assertIsNone(found[left["id"]]["problems"][0]["proposal"])
        done = self.mend("orphans", object="person", mend="link", ids=[lost["id"], left["id"]])
        self.assertEqual((done["done"], [row["title"] for row in done["skipped"]]), (1, ["迷子 二郎"]))
        # Who has an owner keeps him when all orphans get one.
        owners = self.preview("orphans", object="person", mend="owner", all=True, value=self.member.user["id"])
        self.assertEqual((owners["count"], {row["reason"] for row in owners["skipped"]}), (0, {"担当者がいます。"}))
        chosen = self.mend("orphans", object="person", mend="link", ids=[left["id"]], value=company["id"])
        self.assertEqual(chosen["done"], 1)
        self.assertEqual(self.owner.get("/people/" + left["id"]).json["company"]["id"], company["id"])
        # Nothing is linked to what lies in the trash, not by undo either: that is told.
        self.assertEqual([row["title"] for row in self.undo(chosen["change"])["skipped"]], ["迷子 二郎"])
        self.assertEqual(self.undo(done["change"])["undone"], 1)
        self.assertIn(lost["id"], [item["record"]["id"] for item in self.items("orphans", object="person")])

    def test_records_of_who_left(self):
        leaver = self.server.add_user(self.owner, "taisha@example.jp")
        mine = leaver.create("companies", name="引き継ぎ待ち商店")
        self.assertNotIn(mine["id"], [item["record"]["id"] for item in self.items("orphans")])
        self.owner.patch("/users/" + leaver.user["id"], {"disabled": True})
        nobody = self.owner.create("companies", name="担当なし商店", owner_id=None)
        self.owner.patch("/companies/" + nobody["id"], {"owner_id": None})
        found = {item["record"]["id"]: item["problems"][0] for item in self.items("orphans")}
        self.assertIn("taisha", found[mine["id"]]["text"])
        self.assertEqual(found[nobody["id"]]["field"], "owner_id")
        self.assertEqual(self.check("orphans")["count"], len(found))
        self.assertEqual(self.owner.post("/tidy/orphans", {"object": "company", "mend": "owner", "all": True}).status, 422)
        preview = self.preview("orphans", mend="owner", all=True, value=self.owner.user["id"])
        self.assertEqual(preview["count"], len(found))
        self.assertIn({"id": self.owner.user["id"], "title": "大福 太郎"}, [item["to"] for item in preview["items"]])
        done = self.mend("orphans", mend="owner", all=True, value=self.owner.user["id"])
        self.assertEqual(done["done"], len(found))
        self.assertEqual(self.items("orphans"), [])
        self.undo(done["change"])
        self.assertEqual(len(self.items("orphans")), len(found))
        self.mend("orphans", mend="trash", all=True)
        self.assertEqual(self.owner.get("/companies/" + mine["id"]).json.get("deleted_at") is None, False)

    def test_mail_that_bounces(self):
        bounced = self.owner.create("people", name="不達 一郎", email="fu@tatsu.example", email_status="bounced")
        typo = self.owner.create("people", name="不達 二郎", email="fu@yaho.co.jp")
        found = {item["record"]["id"] for item in self.items("bounced", object="person")}
        self.assertEqual(found, {bounced["id"], typo["id"]})
        marked = self.mend("bounced", object="person", mend="mark", all=True)
        self.assertEqual((marked["done"], len(marked["skipped"])), (1, 1))
        cleared = self.mend("bounced", object="person", mend="clear", all=True)
        self.assertEqual(cleared["done"], 2)
        now = self.owner.get("/people/" + bounced["id"]).json
        self.assertEqual((now.get("email"), now.get("email_status")), (None, None))
        self.assertIn("fu@tatsu.example", self.owner.get(f"/people/{bounced['id']}/history").text)
        self.assertEqual(self.check("bounced", object="person")["count"], 0)
        self.undo(cleared["change"])
        now = self.owner.get("/people/" + bounced["id"]).json
        self.assertEqual((now["email"], now["email_status"]), ("fu@tatsu.example", "bounced"))
        # Who may not write what is known of it leaves it, whatever it is.
        member = self.server.add_user(self.owner, "futatsu@example.jp", role="manager")
        self.assertEqual(self.owner.patch("/roles/manager", {"fields": {"person.email_status": "none", "task.name": "read"}}).status, 200)
        ids = [bounced["id"], typo["id"]]
        self.owner.patch("/people/" + bounced["id"], {"email": "fu@yaho.co.jp", "email_status": "bounced"})
        silent = self.mend("impossible", member, object="person", mend="clear", ids=ids)
        self.assertEqual((silent["done"], silent["skipped"]), (2, []))
        self.undo(silent["change"], member)
        # Nor does a task get a name by it.
        self.assertEqual(member.post("/tidy/stale", {"object": "company", "mend": "todo", "value": ahead(7), "all": True}).status, 403)
        self.assertEqual(self.owner.patch("/roles/manager", {"fields": {"person.email_status": None, "task.name": None}}).status, 200)
        # A new address is not known to bounce.
        self.owner.patch("/people/" + bounced["id"], {"email": "atarashii@example.jp"})
        self.assertIsNone(self.owner.get("/people/" + bounced["id"]).json.get("email_status"))

    def test_own_fields_are_put_away(self):
        field = self.owner.post("/fields", {"object": "product", "kind": "text", "label": {"ja": "使わない欄"}}).json["key"]
        for number in range(20):
            self.owner.create("products", name=f"商品{number}")
        listed = self.items("unused_fields", object="product")
        self.assertEqual([(item["field"], item["filled"], item["of"], item["last"]) for item in listed], [(field, 0, 20, None)])
        self.assertEqual(self.preview("unused_fields", object="product", mend="hide", field=field)["count"], 1)
        done = self.mend("unused_fields", object="product", mend="hide", field=field)
        self.assertEqual(self.items("unused_fields", object="product"), [])
        hidden = lambda: next(item["hidden"] for item in self.owner.get("/fields", object="product").json["items"] if item["key"] == field)
        self.assertTrue(hidden())
        self.assertEqual(self.undo(done["change"])["undone"], 1)
        self.assertFalse(hidden())
        self.assertIsNone(self.check("unused_fields", self.member, object="product"))
        self.assertEqual(self.member.get("/tidy/unused_fields", object="product").status, 403)
        self.assertEqual(self.member.post("/tidy/unused_fields", {"object": "product", "mend": "hide", "field": field}).status, 403)

    def test_days_of_the_stages_are_set_with_history(self):
        self.assertEqual(self.owner.get("/tidy/stale", object="company").json["days"]["negotiating"], 30)
        changed = self.owner.patch("/tidy/settings", {"object": "company", "stale_days": {"negotiating": 14, "lost": 0}})
        self.assertEqual((changed.status, changed.json["stale_days"]["negotiating"]), (200, 14))
        self.assertEqual(self.owner.get("/tidy/stale", object="company").json["days"]["negotiating"], 14)
        self.assertEqual(self.owner.get("/tidy/stale", object="person").json["days"]["negotiating"], 30)
        for wrong in ({"negotiating": -1}, {"negotiating": 3651}, {"negotiating": "x"}, {"nothing": 3}, None):
            self.assertEqual(self.owner.patch("/tidy/settings", {"object": "company", "stale_days": wrong}).status, 422, wrong)
        self.assertEqual(self.member.patch("/tidy/settings", {"stale_days": {"negotiating": 1}}).status, 403)
        self.assertEqual(self.undo(changed.json["change"])["undone"], 1)
        self.assertEqual(self.owner.get("/tidy/stale", object="company").json["days"]["negotiating"], 30)
        self.assertEqual(len(self.undo(changed.json["change"])["skipped"]), 1)

    def test_only_what_is_seen_is_counted_and_mended(self):
        hidden = self.owner.create("companies", name="よその秘密商店", founded_on="2191-01-01", email="x@gmial.com", branch="秘密支店")
        self.owner.create("companies", name="よその秘密二号", branch="秘密支店")
        self.owner.create("companies", name="よその秘密三号", branch="秘密 支店")
        before = {check["key"]: check["count"] for check in self.member.get("/tidy", object="company").json["checks"]}
        self.assertEqual(set(before.values()), {0}, before)
        for check in ("stale", "impossible", "choices", "orphans", "bounced"):
            answer = self.member.get("/tidy/" + check, object="company")
            self.assertNotIn("秘密", answer.text)
            self.assertNotIn(hidden["id"], answer.text)
        mine = self.member.create("companies", name="自分の商店", founded_on="2192-01-01")
        self.assertEqual(self.check("impossible", self.member)["count"], 1)
        # By the id of a hidden record nothing is done, and nothing is told.
        for path in ("/tidy/impossible", "/tidy/impossible/preview"):
            answer = self.member.post(path, {"object": "company", "mend": "clear", "ids": [hidden["id"]]})
            self.assertEqual([row["title"] for row in answer.json["skipped"]], [""], answer)
            self.assertNotIn("秘密", answer.text)
        self.mend("impossible", self.member, mend="clear", all=True)
        self.mend("choices", self.member, mend="fold", field="branch", values=["秘密支店"], value="支店")
        self.assertEqual(self.owner.get("/companies/" + hidden["id"]).json["founded_on"], "2191-01-01")
        self.assertEqual(self.owner.get("/companies/" + hidden["id"]).json["branch"], "秘密支店")
        # A field that he may not read is no problem of his.
        self.member.patch("/companies/" + mine["id"], {"founded_on": "2193-01-01"})
        self.owner.patch("/roles/member", {"fields": {"company.founded_on": "masked", "company.branch": "none"}})
        self.addCleanup(lambda: self.owner.patch("/roles/member", {"fields": {"company.founded_on": None, "company.branch": None}}))
        self.assertEqual(self.check("impossible", self.member)["count"], 0)
        self.assertEqual(self.member.post("/tidy/choices", {"object": "company", "mend": "fold", "field": "branch", "values": ["秘密支店"], "value": "支店"}).status, 422)

    def test_who_may_only_read_is_told(self):
        rights = {"company": {"read": "all", "create": True, "update": "own", "delete": "own", "export": False}}
        self.owner.patch("/roles/viewer", {"objects": rights})
        viewer = self.server.add_user(self.owner, "miru@example.jp", role="viewer")
        company = self.owner.create("companies", name="見るだけ商店", founded_on="2194-01-01")
        for path in ("/tidy/impossible", "/tidy/impossible/preview"):
            answer = viewer.post(path, {"object": "company", "mend": "clear", "ids": [company["id"]]})
            self.assertEqual([row["title"] for row in answer.json["skipped"]], ["見るだけ商店"], answer)
        self.assertEqual(self.owner.get("/companies/" + company["id"]).json["founded_on"], "2194-01-01")

    def test_wrong_requests(self):
        self.assertEqual(self.owner.get("/tidy/nothing", object="company").status, 404)
        self.assertEqual(self.owner.get("/tidy", object="nothing").status, 404)
        self.assertEqual(self.owner.get("/tidy/stale", object="product").status, 404)
        for query in ({"after": "zz"}, {"after": "0.x.y"}, {"days": "0"}, {"days": "abc"}):
            self.assertEqual(self.owner.get("/tidy/stale", object="company", **query).status, 422, query)
        for body in ({}, {"mend": "fold"}, {"mend": "todo", "all": True}, {"mend": "todo", "all": True, "value": "いつか"}, {"mend": "stage", "all": True, "value": "x"},
                     {"mend": "trash"}, {"mend": "trash", "ids": ["!"]}, {"mend": "trash", "all": True, "change": "0000000000001"}):
            self.assertEqual(self.owner.post("/tidy/stale", {"object": "company", **body}).status, 422, body)


class Stale(TidyTest):
    """On a ledger with years behind it."""

    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.close)
        cls.server.command("demo", "--companies", 60, "--seed", 7, check=True)
        cls.server.start()
        cls.owner = cls.server.client()
        answer = cls.owner.sign_in("demo@example.jp", "daifuku-demo")
        assert answer.status == 200, answer
        cls.owner.user = answer.json["user"]

    def test_found_by_stage_and_given_a_task(self):
        found = self.items("stale")
        self.assertTrue(found)
        check = self.check("stale")
        self.assertEqual((check["count"], check["more"]), (len(found), False))
        stage = self.owner.get("/companies/" + found[0]["record"]["id"]).json["stage"]
        of_stage = self.items("stale", stage=stage)
        self.assertEqual({item["stage"] for item in of_stage}, {found[0]["stage"]})
        self.assertGreaterEqual(len(self.items("stale", days=1)), len(found))
        self.assertEqual(len(self.items("stale", days=1, limit=7)), len(self.items("stale", days=1)))
        preview = self.preview("stale", mend="todo", all=True, stage=stage, value=ahead(7))
        self.assertEqual((preview["count"], preview["skipped"]), (len(of_stage), []))
        done = self.mend("stale", mend="todo", all=True, stage=stage, value=ahead(7))
        self.assertEqual((done["done"], done["next"]), (len(of_stage), None))
        first = of_stage[0]["record"]["id"]
        task = self.owner.get("/tasks", filter={"company": {"eq": first}}, fields="name,due_on,owner_id").json["items"][0]
        self.assertEqual(task["due_on"], ahead(7))
        self.assertEqual(task["owner_id"]["title"], of_stage[0]["owner"])
        self.assertEqual(self.items("stale", stage=stage), [])
        self.assertEqual(self.undo(done["change"])["undone"], len(of_stage))
        self.assertEqual(len(self.items("stale", stage=stage)), len(of_stage))

    def test_moved_to_another_stage_and_back(self):
        chosen = [item["record"]["id"] for item in self.items("stale")[:3]]
        preview = self.preview("stale", mend="stage", ids=chosen, value="dormant")
        self.assertEqual({item["to"] for item in preview["items"]}, {"dormant"})
        done = self.mend("stale", mend="stage", ids=chosen, value="dormant")
        self.assertEqual(done["done"], preview["count"])
        self.assertFalse(set(chosen) & {item["record"]["id"] for item in self.items("stale")})
        self.undo(done["change"])

    def test_deals_too(self):
        found = self.items("stale", object="deal", days=1)
        self.assertTrue(found)
        done = self.mend("stale", object="deal", mend="todo", days=1, ids=[found[0]["record"]["id"]], value=ahead(3))
        self.assertEqual(done["done"], 1)
        self.assertNotIn(found[0]["record"]["id"], [item["record"]["id"] for item in self.items("stale", object="deal", days=1)])
