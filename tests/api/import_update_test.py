"""A list meets what is registered: which record a row means, what it changes, who decides, and what comes back."""
import os
import time
import unittest
import urllib.parse

from daifuku import Server, wait_for


class ImportUpdate(unittest.TestCase):
    def setUp(self):
        self.server = Server().start()
        self.owner = self.server.set_up()

    def tearDown(self):
        self.server.close()

    def upload(self, rows, object="company", client=None, name="list.csv"):
        answer = (client or self.owner).request("POST", f"/api/v1/imports?object={object}&name=" + urllib.parse.quote(name), raw=rows.encode(), content_type="application/octet-stream")
        self.assertEqual(answer.status, 201, answer)
        return answer.json

    def change(self, made, client=None, **settings):
        answer = (client or self.owner).patch("/imports/" + made["id"], settings)
        self.assertEqual(answer.status, 200, answer)
        return answer.json

    def run_import(self, made, client=None):
        client = client or self.owner
        self.assertEqual(client.post(f"/imports/{made['id']}/run").status, 202)
        return self.settled(made, client)

    def settled(self, made, client=None):
        return wait_for(lambda: (lambda now: now if now["status"] not in ("running", "undoing") else None)((client or self.owner).get("/imports/" + made["id"]).json), seconds=180)

    def rows(self, made, action, client=None):
        return (client or self.owner).get(f"/imports/{made['id']}/rows", action=action).json["items"]

    def test_a_list_that_updates(self):
        known = self.owner.create("companies", name="株式会社山田製作所", phone="03-1234-5678", employees=100)
        weak = self.owner.create("companies", name="佐藤商店", phone="06-1111-2222")
        made = self.upload("会社名,電話番号,従業員数,業種\n"
                           "㈱山田製作所,03-1234-5678,120,建設業\n"
                           "佐藤商店,,7,\n"
                           "新規物産,045-111-2222,3,\n"
                           ",045-111-3333,3,\n")
        both = self.change(made, mode="both", policies={"employees": "overwrite"})
        counts = both["counts"]
        self.assertEqual([counts[key] for key in ("creates", "updates", "same", "looks", "errors")], [1, 1, 0, 1, 1], counts)
        (row,) = self.rows(made, "update")
        self.assertEqual((row["match"]["id"], row["match"]["by"]), (known["id"], "phone"))
        changes = {change["field"]: (change["old"], change["new"], change["kept"]) for change in row["changes"]}
        self.assertEqual(changes["employees"][2], False)
        self.assertEqual(changes["industry"], ("", "建設業", False))
        self.assertNotIn("name", changes)  # only spelled otherwise
        (look,) = self.rows(made, "look")
        self.assertEqual([candidate["id"] for candidate in look["candidates"]], [weak["id"]])
        decided = self.change(made, choices=[{"row": look["row"], "choice": "use", "id": weak["id"]}])
        self.assertEqual((decided["counts"]["updates"], decided["counts"]["looks"]), (2, 0))
        done = self.run_import(made)
        self.assertEqual((done["status"], done["progress"]["created"], done["progress"]["updated"], done["progress"]["failed"]), ("done", 1, 2, 1))
        self.assertEqual(self.owner.get("/companies/" + known["id"]).json["employees"], 120)
        self.assertEqual(self.owner.get(f"/companies/{known['id']}/history").json["items"][0]["source"], "import")

        # Later work wins, field by field, and is named.
        now = self.owner.get("/companies/" + known["id"]).json
        self.assertEqual(self.owner.patch("/companies/" + known["id"], {"version": now["version"], "employees": 130}).status, 200)
        undone = self.owner.post(f"/imports/{made['id']}/undo").json
        self.assertEqual([item["id"] for item in undone["skipped"]], [known["id"]])
        after = self.owner.get("/companies/" + known["id"]).json
        self.assertEqual((after["employees"], after.get("industry")), (130, None))
        self.assertEqual(self.owner.get("/companies", total="exact").json["total"]["count"], 2)

    def test_what_may_not_be_seen_or_changed(self):
        hidden = self.owner.create("companies", name="秘密商事", phone="03-7777-8888")
        member = self.server.add_user(self.owner, "member@example.jp")
        rows = f"番号,会社名,電話番号,従業員数\n{hidden['id']},秘密商事,03-7777-8888,9\n"
        # Sees it, may not change it.
        self.assertEqual(self.owner.patch("/roles/member", {"objects": {"company": {"read": "all", "update": "own"}}}).status, 200)
        made = self.change(self.upload(rows, client=member), client=member, mode="both")
        self.assertEqual((made["counts"]["updates"], made["counts"]["errors"]), (0, 1), made["counts"])
        self.assertEqual(made["preview"][0]["problems"][-1]["code"], "import_not_changeable")
        done = self.run_import(made, member)
        self.assertEqual((done["progress"]["updated"], done["progress"]["failed"]), (0, 1))
        # Does not see it: the row is a new customer, as if there were none.
        self.assertEqual(self.owner.patch("/roles/member", {"objects": {"company": {"read": "own", "update": "own"}}}).status, 200)
        made = self.change(self.upload(rows, client=member), client=member, mode="both")
        self.assertEqual((made["counts"]["creates"], made["counts"]["looks"], made["counts"]["known"]), (1, 0, 0), made["counts"])
        chosen = self.change(made, client=member, choices=[{"row": 2, "choice": "use", "id": hidden["id"]}])
        self.assertEqual((chosen["counts"]["creates"], chosen["counts"]["updates"]), (1, 0))
        self.assertNotIn(hidden["id"], [row.get("match", {}).get("id") for row in chosen["preview"]])
        # Nor does it help that somebody who sees all of it opens his import.
        touched = self.change(made, mode="update")
        self.assertEqual((touched["counts"]["updates"], touched["counts"]["left_out"]), (0, 1), touched["counts"])
        self.assertEqual([(row["action"], "match" in row, "changes" in row) for row in touched["preview"]], [("skip", False, False)])
        self.change(made, client=member, mode="both")
        found = member.get(f"/imports/{made['id']}/diagnosis")
        self.assertEqual(found.status, 200, found)
        told = wait_for(lambda: (lambda now: now if now["status"] == "done" else None)(member.get(f"/imports/{made['id']}/diagnosis").json))
        self.assertNotIn("diag_known", [finding["code"] for finding in told["findings"]])
        # A field that he may not write is no column to import.
        self.assertEqual(self.owner.patch("/roles/member", {"objects": {"company": {"read": "all", "update": "all"}}, "fields": {"company.employees": "read"}}).status, 200)
        made = self.upload(rows, client=member)
        self.assertNotIn("field:employees", [column["to"] for column in made["columns"]])
        refused = self.change(made, client=member, mode="update", columns=[{"index": 3, "to": "field:employees"}])
        self.assertEqual([problem["code"] for problem in refused["problems"]], ["field_not_writable"])
        self.assertEqual(member.post(f"/imports/{made['id']}/run").status, 422)
        self.assertIsNone(self.owner.get("/companies/" + hidden["id"]).json.get("employees"))
        other = self.server.add_user(self.owner, "other@example.jp")
        for path in ("rows?action=look", "diagnosis"):
            self.assertEqual(other.get(f"/imports/{made['id']}/{path}").status, 404)
        self.assertEqual(other.post(f"/imports/{made['id']}/continue").status, 404)

    def test_a_diagnosis_with_its_mends(self):
        made = self.upload("会社名,電話番号,最終訪問日,予備\n"
                           "山田製作所,03-1234-5678,2026-10-01,\n"
                           "山田製作所,03-1234-5678,2026-10-01,\n"
                           "古い商店,06-1111-2222,1999-10-01,\n")
        look = lambda: wait_for(lambda: (lambda now: now if now["status"] == "done" else None)(self.owner.get(f"/imports/{made['id']}/diagnosis").json))
        found = {finding["code"]: finding for finding in look()["findings"]}
        self.assertEqual({code: finding["count"] for code, finding in found.items()}, {"diag_repeats": 1, "diag_stale": 1, "diag_empty_columns": 1})
        for finding in found.values():
            made = self.change(made, **finding["mend"])
        self.assertTrue(all(finding["mended"] for finding in look()["findings"]))
        self.assertEqual(self.run_import(made)["progress"]["created"], 1)

    def test_a_crash_in_the_middle_and_on_from_there(self):
        # Enough to be killed in the middle of it: PostgreSQL takes fewer rows at a time.
        total = 2_500 if os.environ.get("DAIFUKU_TEST_STORE") == "postgres" else 20_000
        made = self.upload("会社名,電話番号\n" + "".join(f"多数{number}商会,03-{1000 + number // 10000}-{number % 10000:04}\n" for number in range(total)))
        path = "/imports/" + made["id"]
        self.assertEqual(self.owner.post(path + "/run").status, 202)
        wait_for(lambda: self.owner.get(path).json["progress"]["created"] > 0)
        self.server.kill()
        self.server.start()
        self.owner.connection = None
        cut = self.owner.get(path).json
        self.assertEqual((cut["status"], cut["failure"]["code"], cut["can_continue"]), ("failed", "import_interrupted", True), cut)
        there = self.owner.get("/companies", total="exact").json["total"]["count"]
        # What is told is what is on disk.
        self.assertEqual(cut["progress"]["created"], there)
        self.assertLess(there, total)
        self.assertEqual(self.owner.post(path + "/continue").status, 202)
        # Others keep working meanwhile.
        began = time.monotonic()
        self.owner.create("companies", name="ほかの会社")
        self.assertLess(time.monotonic() - began, 5)
        done = self.settled(made)
        self.assertEqual((done["status"], done["progress"]["created"]), ("done", total))
        self.assertEqual(self.owner.get("/companies", total="exact").json["total"]["count"], total + 1)
        self.assertEqual(self.owner.post(path + "/undo").status, 202)
        self.assertEqual(self.settled(made)["undo"]["undone"], total)

    def test_from_the_command_line(self):
        self.owner.create("companies", name="株式会社山田製作所", phone="03-1234-5678")
        self.server.stop()
        path = self.server.data.parent / "update.csv"
        path.write_text("会社名,電話番号,従業員数\n㈱山田製作所,03-1234-5678,120\n山田製作所,,5\n新しい会社,06-1111-2222,5\n")
        try:
            dry = self.server.command("import", "company", path, "--mode", "both", "--policy", "overwrite", "--dry-run")
            self.assertEqual(dry.returncode, 0, dry.stderr)
            self.assertIn("新規 1、更新 1、変更なし 0、要確認 1、誤り 0", dry.stdout)
            self.assertIn("従業員数:  -> 120", dry.stdout)
            wrong = self.server.command("import", "company", path, "--mode", "all")
            self.assertEqual(wrong.returncode, 2, wrong)
            run = self.server.command("import", "company", path, "--mode", "update", "--match", "phone", "--policy", "overwrite")
            self.assertEqual(run.returncode, 0, run.stderr)
            self.assertIn("更新 1 件", run.stdout)
        finally:
            path.unlink()


if __name__ == "__main__":
    unittest.main()
