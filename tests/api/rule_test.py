"""The company's own rules: on every road in, with the reason, without telling what is hidden, and undone like any change."""
from daifuku import LedgerTest, wait_for


class Rules(LedgerTest):
    @classmethod
    def prepare(cls):
        cls.member = cls.server.add_user(cls.owner, "kisoku@example.jp")

    def rule(self, check, who=None, **more):
        answer = (who or self.owner).post("/rules", {"object": "company", "check": check, **more})
        self.assertEqual(answer.status, 201, answer)
        self.addCleanup(lambda: self.owner.delete("/rules/" + answer.json["id"]))
        return answer.json

    def problem(self, answer):
        self.assertEqual(answer.status, 422, answer)
        return answer.json["problems"][0]

    def table(self, text):
        return self.owner.request("POST", "/api/v1/imports?object=company&name=list.csv", raw=text, content_type="application/octet-stream")

    def test_every_road_in_refuses_with_the_reason(self):
        before = self.owner.create("companies", name="以前からの商店")
        self.rule({"kind": "required", "fields": ["code"]}, when=[{"field": "stage", "op": "from", "value": "negotiating"}],
                  message={"ja": "請求に使う番号です", "en": "Needed for invoices"})
        # Screen and API.
        refused = self.problem(self.member.post("/companies", {"name": "新しい商店", "stage": "negotiating"}))
        self.assertEqual((refused["field"], refused["code"], refused["message"]), ("code", "rule_broken", "請求に使う番号です"))
        self.assertEqual(self.problem(self.member.post("/companies", {"name": "x", "stage": "negotiating"}, headers={"Accept-Language": "en"}))["code"], "rule_broken")
        self.assertEqual(self.member.post("/companies", {"name": "見込みの商店", "stage": "prospect"}).status, 201)
        # The stage asks, other fields do not.
        self.assertEqual(self.owner.patch("/companies/" + before["id"], {"note": "電話あり"}).status, 200)
        self.assertEqual(self.problem(self.owner.patch("/companies/" + before["id"], {"stage": "negotiating"}))["field"], "code")
        # Bulk edit tells each, with the words; lines of a batch as well.
        bulk = self.owner.post("/companies/batch", {"ids": [before["id"]], "set": {"stage": "negotiating"}}).json
        self.assertEqual((bulk["count"], bulk["problems"][0]["message"]), (0, "請求に使う番号です"))
        self.assertEqual(self.owner.patch("/companies/" + before["id"], {"stage": "negotiating", "code": "A-1"}).status, 200)

    def test_an_import_says_why_a_row_stays_out(self):
        self.rule({"kind": "format", "field": "code", "pattern": "[A-Z]-[0-9]{3}"}, message={"ja": "番号は A-001 の形です"})
        upload = self.table("会社名,取引先コード\n取り込み一号,A-001\n取り込み二号,1\n".encode())
        self.assertIn(upload.status, (200, 201), upload)
        run = upload.json
        # Before it runs, and counted so.
        self.assertEqual([(row["action"], [p["message"] for p in row["problems"]]) for row in run["preview"]],
                         [("create", []), ("error", ["番号は A-001 の形です"])])
        self.assertEqual((run["counts"]["creates"], run["counts"]["errors"]), (1, 1))
        self.assertEqual([(notice["code"], notice["count"]) for notice in run["notices"] if notice["code"].startswith("rule_")], [("rule_broken", 1)])
        self.assertEqual(self.owner.post(f"/imports/{run['id']}/run", {}).status, 202)
        done = wait_for(lambda: (now := self.owner.get("/imports/" + run["id"]).json)["status"] not in ("ready", "running") and now)
        self.assertEqual(done["status"], "done", done)
        self.assertEqual([item["title"] for item in self.owner.get("/companies", q="取り込み").json["items"]], ["取り込み一号"])
        self.assertIn("番号は A-001 の形です", self.owner.get(f"/imports/{run['id']}/errors.csv").text + str(done))

    def test_the_preview_tells_of_updates(self):
        known = self.owner.create("companies", name="更新前の商店", code="K-777", employees=10)
        self.rule({"kind": "range", "field": "employees", "greatest": 50})
        run = self.table("会社名,取引先コード,従業員数\n更新前の商店,K-777,80\n".encode()).json
        changed = self.owner.patch("/imports/" + run["id"], {"mode": "update", "key": "code", "policy": "overwrite"})
        self.assertEqual(changed.status, 200, changed)
        self.assertEqual([(row["action"], [p["code"] for p in row["problems"]]) for row in changed.json["preview"]], [("error", ["rule_range"])])
        self.assertEqual(self.owner.get("/companies/" + known["id"]).json["employees"], 10)
        run = self.table("会社名,取引先コード,従業員数\n更新前の商店,K-777,40\n".encode()).json
        fine = self.owner.patch("/imports/" + run["id"], {"mode": "update", "key": "code", "policy": "overwrite"}).json
        self.assertEqual([row["action"] for row in fine["preview"]], ["update"])

    def test_a_warning_saves(self):
        self.rule({"kind": "required", "fields": ["phone"]}, mode="warn")
        saved = self.member.post("/companies", {"name": "電話なし商店"})
        self.assertEqual((saved.status, saved.json["warnings"][0]["field"]), (201, "phone"))
        # Of many records at once the ones that it is about.
        other = self.owner.create("companies", name="電話あり商店", phone="03-5555-1234")
        both = [saved.json["id"], other["id"]]
        bulk = self.owner.post("/companies/batch", {"ids": both, "set": {"phone": None, "note": "閉店"}}).json
        self.assertEqual((bulk["count"], bulk["problems"], [(each["id"], each["title"]) for each in bulk["warnings"]]),
                         (2, [], [(other["id"], "電話あり商店")]))
        # An import tells it in the preview and counts it in the run.
        run = self.table("会社名,電話番号\n注意一号,03-5555-9876\n注意二号,\n".encode()).json
        self.assertEqual([(row["action"], [p["code"] for p in row["problems"]]) for row in run["preview"]], [("create", []), ("create", ["rule_required"])])
        self.assertEqual(self.owner.post(f"/imports/{run['id']}/run", {}).status, 202)
        done = wait_for(lambda: (now := self.owner.get("/imports/" + run["id"]).json)["status"] not in ("ready", "running") and now)
        self.assertEqual([done["progress"][key] for key in ("created", "warnings")], [2, 1])

    def test_unique_without_blanks(self):
        self.rule({"kind": "unique", "fields": ["code"]})
        first = self.owner.create("companies", name="一番商店", code="Z-1")
        self.owner.create("companies", name="空の商店")
        self.owner.create("companies", name="空の商店二号")
        self.assertEqual(self.problem(self.owner.post("/companies", {"name": "二番商店", "code": "ｚ－1"}))["code"], "rule_unique")
        change = self.owner.delete("/companies/" + first["id"]).json["change"]
        second = self.owner.create("companies", name="二番商店", code="Z-1")
        # The way back is closed, and says so.
        undone = self.owner.post("/undo", {"change": change}).json
        self.assertEqual((undone["undone"], len(undone["skipped"])), (0, 1))
        self.owner.delete("/companies/" + second["id"])

    def test_counted_and_tried_before_it_is_on(self):
        self.owner.create("companies", name="古い商店", founded_on="1890-01-01")
        rule = {"object": "company", "check": {"kind": "range", "field": "founded_on", "least": "1900-01-01", "greatest": "today"}}
        found = self.owner.post("/rules/check", {"rule": rule}).json
        self.assertIn("古い商店", [item["title"] for item in found["items"]])
        self.assertIsNone(found["next"])
        tried = self.owner.post("/rules/try", {"rule": rule, "values": {"founded_on": "2990-01-01"}}).json
        self.assertEqual([problem["field"] for problem in tried["problems"]], ["founded_on"])
        self.assertEqual(self.owner.post("/rules/try", {"rule": rule, "values": {"founded_on": "1990-01-01"}}).json["problems"], [])
        self.assertEqual(self.problem(self.owner.post("/rules", {"object": "company", "check": {"kind": "format", "field": "name", "pattern": "("}}))["field"], "check.pattern")

    def test_history_and_undo(self):
        made = self.rule({"kind": "required", "fields": ["website"]})
        off = self.owner.patch("/rules/" + made["id"], {"active": False, "version": made["version"]}).json
        self.assertEqual(self.owner.patch("/rules/" + made["id"], {"active": True, "version": made["version"]}).status, 409)
        self.assertEqual(self.owner.post("/companies", {"name": "決まりなし"}).status, 201)
        history = self.owner.get(f"/rules/{made['id']}/history").json["items"]
        self.assertEqual([change["action"] for change in history], ["update", "create"])
        self.assertEqual(self.owner.post("/undo", {"change": off["change"]}).json["undone"], 1)
        self.assertEqual(self.problem(self.owner.post("/companies", {"name": "決まりあり"}))["field"], "website")
        gone = self.owner.delete("/rules/" + made["id"]).json
        self.assertEqual(self.owner.post("/companies", {"name": "消した後"}).status, 201)
        self.assertEqual(self.owner.post("/undo", {"change": gone["change"]}).json["undone"], 1)
        self.assertEqual([rule["id"] for rule in self.owner.get("/rules", object="company").json["items"]], [made["id"]])

    def test_what_a_rule_was_about_is_shown_to_who_may_read_it(self):
        manager = self.server.add_user(self.owner, "kisoku2@example.jp", role="manager")
        made = self.rule({"kind": "required", "fields": ["website"]}, when=[{"field": "stage", "op": "from", "value": "negotiating"}])
        changed = self.owner.patch("/rules/" + made["id"], {"when": []}).json
        self.assertIn("negotiating", manager.get(f"/rules/{made['id']}/history").text)
        self.assertEqual(self.owner.patch("/roles/manager", {"fields": {"company.stage": "none"}}).status, 200)
        self.addCleanup(lambda: self.owner.patch("/roles/manager", {"fields": {"company.stage": None}}))
        history = manager.get(f"/rules/{made['id']}/history")
        self.assertEqual((len(history.json["items"]), "negotiating" in history.text), (2, False))
        self.assertEqual(history.json["items"][0]["after"]["check"]["fields"], ["website"])
        self.assertEqual(manager.post("/undo", {"change": changed["change"]}).status, 404)
        self.assertEqual(self.owner.post("/undo", {"change": changed["change"]}).json["undone"], 1)

    def test_no_oracle(self):
        """A rule on a field that somebody may not see must not tell him what is in it."""
        company = self.owner.create("companies", name="秘密の与信", capital=5_000_000, owner_id=self.member.user["id"])
        self.assertEqual(self.owner.patch("/roles/member", {"fields": {"company.capital": "none"}}).status, 200)
        self.addCleanup(lambda: self.owner.patch("/roles/member", {"fields": {"company.capital": "write"}}))
        self.rule({"kind": "compare", "field": "annual_sales", "op": "gte", "other": "capital"})
        # Trying values one after the other finds nothing out.
        for amount in (1, 4_999_999, 5_000_000, 9_000_000):
            self.assertEqual(self.member.patch("/companies/" + company["id"], {"annual_sales": amount}).status, 200)
        self.assertEqual(self.problem(self.owner.patch("/companies/" + company["id"], {"annual_sales": 2}))["code"], "rule_compare_gte")

    def test_only_for_those_who_administer(self):
        made = self.rule({"kind": "required", "fields": ["website"]}, active=False)
        for answer in (self.member.get("/rules"), self.member.post("/rules", {"object": "company", "check": {"kind": "required", "fields": ["name"]}}),
                       self.member.patch("/rules/" + made["id"], {"active": True}), self.member.delete("/rules/" + made["id"]),
                       self.member.get(f"/rules/{made['id']}/history"), self.member.post("/rules/check", {"rule": {}}), self.member.post("/rules/try", {"rule": {}})):
            self.assertEqual(answer.status, 403, answer)
