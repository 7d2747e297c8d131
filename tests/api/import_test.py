"""A list as it comes goes in, from the screen's API and from the command line."""
import json
import unittest
import urllib.parse

from daifuku import SHARED, Server, wait_for

REAL = SHARED / "data" / "real"

# file, records made on an empty ledger, records left out because they are in the file twice, cells of one record found by its name
REAL_FILES = [
    ("chiba_nursery_cp932.csv", 232, 0, None),
    ("chino_kokyo_shisetsu.csv", 93, 0, None),
    ("fictional_supermarket_store.csv", 53, 0, None),
    ("imabari_hoikuen.csv", 18, 0, None),
    ("ishikawa_saigai_byoin.csv", 10, 0, None),
    ("nakano_hoiku.csv", 57, 0, None),
    ("sabae_houjin.csv", 2143, 0, {"株式会社吉﨑鈑金": {"prefecture": "福井県", "city": "鯖江市"}}),
    ("shirasagi_shisetsu.csv", 10, 0, None),
    ("takamatsu_kaiin_kigyo.xlsx", 159, 0, None),
    ("takamatsu_koreisha_shisetsu.xlsx", 47, 0, None),
    ("takamatsu_shitei_fukuro_ten.xlsx", 524, 0, None),
    ("yaizu_chokubaijo.csv", 32, 0, None),
    ("yaizu_nouen.csv", 9, 0, None),
]

OLD_LIST = ("顧客名簿　2026年9月末,,,,,\r\n"
            "会社名,フリガナ,電話番号,メール,住所,備考\r\n"
            "㈱山田製作所,ﾔﾏﾀﾞｾｲｻｸｼｮ,０３－１２３４－５６７８,info@yamada.example.jp,東京都千代田区丸の内1-1-1,\"納品は, 裏口へ\n午前中のみ\"\r\n"
            "（有）髙橋商店,タカハシショウテン,0422-21-1234,,東京都武蔵野市吉祥寺本町1-2-3,表\r\n"
            "合同会社ソレイユ,,06-6123-4567,壊れたメール,大阪府大阪市北区梅田3-1,\r\n"
            ",,03-0000-1111,,,名前がない行\r\n").encode("cp932")


class Import(unittest.TestCase):
    def setUp(self):
        self.server = Server().start()
        self.owner = self.server.set_up()

    def tearDown(self):
        self.server.close()

    def upload(self, name, content, object="company"):
        return self.owner.request("POST", f"/api/v1/imports?object={object}&name=" + urllib.parse.quote(name), raw=content, content_type="application/octet-stream")

    def run_import(self, made):
        started = self.owner.post(f"/imports/{made['id']}/run")
        self.assertEqual(started.status, 202, started)
        return wait_for(lambda: (lambda now: now if now["status"] != "running" else None)(self.owner.get("/imports/" + made["id"]).json))

    def test_an_old_list(self):
        made = self.upload("名簿.csv", OLD_LIST)
        self.assertEqual(made.status, 201, made)
        found = made.json
        self.assertEqual((found["detected"]["format"], found["detected"]["encoding"], found["detected"]["header_row"]), ("csv", "cp932", 2))
        to = {column["header"]: column["to"] for column in found["columns"]}
        self.assertEqual(to["会社名"], "field:name")
        self.assertEqual(to["フリガナ"], "field:name_kana")
        self.assertEqual(to["電話番号"], "field:phone")
        done = self.run_import(found)
        self.assertEqual((done["status"], done["progress"]["created"], done["progress"]["failed"]), ("done", 3, 1))
        yamada = self.owner.get("/search", q="株式会社山田製作所").json["items"][0]
        record = self.owner.get("/companies/" + yamada["id"]).json
        self.assertEqual(record["name"], "㈱山田製作所")
        self.assertEqual(record["phone"], "03-1234-5678")
        self.assertEqual((record["prefecture"], record["city"]), ("東京都", "千代田区"))
        self.assertIn("裏口へ", record["note"])
        # What does not fit its field is not lost.
        soleil = self.owner.get("/search", q="ソレイユ").json["items"][0]
        self.assertIn("壊れたメール", self.owner.get("/companies/" + soleil["id"]).text)
        errors = self.owner.get(f"/imports/{found['id']}/errors.csv")
        self.assertIn("名前がない行", errors.body.decode("utf-8-sig"))
        undone = self.owner.post(f"/imports/{found['id']}/undo")
        self.assertEqual(undone.json["undone"], 3, undone)
        self.assertEqual(self.owner.get("/companies", total="exact").json["total"]["count"], 0)

    def test_people_find_or_make_their_company(self):
        company = self.owner.create("companies", name="株式会社既存商事")
        rows = "氏名,会社名,メールアドレス\n山田 太郎,㈱既存商事,taro@kizon.example.jp\n佐藤 花子,新規物産株式会社,hanako@shinki.example.jp\n鈴木 次郎,新規物産㈱,jiro@shinki.example.jp\n".encode("utf-8-sig")
        made = self.upload("担当者.csv", rows, "person").json
        done = self.run_import(made)
        self.assertEqual(done["progress"]["created"], 3, done)
        people = {row["title"]: self.owner.get("/people/" + row["id"]).json for row in self.owner.get("/people", limit=50).json["items"]}
        self.assertEqual(people["山田 太郎"]["company"]["id"], company["id"])
        self.assertEqual(people["佐藤 花子"]["company"]["id"], people["鈴木 次郎"]["company"]["id"])
        self.assertEqual(self.owner.get("/companies", total="exact").json["total"]["count"], 2)

    def test_a_cell_that_names_more_than_a_field_holds_is_refused(self):
        rows = "種類,内容,先方の出席者\n訪問,大勢,\"" + "、".join(f"出席{number}" for number in range(1_001)) + "\"\n"
        made = self.upload("活動.csv", rows.encode("utf-8-sig"), "activity").json
        self.assertIn("field:attendees", [column["to"] for column in made["columns"]])
        (row,) = made["preview"]
        self.assertIn("too_many_items", [problem["code"] for problem in row["problems"]])
        done = self.run_import(made)
        self.assertEqual((done["progress"]["linked"], self.owner.get("/people", total="exact").json["total"]["count"]), (0, 0))

    def test_the_preview_is_in_the_readers_language(self):
        made = self.upload("list.csv", "会社名,,業種,資本金\r\n見本工業,あ,建設業,1000000\r\n".encode())
        self.assertEqual(made.status, 201, made)
        for language, header, values in (("ja", "列2", ("建設業", "1,000,000円")), ("en", "Column 2", ("Construction", "¥1,000,000"))):
            told = self.owner.request("GET", "/api/v1/imports/" + made.json["id"], headers={"Accept-Language": language}).json
            self.assertEqual(told["columns"][1]["header"], header)
            row = told["preview"][0]["values"]
            self.assertEqual((row["name"], row["industry"], row["capital"]), ("見本工業", *values))

    def test_a_number_outside_its_limits_is_told_with_its_row(self):
        rows = "会社名,従業員数\n株式会社正,5\n株式会社負,-5\n株式会社損,▲12\n".encode("utf-8-sig")
        made = self.upload("従業員.csv", rows).json
        told = [(row, problem["message"]) for row in made["preview"] for problem in row["problems"]]
        self.assertEqual([message for _, message in told], ["0 以上の数を入れてください。"] * 2, made["preview"])
        english = self.owner.request("GET", "/api/v1/imports/" + made["id"], headers={"Accept-Language": "en"})
        self.assertIn("Enter 0 or more.", english.text)
        self.run_import(made)
        found = {row["title"]: self.owner.get("/companies/" + row["id"]).json for row in self.owner.get("/companies", limit=50).json["items"]}
        self.assertEqual(found["株式会社正"]["employees"], 5)
        for name, typed in (("株式会社負", "-5"), ("株式会社損", "▲12")):
            self.assertNotIn("employees", found[name])
            self.assertIn(typed, found[name]["note"])

    def test_bad_files_are_refused_with_words(self):
        for name, content in (("空.csv", b""), ("絵.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 100), ("古い.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), ("こわれた.xlsx", b"PK\x03\x04" + b"x" * 200)):
            answer = self.upload(name, content)
            self.assertIn(answer.status, (400, 413, 415, 422), (name, answer))
            self.assertGreater(len(answer.json["title"]), 10, name)
        self.assertEqual(self.owner.get("/companies", total="exact").json["total"]["count"], 0)

    def test_uploads_lie_sealed_on_disk(self):
        self.upload("名簿.csv", OLD_LIST)
        for path in self.server.data.rglob("*"):
            if path.is_file():
                content = path.read_bytes()
                self.assertNotIn("山田製作所".encode("cp932"), content, path)
                self.assertNotIn("山田製作所".encode(), content, path)

    def test_another_member_does_not_see_the_import(self):
        made = self.upload("名簿.csv", OLD_LIST).json
        member = self.server.add_user(self.owner, "hoka@example.jp")
        self.assertEqual(member.get("/imports/" + made["id"]).status, 404)
        self.assertEqual(member.post(f"/imports/{made['id']}/run").status, 404)
        self.assertEqual(member.get("/imports").json["items"], [])

    def test_export_and_its_right(self):
        self.owner.create("companies", name="=1+1株式会社", phone="03-1234-5678")
        answer = self.owner.get("/companies/export", format="csv", encoding="utf-8-bom")
        self.assertEqual(answer.status, 200, answer)
        self.assertTrue(answer.body.startswith(b"\xef\xbb\xbf"))
        self.assertIn("'=1+1株式会社", answer.body.decode("utf-8-sig"))
        member = self.server.add_user(self.owner, "dasenai@example.jp")
        self.assertEqual(member.get("/companies/export", format="csv").status, 403)

    @unittest.skipUnless(REAL.is_dir(), "../shared/data/real is not here")
    def test_real_files_from_the_screen(self):
        for name, created, skipped, cells in REAL_FILES:
            with self.subTest(name):
                made = self.upload(name, (REAL / name).read_bytes())
                self.assertEqual(made.status, 201, made)
                done = self.run_import(made.json)
                self.assertEqual((done["status"], done["progress"]["created"], done["progress"]["skipped"], done["progress"]["failed"]), ("done", created, skipped, 0))
                for wanted, fields in (cells or {}).items():
                    hit = self.owner.get("/search", q=wanted, objects="company").json["items"][0]
                    record = self.owner.get("/companies/" + hit["id"]).json
                    for key, value in fields.items():
                        self.assertEqual(record.get(key), value, (name, key))
                self.owner.post(f"/imports/{made.json['id']}/undo")
        self.assertEqual(self.owner.get("/companies", total="exact").json["total"]["count"], 0)

    @unittest.skipUnless(REAL.is_dir(), "../shared/data/real is not here")
    def test_a_damaged_file_is_mended_and_told(self):
        made = self.upload("aed.csv", (REAL / "ishikawa_aed_mojibake.csv").read_bytes()).json
        self.assertIn("mojibake_mended", [notice["code"] for notice in made["notices"]])
        self.assertIn("名称", [column["header"] for column in made["columns"]])
        self.assertEqual(made["detected"]["rows"], 286)

    @unittest.skipUnless(REAL.is_dir(), "../shared/data/real is not here")
    def test_a_large_undo_goes_on_without_the_request(self):
        made = self.upload("多数.csv", ("会社名\n" + "".join(f"多数{number}商会\n" for number in range(2_500))).encode()).json
        self.assertEqual(self.run_import(made)["progress"]["created"], 2_500)
        path = "/imports/" + made["id"]
        started = self.owner.post(path + "/undo")
        self.assertEqual(started.status, 202, started)
        self.assertIn(started.json["status"], ("undoing", "undone"))
        self.assertEqual(self.owner.post(path + "/undo").json["code"], "import_not_undoable")
        # Others write meanwhile, and a server that stops finishes it when it starts again.
        self.owner.create("companies", name="ほかの商会")
        self.server.stop()
        self.server.start()
        done = wait_for(lambda: (lambda now: now if now["status"] != "undoing" else None)(self.owner.get(path).json))
        self.assertEqual((done["status"], done["undo"]["skipped"]), ("undone", 0))
        self.assertEqual([row["title"] for row in self.owner.get("/companies").json["items"]], ["ほかの商会"])
        self.assertEqual(self.owner.get("/companies", deleted=1, total="exact").json["total"]["count"], 2_500)

    def test_from_the_command_line(self):
        self.server.stop()
        dry = self.server.command("import", "company", REAL / "takamatsu_kaiin_kigyo.xlsx", "--dry-run")
        self.assertEqual(dry.returncode, 0, dry.stderr)
        run = self.server.command("import", "company", REAL / "takamatsu_kaiin_kigyo.xlsx")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertIn("159", run.stdout)
        old = self.server.command("import", "company", REAL / "tokyo_hoikusho_2017.xls")
        self.assertEqual(old.returncode, 1)
        self.assertIn(".xlsx", old.stderr)
        self.server.start()
        self.owner.connection = None
        self.assertEqual(self.owner.get("/companies", total="exact").json["total"]["count"], 159)
        self.assertTrue(self.owner.get("/search", q="ＳＴＮet").json["items"])


if __name__ == "__main__":
    unittest.main()
