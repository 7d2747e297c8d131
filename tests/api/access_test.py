"""Who may see what, by every road. One forbidden record (the canary) is planted and looked for in every answer."""
import json
import re
import urllib.parse

from daifuku import LedgerTest

CANARY = "秘密のカナリヤ商会"
CANARY_PHONE = "03-7777-1234"


class Access(LedgerTest):
    @classmethod
    def prepare(cls):
        cls.team = cls.owner.post("/teams", {"title": "東チーム"}).json["id"]
        own = {key: {"read": "own", "create": True, "update": "own", "delete": "own", "export": False} for key in ("*",)}
        assert cls.owner.patch("/roles/member", {"objects": own}).status == 200
        cls.member = cls.server.add_user(cls.owner, "jibun@example.jp")
        cls.viewer = cls.server.add_user(cls.owner, "miru@example.jp", role="viewer")
        cls.company = cls.owner.create("companies", name=CANARY, name_kana="ヒミツノカナリヤ", phone=CANARY_PHONE, email="canary@kanariya.example.jp", prefecture="東京都")
        cls.person = cls.owner.create("people", family_name="鳥籠", given_name="カナリヤ子", company=cls.company["id"], email="torikago@kanariya.example.jp")
        cls.activity = cls.owner.create("activities", kind="call", content="カナリヤの件", company=cls.company["id"], person=cls.person["id"])
        cls.deal = cls.owner.create("deals", name="カナリヤ商談", company=cls.company["id"])
        cls.file = cls.owner.upload(f"/companies/{cls.company['id']}/files", "カナリヤ.txt", "カナリヤ".encode()).json["items"][0]
        cls.mine = cls.member.create("companies", name="自分の商店", phone="03-2222-0001")

    def assertHidden(self, answer, what):
        for word in (CANARY, "カナリヤ", "canary", "鳥籠", "7777"):
            self.assertNotIn(word, answer.text, what)
        for record in (self.company, self.person, self.activity, self.deal):
            self.assertNotIn(record["id"], answer.text, what)

    def test_no_road_leads_to_the_canary(self):
        member = self.member
        cid = self.company["id"]
        roads = []
        for entry in member.get("/metadata").json["objects"]:
            plural = entry["plural"]
            roads += [("GET", f"/{plural}"), ("GET", f"/{plural}?total=exact"), ("GET", f"/{plural}?q=カナリヤ"), ("GET", f"/{plural}?deleted=1"), ("GET", f"/{plural}?sort=-created_at&limit=200"),
                      ("GET", f"/{plural}?filter=" + json.dumps({"id": {"eq": cid}}))]
        for word in ("カナリヤ", "ヒミツ", "秘密", "03-7777", "7777", "@kanariya", "canary", "鳥籠"):
            roads.append(("GET", "/search?q=" + word))
        roads += [("GET", "/recent"), ("GET", "/changes"), ("GET", "/tags?object=company"), ("GET", "/views?object=company"), ("GET", "/imports"),
                  ("GET", "/companies?filter=" + json.dumps({"people": {"some": {"family_name": {"eq": "鳥籠"}}}})),
                  ("GET", "/people?filter=" + json.dumps({"company": {"some": {"name": {"starts": "秘密"}}}}))]
        for method, path in roads:
            answer = member.request(method, "/api/v1" + urllib.parse.quote(path, safe="/?=&%{}:,\"[]"))
            self.assertLess(answer.status, 500, path)
            self.assertHidden(answer, path)

    def test_no_read_of_the_description_leads_to_the_canary(self):
        # Every GET that the product has, also those made after this test, with the canary's ids and words wherever something fits.
        plurals = [entry["plural"] for entry in self.owner.get("/metadata").json["objects"]]
        ids = [self.company["id"], self.person["id"], self.activity["id"], self.deal["id"], self.file["id"]]
        objects = ["company", "person", "activity", "deal"]
        words = {"q": ["カナリヤ", "秘密"], "object": objects, "name": [CANARY], "phone": [CANARY_PHONE], "email": ["canary@kanariya.example.jp"],
                 "check": ["stale", "unlinked", "unowned", "spelling", "impossible"], "group": ["stage", "prefecture", "owner_id"], "id": ids, "ids": [",".join(ids[:2])],
                 "company": ids[:1], "person": ids[1:2], "record": ids, "key": ["name"], "field": ["name"], "sum": ["amount", "capital"]}
        asked = {"events"}  # A stream without an end: leak_test reads it.
        marks = (CANARY, "カナリヤ子", "カナリヤの件", "カナリヤ商談", "torikago", "7777-1234")
        records = [record["id"] for record in (self.company, self.person, self.activity, self.deal)]
        tried, led = 0, set()
        for path, operations in self.owner.get("/openapi.json").json["paths"].items():
            if "get" not in operations or path.rsplit("/", 1)[-1] in asked:
                continue
            places = [{}]
            for name in re.findall(r"\{(\w+)\}", path):
                values = plurals if name == "plural" else objects + plurals[:1] if name == "object" else words["check"] if name == "check" else ids
                places = [{**place, name: value} for place in places for value in values]
            queries = [""] + [f"{name}={value}" for parameter in operations["get"].get("parameters", []) if parameter.get("in") == "query"
                              for name in [parameter["name"]] for value in words.get(name, [])]
            for place in places:
                where = path.format(**place)
                for query in queries:
                    send = urllib.parse.quote(where + ("?" + query if query else ""), safe="/?=&,")
                    send = send if send.startswith("/api/") else "/api/v1" + send
                    # What was asked with is not told by being repeated.
                    secrets = [mark for mark in marks if mark not in query] + [record for record in records if record not in send]
                    answer = self.member.request("GET", send)
                    tried += 1
                    self.assertLess(answer.status, 500, send)
                    for secret in secrets:
                        self.assertNotIn(secret, answer.text, send)
                    if path not in led and any(secret in self.owner.request("GET", send).text for secret in secrets):
                        led.add(path)
        # They are roads: whoever may see the canary finds it there.
        self.assertGreater(tried, 300)
        self.assertGreater(len(led), 20, sorted(led))

    def test_known_ids_do_not_help(self):
        member = self.member
        for plural, record in (("companies", self.company), ("people", self.person), ("activities", self.activity), ("deals", self.deal)):
            base = f"/{plural}/{record['id']}"
            absent = member.get(f"/{plural}/0000000000001")
            for method, path, body in (("GET", base, None), ("GET", base + "/timeline", None), ("GET", base + "/history", None), ("GET", base + "/files", None),
                                       ("PATCH", base, {"version": 1}), ("DELETE", base, None), ("POST", base + "/restore", {}), ("POST", base + "/seen", {})):
                answer = member.request(method, "/api/v1" + path, body)
                self.assertEqual(answer.status, 404, (method, path, answer))
                self.assertEqual(answer.json["title"], absent.json["title"])
                self.assertHidden(answer, path)
        self.assertEqual(member.get("/files/" + self.file["id"]).status, 404)
        self.assertEqual(member.delete("/files/" + self.file["id"]).status, 404)

    def test_writes_cannot_reach_it(self):
        member = self.member
        linked = member.post("/people", {"family_name": "探り", "given_name": "太郎", "company": self.company["id"]})
        self.assertEqual((linked.status, linked.json["problems"][0]["code"]), (422, "link_not_found"))
        bulk = member.post("/companies/batch", {"ids": [self.company["id"]], "set": {"employees": 1}})
        self.assertEqual(bulk.json["count"], 0)
        self.assertNotIn(CANARY, bulk.text)
        self.assertNotIn("employees", self.owner.get("/companies/" + self.company["id"]).json)
        self.assertEqual(member.post("/companies/batch", {"filter": {"name": {"starts": "秘密"}}, "delete": True}).json["count"], 0)
        undo = member.post("/undo", {"change": self.company["change"]})
        self.assertEqual(undo.status, 403)
        self.assertHidden(undo, "undo")

    def test_duplicates_do_not_tell(self):
        for draft in ({"name": CANARY}, {"phone": CANARY_PHONE}, {"email": "canary@kanariya.example.jp"}):
            answer = self.member.post("/companies/duplicates", draft)
            self.assertEqual(answer.json["candidates"], [])

    def test_own_records_are_all_there(self):
        self.assertEqual([row["id"] for row in self.member.get("/companies").json["items"]], [self.mine["id"]])
        self.assertEqual([row["id"] for row in self.member.get("/search", q="自分").json["items"]], [self.mine["id"]])

    def test_what_happens_at_ones_own_customer_is_seen(self):
        noted = self.owner.create("activities", kind="visit", content="訪問の記録", company=self.mine["id"])
        timeline = self.member.get(f"/companies/{self.mine['id']}/timeline").json["items"]
        self.assertIn(noted["id"], [row["id"] for row in timeline])
        self.assertEqual(self.member.get("/activities/" + noted["id"]).status, 200)

    def test_handing_over_moves_the_whole_customer(self):
        company = self.owner.create("companies", name="引き継ぎ物産")
        person = self.owner.create("people", family_name="引継", given_name="次郎", company=company["id"])
        call = self.owner.create("activities", kind="call", content="引き継ぎ前の電話", person=person["id"])
        self.assertEqual(self.member.get("/activities/" + call["id"]).status, 404)
        self.assertEqual(self.member.get("/search", q="引き継ぎ").json["items"], [])
        self.assertEqual(self.owner.patch("/companies/" + company["id"], {"owner_id": self.member.user["id"]}).status, 200)
        for plural, record in (("companies", company), ("people", person), ("activities", call)):
            self.assertEqual(self.member.get(f"/{plural}/{record['id']}").status, 200, plural)
        found = {row["id"] for row in self.member.get("/search", q="引き継ぎ").json["items"]}
        self.assertIn(company["id"], found)
        self.owner.patch("/companies/" + company["id"], {"owner_id": self.owner.user["id"]})
        self.assertEqual(self.member.get("/activities/" + call["id"]).status, 404)
        self.assertEqual(self.member.get("/search", q="引き継ぎ").json["items"], [])

    def test_viewer_changes_nothing(self):
        viewer = self.viewer
        path = "/companies/" + self.company["id"]
        self.assertEqual(viewer.get(path).status, 200)
        for method, where, body in (("POST", "/companies", {"name": "x"}), ("PATCH", path, {"employees": 1}), ("DELETE", path, None), ("POST", "/fields", {"object": "company", "kind": "text", "label": {"ja": "x"}}),
                                    ("POST", "/users", {"name": "a", "email": "a@example.jp"}), ("PATCH", "/roles/member", {}), ("PATCH", "/settings", {"company_name": "x"}), ("GET", "/users", None)):
            self.assertEqual(viewer.request(method, "/api/v1" + where, body).status, 403, (method, where))

    def test_hidden_and_masked_fields(self):
        company = self.owner.create("companies", name="項目制限工業", capital=98765432, employees=4321)
        self.assertEqual(self.owner.patch("/roles/viewer", {"fields": {"company.capital": "none", "company.employees": "masked"}}).status, 200)
        viewer = self.server.client()
        viewer.sign_in("miru@example.jp", "totemo-nagai-aikotoba")
        path = "/companies/" + company["id"]
        record = viewer.get(path)
        self.assertNotIn("capital", record.json)
        self.assertEqual(record.json["employees"], "＊＊＊")
        for answer in (record, viewer.get(path + "/history"), viewer.get("/companies", q="項目制限"), viewer.get("/metadata")):
            self.assertNotIn("98765432", answer.text)
            self.assertNotIn("4321", answer.text)
        self.assertNotIn("capital", [field["key"] for entry in viewer.get("/metadata").json["objects"] if entry["key"] == "company" for field in entry["fields"]])
        for condition in ({"capital": {"gt": 1}}, {"employees": {"eq": 4321}}, {"capital": {"empty": False}}):
            self.assertEqual(viewer.get("/companies", filter=condition).status, 422, condition)
        for sort in ("capital", "-employees"):
            self.assertEqual(viewer.get("/companies", sort=sort).status, 422, sort)
        self.assertEqual(viewer.get("/companies", fields="capital").status, 422)
        self.owner.patch("/roles/viewer", {"fields": {"company.capital": None, "company.employees": None}})

    def test_team_scope(self):
        self.assertEqual(self.owner.patch("/roles/viewer", {"objects": {"company": {"read": "team"}}}).status, 200)
        team_viewer = self.server.add_user(self.owner, "chimu@example.jp", role="viewer", team_ids=[self.team])
        inside = self.owner.create("companies", name="チーム内商店", team_id=self.team)
        answer = team_viewer.get("/companies")
        self.assertEqual([row["id"] for row in answer.json["items"]], [inside["id"]])
        self.assertEqual(team_viewer.get("/companies/" + self.company["id"]).status, 404)
        self.owner.patch("/roles/viewer", {"objects": {"company": {"read": "all"}}})
