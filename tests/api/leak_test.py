"""An attacker inside: somebody who sees only his own records and some of the fields, and tries every side road to the others'."""
import json
import unittest
import urllib.parse

from daifuku import LedgerTest, wait_for

SECRET = "隠密商事"
PHONE = "03-6666-4321"
MASK = "＊＊＊"


class Leaks(LedgerTest):
    @classmethod
    def prepare(cls):
        own = {"read": "own", "create": True, "update": "own", "delete": "own", "export": True}
        assert cls.owner.patch("/roles/member", {"objects": {"*": own}}).status == 200
        cls.member = cls.server.add_user(cls.owner, "tantei@example.jp")
        cls.secret = cls.owner.create("companies", name=SECRET, phone=PHONE, tags=["極秘タグ"])
        cls.secret_person = cls.owner.create("people", family_name="影山", given_name="忍", company=cls.secret["id"])
        cls.secret_file = cls.owner.upload(f"/companies/{cls.secret['id']}/files", "極秘資料.txt", b"secret").json["items"][0]
        cls.mine = cls.member.create("companies", name="表の商店")

    def assertHidden(self, answer, what=""):
        for word in (SECRET, "隠密", "極秘", "影山", "6666"):
            self.assertNotIn(word, answer.text, what)
        for record in (self.secret, self.secret_person):
            self.assertNotIn(record["id"], answer.text, what)

    def rights(self, role="viewer", **fields):
        self.assertEqual(self.owner.patch("/roles/" + role, {"fields": {key.replace("__", "."): value for key, value in fields.items()}}).status, 200)

    def test_an_included_record_is_seen_only_with_its_own_rights(self):
        # His own person stands at a company that is not his.
        person = self.owner.create("people", family_name="表野", given_name="花", company=self.secret["id"], owner_id=self.member.user["id"])
        one = self.member.get("/people/" + person["id"], include="company")
        self.assertEqual((one.status, one.json["included"]), (200, {"company": []}))
        self.assertEqual(one.json["company"], {"hidden": True})
        many = self.member.get("/people", include="company", fields="name")
        self.assertEqual(many.json["included"], {"company": []})
        query = self.member.post("/people/query", {"include": ["company"]})
        for answer in (one, many, query):
            self.assertHidden(answer, "include")
        # And from the other side: a deal of his at the hidden company leads back to nothing else of it.
        deal = self.owner.create("deals", name="表の商談", company=self.secret["id"], owner_id=self.member.user["id"])
        back = self.member.get("/deals/" + deal["id"], include="company,activities")
        self.assertEqual((back.status, back.json["included"]), (200, {"company": [], "activities": []}))
        self.assertEqual(self.member.get("/companies/" + self.secret["id"], include="deals").status, 404)

    def test_conditions_on_related_records_count_only_those_that_are_seen(self):
        # A company that everybody may see, with orders and people of which he sees none.
        seen = self.member.create("companies", name="表の取引先")
        rights = lambda read: self.assertEqual(self.owner.patch("/roles/viewer", {"objects": {"*": {"read": "all"}, "order": {"read": read}}}).status, 200)
        viewer = self.server.add_user(self.owner, "kazoe@example.jp", role="viewer")
        bare = lambda **values: self.owner.create("orders", ordered_on="2026-04-01", amount=5150, **values)
        for _ in range(2):
            bare(company=seen["id"])
        ask = lambda **ops: {row["id"] for row in viewer.get("/companies", limit=200, filter={"and": [{"id": {"eq": seen["id"]}}, {"orders": ops}]}).json["items"]}
        rights("all")
        self.assertEqual([ask(at_least=2), ask(at_least=3), ask(some={}), ask(none={})], [{seen["id"]}, set(), {seen["id"]}, set()])
        try:
            # Of his own there are none: each question is answered as for a company without orders.
            rights("own")
            for ops, found in (({"at_least": 1}, False), ({"at_least": 2}, False), ({"at_most": 0}, True), ({"at_most": 1}, True), ({"some": {}}, False), ({"none": {}}, True), ({"where": {"amount": {"eq": 5150}}, "at_least": 1}, False), ({"none": {"amount": {"eq": 5150}}}, True)):
                self.assertEqual(ask(**ops), {seen["id"]} if found else set(), ops)
            # The count behind the list is no other road.
            summary = viewer.get("/companies/summary", filter={"orders": {"at_least": 1}}, group="stage")
            self.assertEqual((summary.json["count"], summary.json["groups"]), (0, []))
            # Closed to him altogether, the records are nothing to ask for.
            rights("none")
            for ops in ({"at_least": 1}, {"at_most": 0}, {"none": {}}, {"some": {}, "via": "company"}):
                answer = viewer.get("/companies", filter={"orders": ops})
                self.assertEqual((answer.status, answer.json["problems"][0]["code"]), (422, "field_unknown"), ops)
            rights("all")
            # Nor by a field of theirs that he may not read, nor through a link that is masked.
            for right in ("none", "masked"):
                self.rights(order__amount=right)
                answer = viewer.get("/companies", filter={"orders": {"where": {"amount": {"gt": 1}}, "at_least": 1}})
                self.assertEqual((answer.status, answer.json["problems"][0]["field"]), (422, "amount"), right)
                self.rights(order__amount=None, order__company=right)
                answer = viewer.get("/companies", filter={"orders": {"at_least": 1, "via": "company"}})
                self.assertEqual((answer.status, answer.json["problems"][0]["code"]), (422, "field_unknown"), right)
                self.rights(order__company=None)
        finally:
            self.owner.patch("/roles/viewer", {"objects": {"*": {"read": "all"}, "order": {"read": "all"}}})

    def test_nothing_hidden_is_found_by_its_name(self):
        # Named exactly, it is as if it did not exist; its own name stands in the answer, since he typed it.
        for name in (SECRET, PHONE, "影山 忍"):
            for plural in ("companies", "people"):
                self.assertEqual(self.member.post(f"/{plural}/named", {"names": [name]}).json["items"], [{"name": name, "found": []}], (plural, name))
        self.assertEqual(len(self.member.post("/companies/named", {"names": ["表の商店"]}).json["items"][0]["found"]), 1)
        # Nor by a name that he may not read.
        viewer = self.server.add_user(self.owner, "yobina@example.jp", role="viewer")
        self.rights(company__name="none")
        try:
            self.assertEqual(viewer.post("/companies/named", {"names": [SECRET]}).json["items"][0]["found"], [])
        finally:
            self.rights(company__name=None)
        # Nor by an address that he may not read: who bears it would be told.
        self.owner.create("people", family_name="宛先", given_name="人", email="himitsu@example.co.jp")
        named = lambda: viewer.post("/people/named", {"names": ["himitsu@example.co.jp"]}).json["items"][0]["found"]
        self.assertEqual(len(named()), 1)
        for right in ("none", "masked"):
            self.rights(person__email=right)
            self.assertEqual(named(), [], right)
        self.rights(person__email=None)

    def test_included_records_are_masked_and_cut_like_any(self):
        viewer = self.server.add_user(self.owner, "nozoki@example.jp", role="viewer")
        self.rights(company__phone="none", company__tags="masked")
        answer = viewer.get("/people/" + self.secret_person["id"], include="company")
        included = answer.json["included"]["company"][0]
        self.assertEqual((included["title"], included["tags"]), (SECRET, MASK))
        self.assertNotIn("phone", included)
        self.assertNotIn("極秘タグ", answer.text)
        self.rights(person__company="none")
        self.assertEqual(viewer.get("/people/" + self.secret_person["id"], include="company").status, 422)
        self.assertEqual(viewer.get("/companies/" + self.secret["id"], include="people").status, 422)
        self.rights(person__company="masked")
        self.assertEqual(viewer.get("/people/" + self.secret_person["id"], include="company").status, 422)
        self.rights(company__phone=None, company__tags=None, person__company=None)

    def test_lists_of_people_and_users_are_masked_too(self):
        viewer = self.server.add_user(self.owner, "kage@example.jp", role="viewer")
        activity = self.owner.create("activities", kind="meeting", content="会議", company=self.secret["id"], attendees=[self.secret_person["id"]], participants=[self.owner.user["id"]])
        self.rights(activity__attendees="masked", activity__participants="masked")
        one = viewer.get("/activities/" + activity["id"])
        self.assertEqual((one.json["attendees"], one.json["participants"]), (MASK, MASK))
        self.assertNotIn(self.secret_person["id"], one.text)
        listed = viewer.get("/activities", fields="attendees,participants").json["items"][0]
        self.assertEqual((listed["attendees"], listed["participants"]), (MASK, MASK))
        self.assertEqual(viewer.get("/activities", filter={"attendees": {"has": self.secret_person["id"]}}).status, 422)
        self.rights(activity__attendees=None, activity__participants=None)

    def test_cursors_and_links_hold_only_what_is_read(self):
        viewer = self.server.add_user(self.owner, "kursor@example.jp", role="viewer")
        for number in range(3):
            self.owner.create("companies", name=f"頁{number}商会", employees=7000 + number)
        self.rights(company__employees="masked")
        for sort in ("employees", "-employees"):
            self.assertEqual(viewer.get("/companies", sort=sort, limit=1).status, 422)
        page = viewer.get("/companies", limit=1, fields="employees")
        values = json.loads(bytes.fromhex(page.json["next"]))
        self.assertFalse({7000, 7001, 7002} & set(values), values)
        self.assertTrue(page.headers["Link"].endswith("after=" + page.json["next"] + '>; rel="next"'))
        # The order that an object comes in does not tell a hidden field either.
        self.rights(activity__happened_at="none")
        self.owner.create("activities", kind="call", content="時刻は秘密", company=self.secret["id"], happened_at="2019-02-03T04:05:06.000Z")
        activities = viewer.get("/activities", limit=1)
        self.assertEqual(activities.status, 200, activities)
        self.assertNotIn(str(1549166706000), bytes.fromhex(activities.json["next"] or "").decode())
        timeline = viewer.get(f"/companies/{self.secret['id']}/timeline")
        self.assertNotIn("2019-02-03", timeline.text)
        self.assertNotIn("時刻は秘密", timeline.text)
        self.rights(company__employees=None, activity__happened_at=None)

    def test_a_made_up_cursor_is_refused(self):
        for cursor in ("zz", "5b5d", b'["a",1,2]'.hex(), b"[0,\"x\",1]".hex(), b"[7,1,1]".hex(), b"[-1,1,1]".hex(), b"[0,1,\"1\"]".hex(), b"{".hex(), b"[0,1]".hex()):
            answer = self.owner.get("/companies", sort="-updated_at", after=cursor)
            self.assertEqual((answer.status, answer.json["code"]), (422, "filter_wrong"), cursor)

    def test_a_unique_value_of_a_hidden_record_is_not_named(self):
        # That the value is taken must be told (docs/decisions); by which record is not.
        hidden = self.owner.create("product_categories", name="極秘の分類")
        self.assertEqual(self.member.get("/product_categories/" + hidden["id"]).status, 404)
        taken = self.member.post("/product_categories", {"name": "極秘の分類"})
        self.assertEqual((taken.status, taken.json["problems"][0]["code"]), (422, "duplicate"))
        lines = self.member.request("POST", "/api/v1/product_categories/batch", raw=json.dumps({"op": "create", "values": {"name": "極秘の分類"}}).encode(), content_type="application/x-ndjson")
        self.assertFalse(lines.json["ok"])
        for answer in (taken, lines):
            self.assertHidden(answer, "unique")
            self.assertNotIn(hidden["id"], answer.text)

    def test_a_file_is_shown_only_by_its_own_record(self):
        # An id of another record's file in one's own record would tell its name, type and size.
        activity = self.member.create("activities", kind="call", content="探り", company=self.mine["id"])
        answer = self.member.patch("/activities/" + activity["id"], {"document": self.secret_file["id"]})
        self.assertEqual((answer.status, answer.json["problems"][0]["code"]), (422, "link_not_found"))
        self.assertHidden(answer)
        own = self.member.upload(f"/activities/{activity['id']}/files", "自分の.txt", b"mine").json["items"][0]
        self.assertEqual(self.member.patch("/activities/" + activity["id"], {"document": own["id"]}).json["document"]["name"], "自分の.txt")

    def test_files_of_hidden_fields_are_hidden(self):
        viewer = self.server.add_user(self.owner, "fairu@example.jp", role="viewer")
        activity = self.owner.create("activities", kind="call", content="資料つき", company=self.secret["id"])
        file = self.owner.upload(f"/activities/{activity['id']}/files", "極秘の見積.txt", b"x").json["items"][0]
        self.owner.patch("/activities/" + activity["id"], {"document": file["id"]})
        self.assertEqual(viewer.get("/files/" + file["id"]).status, 200)
        for right in ("none", "masked"):
            self.rights(activity__document=right)
            self.assertEqual(viewer.get("/files/" + file["id"]).status, 404)
            for answer in (viewer.get(f"/activities/{activity['id']}/files"), viewer.get(f"/activities/{activity['id']}/history"), viewer.get("/activities/" + activity["id"])):
                self.assertNotIn("極秘の見積", answer.text)
            # What the field held before is as hidden as what it holds now.
            other = self.owner.upload(f"/activities/{activity['id']}/files", "次の見積.txt", b"y").json["items"][0]
            self.owner.patch("/activities/" + activity["id"], {"document": other["id"]})
            self.assertEqual(viewer.get("/files/" + file["id"]).status, 404)
            self.assertNotIn("極秘の見積", viewer.get(f"/activities/{activity['id']}/files").text)
        self.rights(activity__document=None)

    def test_removed_files_are_listed_only_to_who_may_remove(self):
        company = self.owner.create("companies", name="書類商会")
        file = self.owner.upload(f"/companies/{company['id']}/files", "古い契約.txt", b"old").json["items"][0]
        self.assertEqual(self.owner.delete("/files/" + file["id"]).status, 200)
        viewer = self.server.add_user(self.owner, "gomibako@example.jp", role="viewer")
        self.assertEqual(viewer.get(f"/companies/{company['id']}/files", deleted=1).status, 403)
        self.assertEqual(viewer.post(f"/files/{file['id']}/restore").status, 403)
        self.assertEqual(self.member.get(f"/companies/{company['id']}/files", deleted=1).status, 404)
        self.assertEqual(self.member.post(f"/files/{file['id']}/restore").status, 404)

    def test_titles_of_hidden_title_fields_stay_hidden(self):
        manager = self.server.add_user(self.owner, "daimei@example.jp", role="manager")
        company = self.owner.create("companies", name="題名のない商会", employees=1)
        change = manager.patch("/companies/" + company["id"], {"employees": 2}).json["change"]
        self.owner.patch("/companies/" + company["id"], {"employees": 3})
        self.rights("manager", company__name="masked")
        self.assertNotIn("題名のない", manager.post("/undo", {"change": change}).text)
        wrong = manager.post("/companies/batch", {"ids": [company["id"]], "set": {"parent": company["id"]}})
        self.assertNotIn("題名のない", wrong.text)
        self.assertNotIn("題名のない", manager.get("/search", q="題名のない").text)
        self.rights("manager", company__name=None)

    def assertNowhere(self, words, answers):
        for road, answer in answers:
            self.assertLess(answer.status, 500, road)
            for word in words:
                self.assertNotIn(word, answer.text, road)

    def roads_of(self, client, plural, record, word, titled, customer):
        """Every answer that could hold a text of the record or a copy of it; `titled` is the field that names it."""
        yield "list", client.get("/" + plural, limit=200)
        yield "columns", client.get("/" + plural, limit=200, fields=titled + ",updated_at")
        yield "words", client.get("/" + plural, q=word)
        yield "query", client.post(f"/{plural}/query", {"q": word, "include": ["company"]})
        yield "record", client.get(f"/{plural}/{record['id']}", include="company,tasks" if plural == "activities" else "company,activities")
        yield "history", client.get(f"/{plural}/{record['id']}/history")
        yield "seen", client.post(f"/{plural}/{record['id']}/seen")
        yield "timeline", client.get(f"/companies/{customer['id']}/timeline")
        yield "customer", client.get("/companies/" + customer["id"], include="activities,people,tasks")
        yield "export", client.get(f"/{plural}/export")
        yield "export csv", client.get(f"/{plural}/export", format="csv", fields=titled)
        for path in ("/tasks", "/companies", "/people", "/recent", "/changes", "/search?q=" + word, f"/search?q={word}&objects=task,activity,person,company", "/tasks/export"):
            yield path, client.request("GET", "/api/v1" + urllib.parse.quote(path, safe="/?=&,"))

    def test_what_is_made_of_a_hidden_text_is_hidden_with_it(self):
        word = "漏洩第一声"
        manager = self.server.add_user(self.owner, "utsushi@example.jp", role="manager")
        viewer = self.server.add_user(self.owner, "utsushi2@example.jp", role="viewer")
        company = self.owner.create("companies", name="写しの商会")
        activity = self.owner.create("activities", kind="call", content=word + "です\n続き", company=company["id"], next_action_at="2030-01-02")
        inquiry = self.owner.create("inquiries", kind="question", content=word + "の問い合わせ", company=company["id"])
        self.assertTrue(activity["subject"].startswith(word), activity)
        self.assertIn(word, self.owner.get("/search", q=word).text)
        # What is not told of the rest: the task stands there for everybody, and leads to the talk for those who may read it.
        task = self.owner.get("/tasks", q="次の連絡", fields="name,activity").json["items"][0]
        self.assertEqual((task["name"], task["activity"]["title"]), ("次の連絡", activity["subject"]))
        self.assertNotIn(word, self.owner.get("/companies/" + company["id"]).json["next_action"])
        change = manager.patch("/activities/" + activity["id"], {"place": "本社"}).json["change"]
        self.owner.patch("/activities/" + activity["id"], {"place": "支社"})
        for right in ("none", "masked"):
            for role, client in (("viewer", viewer), ("manager", manager)):
                self.rights(role, activity__content=right, inquiry__content=right)
                for plural, record in (("activities", activity), ("inquiries", inquiry)):
                    self.assertNowhere([word], self.roads_of(client, plural, record, word, "subject", company))
                    one = client.get(f"/{plural}/{record['id']}").json
                    self.assertEqual((one["title"], one.get("subject")), ("", MASK if right == "masked" else None))
                    # Neither a condition nor an order tells it.
                    for question in ({"filter": {"subject": {"starts": word}}}, {"filter": {"subject": {"eq": record["subject"]}}}, {"sort": "subject"}):
                        self.assertEqual(client.get("/" + plural, **question).status, 422, question)
                self.assertEqual(client.get("/tasks", filter={"activity": {"some": {"subject": {"starts": word}}}}).status, 422)
                self.assertEqual(client.get("/tasks/" + task["id"]).json["name"], "次の連絡")
            self.assertNowhere([word], [("undo", manager.post("/undo", {"change": change})),
                                        ("conflict", manager.patch("/activities/" + activity["id"], {"place": "工場", "version": 1})),
                                        # Emptied, it would be made anew and told.
                                        ("made anew", manager.patch("/activities/" + activity["id"], {"subject": None})),
                                        ("change", manager.patch("/activities/" + activity["id"], {"minutes": 5}))])
        for role in ("viewer", "manager"):
            self.rights(role, activity__content=None, inquiry__content=None)
        self.assertEqual(viewer.get("/activities/" + activity["id"]).json["title"], activity["subject"])

    def test_a_promise_that_is_hidden_is_hidden_as_a_task_too(self):
        word = "漏洩約束"
        viewer = self.server.add_user(self.owner, "yakusoku@example.jp", role="viewer")
        company = self.owner.create("companies", name="約束の商会")
        activity = self.owner.create("activities", kind="call", content="電話", company=company["id"], next_action=word, next_action_at="2030-01-02")
        self.assertEqual(viewer.get("/companies/" + company["id"]).json["next_action"], word)
        self.rights(activity__next_action="masked")
        self.assertNowhere([word], self.roads_of(viewer, "activities", activity, word, "subject", company))
        self.rights(activity__next_action=None)

    def test_a_name_is_hidden_with_any_of_its_parts(self):
        words = ["漏洩名字", "ロウエイセイ"]
        viewer = self.server.add_user(self.owner, "nazashi@example.jp", role="viewer")
        manager = self.server.add_user(self.owner, "namae2@example.jp", role="manager")
        company = self.owner.create("companies", name="名前の商会")
        person = self.owner.create("people", family_name=words[0], given_name="花子", family_kana=words[1], given_kana="ハナコ", company=company["id"])
        self.owner.create("activities", kind="call", content="電話", company=company["id"], person=person["id"], attendees=[person["id"]])
        for role, client in (("viewer", viewer), ("manager", manager)):
            for right in ("none", "masked"):
                self.rights(role, person__family_name=right, person__family_kana=right)
                for word in words:
                    self.assertNowhere(words, self.roads_of(client, "people", person, word, "name", company))
                one = client.get("/people/" + person["id"]).json
                self.assertEqual((one["title"], one["given_name"], one.get("name")), ("", "花子", MASK if right == "masked" else None))
                for question in ({"filter": {"name": {"contains": words[0]}}}, {"sort": "name_kana"}, {"filter": {"name_kana": {"starts": words[1]}}}):
                    self.assertEqual(client.get("/people", **question).status, 422, question)
                self.assertEqual(client.get("/activities", filter={"person": {"some": {"name": {"contains": words[0]}}}}).status, 422)
        guessed = manager.post("/people/duplicates", {"given_name": "花子"})
        self.assertNowhere(words, [("duplicates", guessed)])
        self.assertEqual(guessed.json["candidates"], [])
        for role in ("viewer", "manager"):
            self.rights(role, person__family_name=None, person__family_kana=None)

    def test_sums_do_not_tell_what_they_were_added_from(self):
        viewer = self.server.add_user(self.owner, "goukei@example.jp", role="viewer")
        company = self.owner.create("companies", name="合計の商会")
        self.owner.create("deals", name="合計の商談", company=company["id"], amount=7654321)
        self.assertEqual(viewer.get("/companies/" + company["id"]).json["open_deal_amount"], 7654321)
        self.rights(deal__amount="masked")
        self.assertEqual(viewer.get("/companies/" + company["id"]).json["open_deal_amount"], MASK)
        for path in ("/companies", "/deals"):
            self.assertNotIn("7654321", viewer.get(path, limit=200).text)
        self.assertEqual(viewer.get("/companies", sort="-open_deal_amount").status, 422)
        self.assertEqual(viewer.get("/deals", filter={"weighted_amount": {"gt": 1}}).status, 422)
        self.rights(deal__amount=None)

    def test_views_of_unseen_objects_are_unseen(self):
        self.owner.post("/views", {"object": "company", "name": "極秘の見方", "shared": True, "state": {"filter": {"name": {"eq": SECRET}}}})
        self.assertEqual(self.owner.patch("/roles/viewer", {"objects": {"company": {"read": "none"}}}).status, 200)
        viewer = self.server.add_user(self.owner, "mikata@example.jp", role="viewer")
        self.assertEqual(viewer.get("/views", object="company").json["items"], [])
        self.assertEqual(viewer.post("/views", {"object": "company", "name": "x", "state": {}}).status, 422)
        self.owner.patch("/roles/viewer", {"objects": {"company": {"read": "all"}}})

    def test_tags_count_only_what_is_seen(self):
        self.assertHidden(self.member.get("/tags", object="company", field="tags"))
        viewer = self.server.add_user(self.owner, "tagu@example.jp", role="viewer")
        self.assertIn("極秘タグ", viewer.get("/tags", object="company", field="tags").json["items"])
        self.rights(company__tags="masked")
        self.assertEqual(viewer.get("/tags", object="company", field="tags").json["items"], [])
        self.rights(company__tags=None)

    def test_a_hit_is_named_only_by_a_readable_title(self):
        viewer = self.server.add_user(self.owner, "hitto@example.jp", role="viewer")
        self.rights(company__name="none")
        found = viewer.get("/search", q=PHONE, objects="company")
        self.assertEqual([row["id"] for row in found.json["items"]], [self.secret["id"]])
        self.assertNotIn(SECRET, found.text)
        self.rights(company__name=None)

    def test_replays_are_ones_own(self):
        key = {"Idempotency-Key": "onaji-kagi"}
        first = self.owner.post("/companies", {"name": "極秘の再送"}, headers=key)
        again = self.member.post("/companies", {"name": "極秘の再送"}, headers=key)
        self.assertEqual((first.status, again.status), (201, 201))
        self.assertNotEqual(first.json["id"], again.json["id"])

    def test_exports_hold_only_what_is_seen(self):
        for path in ("/companies/export", "/people/export", "/companies/export?q=隠密", "/companies/export?fields=name,phone"):
            answer = self.member.request("GET", "/api/v1" + urllib.parse.quote(path, safe="/?=&,"))
            self.assertEqual(answer.status, 200, path)
            self.assertHidden(answer, path)

    def test_contains_and_relative_conditions_do_not_reach_further(self):
        for condition in ({"name": {"contains": "隠密"}}, {"name": {"starts": "隠"}}, {"phone": {"contains": "6666"}}, {"created_at": {"relative": "fiscal_year"}},
                          {"not": {"name": {"contains": "表の"}}}, {"or": [{"name": {"contains": "隠密"}}, {"name": {"contains": "表の"}}]}):
            answer = self.member.get("/companies", filter=condition, total="exact", limit=200)
            self.assertEqual(answer.status, 200, answer)
            self.assertHidden(answer, condition)
            self.assertEqual(answer.json["total"]["count"], len(answer.json["items"]))

    def test_the_event_stream_tells_only_what_is_seen(self):
        with self.member_stream() as stream:
            self.owner.patch("/companies/" + self.secret["id"], {"employees": 9})
            self.owner.post("/views", {"object": "company", "name": "極秘", "state": {}})
            mine = self.member.patch("/companies/" + self.mine["id"], {"employees": 5}).json
            wait_for(lambda: any(self.mine["id"] in line for line in stream.lines))
            self.assertFalse([line for line in stream.lines if self.secret["id"] in line or "極秘" in line])
            self.assertTrue(mine["id"])

    def member_stream(self):
        from events import Stream

        return Stream(self.server, self.member)


if __name__ == "__main__":
    unittest.main()
