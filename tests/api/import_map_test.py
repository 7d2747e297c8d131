"""Files of other products are recognised, rows become several records, and column maps are kept and shared."""
import json
import os
import pathlib
import unittest
import urllib.parse

from daifuku import SHARED, Server, wait_for

SANSAN = ("会社名,部署,役職,姓,名,姓カナ,名カナ,TEL1,携帯番号,Fax,email1,URL1,郵便番号,住所1,名刺交換日,名刺ID,名刺所有者\r\n"
          "株式会社青葉工業,営業部,部長,山田,太郎,ヤマダ,タロウ,03-1111-2222,090-1111-2222,03-1111-2223,taro@aoba.example.jp,https://aoba.example.jp/,100-0005,東京都千代田区丸の内1-2-3,2025/04/01,1001,田中\r\n"
          "㈱青葉工業,技術部,課長,佐藤,花子,サトウ,ハナコ,03-1111-2225,080-3333-4444,,hanako@aoba.example.jp,,100-0005,東京都千代田区丸の内1-2-3,2025/05/10,1002,田中\r\n")

ECCUBE = ("注文ID,注文番号,会員ID,お名前(姓),お名前(名),メールアドレス,TEL,郵便番号,都道府県(名称),住所1,住所2,対応状況(名称),受注日,合計,注文詳細ID,商品名,価格,個数,税率\r\n"
          "1,1001,7,鈴木,一郎,ichiro@mail.example.jp,09012345678,530-0001,大阪府,大阪市北区梅田,1-2-3,発送済み,2025-06-01 10:00:00,3300,1,大福,100,20,10\r\n"
          "1,1001,7,鈴木,一郎,ichiro@mail.example.jp,09012345678,530-0001,大阪府,大阪市北区梅田,1-2-3,発送済み,2025-06-01 10:00:00,3300,2,最中,500,2,10\r\n"
          "2,1002,7,鈴木,一郎,ichiro@mail.example.jp,09012345678,530-0001,大阪府,大阪市北区梅田,1-2-3,新規受付,2025-06-09 12:30:00,110,3,大福,100,1,10\r\n")

VCARDS = ("BEGIN:VCARD\r\nVERSION:3.0\r\nN:高橋;次郎;;;\r\nFN:高橋 次郎\r\nX-PHONETIC-LAST-NAME:タカハシ\r\nX-PHONETIC-FIRST-NAME:ジロウ\r\n"
          "ORG:合同会社みどり;企画部\r\nTITLE:主任\r\nTEL;TYPE=CELL:070-1111-2222\r\nTEL;TYPE=WORK:06-1234-5678\r\nEMAIL:jiro@midori.example.jp\r\n"
          "ADR;TYPE=WORK:;;梅田1-1-1;大阪市北区;大阪府;530-0001;\r\nNOTE:展示会で\\n名刺交換\r\nPHOTO;ENCODING=b:AAAA\r\n BBBB\r\nEND:VCARD\r\n")

MAPS = pathlib.Path(__file__).parents[2] / "src/exchange/maps"

# A file of each kind, in small: map, object, text, values of the first row, values of its parts.
SAMPLES = [
    ("salesforce_account", "company", "取引先名,電話,業種,年間売上,従業員数,町名・番地(請求先),市区郡(請求先),都道府県(請求先),郵便番号(請求先),Web サイト,説明\n株式会社青葉,03-1111-2222,製造業,120000000,45,丸の内1-2-3,千代田区,東京都,100-0005,https://aoba.example.jp,金属加工\n",
     {"name": "株式会社青葉", "city": "千代田区", "employees": "45"}, {}),
    ("salesforce_account", "company", "Id,Name,Phone,Industry,AnnualRevenue,NumberOfEmployees,BillingStreet,BillingCity,BillingState,BillingPostalCode\n0011x,Aoba K.K.,03-1111-2222,Manufacturing,120000000,45,1-2-3 Marunouchi,Chiyoda,Tokyo,100-0005\n", {"name": "Aoba K.K."}, {}),
    ("salesforce_contact", "person", "姓,名,取引先名,役職,部署,メール,電話,携帯,町名・番地(郵送先),市区郡(郵送先),都道府県(郵送先),郵便番号(郵送先)\n山田,太郎,株式会社青葉,部長,営業部,taro@aoba.example.jp,03-1111-2222,090-1111-2222,丸の内1-2-3,千代田区,東京都,100-0005\n",
     {"family_name": "山田", "job_title": "部長"}, {"company": {"name": "株式会社青葉"}}),
    ("salesforce_lead", "person", "Last Name,First Name,Company,Title,Email,Phone,Lead Status,Lead Source,Street,City,State,Zip/Postal Code,Annual Revenue\n山田,太郎,株式会社青葉,部長,taro@aoba.example.jp,03-1111-2222,Open,Web,丸の内1-2-3,千代田区,東京都,100-0005,5000000\n",
     {"given_name": "太郎", "source": "ホームページ"}, {"company": {"name": "株式会社青葉", "city": "千代田区"}}),
    ("salesforce_opportunity", "deal", "商談名,取引先名,フェーズ,金額,完了予定日,確度 (%),次のステップ\n看板の更新,株式会社青葉,Proposal/Price Quote,500000,2026/6/30,60,見積の説明\n", {"name": "看板の更新", "stage": "見積提出"}, {"company": {"name": "株式会社青葉"}}),
    ("hubspot_contacts", "person", "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Marketing contact status,Associated Company,Lifecycle Stage\n51,太郎,山田,taro@aoba.example.jp,03-1111-2222,,,Marketing contact,株式会社青葉,Marketing Qualified Lead\n",
     {"family_name": "山田", "stage": "見込み"}, {"company": {"name": "株式会社青葉"}}),
    ("hubspot_companies", "company", "Record ID,Company name,Company owner,Phone Number,City,Country/Region,Industry,Company Domain Name\n71,株式会社青葉,,03-1111-2222,千代田区,Japan,製造業,aoba.example.jp\n", {"name": "株式会社青葉", "city": "千代田区"}, {}),
    ("hubspot_deals", "deal", "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Associated Company\n81,看板の更新,Closed Won,2026-06-30 10:00,,500000,株式会社青葉\n", {"name": "看板の更新", "stage": "受注"}, {"company": {"name": "株式会社青葉"}}),
    ("zoho_accounts", "company", "Record Id,Account Owner.id,Account Owner,Account Name,Phone,Website,Employees,Billing Street,Billing City,Billing State,Billing Code\nzcrm_1,zcrm_9,,株式会社青葉,03-1111-2222,https://aoba.example.jp,45,丸の内1-2-3,千代田区,東京都,100-0005\n", {"name": "株式会社青葉", "postal_code": "100-0005"}, {}),
    ("zoho_contacts", "person", "Record Id,First Name,Last Name,Account Name.id,Account Name,Email,Phone,Mobile,Mailing Street,Mailing City,Mailing State,Mailing Zip\nzcrm_2,太郎,山田,zcrm_1,株式会社青葉,taro@aoba.example.jp,03-1111-2222,090-1111-2222,丸の内1-2-3,千代田区,東京都,100-0005\n", {"family_name": "山田"}, {"company": {"name": "株式会社青葉"}}),
    ("frevocrm_accounts", "company", "顧客企業番号,顧客企業名,代表電話番号,Webサイト,業界,従業員数\nACC1,株式会社青葉,03-1111-2222,https://aoba.example.jp,製造業,45\n", {"name": "株式会社青葉", "code": "ACC1"}, {}),
    ("frevocrm_contacts", "person", "姓,名,顧客企業名,役職,勤務先電話番号,メールアドレス,市町村区 (郵送先)\n山田,太郎,株式会社青葉,部長,03-1111-2222,taro@aoba.example.jp,千代田区\n", {"family_name": "山田", "city": "千代田区"}, {"company": {"name": "株式会社青葉"}}),
    ("frevocrm_potentials", "deal", "案件番号,案件名,顧客企業名,営業ステージ,金額,完了予定日\nPOT1,看板の更新,株式会社青葉,最終交渉,500000,2026-06-30\n", {"stage": "交渉・最終確認"}, {"company": {"name": "株式会社青葉"}}),
    ("kintone_customers", "person", "レコード番号,更新者,作成者,会社名,部署名,担当者名,郵便番号,住所,TEL,FAX,メールアドレス,備考\n1,user,user,株式会社青葉,営業部,山田 太郎,100-0005,東京都千代田区丸の内1-2-3,03-1111-2222,03-1111-2223,taro@aoba.example.jp,紹介\n",
     {"name": "山田 太郎", "note": "紹介"}, {"company": {"name": "株式会社青葉", "city": "千代田区"}}),
    ("eight", "person", "04月04日にEightで生成された名刺リストです。\n合計 1 件\n*注意事項\n\n会社名,部署名,役職,氏名,e-mail,郵便番号,住所,TEL会社,TEL部門,TEL直通,FAX,携帯電話,URL,名刺交換日,Eightでつながっている人,再データ化中の名刺,'?'を含んだデータ\n株式会社青葉,営業部,部長,山田 太郎,taro@aoba.example.jp,100-0005,東京都千代田区丸の内1-2-3,03-1111-2222,,,,090-1111-2222,https://aoba.example.jp,2025/04/01,1,,\n",
     {"name": "山田 太郎", "mobile": "090-1111-2222"}, {"company": {"name": "株式会社青葉", "phone": "03-1111-2222"}}),
    ("card_ledger", "person", "会社名,部署名,役職,氏名,郵便番号(1),住所(1)［全て］,TEL-1(1),FAX(1),Email(1)\n株式会社青葉,営業部,部長,山田 太郎,100-0005,東京都千代田区丸の内1-2-3,03-1111-2222,03-1111-2223,taro@aoba.example.jp\n", {"name": "山田 太郎"}, {"company": {"name": "株式会社青葉"}}),
    ("outlook_contacts", "person", "First Name,Last Name,Given Yomi,Surname Yomi,Company,Department,Job Title,Business Street,Business City,Business State,Business Postal Code,Business Country/Region,Business Fax,Business Phone,Mobile Phone,Categories,E-mail Address,E-mail Type,Notes,Web Page\n太郎,山田,タロウ,ヤマダ,株式会社青葉,営業部,部長,丸の内1-2-3,千代田区,東京都,100-0005,日本,03-1111-2223,03-1111-2222,090-1111-2222,取引先,taro@aoba.example.jp,SMTP,紹介,https://aoba.example.jp\n",
     {"family_kana": "ヤマダ", "mobile": "090-1111-2222", "note": "紹介"}, {"company": {"name": "株式会社青葉", "city": "千代田区"}}),
    ("outlook_contacts", "person", "名,姓,会社名,部署,役職,番地 (会社),市区町村 (会社),都道府県 (会社),郵便番号 (会社),会社 FAX,会社電話,携帯電話,電子メール アドレス,電子メールの種類,電子メール表示名,メモ\n太郎,山田,株式会社青葉,営業部,部長,丸の内1-2-3,千代田区,東京都,100-0005,03-1111-2223,03-1111-2222,090-1111-2222,taro@aoba.example.jp,SMTP,山田 太郎,紹介\n",
     {"family_name": "山田", "email": "taro@aoba.example.jp"}, {"company": {"name": "株式会社青葉", "postal_code": "100-0005"}}),
    ("google_contacts", "person", "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Last Name,Organization Name,Organization Title,Organization Department,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Label,Address 1 - Street,Address 1 - City,Address 1 - Region,Address 1 - Postal Code\n太郎,,山田,タロウ,ヤマダ,株式会社青葉,部長,営業部,紹介,* myContacts,Work,taro@aoba.example.jp,Mobile,090-1111-2222,Home,丸の内1-2-3,千代田区,東京都,100-0005\n",
     {"given_kana": "タロウ", "department": "営業部", "city": "千代田区"}, {"company": {"name": "株式会社青葉"}}),
    ("google_contacts", "person", "Name,Given Name,Family Name,Given Name Yomi,Family Name Yomi,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Organization 1 - Name,Organization 1 - Title\n山田 太郎,太郎,山田,タロウ,ヤマダ,* myContacts,Work,taro@aoba.example.jp,Work,03-1111-2222,株式会社青葉,部長\n",
     {"family_kana": "ヤマダ", "phone": "03-1111-2222"}, {"company": {"name": "株式会社青葉"}}),
    ("eccube_customers", "person", "会員ID,お名前(姓),お名前(名),お名前(セイ),お名前(メイ),会社名,郵便番号,都道府県(名称),住所1,住所2,メールアドレス,TEL,性別(名称),誕生日,購入回数,会員ステータス(名称)\n7,鈴木,一郎,スズキ,イチロウ,,5300001,大阪府,大阪市北区梅田,1-2-3,ichiro@mail.example.jp,09012345678,男性,1980-01-02,3,本会員\n",
     {"family_name": "鈴木", "code": "7", "sex": "男性"}, {}),
    ("shopify_orders", "order_line", "Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem taxable,Billing Name,Billing City,Billing Zip\n#1001,ichiro@mail.example.jp,paid,2025-06-01 10:00:00 +0900,fulfilled,JPY,3300,3300,2025-06-01 10:00:00 +0900,20,大福,110,D1,true,鈴木 一郎,大阪市北区,'530-0001\n#1001,,,,,,,,,2,最中,550,M1,true,,,\n",
     {"description": "大福", "unit_price": "110円"}, {"order": {"number": "#1001", "status": "納品済み"}, "order.person": {"name": "鈴木 一郎"}}),
    ("shopify_customers", "person", "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address Address1,Default Address City,Default Address Zip,Phone,Total Spent,Tags,Note\n123,一郎,鈴木,ichiro@mail.example.jp,yes,,1-2-3,大阪市北区,530-0001,090-1234-5678,3300,常連,大福好き\n", {"family_name": "鈴木", "tags": "常連"}, {}),
    ("base_orders", "order_line", "注文ID,注文日時,氏(請求先),名(請求先),郵便番号(請求先),都道府県(請求先),住所(請求先),電話番号(請求先),メールアドレス(請求先),商品名,バリエーション,価格,税率,数量,合計金額,発送状況\nABC123,2025-06-01 10:00:00,鈴木,一郎,530-0001,大阪府,大阪市北区梅田1-2-3,09012345678,ichiro@mail.example.jp,大福,つぶあん,110,8,20,2200,発送済み\n",
     {"description": "大福", "tax": "不課税"}, {"order": {"number": "ABC123", "status": "納品済み"}, "order.person": {"family_name": "鈴木"}}),
    ("rakuten_orders", "order_line", "注文番号,ステータス名,注文日時,注文者名字,注文者名前,注文者住所:都道府県,注文者住所:都市区,注文者住所:町以降,商品名,単価,個数,税込別\n123456-20250601-00001,発送済,2025-06-01 10:00:00,鈴木,一郎,大阪府,大阪市北区,梅田1-2-3,大福,110,20,税込\n",
     {"description": "大福", "tax": "不課税"}, {"order": {"number": "123456-20250601-00001", "status": "納品済み"}, "order.person": {"family_name": "鈴木"}}),
]


class ImportMaps(unittest.TestCase):
    def setUp(self):
        self.server = Server().start()
        self.owner = self.server.set_up()

    def tearDown(self):
        self.server.close()

    def upload(self, name, content, object="", who=None):
        raw = content if isinstance(content, bytes) else content.encode("utf-8-sig")
        query = f"name={urllib.parse.quote(name)}" + (f"&object={object}" if object else "")
        made = (who or self.owner).request("POST", f"/api/v1/imports?{query}", raw=raw, content_type="application/octet-stream")
        self.assertEqual(made.status, 201, made)
        return made.json

    def run_import(self, made, who=None):
        who = who or self.owner
        started = who.post(f"/imports/{made['id']}/run")
        self.assertEqual(started.status, 202, started)
        return wait_for(lambda: (lambda run: run if run["status"] not in ("running",) else None)(who.get("/imports/" + made["id"]).json))

    def all(self, plural):
        return [self.owner.get(f"/{plural}/{row['id']}").json for row in self.owner.get("/" + plural, limit=100).json["items"]]

    def count(self, plural):
        return self.owner.get("/" + plural, total="exact").json["total"]["count"]

    def test_a_file_of_each_kind_is_recognised(self):
        for id, object, text, values, parts in SAMPLES:
            with self.subTest(map=id):
                made = self.upload(id + ".csv", text)
                self.assertEqual((made.get("map", {}).get("id"), made["object"], made["problems"]), (id, object, []))
                row = made["preview"][0]
                self.assertEqual(row["action"], "create", row)
                self.assertEqual({key: row["values"].get(key) for key in values}, values)
                found = {part["path"]: part["values"] for part in row["parts"]} if parts else {}
                for path, wanted in parts.items():
                    self.assertEqual({key: found.get(path, {}).get(key) for key in wanted}, wanted, path)
        self.assertEqual({sample[0] for sample in SAMPLES} | {"sansan", "eccube_orders", "vcard", "ics_activities", "ics_tasks"}, {path.stem for path in MAPS.glob("*.json")}, "each has a sample")

    def test_every_column_of_the_ready_maps_leads_to_a_field(self):
        objects = {object["key"]: object for object in self.owner.get("/metadata").json["objects"]}
        for path in sorted(MAPS.glob("*.json")):
            map = json.loads(path.read_text())
            self.assertTrue(map["source"] and map["certainty"], path.name)
            for heading, to in map["columns"].items():
                if to in ("note", "ignore", "owner_id"):
                    continue
                *steps, key = to.removeprefix("field:").split(".")
                object = objects[map["object"]]
                for step in steps:
                    link = next((field for field in object["fields"] if field["key"] == step), None)
                    self.assertTrue(link, (path.name, heading, to))
                    object = objects[link["target"]]
                self.assertIn(key, [field["key"] for field in object["fields"] + object["wholes"]], (path.name, heading, to))

    def test_cards_of_sansan_become_people_and_their_company(self):
        made = self.upload("cards.csv", SANSAN)
        self.assertEqual((made["map"]["id"], made["map"]["name"], made["object"]), ("sansan", "Sansan の名刺データ", "person"))
        first = made["preview"][0]
        self.assertEqual(first["parts"][0]["path"], "company")
        self.assertEqual(first["parts"][0]["action"], "create")
        self.assertEqual(first["parts"][0]["values"]["name"], "株式会社青葉工業")
        self.assertEqual(made["counts"]["links_to_make"], 1, "two spellings are one company")
        self.assertEqual(self.count("people"), 0)
        done = self.run_import(made)
        self.assertEqual((done["status"], done["progress"]["created"], done["progress"]["linked"]), ("done", 2, 1), done)
        people = {row["title"]: row for row in self.all("people")}
        company = self.all("companies")[0]
        self.assertEqual((company["city"], company["website"]), ("千代田区", "https://aoba.example.jp"))
        for name in ("山田 太郎", "佐藤 花子"):
            self.assertEqual(people[name]["company"]["id"], company["id"])
        self.assertEqual((people["山田 太郎"]["family_kana"], people["山田 太郎"]["job_title"]), ("ヤマダ", "部長"))
        self.assertIn("名刺交換日: 2025/04/01", people["山田 太郎"]["note"])
        self.assertEqual(self.owner.post(f"/imports/{made['id']}/undo").json["skipped"], [])
        self.assertEqual((self.count("people"), self.count("companies")), (0, 0))

    def test_rows_of_one_order_number_are_one_order_with_lines(self):
        made = self.upload("orders.csv", ECCUBE)
        self.assertEqual((made["map"]["id"], made["object"]), ("eccube_orders", "order_line"), made)
        done = self.run_import(made)
        self.assertEqual((done["progress"]["created"], done["progress"]["linked"]), (3, 3), done)
        orders = {row["number"]: row for row in self.all("orders")}
        self.assertEqual(set(orders), {"1001", "1002"})
        self.assertEqual((orders["1001"]["amount"], orders["1001"]["total"], orders["1001"]["status"]), (3000, 3300, "delivered"))
        self.assertEqual((orders["1002"]["amount"], orders["1002"]["status"]), (100, "received"))
        people = self.all("people")
        self.assertEqual([row["title"] for row in people], ["鈴木 一郎"])
        self.assertEqual({row["person"]["id"] for row in orders.values()}, {people[0]["id"]})
        # The same file once more adds nothing.
        again = self.upload("orders.csv", ECCUBE)
        self.assertEqual((again["counts"]["known"], again["counts"]["ok"]), (3, 0), again["counts"])
        undone = self.owner.post(f"/imports/{made['id']}/undo").json
        self.assertEqual((undone["skipped"], self.count("orders"), self.count("order_lines"), self.count("people")), ([], 0, 0, 0), undone)

    def test_an_order_that_was_cut_goes_on_with_its_other_lines(self):
        head, first = ECCUBE.splitlines()[:2]
        # Enough to be stopped in the middle of it: PostgreSQL takes fewer rows at a time.
        lines = 600 if os.environ.get("DAIFUKU_TEST_STORE") == "postgres" else 4_000
        made = self.upload("orders.csv", "\r\n".join([head] + [first.replace(",大福,", f",大福{number},") for number in range(lines)]) + "\r\n")
        path = "/imports/" + made["id"]
        self.assertEqual(self.owner.post(path + "/run").status, 202)
        wait_for(lambda: self.owner.get(path).json["progress"]["created"] > 0)
        self.owner.post(path + "/cancel")
        cut = wait_for(lambda: (lambda now: now if now["status"] != "running" else None)(self.owner.get(path).json))
        self.assertEqual((cut["status"], cut["can_continue"]), ("cancelled", True))
        self.assertLess(cut["progress"]["created"], lines)
        self.assertEqual(self.owner.post(path + "/continue").status, 202)
        done = wait_for(lambda: (lambda now: now if now["status"] != "running" else None)(self.owner.get(path).json))
        self.assertEqual((done["progress"]["created"], done["progress"]["skipped"]), (lines, 0))
        self.assertEqual((self.count("orders"), self.count("order_lines")), (1, lines))

    def test_one_row_makes_company_person_and_deal(self):
        known = self.owner.create("companies", name="株式会社既存商事", phone="03-9999-0000")
        rows = ("会社名,代表電話,氏名,メール,案件,金額\n"
                "㈱既存商事,03-0000-1111,山田 太郎,taro@kizon.example.jp,看板の更新,500000\n"
                "新規物産株式会社,06-1111-2222,佐藤 花子,hanako@shinki.example.jp,,\n")
        made = self.upload("引き合い.csv", rows, "person")
        columns = [{"index": index, "to": "field:" + to} for index, to in enumerate(("company.name", "company.phone", "name", "email", "deal.name", "deal.amount"))]
        changed = self.owner.patch("/imports/" + made["id"], {"columns": columns})
        self.assertEqual(changed.status, 200, changed)
        self.assertEqual(changed.json["problems"], [])
        first, second = changed.json["preview"]
        self.assertEqual([(part["path"], part["action"]) for part in first["parts"]], [("company", "link"), ("deal", "create")])
        self.assertEqual([(part["path"], part["action"]) for part in second["parts"]], [("company", "create")])
        done = self.run_import(made)
        self.assertEqual((done["progress"]["created"], done["progress"]["linked"]), (2, 2), done)
        deal = self.all("deals")[0]
        people = {row["title"]: row for row in self.all("people")}
        self.assertEqual((deal["title"], deal["amount"]), ("看板の更新", 500000))
        self.assertEqual((deal["person"]["id"], deal["company"]["id"]), (people["山田 太郎"]["id"], known["id"]))
        self.assertEqual(self.owner.get("/companies/" + known["id"]).json["phone"], "03-9999-0000", "what is found is only linked")
        self.assertEqual(self.owner.post(f"/imports/{made['id']}/undo").json["skipped"], [])
        self.assertEqual((self.count("people"), self.count("deals"), self.count("companies")), (0, 0, 1))

    def test_a_path_that_leads_nowhere_is_refused(self):
        made = self.upload("a.csv", "氏名,会社名\n山田 太郎,見本商事\n", "person")
        for to in ("company.nothing", "nothing.name", "company.parent.parent.parent.name", "deal.company.name", "order_line.quantity", "company."):
            answer = self.owner.patch("/imports/" + made["id"], {"columns": [{"index": 1, "to": "field:" + to}]})
            self.assertEqual(answer.status, 200, (to, answer))
            self.assertTrue(answer.json["problems"], to)
            self.assertEqual(self.owner.post(f"/imports/{made['id']}/run").status, 422, to)
        self.assertEqual(self.owner.patch("/imports/" + made["id"], {"map": "nothing"}).status, 422)

    def test_vcards_are_people(self):
        made = self.upload("連絡先.vcf", VCARDS.encode())
        self.assertEqual((made["detected"]["format"], made["map"]["id"]), ("vcard", "vcard"))
        self.assertIn("vcard_pictures_left_out", [notice["code"] for notice in made["notices"]])
        self.run_import(made)
        person = self.all("people")[0]
        self.assertEqual((person["title"], person["family_kana"], person["mobile"], person["department"]), ("高橋 次郎", "タカハシ", "070-1111-2222", "企画部"))
        self.assertEqual(person["note"], "展示会で\n名刺交換")
        company = self.owner.get("/companies/" + person["company"]["id"]).json
        self.assertEqual((company["title"], company["prefecture"]), ("合同会社みどり", "大阪府"))

    @unittest.skipUnless((SHARED / "data/real/vcard").exists(), "no sample vCards")
    def test_vcards_of_a_japanese_telephone(self):
        made = self.upload("tel.vcf", (SHARED / "data/real/vcard/v21_japanese_2.vcf").read_bytes())
        self.assertEqual(made["detected"]["encoding"], "cp932")
        self.run_import(made)
        person = self.all("people")[0]
        self.assertEqual((person["family_name"], person["prefecture"], person["note"]), ("安藤", "東京都", "メモ"))

    def test_a_saved_map_is_found_again(self):
        rows = "お得意様,かけ先,覚え\n株式会社甲,03-1111-2222,月末締め\n"
        made = self.upload("得意先.csv", rows, "company")
        self.owner.patch("/imports/" + made["id"], {"columns": [{"index": 0, "to": "field:name"}, {"index": 1, "to": "field:phone"}, {"index": 2, "to": "field:business"}]})
        saved = self.owner.post("/import_maps", {"import": made["id"], "name": "販売管理の得意先"})
        self.assertEqual(saved.status, 201, saved)
        self.assertEqual((saved.json["mine"], saved.json["shared"], saved.json["object"]), (True, False, "company"))
        again = self.upload("来月.csv", rows.replace("甲", "乙"))
        self.assertEqual((again["map"]["name"], again["map"]["own"]), ("販売管理の得意先", True))
        self.assertEqual([column["to"] for column in again["columns"]], ["field:name", "field:phone", "field:business"])
        self.assertEqual({column["reason"] for column in again["columns"]}, {"map"})
        # Renamed, replaced under its name, not used when not wanted, and deleted.
        self.assertEqual(self.owner.patch("/import_maps/" + saved.json["id"], {"name": "得意先", "shared": True}).json["name"], "得意先")
        self.assertEqual(self.owner.patch("/import_maps/" + saved.json["id"], {"name": " "}).status, 422)
        self.assertEqual(self.owner.post("/import_maps", {"import": made["id"], "name": "得意先"}).json["id"], saved.json["id"])
        self.assertNotIn("map", self.owner.patch("/imports/" + again["id"], {"map": "none"}).json)
        self.assertEqual(self.owner.delete("/import_maps/" + saved.json["id"]).status, 204)
        self.assertEqual(self.owner.get("/import_maps").json["items"], [])
        self.assertEqual(self.owner.delete("/import_maps/" + saved.json["id"]).status, 404)

    def test_a_map_is_its_owners_until_it_is_shared(self):
        member = self.server.add_user(self.owner, "member@example.jp")
        other = self.server.add_user(self.owner, "other@example.jp")
        viewer = self.server.add_user(self.owner, "viewer@example.jp", role="viewer")
        rows = "お得意様,かけ先\n株式会社甲,03-1111-2222\n"
        made = self.upload("a.csv", rows, "company", member)
        member.patch("/imports/" + made["id"], {"columns": [{"index": 0, "to": "field:name"}, {"index": 1, "to": "field:phone"}]})
        saved = member.post("/import_maps", {"import": made["id"], "name": "自分用"}).json
        self.assertEqual(other.post("/import_maps", {"import": made["id"], "name": "盗み見"}).status, 404)
        self.assertEqual(other.get("/import_maps").json["items"], [])
        self.assertNotIn("map", self.upload("b.csv", rows, "company", other))
        self.assertEqual(other.patch("/import_maps/" + saved["id"], {"name": "x"}).status, 404)
        self.assertEqual(member.patch("/import_maps/" + saved["id"], {"shared": True}).status, 200)
        self.assertEqual([(map["name"], map["mine"], map["changeable"]) for map in other.get("/import_maps").json["items"]], [("自分用", False, False)])
        self.assertEqual(self.upload("b.csv", rows, "company", other)["map"]["id"], saved["id"])
        self.assertEqual(other.patch("/import_maps/" + saved["id"], {"name": "x"}).status, 403)
        self.assertEqual(other.delete("/import_maps/" + saved["id"]).status, 403)
        self.assertEqual(viewer.get("/import_maps").json, {"items": [], "ready": []})
        self.assertEqual(self.owner.delete("/import_maps/" + saved["id"]).status, 204)


if __name__ == "__main__":
    unittest.main()
