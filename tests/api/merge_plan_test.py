"""Merging on many records: what is proposed before, decisions on all pairs that are as likely, people who change companies."""
import time

from daifuku import LedgerTest

COLORS = "赤青白黒金銀松竹梅桜"


class Many(LedgerTest):
    @classmethod
    def prepare(cls):
        for i in range(60):
            cls.owner.create("companies", name=f"株式会社{COLORS[i % 10]}{COLORS[i // 10]}{COLORS[(i * 7 + 3) % 10]}商会", phone=f"03-3{100 + i * 13}-{1000 + i * 97}")

    def company(self, record):
        return self.owner.get("/companies/" + record["id"]).json

    def plan(self, *records, who=None, status=200, **body):
        answer = (who or self.owner).post("/companies/merge-plan", {"ids": [record["id"] for record in records], **body})
        self.assertEqual(answer.status, status, answer)
        return answer.json

    def checked(self):
        """Returns when every change so far was looked at."""
        for _ in range(600):
            if not self.owner.get("/duplicates/scan", object="company").json["checking"]:
                return
            time.sleep(0.05)  # between two questions; the answer decides
        self.fail("changes are not looked at")

    def scan(self):
        self.checked()
        self.assertEqual(self.owner.post("/duplicates/scan?object=company", {}).status, 202)
        for _ in range(600):
            if self.owner.get("/duplicates/scan", object="company").json["status"] != "running":
                return
            time.sleep(0.05)  # between two questions; the answer decides
        self.fail("the scan does not end")

    def sets(self, state="ready", **parameters):
        answer = self.owner.get("/duplicates/sets", object="company", state=state, **parameters)
        self.assertEqual(answer.status, 200, answer)
        return answer.json

    def batches(self, who=None, status=200, **parameters):
        answer = (who or self.owner).get("/duplicates/batches", object="company", **parameters)
        self.assertEqual(answer.status, status, answer)
        return answer.json

    def all(self, who=None, status=200, **body):
        answer = (who or self.owner).post("/duplicates/all?object=company", body)
        self.assertEqual(answer.status, status, answer)
        return answer.json

    # --- the plan ---

    def test_what_a_merge_would_do_is_proposed(self):
        a = self.owner.create("companies", name="(株)提案商会", phone="03-6000-0001", employees=10)
        b = self.owner.create("companies", name="提案商会株式会社", phone="03-6000-0002", tags=["東"])
        person = self.owner.create("people", family_name="提", company=b["id"])
        self.owner.create("deals", name="提案の話", company=b["id"], person=person["id"])
        self.owner.upload(f"/companies/{b['id']}/files", "図.txt", b"x")
        self.owner.patch("/companies/" + a["id"], {"phone": "03-6000-0003"})

        plan = self.plan(a, b)
        self.assertEqual(plan["into"], b["id"])  # more hangs on it
        choices = {choice["field"]: choice for choice in plan["choices"]}
        self.assertEqual((choices["name"]["from"], choices["name"]["conflict"]), (b["id"], False))  # spelled out; the same name
        self.assertEqual((choices["phone"]["from"], choices["phone"]["conflict"]), (a["id"], True))  # changed last
        self.assertEqual(choices["employees"]["from"], a["id"])  # the only one
        self.assertNotIn("tags", choices)
        # What nobody said is no contradiction, and half an address gives way to a whole one.
        c = self.owner.create("companies", name="提案商会", stage="dormant", prefecture="愛知県", city="名古屋市北区", street="大曽根1-2-3")
        d = self.owner.create("companies", name="(株)提案商会", prefecture="愛知県", city="名古屋市北区")
        choices = {choice["field"]: choice for choice in self.plan(d, c)["choices"]}
        self.assertEqual((choices["stage"]["from"], choices["stage"]["conflict"], choices["city"]["from"], choices["street"]["from"]), (c["id"], False, c["id"], c["id"]))
        self.assertEqual([choices[part]["conflict"] for part in ("prefecture", "city", "street")], [False] * 3)
        moved = self.owner.create("companies", name="提案商会", prefecture="愛知県", city="名古屋市南区")
        self.assertTrue({choice["field"]: choice for choice in self.plan(c, moved)["choices"]}["city"]["conflict"])
        self.assertEqual((plan["moves"], plan["files"]), ([], 0))
        other = self.plan(a, b, into=a["id"])
        self.assertEqual((other["into"], {move["object"]: move["count"] for move in other["moves"]}, other["files"]), (a["id"], {"person": 1, "deal": 1}, 1))
        self.assertEqual([record["id"] for record in other["records"]], [a["id"], b["id"]])
        self.assertEqual(self.company(a)["name"], "(株)提案商会")  # nothing was changed

        for ids, status, code in (([], 422, "required"), ([a], 422, "merge_same"), ([a, a], 422, "merge_same")):
            refused = self.plan(*ids, status=status)
            self.assertEqual(refused["problems"][0]["code"], code)
        self.plan(a, person, status=404)
        gone = self.owner.create("companies", name="消えた商会")
        self.owner.delete("/companies/" + gone["id"])
        self.assertEqual(self.plan(a, gone, status=409)["code"], "in_trash")

    def test_two_numbers_stop_it(self):
        a, b = (self.owner.create("companies", name="番号違い商会", corporate_number=number) for number in ("7000012050002", "2000012010019"))
        self.assertTrue(self.plan(a, b)["numbers_differ"])

    def test_the_plan_counts_only_what_one_sees(self):
        who = self.server.add_user(self.owner, "kazoeru@example.jp")
        own = {"company": {"read": "all", "create": True, "update": "all", "delete": "all"}, "person": {"read": "own"}, "deal": {"read": "none"}}
        self.assertEqual(self.owner.patch("/roles/member", {"objects": own, "fields": {"company.employees": "masked"}}).status, 200)
        a = self.owner.create("companies", name="数えない商会", employees=77)
        b = self.owner.create("companies", name="株式会社数えない商会")
        self.owner.create("people", family_name="見えぬ", company=a["id"])
        self.owner.create("deals", name="見えぬ話", company=a["id"])
        plan = self.plan(a, b, who=who, into=b["id"])
        self.assertEqual((plan["moves"], [choice for choice in plan["choices"] if choice["field"] == "employees"]), ([], []))
        self.assertEqual(len(self.plan(a, b, into=b["id"])["moves"]), 2)
        who.get("/duplicates/sets", object="company")
        self.assertEqual(who.get("/duplicates/sets", object="company").status, 403)
        self.all(who=who, status=403, decision="merge")
        self.assertEqual(self.owner.patch("/roles/member", {"objects": {}, "fields": {}}).status, 200)

    # --- many at once ---

    def test_all_that_is_sure_is_merged_and_comes_back(self):
        owner = self.owner
        same = {"prefecture": "愛知県", "city": "名古屋市北区", "street": "大曽根1-2-3"}
        pairs = []
        for i, name in enumerate(("若葉精機", "港北運輸", "多摩食品")):
            phone = f"052-91{i}-04{i}7"
            pairs.append((owner.create("companies", name=f"㈱{name}", phone=phone, **same), owner.create("companies", name=f"{name}株式会社", phone=phone, **same)))
        differing = (owner.create("companies", name="㈱四谷工業", phone="052-955-1111", employees=5, **same), owner.create("companies", name="四谷工業株式会社", phone="052-955-1111", employees=900, **same))
        person = owner.create("people", family_name="後から", company=pairs[0][0]["id"])
        self.scan()
        wanted = {frozenset(record["id"] for record in pair) for pair in pairs}
        ready = self.sets(percent=90)
        found = {frozenset(record["id"] for record in item["records"]) for item in ready["items"]}
        self.assertLessEqual(wanted, found)
        self.assertNotIn(frozenset(record["id"] for record in differing), found)
        looks = {frozenset(record["id"] for record in item["records"]): item for item in self.sets("look", percent=90)["items"]}
        look = looks[frozenset(record["id"] for record in differing)]
        self.assertEqual(([why["code"] for why in look["why"]], look["fields"]), (["duplicate_set_differs"], ["employees"]))
        # Page by page the same sets.
        paged, after = set(), None
        while True:
            page = self.sets(percent=90, limit=1, **({"after": after} if after else {}))
            paged |= {frozenset(record["id"] for record in item["records"]) for item in page["items"]}
            after = page["next"]
            if not after:
                break
        self.assertEqual(paged, found)

        done = self.all(decision="merge", percent=90)
        self.assertEqual((done["merged"], done["records"], done["skipped"], done["next"]), (ready["ready"], ready["records"] - ready["ready"], [], None))
        for a, b in pairs:
            self.assertEqual(self.company(a)["id"], self.company(b)["id"])
            self.assertIn("株式会社", self.company(a)["name"])
        self.assertNotEqual(self.company(differing[0])["id"], self.company(differing[1])["id"])
        batch = self.batches()["items"][0]
        told = {key: batch[key] for key in ("id", "change", "decision", "percent", "below", "differing", "decided", "records")}
        self.assertEqual(told, {"id": done["change"], "change": done["change"], "decision": "merge", "percent": 90, "below": 100, "differing": False, "decided": done["merged"], "records": done["records"]})
        self.assertNotIn("undone_at", batch)
        again = self.all(decision="merge", percent=90)
        self.assertEqual((again["merged"], again["change"]), (0, None))
        self.all(decision="merge", percent=90, change="0000000000001", status=422)

        # Later work stays; the rest comes back, all at once.
        winner = self.company(pairs[1][0])["id"]
        member = self.server.add_user(owner, "ato@example.jp")
        self.assertEqual(member.patch("/companies/" + winner, {"phone": "03-7777-0000"}).status, 200)
        late = owner.create("people", family_name="足した", company=winner)
        self.assertEqual(member.post("/undo", {"change": done["change"]}).status, 403)
        undone = owner.post("/undo", {"change": done["change"]})
        self.assertEqual(undone.status, 200, undone)
        batch = next(each for each in self.batches()["items"] if each["id"] == done["change"])
        self.assertEqual((batch["change"], batch["undone_by"]["id"], batch["kept"]), (undone.json["change"], batch["by"]["id"], len(undone.json["skipped"])))
        for a, b in pairs:
            self.assertEqual((self.company(a)["id"], self.company(b)["id"]), (a["id"], b["id"]))
        self.assertEqual(self.company({"id": winner})["phone"], "03-7777-0000")
        self.assertEqual(owner.get("/people/" + late["id"]).json["company"]["id"], winner)
        self.assertEqual(owner.get("/people/" + person["id"]).json["company"]["id"], pairs[0][0]["id"])
        # They left the queue when they were one, and come back to it.
        self.checked()
        self.assertIn(frozenset(record["id"] for record in pairs[0]), {frozenset(record["id"] for record in item["records"]) for item in self.sets(percent=90)["items"]})

        # Those that say different things, when it is asked for.
        self.assertEqual(self.all(decision="merge", percent=90, differing=True)["skipped"], [])
        self.assertEqual(self.company(differing[0])["employees"], 900)  # written last

    def test_all_are_told_apart_and_back(self):
        pair = (self.owner.create("companies", name="㈱別物水産", phone="045-222-3333"), self.owner.create("companies", name="別物水産(株)", phone="045-222-3333"))
        self.scan()
        ids = frozenset(record["id"] for record in pair)
        queue = lambda decision: {frozenset((item["a"]["id"], item["b"]["id"])) for item in self.owner.get("/duplicates", object="company", decision=decision, limit=50).json["items"]}
        self.assertIn(ids, queue("open"))
        before = queue("open")
        done = self.all(decision="different", percent=1, below=100)
        self.assertEqual((done["decided"], queue("open")), (len(before), set()))
        member = self.server.add_user(self.owner, "betsu@example.jp")
        self.assertEqual(member.post("/undo", {"change": done["change"]}).status, 403)
        undone = self.owner.post("/undo", {"change": done["change"]}).json
        self.assertEqual((undone["undone"], queue("open")), (len(before), before))
        newest = self.batches(limit=1)
        self.assertEqual((newest["items"][0]["id"], newest["items"][0]["decision"], newest["items"][0]["decided"]), (done["change"], "different", len(before)))
        self.assertIn("undone_at", newest["items"][0])
        again = self.owner.post("/undo", {"change": undone["change"]}).json
        self.assertIn(ids, queue("different"))
        # It holds again, and is taken back by its newest change.
        batch = self.batches(limit=1)["items"][0]
        self.assertEqual((batch["change"], "undone_at" in batch, "undone_by" in batch), (again["change"], False, False))
        self.owner.post("/undo", {"change": batch["change"]})
        self.assertIn(ids, queue("open"))
        self.assertIn("undone_at", self.batches(limit=1)["items"][0])
        self.assertEqual(self.owner.post("/undo", {"change": done["change"]}).json["undone"], 0)
        self.all(decision="later", percent=1)
        page = self.batches(limit=1)
        self.assertEqual((page["items"][0]["decision"], self.batches(limit=1, after=page["next"])["items"][0]["id"]), ("later", done["change"]))
        self.batches(after="x", status=422)
        # What goes on in all the ledger is for those who administer.
        self.batches(who=member, status=403)
        self.owner.patch("/duplicates?object=company", {"pairs": [{"a": pair[0]["id"], "b": pair[1]["id"]}], "decision": "open"})

    def test_a_branch_gets_its_parent_and_stays_apart(self):
        head, branch = (self.owner.create("companies", name="㈱本店物産", phone="06-6200-1111"), self.owner.create("companies", name="本店物産株式会社", phone="06-6200-1111"))
        self.scan()
        base, pairs = "/duplicates?object=company", [{"a": head["id"], "b": branch["id"]}]
        stranger = self.owner.create("companies", name="よその商会")
        wrong = self.owner.patch(base, {"pairs": pairs, "decision": "different", "set": {"id": stranger["id"], "values": {"parent": head["id"]}}})
        self.assertEqual((wrong.status, wrong.json["problems"][0]["field"]), (422, "set.id"))
        itself = self.owner.patch(base, {"pairs": pairs, "decision": "different", "set": {"id": branch["id"], "values": {"parent": branch["id"]}}})
        self.assertEqual(itself.status, 422)
        self.assertEqual(self.owner.get("/duplicates", object="company", decision="different").text.count(branch["id"]), 0)
        done = self.owner.patch(base, {"pairs": pairs, "decision": "different", "set": {"id": branch["id"], "values": {"parent": head["id"]}}})
        self.assertEqual((done.status, self.company(branch)["parent"]["id"]), (200, head["id"]))
        self.assertIn(branch["id"], self.owner.get("/duplicates", object="company", decision="different").text)
        self.owner.post("/undo", {"change": done.json["change"]})
        self.assertNotIn("parent", self.company(branch))
        self.assertNotIn(branch["id"], self.owner.get("/duplicates", object="company", decision="different").text)

    # --- a person goes to another company ---

    def test_a_person_moves_and_what_is_open_stays(self):
        owner = self.owner
        old, new = owner.create("companies", name="前の会社"), owner.create("companies", name="次の会社")
        person = owner.create("people", family_name="異動", given_name="太郎", company=old["id"], department="営業部", job_title="課長", email="ido@mae.example.jp", mobile="090-1111-2222")
        heir = owner.create("people", family_name="後任", company=old["id"])
        deal = owner.create("deals", name="続く話", company=old["id"], person=person["id"])
        lost = owner.create("deals", name="終わった話", company=old["id"], person=person["id"], stage="lost", lose_note="価格")
        task = owner.create("tasks", name="続くこと", company=old["id"], person=person["id"])
        path = f"/people/{person['id']}/transfer"
        self.assertEqual({(each["object"], each["title"]) for each in owner.get(path).json["open"]}, {("deal", "続く話"), ("task", "続くこと")})

        for body, field in (({"values": {"company": old["id"]}}, "company"), ({"values": {"company": new["id"]}, "on": "いつか"}, "on"),
                            ({"values": {"company": new["id"]}, "successor": person["id"]}, "successor"), ({"values": {"company": new["id"]}, "successor": "0000000000001"}, "successor")):
            refused = owner.post(path, body)
            self.assertEqual((refused.status, refused.json["problems"][0]["field"]), (422, field), body)
        self.assertEqual(owner.get("/people/" + person["id"]).json["version"], person["version"])

        moved = owner.post(path, {"values": {"company": new["id"], "job_title": "部長", "email": None}, "on": "2026-04-01", "successor": heir["id"], "version": person["version"]})
        self.assertEqual(moved.status, 200, moved)
        self.assertEqual((moved.json["company"]["id"], moved.json["job_title"], moved.json["mobile"], moved.json["taken_over"]), (new["id"], "部長", "090-1111-2222", 2))
        self.assertFalse({"department", "email"} & set(moved.json))
        for plural, record, who in (("deals", deal, heir), ("deals", lost, person), ("tasks", task, heir)):
            got = owner.get(f"/{plural}/{record['id']}").json
            self.assertEqual((got["company"]["id"], got["person"]["id"]), (old["id"], who["id"]), plural)
        for company, word in ((old, "離れられました"), (new, "移られました")):
            timeline = owner.get(f"/companies/{company['id']}/timeline")
            self.assertIn(word, timeline.text)
            self.assertNotIn((new if company is old else old)["name"], timeline.text)
        undone = owner.post("/undo", {"change": moved.json["change"]})
        self.assertEqual(undone.json["skipped"], [])
        back = owner.get("/people/" + person["id"]).json
        self.assertEqual((back["company"]["id"], back["department"], back["job_title"], back["email"]), (old["id"], "営業部", "課長", "ido@mae.example.jp"))
        self.assertEqual(owner.get("/deals/" + deal["id"]).json["person"]["id"], person["id"])
        self.assertNotIn("移られました", owner.get(f"/companies/{new['id']}/timeline").text)

        left = owner.post(path, {"values": {"company": None}})
        self.assertEqual((left.status, "company" in left.json), (200, False), left)
        self.assertEqual(owner.post(path, {"values": {}}).json["problems"][0]["code"], "transfer_none")

    def test_a_move_leaves_what_one_may_not_write(self):
        owner = self.owner
        old, new = owner.create("companies", name="捨てた会社"), owner.create("companies", name="拾う会社")
        person = owner.create("people", family_name="異動", given_name="次郎", company=old["id"], division="東部", department="営業部", job_title="課長")
        member = self.server.add_user(owner, "kakenai@example.jp", role="manager")
        self.assertEqual(owner.patch("/roles/manager", {"fields": {"person.division": "none", "person.department": "read", "person.employment": "read"}}).status, 200)
        owner.delete("/companies/" + old["id"])
        moved = member.post(f"/people/{person['id']}/transfer", {"values": {"company": new["id"]}})
        self.assertEqual(owner.patch("/roles/manager", {"fields": {"person.division": None, "person.department": None, "person.employment": None}}).status, 200)
        self.assertEqual(moved.status, 200, moved)
        now = owner.get("/people/" + person["id"]).json
        self.assertEqual((now["company"]["id"], now["division"], now["department"], now.get("job_title")), (new["id"], "東部", "営業部", None))

    def test_who_may_not_change_a_person_does_not_move_him(self):
        company = self.owner.create("companies", name="動かさない会社")
        person = self.owner.create("people", family_name="動かず", company=company["id"])
        viewer = self.server.add_user(self.owner, "miru2@example.jp", role="viewer")
        path = f"/people/{person['id']}/transfer"
        self.assertEqual(viewer.post(path, {"values": {"company": None}}).status, 403)
        own = {"*": {"read": "own", "create": True, "update": "own", "delete": "own"}}
        self.assertEqual(self.owner.patch("/roles/member", {"objects": own}).status, 200)
        member = self.server.add_user(self.owner, "hoka@example.jp")
        for answer in (member.get(path), member.post(path, {"values": {"company": None}})):
            self.assertEqual((answer.status, "動かず" in answer.text), (404, False))
        self.assertEqual(self.owner.patch("/roles/member", {"objects": {}}).status, 200)
        self.assertEqual(self.owner.get("/people/" + person["id"]).json["company"]["id"], company["id"])
