"""Kinds of records that a company makes for itself, without code: they are kept, found, brought in, taken out and guarded like the standard ones."""
import pathlib
import re
import tempfile
import threading
import urllib.parse

from daifuku import OWNER, LedgerTest, Server, wait_for


def make(owner, word, **more):
    answer = owner.post("/objects", {"label": word, **more})
    assert answer.status == 201, answer
    return answer.json


class OwnObjects(LedgerTest):
    @classmethod
    def prepare(cls):
        cls.member = cls.server.add_user(cls.owner, "jisha@example.jp")
        cls.company = cls.owner.create("companies", name="物件試験不動産")
        cls.made = make(cls.owner, "物件", icon="home", links=["company", "person"], title_label="物件名")
        cls.key = cls.made["key"]

    def meta(self, who, key=None):
        return next((each for each in who.get("/metadata").json["objects"] if each["key"] == (key or self.key)), None)

    def setting(self, key=None):
        return next(each for each in self.owner.get("/objects").json["items"] if each["key"] == (key or self.key))

    def field(self, **body):
        answer = self.owner.post("/fields", {"object": self.key, **body})
        self.assertEqual(answer.status, 201, answer)
        return answer.json["key"]

    def test_it_is_there_at_once_for_all_with_the_common_fields(self):
        self.assertRegex(self.key, r"^c_\d+$")
        found = self.meta(self.member)
        self.assertEqual((found["label"]["ja"], found["plural"], found["icon"], found["in_navigation"], found["title"]), ("物件", self.key, "home", True, "name"))
        self.assertEqual((found["customer_links"], found["timeline"]), (["company", "person"], True))
        own = {field["key"]: field for field in found["fields"] if not field["system"]}
        self.assertTrue({"name", "company", "person", "date", "tags", "note"} <= set(own), own.keys())
        self.assertEqual((own["name"]["label"]["ja"], own["name"]["required"]), ("物件名", True))
        self.assertIn("物件", [each["label"]["ja"] for each in self.meta(self.member, "company")["links_in"]])
        setting = self.setting()
        self.assertEqual((setting["own"], setting["in_navigation"], setting["hidden"]), (True, True, False))
        self.assertFalse(self.setting("deal")["own"])

    def test_records_with_own_fields_of_every_kind(self):
        rent = self.field(label="家賃", kind="money", in_list=True)
        state = self.field(label="状態", kind="choice", options=[{"label": "空き"}, {"label": "入居中"}])
        built = self.field(label="築年月日", kind="date")
        beside = self.field(label="隣の物件", kind="link", target=self.key)
        for kind in ("text", "long_text", "integer", "decimal", "percent", "yes_no", "date_time", "url", "email", "phone", "choices", "tags", "user"):
            body = {"label": "試し" + kind, "kind": kind}
            if kind == "choices":
                body["options"] = [{"label": "い"}, {"label": "ろ"}]
            self.field(**body)
        option = next(each for each in self.meta(self.owner)["fields"] if each["key"] == state)["options"][1]["key"]
        near = self.member.create(self.key, name="青葉荘 101", company=self.company["id"], **{rent: 80000, built: "2001-04-01"})
        far = self.member.create(self.key, name="青葉荘 102", company=self.company["id"], tags=["駅近"], **{rent: 95000, state: option, beside: near["id"]})
        self.assertEqual(far[beside]["title"], "青葉荘 101")
        rows = self.owner.get("/" + self.key, filter={rent: {"gte": 90000}}, sort="-" + rent, fields=f"name,{rent}").json["items"]
        self.assertEqual([row["id"] for row in rows], [far["id"]])
        rows = self.owner.get("/" + self.key, filter={"company": {"eq": self.company["id"]}}, sort=rent).json["items"]
        self.assertEqual([row["id"] for row in rows], [near["id"], far["id"]])
        changed = self.member.patch(f"/{self.key}/{near['id']}", {rent: 81000, "version": near["version"]})
        self.assertEqual((changed.status, changed.json[rent]), (200, 81000), changed)
        self.assertEqual(self.owner.post("/undo", {"change": changed.json["change"]}).status, 200)
        self.assertEqual(self.owner.get(f"/{self.key}/{near['id']}").json[rent], 80000)
        # Related records count, in conditions of the customer too.
        asked = self.owner.get("/companies", filter={self.key: {"at_least": 2}}).json["items"]
        self.assertEqual([row["id"] for row in asked], [self.company["id"]])

    def test_search_timeline_files_and_trash(self):
        record = self.owner.create(self.key, name="見晴台レジデンス", company=self.company["id"], date="2026-04-01")
        found = self.member.get("/search", q="見晴台").json["items"]
        self.assertEqual([(hit["object"], hit["id"]) for hit in found], [(self.key, record["id"])])
        entries = self.member.get(f"/companies/{self.company['id']}/timeline").json["items"]
        self.assertIn((self.key, record["id"]), [(entry["object"], entry["id"]) for entry in entries])
        attached = self.owner.upload(f"/{self.key}/{record['id']}/files", "間取り.txt", b"2LDK")
        self.assertEqual(attached.status, 201, attached)
        history = self.owner.get(f"/{self.key}/{record['id']}/history").json["items"]
        self.assertIn("create", [row["action"] for row in history])
        self.assertEqual(self.owner.delete(f"/{self.key}/{record['id']}").status, 200)
        self.assertEqual(self.member.get("/search", q="見晴台").json["items"], [])

    def test_a_table_becomes_records_and_records_a_table(self):
        rows = "物件名,会社名,メモ\n持込ハイツ 1,物件試験不動産,角部屋\n持込ハイツ 2,物件試験不動産,\n".encode("utf-8-sig")
        made = self.owner.request("POST", f"/api/v1/imports?object={self.key}&name=" + urllib.parse.quote("物件.csv"), raw=rows, content_type="application/octet-stream")
        self.assertEqual(made.status, 201, made)
        self.assertEqual({column["header"]: column["to"] for column in made.json["columns"]}, {"物件名": "field:name", "会社名": "field:company", "メモ": "field:note"})
        self.assertEqual(self.owner.post(f"/imports/{made.json['id']}/run").status, 202)
        done = wait_for(lambda: (lambda now: now if now["status"] != "running" else None)(self.owner.get("/imports/" + made.json["id"]).json))
        self.assertEqual((done["status"], done["progress"]["created"], done["progress"]["failed"]), ("done", 2, 0), done)
        listed = self.owner.get("/" + self.key, q="持込ハイツ", sort="name").json["items"]
        self.assertEqual([row["title"] for row in listed], ["持込ハイツ 1", "持込ハイツ 2"])
        self.assertEqual(self.owner.get(f"/{self.key}/{listed[0]['id']}").json["company"]["id"], self.company["id"])
        for form in ("csv", "xlsx", "jsonl"):
            self.assertEqual(self.owner.get(f"/{self.key}/export", format=form).status, 200, form)
        csv = self.owner.get(f"/{self.key}/export", format="csv", encoding="utf-8-bom", q="持込ハイツ 1").body.decode("utf-8-sig")
        self.assertIn("物件名", csv.splitlines()[0])
        self.assertIn("角部屋", csv)
        undone = self.owner.post(f"/imports/{made.json['id']}/undo")
        self.assertEqual(undone.json["undone"], 2, undone)

    def test_put_away_and_back(self):
        key = make(self.owner, "車両", links=["company"])["key"]
        record = self.owner.create(key, name="しまわれる軽トラ", company=self.company["id"])
        put = self.owner.patch("/objects", {"items": [{"key": key, "hidden": True}]})
        self.assertEqual(put.status, 200, put)
        self.assertIsNone(self.meta(self.member, key))
        self.assertEqual(self.member.get("/search", q="しまわれる軽トラ").json["items"], [])
        self.assertEqual(self.owner.post("/undo", {"change": put.json["change"]}).status, 200)
        self.assertIsNotNone(self.meta(self.member, key))
        self.assertEqual(self.member.get("/search", q="しまわれる軽トラ").json["items"][0]["id"], record["id"])

    def test_its_making_is_taken_back_and_that_too(self):
        made = make(self.owner, "会員証")
        self.assertEqual(self.owner.post("/undo", {"change": made["change"]}).status, 200)
        self.assertIsNone(self.meta(self.member, made["key"]))
        again = self.owner.post("/objects", {"label": "会員証"})
        self.assertEqual((again.status, again.json["problems"][0]["code"]), (422, "object_name_put_away"))
        self.assertEqual(self.owner.patch("/objects", {"items": [{"key": made["key"], "hidden": False}]}).status, 200)
        self.assertIsNotNone(self.meta(self.member, made["key"]))

    def test_name_icon_and_place_are_changed(self):
        key = make(self.owner, "機械", icon="tool")["key"]
        changed = self.owner.patch("/objects", {"items": [{"key": key, "label": "設備", "plural_label": "設備", "icon": "truck", "in_navigation": False, "position": 5}]})
        self.assertEqual(changed.status, 200, changed)
        found = self.meta(self.member, key)
        self.assertEqual((found["label"]["ja"], found["icon"], found["in_navigation"]), ("設備", "truck", False))
        self.assertEqual(changed.json["items"][0]["key"], key)
        self.assertEqual(self.owner.post("/undo", {"change": changed.json["change"]}).status, 200)
        self.assertEqual((self.meta(self.member, key)["label"]["ja"], self.meta(self.member, key)["icon"]), ("機械", "tool"))
        for wrong in ({"label": None}, {"icon": "skull"}, {"in_navigation": 1}):
            self.assertEqual(self.owner.patch("/objects", {"items": [{"key": key, **wrong}]}).status, 422, wrong)
        self.assertEqual(self.owner.patch("/objects", {"items": [{"key": "deal", "icon": "truck"}]}).status, 422)

    def test_what_cannot_be_is_refused_and_changes_nothing(self):
        before = self.owner.get("/objects").json
        for body, code in (({}, "required"), ({"label": "あ" * 41}, "too_long"), ({"label": "商談"}, "object_name_taken"), ({"label": "物件"}, "object_name_taken"),
                           ({"label": "絵", "icon": "skull"}, "invalid_choice"), ({"label": "鍵", "key": "vehicle"}, "own_object_key"), ({"label": "鍵", "key": "c_"}, "own_object_key"),
                           ({"label": "鍵", "key": "c_" + "a" * 29}, "own_object_key"), ({"label": "鍵", "key": "c_A"}, "own_object_key"), ({"label": "鍵", "key": self.key}, "duplicate"),
                           ({"label": "結び", "links": ["deal"]}, "invalid_choice"), ({"label": "結び", "links": ["company", "company"]}, "invalid_choice"), ({"label": "結び", "links": "company"}, "invalid_choice")):
            answer = self.owner.post("/objects", body)
            self.assertEqual((answer.status, answer.json["problems"][0]["code"]), (422, code), body)
        self.assertEqual(self.member.post("/objects", {"label": "だめ"}).status, 403)
        self.assertEqual(self.owner.get("/objects").json, before)
        self.assertEqual(self.owner.get("/c_nothing").status, 404)

    def test_a_key_of_ones_own_is_the_path(self):
        self.assertEqual(make(self.owner, "契約車", key="c_select")["key"], "c_select")
        self.assertEqual(self.owner.create("c_select", name="一号")["object"], "c_select")
        paths = self.owner.get("/openapi.json").json["paths"]
        self.assertTrue({"/api/v1/c_select", "/api/v1/c_select/{id}"} <= set(paths))


class Rights(LedgerTest):
    def test_nobody_may_more_than_with_the_customer(self):
        own = {"read": "own", "create": True, "update": "own", "delete": "none", "export": False}
        self.assertEqual(self.owner.patch("/roles/member", {"objects": {"company": own}}).status, 200)
        member = self.server.add_user(self.owner, "hani@example.jp")
        key = make(self.owner, "物件", links=["company"])["key"]
        free = make(self.owner, "備品")["key"]
        roles = {each["key"]: each["objects"] for each in self.owner.get("/roles").json["items"]}
        self.assertEqual(roles["member"][key], own)
        self.assertNotIn(free, roles["member"])
        self.assertNotIn(key, roles["viewer"])
        theirs = self.owner.create("companies", name="よその会社")
        mine = self.owner.create("companies", name="受け持ちの会社", owner_id=member.user["id"])
        self.owner.create(key, name="よその物件", company=theirs["id"])
        seen = self.owner.create(key, name="受け持ちの物件", company=mine["id"])
        self.assertEqual([row["id"] for row in member.get("/" + key).json["items"]], [seen["id"]])
        self.assertEqual(member.get("/search", q="よその物件").json["items"], [])

    def test_who_has_no_right_cannot_learn_of_it(self):
        viewer = self.server.add_user(self.owner, "miezu@example.jp", role="viewer")
        key = make(self.owner, "極秘台帳", links=["person"])["key"]
        none = {"read": "none", "create": False, "update": "none", "delete": "none", "export": False}
        self.assertEqual(self.owner.patch("/roles/viewer", {"objects": {key: none}}).status, 200)
        person = self.owner.create("people", family_name="影山")
        record = self.owner.create(key, name="極秘の一件", person=person["id"])
        nothing = "c_9999"
        told = lambda answer, each: (answer.status, re.sub(r'"request_id":"\w+"', "", answer.text).replace(each, "?"))
        same = lambda ask: self.assertEqual(told(ask(key), key), told(ask(nothing), nothing))
        for path in ("/{}", f"/{{}}/{record['id']}", "/{}/export?format=csv", f"/{{}}/{record['id']}/history", "/duplicates?object={}", "/views?object={}", "/maturity?object={}", "/tidy?object={}",
                     "/companies?filter=" + urllib.parse.quote('{"{}":{"at_least":1}}').replace("%7B%7D", "{}"), "/search?q=x&objects={}", f"/people/{person['id']}?include={{}}", f"/people/{person['id']}/timeline?objects={{}}"):
            with self.subTest(path):
                same(lambda each: viewer.get(path.replace("{}", each)))
        same(lambda each: viewer.post("/" + each, {"name": "試し"}))
        same(lambda each: viewer.post("/imports?object=" + each + "&name=a.csv", {}))
        for path in ("/metadata", "/openapi.json", "/search?q=" + urllib.parse.quote("極秘"), "/recent", "/changes", f"/people/{person['id']}/timeline", f"/people/{person['id']}"):
            answer = viewer.get(path)
            self.assertEqual(answer.status, 200, path)
            for canary in (key, "極秘", record["id"]):
                self.assertNotIn(canary, answer.text, path)


class Lasting(LedgerTest):
    def test_it_is_there_after_a_restart_and_in_the_export_of_everything(self):
        with Server() as server:
            owner = server.set_up()
            key = make(owner, "車両", key="c_vehicle", links=["company"])["key"]
            field = owner.post("/fields", {"object": key, "label": "車検日", "kind": "date"}).json["key"]
            record = owner.create(key, name="軽トラ 1 号", **{field: "2026-12-01"})
            server.kill()
            server.start()
            again = server.client()
            self.assertEqual(again.sign_in(**OWNER).status, 200)
            self.assertEqual(again.get(f"/{key}/{record['id']}").json[field], "2026-12-01")
            self.assertEqual(again.get("/search", q="軽トラ").json["items"][0]["id"], record["id"])
            server.stop()
            with tempfile.TemporaryDirectory() as folder:
                out = pathlib.Path(folder) / "all"
                done = server.command("export", "--all", str(out))
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertIn("軽トラ 1 号", (out / "data/車両.csv").read_text("utf-8-sig"))
            self.assertEqual(server.command("verify").returncode, 0)

    def test_many_at_once_are_all_there_and_there_is_an_end(self):
        clients = [self.server.client() for _ in range(4)]
        for client in clients:
            client.cookie, client.csrf = self.owner.cookie, self.owner.csrf
        answers = []

        def work(client, at):
            for number in range(3):
                answers.append(client.post("/objects", {"label": f"同時 {at}-{number}"}))

        threads = [threading.Thread(target=work, args=(client, at)) for at, client in enumerate(clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual({answer.status for answer in answers}, {201}, answers)
        keys = {answer.json["key"] for answer in answers}
        self.assertEqual(len(keys), 12)
        for key in keys:
            self.assertEqual(self.owner.create(key, name="一件")["object"], key)
        for number in range(50 - 12):
            make(self.owner, f"数 {number}")
        full = self.owner.post("/objects", {"label": "一つ多い"})
        self.assertEqual((full.status, full.json["code"]), (422, "own_objects_full"), full)
