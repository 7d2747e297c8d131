"""Postal codes and addresses: the built-in table, the files of Japan Post in its place, and a line taken apart."""
import csv
import gzip
import io
import unicodedata
import unittest
import zipfile

from daifuku import SHARED, LedgerTest

REFERENCE = SHARED / "data/postal/postal.tsv.gz"
# One town of each prefecture is the least that is taken for all Japan.
PREFECTURES = ("北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 "
               "滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県").split()


def table(rows, encoding="cp932"):
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode(encoding)


def town(prefecture, code, city, name, kana="ｶﾅ", city_kana="ｼ"):
    jis = f"{PREFECTURES.index(prefecture) + 1:02}999"
    return [jis, code[:5], code, "ｹﾝ", city_kana, kana, prefecture, city, name, "0", "0", "0", "0", "0", "0"]


def everywhere():
    return [town(name, f"{at + 1:02}00000", "どこか市", "以下に掲載がない場合") for at, name in enumerate(PREFECTURES)]


def half_width(text):
    marks = {"\u3099": "ﾞ", "\u309a": "ﾟ"}
    narrow = {unicodedata.normalize("NFKC", chr(c)): chr(c) for c in range(0xFF61, 0xFFA0)}
    return "".join(marks.get(c) or narrow.get(c, c) for c in unicodedata.normalize("NFD", text))


class Postal(LedgerTest):
    def items(self, code):
        return self.owner.get("/postal/" + code).json["items"]

    def load(self, content, who=None):
        return (who or self.owner).request("POST", "/api/v1/reference/postal", raw=content, content_type="application/octet-stream")

    def tearDown(self):
        self.assertEqual(self.owner.delete("/reference/postal").status, 204)

    def test_the_built_in_table(self):
        self.assertEqual([(each["prefecture"], each["city"], each["town"], each["town_kana"]) for each in self.items("1000001")],
                         [("東京都", "千代田区", "千代田", "チヨダ")])
        self.assertEqual(self.items("0000000"), [])
        state = self.owner.get("/reference/postal").json
        self.assertFalse(state["towns"]["loaded"] or state["offices"]["loaded"])
        self.assertGreater(state["towns"]["rows"], 110_000)
        found = self.owner.get("/postal", prefecture="東京都", city="千代田区", street="千代田1-1").json["items"]
        self.assertEqual([(each["postal_code"], each["exact"]) for each in found], [("1000001", True)])
        # Without its parts the street is read as the whole address.
        found = self.owner.get("/postal", street="東京都千代田区千代田1-1").json["items"]
        self.assertEqual([each["postal_code"] for each in found], ["1000001"])

    def test_a_line_is_taken_apart(self):
        split = self.owner.get("/addresses", text="東京都千代田区千代田1-1 皇居ビル3F").json
        self.assertEqual((split["prefecture"], split["city"], split["street"], split["building"]), ("東京都", "千代田区", "千代田1-1", "皇居ビル3F"))
        self.assertEqual((split["postal_code"], split["postal_code_guessed"]), ("1000001", True))
        self.assertEqual(self.owner.get("/addresses", text="山田ビル").json, {"found": False})
        self.assertEqual(self.owner.get("/addresses", text="あ" * 400).status, 422)

    def test_files_of_japan_post_take_its_place(self):
        rows = everywhere() + [
            town("愛知県", "4980000", "弥富市", "五明", "ｺﾞﾐﾖｳ"), town("愛知県", "4980000", "弥富市", "鎌島", "ｶﾏｼﾞﾏ"),
            town("北海道", "0660005", "千歳市", "協和（８８－２、", "ｷｮｳﾜ(88-2､"), town("北海道", "0660005", "千歳市", "２７１－１０番地）", "271-10ﾊﾞﾝﾁ)")]
        answer = self.load(table(rows))
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual((answer.json["towns"]["loaded"], answer.json["towns"]["rows"], answer.json["offices"]["loaded"]), (True, 50, False))
        self.assertRegex(answer.json["towns"]["loaded_on"], r"^20\d\d-\d\d-\d\d$")
        self.assertEqual([(each["town"], each["town_kana"]) for each in self.items("4980000")], [("五明", "ゴミヨウ"), ("鎌島", "カマジマ")])
        self.assertEqual([(each["town"], each["town_kana"], each["note"]) for each in self.items("0660005")], [("協和", "キョウワ", "８８－２、２７１－１０番地")])
        # Offices stay those of the built-in table until their own file comes.
        self.assertTrue(self.items("0608621")[0]["office"])
        offices = [[f"{at + 1:02}999", "ﾔﾏﾀﾞｼﾖｳｼﾞ", "株式会社　山田商事", name, "どこか市", "本町", "１－１", f"{at + 1:02}99999", "06086", "局", "0", "0", "0"]
                   for at, name in enumerate(PREFECTURES)]
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("JIGYOSYO.CSV", table(offices, "utf-8"))
        self.assertEqual(self.load(packed.getvalue()).status, 200)
        self.assertEqual([(each["office"], each["office_kana"], each["town"]) for each in self.items("0199999")], [("株式会社　山田商事", "ヤマダシヨウジ", "本町")])
        self.assertEqual(self.items("0608621"), [])
        # A running server sees what the command loads, and both read the same files.
        (self.server.folder / "ken_all.csv").write_bytes(table(everywhere(), "utf-8-sig"))
        self.server.stop()
        done = self.server.command("postal", "load", self.server.folder / "ken_all.csv")
        self.assertEqual((done.returncode, done.stdout), (0, "ken_all.csv: 町域 47 件（郵便番号 47 件）を読み込みました。\n"), done.stderr)
        self.server.start()
        self.assertEqual(self.items("4980000"), [])

    def test_what_is_wrong_changes_nothing(self):
        cases = [(table(everywhere()[:20]), "postal_file_partial"), (b"a,b,c\r\n1,2,3\r\n", "postal_file_unknown"),
                 (table(everywhere() + [["13101", "x", "12", *[""] * 12]]), "postal_file_line"),
                 (table(everywhere() + [town("東京都", "1000001", "千代田区", "千代田（１")]), "postal_file_line")]
        for content, code in cases:
            answer = self.load(content)
            self.assertEqual((answer.status, answer.json["code"]), (422, code), answer)
        empty = io.BytesIO()
        with zipfile.ZipFile(empty, "w") as archive:
            archive.writestr("readme.txt", "x")
        self.assertEqual(self.load(empty.getvalue()).json["code"], "public_file_not_csv")
        self.assertFalse(self.owner.get("/reference/postal").json["towns"]["loaded"])
        member = self.server.add_user(self.owner, "yubin@example.jp")
        self.assertEqual(self.load(table(everywhere()), member).status, 403)
        self.assertEqual(member.delete("/reference/postal").status, 403)
        self.assertEqual(len(member.get("/postal/1000001").json["items"]), 1)

    @unittest.skipUnless(REFERENCE.exists(), "the reference data is not beside the repository")
    def test_every_row_of_the_reference_comes_back(self):
        towns, offices, expected = [], [], {}
        for line in gzip.open(REFERENCE, "rt", encoding="utf-8").read().split("\n")[1:]:
            if not line:
                continue
            code, jis, prefecture, city, name, _, city_kana, kana, street, office, office_kana = line.split("\t")
            if office:
                offices.append([jis, half_width(office_kana), office, prefecture, city, name, street, code, code[:5], "局", "0", "0", "0"])
            else:
                towns.append([jis, code[:5], code, "", half_width(city_kana), half_width(kana), prefecture, city, name or "以下に掲載がない場合", *["0"] * 6])
            expected.setdefault(code, set()).add((prefecture, city, name, office))
        # 檮 and others stand outside CP932 in the files themselves; UTF-8 holds all.
        for rows in (towns, offices):
            content = table(rows, "utf-8")
            self.items("1000001")  # A connection that was idle for long is made anew.
            answer = self.load(content)
            self.assertEqual(answer.status, 200, answer)
        wrong = 0
        for code in sorted(expected)[::40] + ["4520961", "4801103", "4980000"]:
            found = {(each["prefecture"], each["city"], each["town"], each.get("office", "")) for each in self.items(code)}
            wrong += found != expected[code]
        self.assertEqual(wrong, 0)
        self.assertEqual(len(self.items("4520961")), len(expected["4520961"]))


if __name__ == "__main__":
    unittest.main()
