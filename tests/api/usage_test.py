"""使い方の見張り and ご意見箱: counts for those who administer, nothing about others for anybody else, and forms without persons."""
from daifuku import LedgerTest


class Usage(LedgerTest):
    @classmethod
    def prepare(cls):
        cls.member = cls.server.add_user(cls.owner, "tsukau@example.jp", name="使う花子")
        cls.other = cls.server.add_user(cls.owner, "betsu@example.jp", name="別の次郎")

    def of(self, name):
        answer = self.owner.get("/usage")
        self.assertEqual(answer.status, 200, answer)
        return next(user for user in answer.json["users"] if user["user"]["title"] == name)

    def test_entries_are_counted_by_object_and_road(self):
        company = self.member.post("/companies", {"name": "数える商店"}).json
        self.assertEqual(self.member.patch("/companies/" + company["id"], {"note": "表で"}, headers={"X-Entry": "sheet"}).status, 200)
        visit = {"kind": "visit", "subject": "訪問", "company": company["id"], "happened_at": "2020-01-01T00:00:00Z"}
        self.assertEqual(self.member.post("/activities", visit, headers={"X-Entry": "phone"}).status, 201)
        found = self.of("使う花子")
        self.assertEqual(found["state"], "active")
        self.assertEqual(found["silent_days"], 0)
        # Midnight in Japan may lie between the entries.
        self.assertGreaterEqual(sum(found["days"][-2:]), 3)
        self.assertEqual(len(found["days"]), 28)
        counted = {(entry["object"], entry["road"]): (entry["made"], entry["changed"]) for entry in found["entries"]}
        self.assertEqual(counted[("company", "screen")], (1, 0))
        self.assertEqual(counted[("company", "sheet")], (0, 1))
        self.assertEqual(counted[("activity", "phone")], (1, 0))
        notes = {note["object"]: note for note in found["notes"]}
        self.assertEqual(notes["activity"]["count"], 1)
        self.assertGreater(notes["activity"]["median_minutes"], 365 * 24 * 60)
        # The road stands in the history of the record too.
        history = self.member.get(f"/companies/{company['id']}/history").json["items"]
        self.assertEqual([entry["source"] for entry in history], ["sheet", "screen"])
        self.assertIn(self.of("別の次郎")["state"], ("absent", "reading"))

    def test_a_program_is_one_whatever_it_says(self):
        token = self.other.post("/tokens", {"name": "連携", "scopes": ["read", "write"]}).json["token"]
        program = self.server.client(token=token)
        company = program.post("/companies", {"name": "連携の商店"}, headers={"X-Entry": "sheet"}).json
        self.assertEqual([entry["source"] for entry in self.owner.get(f"/companies/{company['id']}/history").json["items"]], ["api"])

    def test_who_does_not_administer_learns_nothing(self):
        for path in ("/usage", "/usage/forms", "/usage/fields?object=company", "/feedback"):
            self.assertEqual(self.member.get(path).status, 403, path)
        sent = self.other.post("/feedback", {"kind": "trouble", "text": "別の人の困りごと"}).json
        self.assertEqual(self.member.patch("/feedback/" + sent["id"], {"state": "done"}).status, 403)
        self.assertNotIn("別の人の困りごと", self.member.get("/feedback/mine").text)
        self.assertNotIn("new", self.member.get("/session").json["feedback"])

    def test_forms_are_counted_without_persons(self):
        def count(items, who=self.member):
            return who.post("/usage/forms", {"items": items}).status

        before = {item["object"]: item for item in self.owner.get("/usage/forms").json["items"]}.get("inquiry", {"opened": 0, "left": 0})
        left = {"object": "inquiry", "kind": "left", "field": "name"}
        field = next(f["key"] for o in self.owner.get("/metadata").json["objects"] if o["key"] == "inquiry" for f in o["fields"] if f.get("writable", True))
        left["field"] = field
        self.assertEqual(count([{"object": "inquiry", "kind": "opened", "count": 3}, left]), 204)
        self.assertEqual(count([left]), 204)
        # Nothing that he could not have had before him.
        self.assertEqual(count([{"object": "no_such", "kind": "opened"}, {"object": "inquiry", "kind": "left", "field": "no_such"}]), 204)
        found = next(item for item in self.owner.get("/usage/forms").json["items"] if item["object"] == "inquiry")
        self.assertEqual((found["opened"] - before["opened"], found["left"] - before["left"]), (3, 2))
        self.assertEqual([item for item in found["fields"] if item["field"] == field], [{"field": field, "left": 2}])
        for wrong in ([{"object": "inquiry", "kind": "typed"}], [{"object": "inquiry", "kind": "opened", "count": 0}], "x", [{"object": "inquiry", "kind": "opened", "count": 10**9}]):
            self.assertEqual(count(wrong), 422, wrong)
        self.assertEqual(self.owner.get("/usage/forms", days="0").status, 422)

    def test_fields_that_nobody_fills_in(self):
        self.owner.create("companies", name="欄の商店", note="あり")
        found = self.owner.get("/usage/fields", object="company").json
        fields = {field["field"]: field["filled"] for field in found["fields"]}
        self.assertEqual(fields["name"], found["of"])
        self.assertLess(fields["note"], found["of"] + 1)
        self.assertGreaterEqual(fields["note"], 1)
        self.assertEqual(self.owner.get("/usage/fields", object="no_such").status, 404)


class Feedback(LedgerTest):
    @classmethod
    def prepare(cls):
        cls.member = cls.server.add_user(cls.owner, "iken@example.jp", name="意見の花子")

    def send(self, text, **more):
        answer = self.member.post("/feedback", {"kind": "wish", "text": text, **more})
        self.assertEqual(answer.status, 201, answer)
        return answer.json

    def mine(self):
        return self.member.get("/feedback/mine").json["items"]

    def inbox(self, **query):
        return self.owner.get("/feedback", **query).json

    def test_an_answer_reaches_its_sender(self):
        sent = self.send("一覧の字を大きく", page="/o/companies?q=秘密の商談#x", browser="Chromium")
        # Conditions in an address are contents.
        self.assertEqual(sent["page"], "/o/companies")
        self.assertEqual(self.owner.get("/session").json["feedback"]["new"], self.inbox()["counts"]["new"])
        item = next(item for item in self.inbox(state="new", kind="wish")["items"] if item["id"] == sent["id"])
        self.assertEqual((item["by"]["title"], item["browser"]), ("意見の花子", "Chromium"))
        answered = self.owner.patch("/feedback/" + sent["id"], {"version": item["version"], "state": "done", "answer": "設定で変えられます"})
        self.assertEqual(answered.status, 200, answered)
        self.assertEqual(self.member.get("/session").json["feedback"]["answers"], 1)
        got = next(each for each in self.mine() if each["id"] == sent["id"])
        self.assertEqual((got["state"], got["answer"], got["unread"]), ("done", "設定で変えられます", True))
        self.assertEqual(self.member.post("/feedback/mine/seen", {}).status, 204)
        self.assertEqual(self.member.get("/session").json["feedback"]["answers"], 0)
        # An old page does not overwrite it, and the change can be taken back.
        self.assertEqual(self.owner.patch("/feedback/" + sent["id"], {"version": item["version"], "state": "declined"}).status, 409)
        undone = self.owner.post("/undo", {"change": answered.json["change"]}).json
        self.assertEqual(undone["undone"], 1)
        got = next(each for each in self.mine() if each["id"] == sent["id"])
        self.assertEqual((got["state"], got["answer"]), ("new", ""))
        again = self.owner.post("/undo", {"change": undone["change"]}).json
        self.assertEqual(again["undone"], 1)
        self.assertEqual(next(each for each in self.mine() if each["id"] == sent["id"])["state"], "done")

    def test_what_was_sent_can_be_taken_back_until_it_is_answered(self):
        sent = self.send("やっぱりやめた")
        undone = self.member.post("/undo", {"change": sent["change"]}).json
        self.assertEqual(undone["undone"], 1, undone)
        self.assertNotIn(sent["id"], [item["id"] for item in self.mine() + self.inbox()["items"]])
        self.assertEqual(self.member.post("/undo", {"change": undone["change"]}).json["undone"], 1)
        self.assertIn(sent["id"], [item["id"] for item in self.mine()])
        self.owner.patch("/feedback/" + sent["id"], {"state": "working"})
        self.assertEqual(self.member.post("/undo", {"change": sent["change"]}).json["undone"], 0)
        self.assertIn(sent["id"], [item["id"] for item in self.mine()])

    def test_wrong_input_changes_nothing(self):
        count = len(self.mine())
        for body in ({"kind": "wish"}, {"kind": "x", "text": "a"}, {"kind": "wish", "text": " 　"}, {"kind": "wish", "text": "あ" * 4001}):
            self.assertEqual(self.member.post("/feedback", body).status, 422, body)
        self.assertEqual(len(self.mine()), count)
        sent = self.send("状態の確認")
        self.assertEqual(self.owner.patch("/feedback/" + sent["id"], {"state": "gone"}).status, 422)
        self.assertEqual(self.owner.patch("/feedback/0000000000001", {"state": "done"}).status, 404)

    def test_sent_again_it_is_there_once(self):
        key = {"Idempotency-Key": "feedback-once"}
        body = {"kind": "good", "text": "助かっています"}
        first = self.member.post("/feedback", body, headers=key)
        second = self.member.post("/feedback", body, headers=key)
        self.assertEqual(first.json["id"], second.json["id"])

    def test_pages_of_the_inbox(self):
        for number in range(3):
            self.send(f"続き {number}")
        first = self.inbox(limit="2")
        self.assertEqual(len(first["items"]), 2)
        second = self.inbox(limit="2", after=first["next"])
        self.assertLess(second["items"][0]["id"], first["items"][-1]["id"])
