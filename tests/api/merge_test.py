"""Records that are one customer: merged, reached by both ids, taken back."""
import json
import unittest

from daifuku import LedgerTest, wait_for
from events import Stream

CANARY = "秘密の人柄カナリヤ"


class Merge(LedgerTest):
    def setUp(self):
        owner = self.owner
        self.a = owner.create("companies", name="統合商会", employees=5)
        self.b = owner.create("companies", name="(株)統合商会", phone="03-4444-0001", tags=["東"], employees=8, stage="customer")
        self.person = owner.create("people", family_name="鈴木", company=self.b["id"])
        self.activity = owner.create("activities", kind="call", content="電話の件", company=self.b["id"], happened_at="2026-01-05T01:00:00Z")
        self.deal = owner.create("deals", name="大きな話", company=self.b["id"], amount=1000)
        self.order = owner.create("orders", company=self.b["id"], ordered_on="2026-01-10", total=500)
        self.file = owner.upload(f"/companies/{self.b['id']}/files", "契約.txt", b"x").json["items"][0]

    def merge(self, client=None, status=200, **body):
        answer = (client or self.owner).post(f"/companies/{self.a['id']}/merge", {"from": [self.b["id"]], **body})
        self.assertEqual(answer.status, status, answer)
        return answer.json

    def company(self, record):
        return self.owner.get("/companies/" + record["id"]).json

    def test_everything_comes_together_under_both_ids(self):
        with Stream(self.server, self.owner) as stream:
            merged = self.merge(values={"employees": 9})
            wait_for(lambda: [data for data in stream.data("change") if self.b["id"] in data and json.loads(data)["action"] == "merge"])
        self.assertEqual((merged["id"], merged["name"], merged["employees"], merged["phone"], merged["tags"]),
                         (self.a["id"], "統合商会", 9, "03-4444-0001", ["東"]))
        self.assertEqual((merged["order_count"], merged["order_total"], merged["deal_count"], merged["open_deal_amount"]), (1, 500, 1, 1000))
        self.assertTrue(merged["last_contact_at"].startswith("2026-01-05"))
        for record in (self.a, self.b):
            base = "/companies/" + record["id"]
            got = self.owner.get(base, include="people")
            self.assertEqual((got.status, got.json["id"]), (200, self.a["id"]))
            self.assertEqual(got.headers["ETag"], f'"{merged["version"]}"')
            self.assertEqual([row["id"] for row in got.json["included"]["people"]], [self.person["id"]])
            timeline = {row["id"] for row in self.owner.get(base + "/timeline").json["items"]}
            self.assertLessEqual({self.activity["id"], self.deal["id"], self.order["id"]}, timeline)
            self.assertEqual([row["id"] for row in self.owner.get(base + "/files").json["items"]], [self.file["id"]])
            history = self.owner.get(base + "/history").json["items"][0]
            self.assertEqual(history["action"], "merge")
            self.assertIn({"field": "merged_from", "old": [], "new": [{"id": self.b["id"], "title": "(株)統合商会"}]}, history["changes"])
            found = self.owner.get("/people", filter={"company": {"eq": record["id"]}}).json["items"]
            self.assertEqual([row["id"] for row in found], [self.person["id"]])
        self.assertEqual(self.owner.patch("/companies/" + self.b["id"], {"note": "元の番号で"}).json["id"], self.a["id"])
        late = self.owner.create("people", family_name="後藤", company=self.b["id"])
        self.assertEqual(late["company"]["id"], self.a["id"])
        self.assertEqual(self.owner.get("/files/" + self.file["id"]).body, b"x")
        self.assertNotIn(self.b["id"], self.owner.get("/companies", deleted=1, limit=200).text)
        restored = self.owner.post(f"/companies/{self.b['id']}/restore")
        self.assertEqual((restored.status, restored.json["code"]), (409, "merged_restore"))

    def test_undo_gives_both_back(self):
        before = (self.company(self.a), self.company(self.b))
        undone = self.owner.post("/undo", {"change": self.merge()["change"]}).json
        self.assertEqual(undone["skipped"], [])
        for old in before:
            new = self.company(old)
            changed = {key for key in old | new if old.get(key) != new.get(key)} - {"version", "updated_at", "order_count", "order_total", "deal_count", "open_deal_amount", "open_complaints"}
            self.assertEqual(changed, set(), (old, new))
        b = self.company(self.b)
        self.assertEqual((b["order_count"], b["order_total"], b["deal_count"]), (1, 500, 1))
        self.assertFalse(self.company(self.a).get("order_count"))
        self.assertEqual([row["name"] for row in self.owner.get(f"/companies/{self.b['id']}/files").json["items"]], ["契約.txt"])
        again = self.owner.post("/undo", {"change": undone["change"]}).json
        self.assertEqual(again["skipped"], [])
        self.assertEqual(self.company(self.b)["id"], self.a["id"])

    def test_what_was_merged_further_is_taken_back_in_order(self):
        first = self.merge()["change"]
        further = self.owner.create("companies", name="統合本舗")
        second = self.owner.post(f"/companies/{further['id']}/merge", {"from": [self.a["id"]]}).json["change"]
        self.assertEqual(self.company(self.b)["id"], further["id"])
        refused = self.owner.post("/undo", {"change": first})
        self.assertEqual(refused.json["undone"], 0, refused)
        self.assertIn("さらに別の記録に統合されています", " ".join(skip["reason"] for skip in refused.json["skipped"]))
        self.assertEqual(self.company(self.b)["id"], further["id"])
        for change, there in ((second, self.a), (first, self.b)):
            self.assertEqual(self.owner.post("/undo", {"change": change}).status, 200)
            self.assertEqual(self.company(self.b)["id"], there["id"])
        self.assertEqual(self.company(self.person["company"])["id"], self.b["id"])

    def test_too_many_links_are_refused_and_nothing_moves(self):
        for start in range(0, 5001, 1000):
            rows = "\n".join(json.dumps({"op": "create", "values": {"name": f"やること{n}", "company": self.b["id"]}}) for n in range(start, min(start + 1000, 5001)))
            made = self.owner.request("POST", "/api/v1/tasks/batch", raw=rows.encode(), content_type="application/x-ndjson")
            self.assertEqual([row for row in map(json.loads, made.text.splitlines()) if "id" not in row], [])
        refused = self.merge(status=413)
        self.assertEqual(refused["code"], "merge_too_large")
        self.assertEqual(self.company(self.b)["id"], self.b["id"])
        self.assertEqual(self.owner.get("/people/" + self.person["id"]).json["company"]["id"], self.b["id"])

    def test_undo_keeps_what_came_later(self):
        change = self.merge()["change"]
        member = self.server.add_user(self.owner, f"ato{self.a['id'].lower()}@example.jp")
        self.assertEqual(member.patch("/companies/" + self.a["id"], {"phone": "03-5555-0009"}).status, 200)
        self.assertEqual(member.patch("/deals/" + self.deal["id"], {"company": None}).status, 200)
        late = self.owner.create("people", family_name="後藤", company=self.a["id"])
        undone = self.owner.post("/undo", {"change": change}).json
        self.assertEqual({row["id"] for row in undone["skipped"]}, {self.a["id"], self.deal["id"]})
        self.assertEqual((self.company(self.a)["phone"], self.company(self.b)["phone"]), ("03-5555-0009", "03-4444-0001"))
        self.assertEqual(self.owner.get("/people/" + late["id"]).json["company"]["id"], self.a["id"])
        self.assertEqual(self.owner.get("/people/" + self.person["id"]).json["company"]["id"], self.b["id"])

    def test_no_work_is_made_by_moving(self):
        promised = self.owner.create("activities", kind="visit", content="約束", company=self.b["id"], next_action="電話する", next_action_at="2030-01-01")
        tasks = self.owner.get("/tasks", filter={"company": {"eq": self.b["id"]}}).json["items"]
        self.assertEqual(len(tasks), 1)
        self.owner.delete("/tasks/" + tasks[0]["id"])
        change = self.merge()["change"]
        self.assertEqual(self.owner.get("/tasks", filter={"company": {"eq": self.a["id"]}}).json["items"], [])
        self.owner.post("/undo", {"change": change})
        self.assertEqual(self.owner.get("/tasks", filter={"company": {"eq": self.b["id"]}}).json["items"], [])
        self.assertEqual(self.owner.get("/activities/" + promised["id"]).json["company"]["id"], self.b["id"])

    def test_wrong_requests_change_nothing(self):
        owner = self.owner
        newest = owner.get("/changes", limit=1).text
        base = f"/companies/{self.a['id']}/merge"
        numbered = [owner.create("companies", name="番号商会", corporate_number=number) for number in ("7000012050002", "2000012010019")]
        newest = owner.get("/changes", limit=1).text
        for body, status, code in (({}, 422, "required"), ({"from": []}, 422, "required"), ({"from": ["?"]}, 422, "invalid_id"),
                                   ({"from": [self.a["id"]]}, 422, "merge_same"), ({"from": [self.b["id"]] * 2}, 422, "merge_same"),
                                   ({"from": [self.person["id"]]}, 422, "merge_other_object"), ({"from": ["0000000000001"]}, 404, None),
                                   ({"from": [self.b["id"]], "values": {"stage": None}}, 422, "required"), ({"from": [self.b["id"]], "values": {"nonsense": 1}}, 422, "field_unknown"),
                                   ({"from": [self.b["id"]], "version": 99}, 422, "version_unknown")):
            answer = owner.post(base, body)
            self.assertEqual(answer.status, status, (body, answer))
            if code:
                self.assertEqual(answer.json["problems"][0]["code"], code, body)
        path = f"/companies/{numbered[0]['id']}/merge"
        differs = owner.post(path, {"from": [numbered[1]["id"]]})
        self.assertEqual((differs.status, differs.json["problems"][0]["field"], differs.json["problems"][0]["code"]), (422, "corporate_number", "merge_differs"))
        self.assertEqual(owner.get("/changes", limit=1).text, newest)
        self.assertEqual(self.company(self.b)["id"], self.b["id"])
        chosen = owner.post(path, {"from": [numbered[1]["id"]], "values": {"corporate_number": "2000012010019"}})
        self.assertEqual((chosen.status, chosen.json["corporate_number"]), (200, "2000012010019"))

    def test_hidden_fields_go_along_unseen(self):
        owner = self.owner
        member = self.server.add_user(owner, f"hito{self.a['id'].lower()}@example.jp")
        rights = {"person": {"read": "all", "create": True, "update": "all", "delete": "all"}}
        self.assertEqual(owner.patch("/roles/member", {"objects": rights}).status, 200)
        one = member.create("people", family_name="田中", given_name="一")
        two = owner.create("people", family_name="田中", given_name="一", character=CANARY)
        answer = member.post(f"/people/{one['id']}/merge", {"from": [two["id"]]})
        self.assertEqual(answer.status, 200, answer)
        for text in (answer.text, member.get("/people/" + one["id"]).text, member.get(f"/people/{two['id']}/history").text, member.get("/search?q=" + "%E3%82%AB%E3%83%8A%E3%83%AA%E3%83%A4").text):
            self.assertNotIn(CANARY, text)
        self.assertEqual(owner.get("/people/" + one["id"]).json["character"], CANARY)
        self.assertEqual(member.post(f"/people/{one['id']}/merge", {"from": [self.person["id"]], "values": {"character": "x"}}).status, 422)
        undone = member.post("/undo", {"change": answer.json["change"]})
        self.assertEqual(undone.json["skipped"], [])
        self.assertNotIn(CANARY, undone.text)
        self.assertNotIn("character", owner.get("/people/" + one["id"]).json)
        self.assertEqual(owner.get("/people/" + two["id"]).json["character"], CANARY)

    def test_who_must_not_see_reaches_neither(self):
        owner = self.owner
        member = self.server.add_user(owner, f"betsu{self.a['id'].lower()}@example.jp")
        own = {key: {"read": "own", "create": True, "update": "own", "delete": "own"} for key in ("company", "deal", "person")}
        owner.patch("/roles/member", {"objects": own})
        try:
            mine = member.create("companies", name="自分の商店")
            absent = member.get("/companies/0000000000001").json["title"]
            for path, body in ((f"/companies/{mine['id']}/merge", {"from": [self.b["id"]]}), (f"/companies/{self.a['id']}/merge", {"from": [mine["id"]]}),
                               (f"/companies/{mine['id']}/merge", {"from": [self.deal["id"]]})):
                answer = member.post(path, body)
                self.assertEqual((answer.status, answer.json["title"]), (404, absent), path)
            change = self.merge()["change"]
            self.assertEqual(member.post("/undo", {"change": change}).status, 403)
            for road in ("", "/timeline", "/history", "/files"):
                self.assertEqual(member.get(f"/companies/{self.b['id']}{road}").status, 404, road)
            self.assertEqual(member.patch("/companies/" + self.b["id"], {"note": "x"}).status, 404)
            self.assertEqual(member.post("/people", {"family_name": "探り", "company": self.b["id"]}).json["problems"][0]["code"], "link_not_found")
            viewer = self.server.add_user(owner, f"miru{self.a['id'].lower()}@example.jp", role="viewer")
            self.assertEqual(viewer.post(f"/companies/{mine['id']}/merge", {"from": [self.a["id"]]}).status, 403)
        finally:
            owner.patch("/roles/member", {"objects": {key: {"read": "all", "create": True, "update": "all", "delete": "own"} for key in own}})

    def test_undo_moves_nothing_between_customers_of_others(self):
        owner = self.owner
        keys = ("company", "deal", "person", "activity", "order", "task")
        own = {key: {"read": "own", "create": True, "update": "own", "delete": "own"} for key in keys}
        self.assertEqual(owner.patch("/roles/member", {"objects": own}).status, 200)
        try:
            users = [self.server.add_user(owner, f"{name}{self.a['id'].lower()}@example.jp") for name in ("mae", "ato")]
            for handed in ("winner", "loser"):
                with self.subTest(handed=handed):
                    first, later = users
                    winner = first.create("companies", name="渡す商会")
                    loser = first.create("companies", name="渡し商会", phone="03-4444-0009")
                    deal = first.create("deals", name="渡す話", company=loser["id"])
                    file = first.upload(f"/companies/{loser['id']}/files", "渡す.txt", b"x").json["items"][0]["id"]
                    change = first.post(f"/companies/{winner['id']}/merge", {"from": [loser["id"]]}).json["change"]
                    if handed == "loser":
                        change = first.post("/undo", {"change": change}).json["change"]
                    given = winner if handed == "winner" else loser
                    self.assertEqual(first.patch("/companies/" + given["id"], {"owner_id": later.user["id"]}).status, 200)
                    before = [owner.get("/companies/" + company["id"]).text for company in (winner, loser)]
                    undone = first.post("/undo", {"change": change}).json
                    self.assertEqual(undone["undone"], 0)
                    self.assertIn(loser["id"], [row["id"] for row in undone["skipped"]])
                    self.assertEqual(later.get("/deals/" + deal["id"]).json["company"]["id"], given["id"])
                    self.assertEqual([row["id"] for row in later.get(f"/companies/{given['id']}/files").json["items"]], [file])
                    self.assertEqual([owner.get("/companies/" + company["id"]).text for company in (winner, loser)], before)
        finally:
            owner.patch("/roles/member", {"objects": {key: {"read": "all", "create": True, "update": "all", "delete": "own"} for key in keys}})

    def test_the_same_request_twice_has_one_effect(self):
        body = {"from": [self.b["id"]]}
        headers = {"Idempotency-Key": "merge-" + self.a["id"]}
        first = self.owner.post(f"/companies/{self.a['id']}/merge", body, headers=headers)
        second = self.owner.post(f"/companies/{self.a['id']}/merge", body, headers=headers)
        self.assertEqual((first.status, second.status, first.json["change"]), (200, 200, second.json["change"]))
        self.assertEqual(self.owner.post(f"/companies/{self.a['id']}/merge", body).json["code"], "merged_already")


if __name__ == "__main__":
    unittest.main()
