"""Records that leave the ledger: formats, rights, the log, everything at once, and the round trip through Excel."""
import io
import json
import pathlib
import tempfile
import unittest
import zipfile

from daifuku import LedgerTest, Server, wait_for
from workbook import Workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def compare(client, plural, body):
    return client.request("POST", f"/api/v1/{plural}/compare?name=list.xlsx", raw=body, content_type="application/octet-stream")


class Exports(LedgerTest):
    @classmethod
    def prepare(cls):
        owner = cls.owner
        cls.company = owner.create("companies", name="髙橋🍡商店", phone="03-1234-5678", note="=1+1\n二行目", tags=["東", "=危険"])
        cls.person = owner.create("people", family_name="山田", given_name="太郎", family_kana="ヤマダ", given_kana="タロウ", company=cls.company["id"],
                                  mobile="090-1234-5678", email="taro@example.jp", job_title="部長", department="営業部")

    def last_export(self, client=None):
        return (client or self.owner).get("/exports", limit=1).json["items"][0]

    def test_json_lines_are_records_as_the_api_answers_them(self):
        answer = self.owner.get("/companies/export", format="jsonl")
        self.assertEqual((answer.status, answer.headers["Content-Type"]), (200, "application/x-ndjson; charset=utf-8"))
        mine = next(record for record in map(json.loads, answer.text.splitlines()) if record["id"] == self.company["id"])
        for key in ("name", "phone", "note", "tags", "version"):
            self.assertEqual(mine[key], self.company[key], key)

    def test_address_cards(self):
        four = self.owner.get("/people/export", format="vcard").text
        for line in ("VERSION:4.0", "FN:山田 太郎", "N:山田;太郎;;;", "X-PHONETIC-LAST-NAME:ヤマダ", "TEL;TYPE=cell:090-1234-5678", "EMAIL:taro@example.jp", "TITLE:部長",
                     "ORG:髙橋🍡商店;営業部"):
            self.assertIn(line + "\r\n", four)
        self.assertIn("VERSION:3.0\r\n", self.owner.get("/people/export", format="vcard", vcard="3.0").text)
        self.assertIn("KIND:org\r\n", self.owner.get("/companies/export", format="vcard").text)
        self.assertEqual(self.owner.get("/deals/export", format="vcard").status, 422)

    def test_what_cp932_does_not_have_is_told(self):
        answer = self.owner.get("/companies/export", format="csv", encoding="cp932", fields="name,phone")
        self.assertEqual(answer.status, 200)
        self.assertIn("髙橋", answer.body.decode("cp932"))
        told = self.owner.get("/exports/" + answer.headers["X-Export-Id"]).json
        self.assertEqual((told["status"], told["encoding"], told["replaced"]), ("done", "cp932", 1))
        self.assertEqual(told["texts"], [{"id": self.company["id"], "title": "髙橋🍡商店", "field": "name", "from": "🍡", "to": told["texts"][0]["to"]}])

    def test_every_export_is_in_the_log(self):
        for query in ({"format": "csv"}, {"format": "xlsx"}, {"format": "tsv"}, {"format": "jsonl"}, {"format": "vcard"}, {"format": "csv", "filter": {"name": {"contains": "商店"}}, "q": "髙橋", "fields": "name"}):
            self.assertEqual(self.owner.get("/companies/export", **query).status, 200, query)
            event = self.last_export()
            self.assertEqual((event["object"], event["format"], event["status"], event["by"]["id"]), ("company", query["format"], "done", self.owner.user["id"]))
            self.assertGreaterEqual(event["rows"], 1)
        self.assertEqual((event["filter"], event["q"], event["fields"]), ({"name": {"contains": "商店"}}, "髙橋", ["name"]))
        # What it says went out is what went out.
        lines = self.owner.get("/companies/export", format="jsonl", fields="updated_at").text
        self.assertNotIn("03-1234-5678", lines)
        self.assertEqual(sorted(self.last_export()["fields"]), ["name", "updated_at"])
        before = self.last_export()["id"]
        self.assertEqual(self.owner.get("/people/export", format="vcard", fields="name").status, 422)
        self.assertEqual(self.last_export()["id"], before)
        # And not among the changes of records, on any road.
        self.assertNotIn("export", json.dumps([item["action"] for item in self.owner.get("/changes").json["items"]]))

    def test_the_log_is_in_the_chain(self):
        with Server() as server:
            owner = server.set_up()
            owner.create("companies", name="鎖商会")
            owner.get("/companies/export", format="csv")
            server.stop()
            self.assertEqual(server.command("verify").returncode, 0)

    def test_the_log_is_for_administrators_and_oneself(self):
        member = self.server.add_user(self.owner, "mochidashi@example.jp")
        self.owner.get("/companies/export", format="csv", q="秘密の言葉")
        mine = self.last_export()
        self.assertEqual(member.get("/exports").json["items"], [])
        self.assertEqual(member.get("/exports/" + mine["id"]).status, 404)
        manager = self.server.add_user(self.owner, "kanri@example.jp", role="manager")
        self.assertIn(mine["id"], manager.get("/exports").text)

    def test_no_road_out_without_the_right(self):
        member = self.server.add_user(self.owner, "dasenai2@example.jp")
        for query in ({"format": "csv"}, {"format": "xlsx"}, {"format": "xlsx", "round_trip": "1"}, {"format": "tsv"}, {"format": "jsonl"}, {"format": "vcard"}):
            self.assertEqual(member.get("/companies/export", **query).json["code"], "export_forbidden", query)
        for client in (member, self.server.add_user(self.owner, "kanri2@example.jp", role="manager")):
            self.assertEqual(client.get("/export-all").status, 403)

    def test_masked_and_hidden_fields_are_in_no_format(self):
        viewer = self.server.add_user(self.owner, "nozokimi@example.jp", role="viewer")
        rights = {"objects": {"*": {"read": "all", "export": True}}, "fields": {"person.mobile": "masked", "person.email": "none", "company.phone": "masked"}}
        self.assertEqual(self.owner.patch("/roles/viewer", rights).status, 200)
        self.addCleanup(lambda: self.owner.patch("/roles/viewer", {"objects": {"*": {"read": "all", "export": False}}, "fields": {key: None for key in rights["fields"]}}))
        for plural, canaries in (("people", ("090-1234-5678", "taro@example.jp")), ("companies", ("03-1234-5678",))):
            for query in ({"format": "csv"}, {"format": "tsv"}, {"format": "jsonl"}, {"format": "vcard"}, {"format": "vcard", "vcard": "3.0"}, {"format": "xlsx"}, {"format": "xlsx", "round_trip": "1"}):
                answer = viewer.get(f"/{plural}/export", **query)
                self.assertEqual(answer.status, 200, query)
                content = answer.body
                if query["format"] == "xlsx":
                    archive = zipfile.ZipFile(io.BytesIO(content))
                    content = b"".join(archive.read(name) for name in archive.namelist())
                for canary in canaries:
                    self.assertNotIn(canary.encode(), content, query)
        self.assertEqual(viewer.get("/people/export", filter={"mobile": {"eq": "090-1234-5678"}}).status, 422)

    def test_everything_from_the_command_and_as_an_archive(self):
        with Server() as server:
            owner = server.set_up()
            company = owner.create("companies", name="全部/商会", phone="03-9999-0001")
            owner.create("people", family_name="全部", given_name="花子", company=company["id"])
            gone = owner.create("companies", name="捨てた商店")
            owner.delete("/companies/" + gone["id"])
            for content in (b"one", b"two"):
                owner.upload(f"/companies/{company['id']}/files", "見積:1.txt", content)
            token = owner.post("/tokens", {"name": "t", "scopes": ["read"], "days": 5}).json
            zipped = owner.get("/export-all")
            self.assertEqual(zipped.status, 200)
            archive = zipfile.ZipFile(io.BytesIO(zipped.body))
            self.assertIsNone(archive.testzip())
            server.stop()
            with tempfile.TemporaryDirectory() as folder:
                out = pathlib.Path(folder) / "すべて"
                done = server.command("export", "--all", str(out))
                self.assertEqual(done.returncode, 0, done.stderr)
                again = server.command("export", "--all", str(out))
                self.assertEqual(again.returncode, 1, "into a folder that is not empty")
                names = {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()}
                read = {name: (out / name).read_bytes() for name in names}
            self.assertEqual(names, set(archive.namelist()))
            for name in ("README.txt", "index.html", "data/会社.csv", "data/会社.jsonl", "trash/会社.jsonl", "history.jsonl", "users.jsonl", "roles.json", "settings.json", "metadata.json", "fields.csv", "views.jsonl"):
                self.assertIn(name, names)
            self.assertIn("全部/商会", read["data/会社.csv"].decode("utf-8-sig"))
            self.assertIn("捨てた商店", read["trash/会社.jsonl"].decode())
            files = [json.loads(line) for line in read["files.jsonl"].splitlines()]
            self.assertEqual([read[item["path"]] for item in files], [b"one", b"two"])
            self.assertTrue(all(item["path"].startswith(f"files/会社/全部_商会_{company['id']}/見積_1") for item in files), files)
            history = [json.loads(line) for line in read["history.jsonl"].splitlines()]
            self.assertTrue(any(row["action"] == "create" and row["record"] == company["id"] for row in history))
            self.assertTrue(any(row["action"] == "export" for row in history))
            everything = b"\n".join(read.values())
            for secret in ("kono-daifuku-wa-oishii", "argon2", token["token"], "password_hash"):
                self.assertNotIn(secret.encode(), everything, secret)


class RoundTrip(LedgerTest):
    def setUp(self):
        owner = self.owner
        self.one = owner.create("companies", name=f"往復一{self.id()[-9:]}", phone="03-1111-0001", employees=10, note="元のまま")
        self.two = owner.create("companies", name=f"往復二{self.id()[-9:]}", phone="03-1111-0002", employees=20)
        self.three = owner.create("companies", name=f"往復三{self.id()[-9:]}", employees=30)
        self.filter = {"name": {"in": [self.one["name"], self.two["name"], self.three["name"]]}}

    def export(self, client=None, fields="name,phone,employees,note,rank,updated_at", **more):
        answer = (client or self.owner).get("/companies/export", format="xlsx", round_trip="1", fields=fields, filter=self.filter, sort="name", **more)
        self.assertEqual((answer.status, answer.headers["Content-Type"]), (200, XLSX), answer)
        return Workbook(answer.body)

    def rows(self, comparison, client=None, **query):
        answer = (client or self.owner).get(f"/comparisons/{comparison['id']}/rows", **query)
        self.assertEqual(answer.status, 200, answer)
        return answer.json["items"]

    def compared(self, book, client=None):
        answer = compare(client or self.owner, "companies", book.save())
        self.assertEqual(answer.status, 201, answer)
        return answer.json

    def company(self, record):
        return self.owner.get("/companies/" + record["id"]).json

    def test_an_untouched_table_has_no_differences(self):
        made = self.compared(self.export())
        self.assertEqual({key: count for key, count in made["counts"].items() if count}, {"rows": 3, "unchanged": 3})
        self.assertEqual(self.rows(made), [])
        # Nor when others changed records meanwhile: nobody touched these cells in Excel.
        book = self.export()
        self.owner.patch("/companies/" + self.one["id"], {"employees": 11})
        self.assertEqual(self.compared(book)["counts"]["unchanged"], 3)

    def test_cells_conflicts_rows_added_and_removed_in_one_batch_with_undo(self):
        book = self.export()
        self.owner.patch("/companies/" + self.two["id"], {"phone": "03-2222-2222"})
        book.set(self.one["name"], "従業員数", "１２")
        book.set(self.one["name"], "補足情報", "書き直した")
        book.set(self.two["name"], "代表電話", "03-3333-3333")
        book.set(self.two["name"], "従業員数", "たくさん")
        book.set(self.two["name"], "更新日時", "2020-01-01 00:00")
        added = "往復で増えた" + self.id()[-9:]
        book.add(会社名=added, 代表電話="06-1111-0009")
        book.remove(self.three["name"])
        made = self.compared(book)
        self.assertEqual({key: count for key, count in made["counts"].items() if count},
                         {"rows": 3, "changes": 2, "conflicts": 1, "invalid": 1, "refused": 1, "added": 1, "removed": 1})
        rows = {row["title"]: row for row in self.rows(made)}
        cells = {cell["field"]: cell for cell in rows[self.one["name"]]["cells"]}
        self.assertEqual((cells["employees"]["before"], cells["employees"]["now"], cells["employees"]["next"], cells["employees"]["state"]), ("10", "10", "12", "change"))
        conflict = {cell["field"]: cell for cell in rows[self.two["name"]]["cells"]}
        self.assertEqual([conflict["phone"][key] for key in ("state", "before", "now", "next")], ["conflict", "03-1111-0002", "03-2222-2222", "03-3333-3333"])
        self.assertEqual((conflict["employees"]["state"], conflict["updated_at"]["state"], conflict["updated_at"]["code"]), ("invalid", "refused", "field_not_writable"))
        self.assertEqual([row["title"] for row in self.rows(made, state="remove")], [self.three["name"]])
        self.assertEqual([row["title"] for row in self.rows(made, state="add")], [added])
        number = rows[self.two["name"]]["row"]
        done = self.owner.post(f"/comparisons/{made['id']}/apply", {"changes": True, "conflicts": False, "add": True, "remove": True, "except": {str(rows[self.one['name']]["row"]): {"note": False}, str(number): {"phone": True}}})
        self.assertEqual(done.status, 200, done)
        self.assertEqual([done.json[key] for key in ("updated", "cells", "created", "removed", "skipped_count")], [2, 2, 1, 1, 0])
        self.assertEqual((self.company(self.one)["employees"], self.company(self.one)["note"], self.company(self.two)["phone"]), (12, "元のまま", "03-3333-3333"))
        self.assertIn("deleted_at", self.company(self.three))
        self.assertEqual(self.owner.post(f"/comparisons/{made['id']}/apply", {}).json["code"], "compare_done")
        undone = self.owner.post("/undo", {"change": done.json["change"]})
        self.assertEqual((undone.status, undone.json["undone"], undone.json["skipped"]), (200, 4, []))
        self.assertEqual((self.company(self.one)["employees"], self.company(self.two)["phone"]), (10, "03-2222-2222"))
        self.assertNotIn("deleted_at", self.company(self.three))
        self.assertEqual(self.owner.get("/companies", filter={"name": {"eq": added}}).json["items"], [])

    def test_what_changed_after_the_look_is_not_overwritten(self):
        book = self.export()
        book.set(self.one["name"], "従業員数", "77")
        made = self.compared(book)
        self.owner.patch("/companies/" + self.one["id"], {"employees": 55})
        done = self.owner.post(f"/comparisons/{made['id']}/apply", {"changes": True}).json
        self.assertEqual((done["updated"], [one["code"] for one in done["skipped"]]), (0, ["compare_changed_meanwhile"]))
        self.assertEqual(self.company(self.one)["employees"], 55)

    def test_emptied_cells_rows_copied_and_rows_that_are_known(self):
        book = self.export()
        book.set(self.one["name"], "補足情報", "")
        copied = dict(book.row(self.two["name"]))
        book.rows.append(copied)
        made = self.compared(book)
        rows = self.rows(made)
        self.assertEqual([(row["kind"], row.get("code")) for row in rows], [("edit", None), ("add", "compare_id_twice")])
        self.assertEqual((rows[0]["cells"][0]["field"], rows[0]["cells"][0]["next"]), ("note", ""))
        done = self.owner.post(f"/comparisons/{made['id']}/apply", {"changes": True, "add": True}).json
        self.assertEqual((done["cells"], done["created"]), (1, 0), "a row that should be looked at is not taken by the lump")
        self.assertNotIn("note", self.company(self.one))

    def test_links_by_their_names(self):
        person = self.owner.create("people", family_name="往復", given_name=self.id()[-5:], company=self.one["id"])
        answer = self.owner.get("/people/export", format="xlsx", round_trip="1", fields="name,company,owner_id", filter={"company": {"eq": self.one["id"]}})
        book = Workbook(answer.body)
        book.set(self.one["name"], "会社", self.two["name"])
        made = compare(self.owner, "people", book.save()).json
        done = self.owner.post(f"/comparisons/{made['id']}/apply", {}).json
        self.assertEqual((done["cells"], self.owner.get("/people/" + person["id"]).json["company"]["id"]), (1, self.two["id"]))

    def test_other_files_are_refused_with_a_reason(self):
        plain = self.owner.get("/companies/export", format="xlsx").body
        self.assertEqual(compare(self.owner, "companies", plain).json["code"], "compare_not_ours")
        self.assertEqual(compare(self.owner, "companies", "会社名\nA".encode()).json["code"], "compare_not_ours")
        self.assertEqual(compare(self.owner, "people", self.export().save()).json["code"], "compare_other_object")
        book = self.export()
        book.rows[0][book.column("番号")] = ("t", "消した")
        self.assertEqual(compare(self.owner, "companies", book.save()).json["code"], "compare_ids_missing")
        for path in ("/comparisons/0000000000001", "/comparisons/0000000000001/rows"):
            self.assertEqual(self.owner.get(path).status, 404)

    def test_a_file_in_other_hands_compares_only_what_they_may_read(self):
        own = {"read": "own", "create": True, "update": "own", "delete": "own", "export": True}
        self.assertEqual(self.owner.patch("/roles/member", {"objects": {"*": own}, "fields": {"company.note": "none", "company.rank": "masked"}}).status, 200)
        self.addCleanup(lambda: self.owner.patch("/roles/member", {"objects": {"*": {"read": "all", "create": True, "update": "all", "delete": "own", "export": False}}, "fields": {"company.note": None, "company.rank": None}}))
        member = self.server.add_user(self.owner, f"soto{abs(hash(self.id()))}@example.jp")
        self.owner.patch("/companies/" + self.one["id"], {"owner_id": member.user["id"]})
        book = self.export()
        # He guesses: what was there before is told only of records and fields that he sees now.
        book.set(self.one["name"], "補足情報", "推測")
        book.set(self.one["name"], "従業員数", "99")
        book.set(self.two["name"], "従業員数", "98")
        book.remove(self.three["name"])
        made = self.compared(book, member)
        self.assertEqual(made["hidden_columns"], ["補足情報", "見込み度"])
        self.assertEqual({key: count for key, count in made["counts"].items() if count}, {"rows": 2, "changes": 1, "gone": 1})
        rows = self.rows(made, member)
        self.assertEqual([(row["id"], [cell["field"] for cell in row["cells"]]) for row in rows], [(self.one["id"], ["employees"])])
        for word in ("元のまま", self.two["id"], self.three["id"], "03-1111-0002"):
            self.assertNotIn(word, json.dumps([made, rows], ensure_ascii=False))
        # Nobody else sees the comparison, the owner neither; and it forgets what its maker may no longer see.
        self.assertEqual(self.owner.get("/comparisons/" + made["id"]).status, 404)
        self.owner.patch("/companies/" + self.one["id"], {"owner_id": self.owner.user["id"]})
        self.assertEqual([(row["seen"], row["title"], row["cells"]) for row in self.rows(made, member)], [(False, "", [])])
        done = member.post(f"/comparisons/{made['id']}/apply", {}).json
        self.assertEqual((done["updated"], done["skipped"][0]["code"]), (0, "compare_gone"))
        self.assertEqual(self.company(self.one)["employees"], 10)

    def test_a_hidden_record_tells_nothing_by_its_cells(self):
        own = {"read": "own", "create": True, "update": "own", "delete": "own", "export": True}
        self.assertEqual(self.owner.patch("/roles/member", {"objects": {"*": own}}).status, 200)
        self.addCleanup(lambda: self.owner.patch("/roles/member", {"objects": {"*": {"read": "all", "create": True, "update": "all", "delete": "own", "export": False}}}))
        member = self.server.add_user(self.owner, f"ate{abs(hash(self.id()))}@example.jp")
        body = self.export().save()
        counts = []
        for change in (None, ("代表電話", "03-1111-0002"), ("代表電話", "03-9999-9999"), ("代表電話", ""), ("番号", "0J000000000G1")):
            book = Workbook(body)
            if change:
                book.set(self.two["name"], *change)
            counts.append(self.compared(book, member)["counts"])
        self.owner.delete("/companies/" + self.two["id"])  # nor one in the trash
        counts.append(self.compared(Workbook(body), member)["counts"])
        self.assertEqual(counts, [counts[0]] * len(counts))
        self.assertEqual({key: count for key, count in counts[0].items() if count}, {"rows": 3, "gone": 3})
        # Who may change nothing has nothing to compare.
        viewer = self.server.add_user(self.owner, f"miru{abs(hash(self.id()))}@example.jp", role="viewer")
        self.assertEqual(compare(viewer, "companies", body).status, 403)

    def test_members_of_a_list_that_are_not_seen_stay_in_it(self):
        own = {"read": "own", "create": True, "update": "own", "delete": "own", "export": True}
        self.assertEqual(self.owner.patch("/roles/member", {"objects": {"*": own}}).status, 200)
        self.addCleanup(lambda: self.owner.patch("/roles/member", {"objects": {"*": {"read": "all", "create": True, "update": "all", "delete": "own", "export": False}}}))
        member = self.server.add_user(self.owner, f"nakama{abs(hash(self.id()))}@example.jp")
        mark = self.id()[-5:]
        seen, other, hidden = [self.owner.create("people", family_name=name, given_name=mark, owner_id=who.user["id"])["id"]
                               for name, who in (("見える", member), ("次の", member), ("見えない", self.owner))]
        activity = self.owner.create("activities", content="往復" + mark, happened_at="2026-04-01T01:00:00Z", kind="visit", attendees=[hidden, seen], owner_id=member.user["id"])
        people = lambda: [each["id"] for each in self.owner.get("/activities/" + activity["id"]).json["attendees"]]
        book = Workbook(member.get("/activities/export", format="xlsx", round_trip="1", fields="content,attendees").body)
        book.set("往復" + mark, "先方の出席者", f"次の {mark}")
        made = compare(member, "activities", book.save()).json
        done = member.post(f"/comparisons/{made['id']}/apply", {}).json
        self.assertEqual((done["cells"], people()), (1, [hidden, other]))
        body = member.get("/activities/export", format="csv").body
        self.owner.patch("/activities/" + activity["id"], {"attendees": [hidden, seen]})
        made = member.request("POST", "/api/v1/imports?name=list.csv", raw=body, content_type="application/octet-stream").json
        self.assertEqual(member.patch("/imports/" + made["id"], {"mode": "update", "policy": "overwrite"}).status, 200)
        self.assertEqual(member.post(f"/imports/{made['id']}/run").status, 202)
        wait_for(lambda: member.get("/imports/" + made["id"]).json["status"] == "done")
        self.assertEqual(people(), [hidden, other])

    def test_a_linked_record_is_no_oracle(self):
        own = {"read": "own", "create": True, "update": "own", "delete": "own", "export": True}
        self.assertEqual(self.owner.patch("/roles/member", {"objects": {"*": own}}).status, 200)
        self.addCleanup(lambda: self.owner.patch("/roles/member", {"objects": {"*": {"read": "all", "create": True, "update": "all", "delete": "own", "export": False}}}))
        member = self.server.add_user(self.owner, f"link{abs(hash(self.id()))}@example.jp")
        self.owner.create("people", family_name="表", given_name=self.id()[-5:], company=self.two["id"], owner_id=member.user["id"])
        body = self.owner.get("/people/export", format="xlsx", round_trip="1", fields="name,company", filter={"company": {"eq": self.two["id"]}}).body
        results = []
        for guess in (self.two["name"], "見当違い商事"):
            book = Workbook(body)
            book.set(self.two["name"], "会社", guess)
            made = compare(member, "people", book.save()).json
            results.append((made["counts"], self.rows(made, member)))
        self.assertEqual(results[0], results[1])

    def test_a_read_token_compares_nothing(self):
        token = self.owner.post("/tokens", {"name": "見るだけ", "scopes": ["read"], "days": 5}).json["token"]
        reader = self.server.client(token=token)
        self.assertEqual(compare(reader, "companies", self.export().save()).status, 403)


if __name__ == "__main__":
    unittest.main()
