"""Recall 100 % over spellings, and no silly hits."""

from daifuku import LedgerTest, wait_for

# what is stored -> what people type to find it
CASES = [
    ({"name": "株式会社山田製作所", "name_kana": "ヤマダセイサクショ", "phone": "03-1234-5678", "email": "info@yamada-seisaku.example.jp", "postal_code": "1000001", "prefecture": "東京都", "city": "千代田区", "street": "千代田1-1"},
     ["㈱山田製作所", "山田製作所", "山田", "製作", "㈱山田", "(株)山田", "株式会社山田", "ヤマダ", "やまだ", "ﾔﾏﾀﾞ", "やまだせいさくしょ", "03-1234-5678", "0312345678", "03-1234", "０３（１２３４）５６７８", "5678", "@yamada", "yamada-seisaku", "info@yamada", "100-0001",
      "千代田", "東京都千代田区", "山", "田", "作所", "山田 東京"]),
    ({"name": "髙橋商店㈲", "name_kana": "タカハシショウテン", "phone": "(0422)21-1234"}, ["高橋商店", "髙橋", "有限会社高橋", "タカハシ", "たかはし", "ﾀｶﾊｼ", "0422-21", "高", "橋商"]),
    ({"name": "サーバー・システムズ合同会社", "name_kana": "サーバーシステムズ"}, ["サーバ", "サーバー", "ｻｰﾊﾞｰ", "さーばー", "システムズ", "サーバーシステムズ", "バ", "合同会社サーバー"]),
    ({"name": "ＤＭＭ．ｃｏｍ合同会社", "website": "https://www.dmm.example/"}, ["DMM", "dmm.com", "ｄｍｍ", "mm.c"]),
    ({"name": "斎藤醸造株式会社"}, ["斉藤", "齋藤醸造", "齊藤", "斎藤", "醸造"]),
    ({"name": "株式会社ヶ丘ケーキ", "name_kana": "ガオカケーキ"}, ["ケーキ", "けーき", "ヶ丘", "ケ丘"]),
    ({"name": "佐々木電機"}, ["佐々木", "佐佐木", "々木", "電機"]),
    ({"name": "㈱渡邊鉄工"}, ["渡辺", "渡邉", "渡邊鉄工", "鐵工", "鉄工"]),
    ({"name": "ニッカ珈琲"}, ["ニッカ", "にっか", "ﾆｯｶ", "珈琲"]),
    ({"name": "ABC Trading Co., Ltd.", "email": "Sales@ABC-Trading.example"}, ["abc", "ＡＢＣ", "trading", "rading", "sales@abc", "bc tra"]),
]
ABSENT = ["株式会社", "日華", "存在しない会社", "03-9999", "@nowhere", "山本", "製作部", "サーパー", "東京都港区"]


class Search(LedgerTest):
    @classmethod
    def prepare(cls):
        cls.stored = [(cls.owner.create("companies", **fields)["id"], queries) for fields, queries in CASES]
        cls.person = cls.owner.create("people", family_name="髙﨑", given_name="さくら", family_kana="タカサキ", given_kana="サクラ", mobile="090-1111-2222", email="sakura.takasaki@example.ne.jp")

    def ids(self, typed, **more):
        answer = self.owner.get("/search", q=typed, limit=50, **more)
        self.assertEqual(answer.status, 200, answer)
        return [row["id"] for row in answer.json["items"]]

    def test_recall(self):
        missed = [(typed, n) for n, (record, queries) in enumerate(self.stored) for typed in queries if record not in self.ids(typed)]
        self.assertEqual(missed, [])

    def test_recall_in_the_list(self):
        missed = [typed for record, queries in self.stored for typed in queries if record not in [row["id"] for row in self.owner.get("/companies", q=typed, limit=200).json["items"]]]
        self.assertEqual(missed, [])

    def test_people(self):
        for typed in ("高崎", "髙﨑さくら", "高崎 さくら", "たかさき", "ﾀｶｻｷ", "09011112222", "090-1111", "sakura", "takasaki@", "さくら", "崎さ"):
            self.assertIn(self.person["id"], self.ids(typed), typed)

    def test_no_silly_hits(self):
        for typed in ABSENT[1:]:
            self.assertEqual(self.ids(typed), [], typed)

    def test_the_exact_name_comes_first(self):
        for n in range(5):
            self.owner.create("companies", name=f"山田製作所第{n}工場")
        self.assertEqual(self.ids("株式会社山田製作所", objects="company")[0], self.stored[0][0])

    def test_odd_queries_are_harmless(self):
        for typed in ("", " ", "%", "_", '"', "*", "NEAR(", "' OR 1=1 --", "^a", "-山田", "\u0000", "山田\u0000", "(" * 200, "あ" * 2000, "🍡"):
            answer = self.owner.get("/search", q=typed)
            self.assertIn(answer.status, (200, 400, 414, 422, 431), repr(typed[:40]))

    def test_changes_are_found_at_once(self):
        made = self.owner.create("companies", name="変更前食品")
        self.owner.patch("/companies/" + made["id"], {"name": "変更後食品"})
        self.assertIn(made["id"], self.ids("変更後"))
        self.assertNotIn(made["id"], self.ids("変更前"))
        self.owner.delete("/companies/" + made["id"])
        self.assertNotIn(made["id"], self.ids("変更後"))
        self.owner.post(f"/companies/{made['id']}/restore")
        self.assertIn(made["id"], self.ids("変更後"))


class ManyHits(LedgerTest):
    """A word that thousands of records have, with a filter and a sort that only some of them meet."""

    MANY = 12_500

    @classmethod
    def prepare(cls):
        cls.old = cls.owner.create("companies", name="海山商店那覇店", prefecture="沖縄県", employees=7)["id"]
        cls.other = cls.owner.create("companies", name="石垣水産", prefecture="沖縄県", employees=9)["id"]
        lines = "会社名,都道府県,従業員数\r\n" + "".join(f"海山商店第{n}号店,東京都,{n}\r\n" for n in range(cls.MANY))
        made = cls.owner.request("POST", "/api/v1/imports?object=company&name=many.csv", raw=lines.encode("cp932"), content_type="application/octet-stream").json
        cls.owner.post(f"/imports/{made['id']}/run", {})
        state = wait_for(lambda: (s := cls.owner.get(f"/imports/{made['id']}").json)["status"] not in ("analyzing", "ready", "running") and s, seconds=300)
        if state["progress"]["created"] != cls.MANY:
            raise AssertionError(state)

    def names(self, **query):
        answer = self.owner.get("/companies", **query)
        self.assertEqual(answer.status, 200, answer)
        return [row["title"] for row in answer.json["items"]]

    def test_the_filter_reaches_behind_thousands_of_hits(self):
        for sort in ("-updated_at", "employees", "-name_kana"):
            self.assertEqual(self.names(q="海山", filter='{"prefecture":{"eq":"沖縄県"}}', sort=sort), ["海山商店那覇店"])

    def test_sorted_by_another_field(self):
        found = self.names(q="海山商店", sort="employees", limit=20)
        # Stores 0 to 6, the old one with 7 employees among those with 7, then on.
        self.assertEqual(found[:7], [f"海山商店第{n}号店" for n in range(7)])
        self.assertEqual(sorted(found[7:9]), ["海山商店第7号店", "海山商店那覇店"])
        self.assertEqual(self.names(q="海山商店", sort="-employees", limit=3), [f"海山商店第{self.MANY - n}号店" for n in (1, 2, 3)])

    def test_pages_go_through_all_of_them(self):
        seen, after = [], None
        for _ in range(4):
            query = {"q": "海山", "sort": "employees", "limit": 200} | ({"after": after} if after else {})
            answer = self.owner.get("/companies", **query).json
            seen += [row["id"] for row in answer["items"]]
            after = answer["next"]
        self.assertEqual((len(seen), len(set(seen))), (800, 800))
        jumped = self.owner.get("/companies", q="海山", sort="employees", limit=200, offset=600).json
        self.assertEqual([row["id"] for row in jumped["items"]], seen[600:])

    def test_totals_say_whether_they_are_exact(self):
        self.assertEqual(self.owner.get("/companies", q="海山", total="1").json["total"], {"count": 1000, "exact": False})
        self.assertEqual(self.owner.get("/companies", q="海山", total="exact").json["total"], {"count": self.MANY + 1, "exact": True})
        self.assertEqual(self.owner.get("/companies", q="那覇", total="1").json["total"], {"count": 1, "exact": True})
