"""The public register of corporate numbers: files in, look-ups, and proposals that are accepted, undone and refused."""
import csv
import io
import unittest

from daifuku import SHARED, LedgerTest, wait_for

REAL = SHARED / "data/real"


def numbered(twelve):
    """The twelve digits with their check digit in front."""
    total = sum(int(digit) * (1 if place % 2 else 2) for place, digit in enumerate(reversed(twelve), start=1))
    return str(9 - total % 9) + twelve


def row(number, name, kana="", prefecture=("東京都", "13"), city=("千代田区", "101"), street="丸の内１丁目４番１号", postal="1000005", updated="2026-04-01", process="01",
        closed="", cause="", successor="", kind="301", latest="1"):
    return ["1", number, process, "0", updated, updated, name, "", kind, prefecture[0], city[0], street, "", prefecture[1], city[1], postal, "", "", closed, cause, successor, "", "2015-10-05",
            latest, "", "", "", "", kana, "0"]


def table(rows, encoding="utf-8"):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode(encoding)


YAMADA, SUZUKI, OLD, NEW, BRANCH, TWIN_A, TWIN_B = (numbered(f"01000{n:07}") for n in (1, 2, 3, 4, 5, 6, 7))
FIRST = [
    row(YAMADA, "株式会社山田製作所", "ヤマダセイサクショ"),
    row(SUZUKI, "鈴木水産株式会社", "スズキスイサン", ("神奈川県", "14"), ("横浜市中区", "104"), "日本大通１番地大通ビル３階", "2310021"),
    row(OLD, "旧商事株式会社", closed="2026-03-31", cause="11", successor=NEW), row(NEW, "新商事株式会社"),
    row(TWIN_A, "株式会社双子"), row(TWIN_B, "株式会社双子", prefecture=("大阪府", "27"), city=("大阪市北区", "127"), street="梅田１丁目１番１号", postal="5300001"),
]


class Register(LedgerTest):
    def load(self, content, name="00_zenkoku.csv", who=None):
        answer = (who or self.owner).request("POST", "/api/v1/reference/register?name=" + name, raw=content, content_type="application/octet-stream")
        if answer.status != 202:
            return answer
        return wait_for(lambda: (state := self.owner.get("/reference/register").json) and state["load"]["status"] != "running" and state)

    def check(self):
        self.assertEqual(self.owner.post("/register/check", {}).status, 202)
        state = wait_for(lambda: (state := self.owner.get("/register/check").json) and state["status"] != "running" and state)
        self.assertEqual(state["status"], "done")
        return state

    def proposals(self, matter, who=None, **more):
        answer = (who or self.owner).get("/register/proposals", matter=matter, **more)
        self.assertEqual(answer.status, 200, answer)
        return answer.json["items"]

    def of(self, company, matter, **more):
        return [each for each in self.proposals(matter, **more) if each["company"]["id"] == company["id"]]

    def item(self, proposal):
        return {"company": proposal["company"]["id"], "matter": proposal["matter"], "number": proposal["number"]}

    def test_1_files(self):
        self.assertTrue(self.owner.get("/reference/register").json["empty"])
        self.assertEqual(self.owner.post("/register/check", {}).json["code"], "register_empty")
        for content, code in ((b"a,b\n", "register_file_unknown"), (table([FIRST[0], ["1", "2"]]), "register_file_line")):
            state = self.load(content)
            self.assertEqual((state["load"]["status"], state["load"]["error"]), ("failed", code))
        state = self.load(table(FIRST, "cp932"))
        self.assertEqual((state["load"]["status"], state["load"]["rows"], state["newest"], state["empty"]), ("done", 6, "2026-04-01", False))
        self.assertEqual([(each["name"], each["rows"], each["complete"]) for each in state["files"]], [("00_zenkoku.csv", 6, True)])
        # The same file again is passed over.
        self.assertEqual(self.load(table(FIRST, "cp932"))["load"]["status"], "done")

        found = self.owner.get("/register/" + SUZUKI).json["items"][0]
        self.assertEqual({key: found[key] for key in ("name", "name_kana", "postal_code", "prefecture", "city", "street", "building")},
                         {"name": "鈴木水産株式会社", "name_kana": "スズキスイサン", "postal_code": "2310021", "prefecture": "神奈川県", "city": "横浜市中区", "street": "日本大通1番地",
                          "building": "大通ビル3階"})
        closed = self.owner.get("/register/" + OLD).json["items"][0]
        self.assertEqual((closed["closed_on"], closed["closed_because"], closed["successor"]), ("2026-03-31", "合併による解散等", {"number": NEW, "name": "新商事株式会社"}))
        for number in ("123", numbered("999999999999"), YAMADA[:-1] + "9"):
            self.assertEqual(self.owner.get("/register/" + number).json, {"items": []})
        self.assertEqual([each["number"] for each in self.owner.get("/register", name="㈱双子").json["items"]], sorted([TWIN_A, TWIN_B]))
        member = self.server.add_user(self.owner, "houjin@example.jp")
        self.assertEqual(self.load(table(FIRST), who=member).status, 403)
        self.assertEqual(member.get("/reference/register").status, 403)
        self.assertEqual(member.post("/register/check", {}).status, 403)
        self.assertEqual(len(member.get("/register/" + YAMADA).json["items"]), 1)

    def test_2_numbers_are_proposed(self):
        self.load(table(FIRST))
        yamada = self.owner.create("companies", name="㈱山田製作所", prefecture="東京都", city="千代田区", street="丸の内1-4-1", building="丸の内ビル3F")
        other = self.owner.create("companies", name="合同会社山田製作所")
        elsewhere = self.owner.create("companies", name="株式会社山田製作所", prefecture="沖縄県", city="那覇市", street="泉崎1-1-1")
        twin = self.owner.create("companies", name="双子", prefecture="大阪府", city="大阪市北区")
        self.check()
        [found] = self.of(yamada, "number")
        self.assertGreaterEqual(found["percent"], 95)
        self.assertIn("番地まで同じ", [each["text"] for each in found["reasons"]])
        self.assertEqual(found["number"], YAMADA)
        self.assertEqual({each["field"]: each["new"] for each in found["changes"]}, {"corporate_number": YAMADA, "name_kana": "ヤマダセイサクショ"})
        self.assertEqual(self.of(other, "number"), [])
        self.assertEqual(self.of(elsewhere, "number"), [])
        self.assertEqual([each["number"] for each in self.of(twin, "number")], [TWIN_B])

        accepted = self.owner.post("/register/proposals/accept", {"items": [self.item(found)]})
        self.assertEqual((accepted.status, accepted.json["accepted"]), (200, 1), accepted)
        record = self.owner.get("/companies/" + yamada["id"]).json
        self.assertEqual((record["corporate_number"], record["name_kana"]), (YAMADA, "ヤマダセイサクショ"))
        self.assertEqual(self.of(yamada, "number"), [])
        self.assertEqual(self.owner.post("/undo", {"change": accepted.json["change"]}).json["undone"], 1)
        self.assertIsNone(self.owner.get("/companies/" + yamada["id"]).json.get("corporate_number"))
        self.assertEqual(len(self.of(yamada, "number")), 1)

        refused = {"items": [self.item(found)], "decision": "refused"}
        self.assertEqual(self.owner.patch("/register/proposals", refused).status, 204)
        self.check()
        self.assertEqual(self.of(yamada, "number"), [])
        self.assertEqual(len(self.of(yamada, "number", decision="refused")), 1)
        self.assertEqual(self.owner.patch("/register/proposals", {**refused, "decision": "open"}).status, 204)
        self.assertEqual(len(self.of(yamada, "number")), 1)

    def test_3_changes_are_proposed_and_come_back(self):
        self.load(table(FIRST))
        moved = self.owner.create("companies", name="鈴木水産", corporate_number=SUZUKI, prefecture="神奈川県", city="横浜市中区", street="日本大通1")
        gone = self.owner.create("companies", name="旧商事株式会社", corporate_number=OLD, prefecture="東京都", city="千代田区", street="丸の内1-4-1", note="大事な客")
        self.check()
        self.assertEqual(self.of(moved, "name") + self.of(moved, "address"), [], "what is only written otherwise is no change")
        [closed] = self.of(gone, "closed")
        self.assertEqual(closed["reasons"][0]["text"], "ほかの会社に引き継がれている")

        # A difference file: a new name and place; an older row of another company changes nothing.
        later = [row(SUZUKI, "鈴木フーズ株式会社", "スズキフーズ", street="大手町１丁目１番１号", postal="1000004", updated="2026-05-01", process="11"),
                 row(YAMADA, "昔の名前株式会社", updated="2020-01-01"), row(NEW, "古い行株式会社", updated="2026-06-01", latest="0")]
        self.assertEqual(self.load(table(later), "diff_20260501.csv")["load"]["status"], "done")
        self.assertEqual(self.owner.get("/register/" + YAMADA).json["items"][0]["name"], "株式会社山田製作所")
        self.assertEqual(self.owner.get("/register/" + NEW).json["items"][0]["name"], "新商事株式会社")
        self.check()
        [name] = self.of(moved, "name")
        self.assertEqual((name["changes"][0], name["source_on"]), ({"field": "name", "old": "鈴木水産", "new": "鈴木フーズ株式会社"}, "2026-05-01"))
        [address] = self.of(moved, "address")
        before = self.owner.get("/companies/" + moved["id"]).json

        changes = []
        for matter in ("name", "address", "closed"):
            done = self.owner.post("/register/proposals/accept", {"all": True, "matter": matter}).json
            self.assertEqual((done["accepted"], done["more"]), (1, False))
            changes.append(done["change"])
        after = self.owner.get("/companies/" + moved["id"]).json
        self.assertEqual((after["name"], after["name_kana"], after["prefecture"], after["city"], after["street"]), ("鈴木フーズ株式会社", "スズキフーズ", "東京都", "千代田区", "大手町1丁目1番1号"))
        closed_now = self.owner.get("/companies/" + gone["id"]).json
        self.assertEqual(closed_now["stage"], "lost")
        self.assertEqual(closed_now["note"], f"大事な客\n2026-03-31 登記記録の閉鎖（承継: 新商事株式会社 {NEW}）")
        # What changed since is out of date.
        stale = self.owner.post("/register/proposals/accept", {"items": [self.item(address)]}).json
        self.assertEqual((stale["accepted"], stale["out_of_date"]), (0, 1))
        for change in reversed(changes):
            self.assertEqual(self.owner.post("/undo", {"change": change}).json["undone"], 1)
        self.assertEqual(self.owner.get("/companies/" + moved["id"]).json["name"], before["name"])
        self.assertEqual(len(self.of(moved, "name")), 1)

    def test_4_only_for_those_who_see_both_company_and_fields(self):
        self.load(table(FIRST))
        own = {"*": {"read": "own", "create": True, "update": "own", "delete": "own", "export": False}}
        self.assertEqual(self.owner.patch("/roles/member", {"objects": own}).status, 200)
        member = self.server.add_user(self.owner, "jibun@example.jp")
        mine = member.create("companies", name="株式会社双子", prefecture="東京都", city="千代田区")
        theirs = self.owner.create("companies", name="株式会社双子", prefecture="大阪府", city="大阪市北区", street="梅田1-1-1")
        self.check()
        self.assertEqual({each["company"]["id"] for each in self.proposals("number", member)}, {mine["id"]})
        [hidden] = self.of(theirs, "number")
        self.assertEqual(member.post("/register/proposals/accept", {"items": [self.item(hidden)]}).json["accepted"], 0)
        self.assertEqual(member.patch("/register/proposals", {"items": [self.item(hidden)], "decision": "refused"}).status, 404)
        self.assertNotIn("companies", member.get("/register/check").json)
        self.assertEqual(self.owner.patch("/roles/member", {"objects": own, "fields": {"company.street": "none"}}).status, 200)
        self.assertEqual(member.get("/register/proposals", matter="number").status, 403)
        self.assertEqual(self.owner.patch("/roles/member", {"objects": own, "fields": {}}).status, 200)

    def test_4_all_that_one_may_is_accepted(self):
        refused = numbered("010000000008")
        self.load(table([*FIRST, row(refused, "株式会社お断り", "オコトワリ")]), "01_zenkoku.csv")
        own = {"*": {"read": "all", "create": True, "update": "own", "delete": "own", "export": False}}
        self.assertEqual(self.owner.patch("/roles/member", {"objects": own}).status, 200)
        member = self.server.add_user(self.owner, "subete@example.jp")
        theirs = self.owner.create("companies", name="新商事株式会社", prefecture="東京都", city="千代田区", street="丸の内1-4-1")
        broken = member.create("companies", name="株式会社お断り", prefecture="東京都", city="千代田区", street="丸の内1-4-1")
        mine = member.create("companies", name="株式会社双子", prefecture="大阪府", city="大阪市北区", street="梅田1-1-1")
        self.check()
        rule = self.owner.post("/rules", {"object": "company", "check": {"kind": "format", "field": "name_kana", "pattern": "[0-9]{3}"}})
        self.assertEqual(rule.status, 201, rule)
        done = member.post("/register/proposals/accept", {"all": True, "matter": "number", "least_percent": 0})
        self.assertEqual(self.owner.delete("/rules/" + rule.json["id"]).status, 200)
        self.assertEqual((done.status, done.json["accepted"], done.json["refused"], done.json["next"]), (200, 1, 1, None), done)
        self.assertEqual([(each["id"], each["code"]) for each in done.json["problems"]], [(broken["id"], "rule_format")])
        self.assertEqual(self.owner.get("/companies/" + mine["id"]).json["corporate_number"], TWIN_B)
        for company in (theirs, broken):
            self.assertNotIn("corporate_number", self.owner.get("/companies/" + company["id"]).json)

    @unittest.skipUnless((REAL / "houjin_diff_20210714.csv").exists(), "the real files are not beside the repository")
    def test_5_real_files(self):
        for name, rows in (("houjin_diff_20210714.csv", 2772), ("houjin_diff_20230201_cp932.csv", 2299)):
            state = self.load((REAL / name).read_bytes(), name)
            self.assertEqual((state["load"]["status"], state["load"]["rows"]), ("done", rows), state)
        found = self.owner.get("/register/1010001097199").json["items"][0]
        self.assertEqual((found["name"], found["name_kana"], found["city"], found["street"]), ("株式会社MCAホールディングス", "エムシーエーホールディングス", "中央区", "銀座7丁目10番16号"))


if __name__ == "__main__":
    unittest.main()
