import json
import threading

from daifuku import LedgerTest


class Records(LedgerTest):
    def test_work_on_what_a_customer_in_the_trash_left(self):
        company = self.owner.create("companies", name="捨てられた商会")
        deal = self.owner.create("deals", name="残った話", company=company["id"])
        self.assertEqual(self.owner.delete("/companies/" + company["id"]).status, 200)
        body = {"ids": [deal["id"]], "set": {"next_plan": "電話する", "next_plan_on": "2030-01-01"}}
        done = self.owner.post("/deals/batch", body).json
        self.assertEqual((done["count"], done["problems"]), (1, []))
        tasks = self.owner.get("/tasks", filter={"deal": {"eq": deal["id"]}}).json["items"]
        self.assertEqual([task["name"] for task in tasks], ["電話する"])

    def test_create_read_update_delete_restore(self):
        made = self.owner.create("companies", name="株式会社山田製作所", phone="０３－１２３４－５６７８", postal_code="〒100-0001", prefecture="東京都")
        path = "/companies/" + made["id"]
        self.assertEqual(made["phone"], "03-1234-5678")
        self.assertEqual(made["version"], 1)
        read = self.owner.get(path)
        self.assertEqual(read.json["name"], "株式会社山田製作所")
        self.assertEqual(read.headers["ETag"], '"1"')
        changed = self.owner.patch(path, {"version": 1, "employees": "１２０名"})
        self.assertEqual(changed.status, 200, changed)
        self.assertEqual((changed.json["version"], changed.json["employees"]), (2, 120))
        gone = self.owner.delete(path)
        self.assertEqual(gone.status, 200)
        self.assertNotIn(made["id"], [row["id"] for row in self.owner.get("/companies").json["items"]])
        self.assertIn(made["id"], [row["id"] for row in self.owner.get("/companies", deleted=1).json["items"]])
        self.assertEqual(self.owner.post(path + "/restore").status, 200)
        self.assertIn(made["id"], [row["id"] for row in self.owner.get("/companies").json["items"]])

    def test_wrong_input_changes_nothing_and_says_what_to_do(self):
        before = self.owner.get("/companies", total="exact").json["total"]["count"]
        answer = self.owner.post("/companies", {"name": "", "email": "not a mail", "capital": "たくさん", "nonsense": 1, "created_at": "2020-01-01T00:00:00Z"})
        self.assertEqual(answer.status, 422)
        codes = {problem["field"]: problem["code"] for problem in answer.json["problems"]}
        self.assertEqual(codes["email"], "invalid_email")
        self.assertEqual(codes["nonsense"], "field_unknown")
        self.assertIn("capital", codes)
        self.assertIn("created_at", codes)
        self.assertTrue(all(problem["message"] for problem in answer.json["problems"]))
        self.assertEqual(self.owner.get("/companies", total="exact").json["total"]["count"], before)
        self.assertEqual(self.owner.request("POST", "/api/v1/companies", raw=b'{"name":', content_type="application/json").status, 400)
        self.assertEqual(self.owner.request("POST", "/api/v1/companies", raw=b'{"name":"a","name":"b"}', content_type="application/json").status, 400)

    def test_numbers_outside_their_limits_are_refused_on_every_road(self):
        company = self.owner.create("companies", name="数の商会", employees=5)
        path = "/companies/" + company["id"]

        def problem(answer):
            self.assertEqual(answer.status, 422, answer)
            return answer.json["problems"][0]["code"], answer.json["problems"][0]["message"]

        self.assertEqual(problem(self.owner.patch(path, {"employees": -5})), ("number_too_low", "0 以上の数を入れてください。"))
        self.assertEqual(problem(self.owner.patch(path, {"employees": "▲5人"}))[0], "number_too_low")
        self.assertEqual(problem(self.owner.post("/companies", {"name": "負の商会", "employees": -1}))[0], "number_too_low")
        self.assertEqual(problem(self.owner.post("/companies/batch", {"ids": [company["id"]], "set": {"employees": -1}}))[0], "number_too_low")
        line = json.dumps({"op": "update", "id": company["id"], "values": {"employees": -1}}).encode()
        lines = self.owner.request("POST", "/api/v1/companies/batch", raw=line, content_type="application/x-ndjson").json
        self.assertEqual(lines["error"]["problems"][0]["code"], "number_too_low")
        self.assertEqual(problem(self.owner.post("/deals", {"name": "確度の商談", "odds": 150}))[1], "0 から 100 までの数を入れてください。")
        english = {"Accept-Language": "en"}
        self.assertEqual(problem(self.owner.patch(path, {"employees": -5}, headers=english))[1], "Enter 0 or more.")
        self.assertEqual(problem(self.owner.post("/deals", {"name": "Odds", "odds": -0.5}, headers=english))[1], "Enter a number from 0 to 100.")
        self.assertEqual(self.owner.get(path).json["employees"], 5)
        self.assertEqual(self.owner.patch(path, {"employees": 0}).status, 200)
        # What is looked for may be any number; a loss is one.
        self.assertEqual(self.owner.get("/companies", filter={"employees": {"gte": -5}}).status, 200)
        self.owner.create("financial_years", company=company["id"], year=2025, operating_profit=-3_000_000)
        # Told beforehand, and of own fields too.
        field = self.owner.post("/fields", {"object": "company", "kind": "decimal", "label": {"ja": "点", "en": "Points"}, "least": -10, "greatest": 10})
        self.assertEqual((field.status, field.json["least"], field.json["greatest"]), (201, -10, 10))
        key = field.json["key"]
        self.assertEqual(problem(self.owner.patch(path, {key: 10.5}))[1], "-10 から 10 までの数を入れてください。")
        self.assertEqual(self.owner.patch(f"/fields/company/{key}", {"greatest": None}).json["greatest"], None)
        self.assertEqual(self.owner.patch(path, {key: 10.5}).status, 200)
        self.assertEqual(self.owner.patch(f"/fields/company/{key}", {"greatest": -11}).status, 422)
        employees = next(each for entry in self.owner.get("/metadata").json["objects"] if entry["key"] == "company" for each in entry["fields"] if each["key"] == "employees")
        self.assertEqual((employees["least"], employees["greatest"]), (0, None))
        schemas = json.dumps(self.owner.get("/openapi.json").json["components"]["schemas"]["deal"])
        self.assertRegex(schemas, r'"odds": \{[^}]*"minimum": 0, "maximum": 100')

    def test_two_editors_merge_and_conflict(self):
        made = self.owner.create("companies", name="有限会社同時編集", phone="03-1111-2222")
        path = "/companies/" + made["id"]
        other = self.server.add_user(self.owner, "doji@example.jp", role="manager")
        self.assertEqual(other.patch(path, {"version": 1, "employees": 10}).status, 200)
        merged = self.owner.patch(path, {"version": 1, "phone": "03-3333-4444"})
        self.assertEqual(merged.status, 200)
        self.assertEqual((merged.json["employees"], merged.json["phone"]), (10, "03-3333-4444"))
        conflict = other.patch(path, {"version": 2, "phone": "03-5555-6666"})
        self.assertEqual((conflict.status, conflict.json["code"]), (409, "conflict"))
        self.assertEqual(conflict.json["conflicts"][0]["field"], "phone")
        self.assertEqual(conflict.json["conflicts"][0]["theirs"], "03-3333-4444")
        self.assertEqual(conflict.json["conflicts"][0]["yours"], "03-5555-6666")
        insist = other.patch(path, {"version": conflict.json["current"]["version"], "phone": "03-5555-6666"})
        self.assertEqual(insist.json["phone"], "03-5555-6666")

    def test_a_conflict_in_one_line_of_many_is_told_with_both_values(self):
        one, two = (self.owner.create("companies", name=name, phone="03-1111-2222") for name in ("一行目商会", "二行目商会"))
        other = self.server.add_user(self.owner, "gyou@example.jp", role="manager")
        self.assertEqual(other.patch("/companies/" + one["id"], {"version": 1, "phone": "03-3333-4444"}).status, 200)
        lines = [{"op": "update", "id": each["id"], "version": 1, "values": {"phone": "03-5555-6666", "employees": 7}} for each in (one, two)]
        raw = "\n".join(json.dumps(line) for line in lines).encode()
        answer = self.owner.request("POST", "/api/v1/companies/batch", raw=raw, content_type="application/x-ndjson", headers={"Accept": "application/x-ndjson"})
        refused, saved = [json.loads(line) for line in answer.text.splitlines()]
        self.assertTrue(saved["ok"])
        self.assertEqual((refused["ok"], refused["error"]["code"]), (False, "conflict"))
        conflict = refused["error"]["conflict"]
        self.assertEqual([(each["field"], each["yours"], each["theirs"]) for each in conflict["conflicts"]], [("phone", "03-5555-6666", "03-3333-4444")])
        self.assertEqual(conflict["current"], {"id": one["id"], "version": 2})
        # Refused as a whole: the other value of the line is not written either.
        self.assertNotIn("employees", {key: value for key, value in self.owner.get("/companies/" + one["id"]).json.items() if value is not None})

    def test_words_are_matched_with_the_records_that_are_called_so(self):
        made = self.owner.create("companies", name="株式会社名指し製作所")
        self.owner.create("companies", name="名指し二号店")
        self.owner.create("companies", name="名指し二号店", phone="03-9999-0000")
        found = self.owner.post("/companies/named", {"names": ["㈱名指し製作所", "名指し二号店", "どこにもない商会", ""]}).json["items"]
        self.assertEqual([(each["name"], len(each["found"])) for each in found], [("㈱名指し製作所", 1), ("名指し二号店", 2), ("どこにもない商会", 0), ("", 0)])
        self.assertEqual(found[0]["found"], [{"id": made["id"], "title": "株式会社名指し製作所"}])
        self.assertEqual(self.owner.post("/companies/named", {"names": ["あ"] * 501}).status, 413)

    def test_two_who_hand_over_at_once_are_told(self):
        first = self.server.add_user(self.owner, "hikitsugi1@example.jp")
        second = self.server.add_user(self.owner, "hikitsugi2@example.jp")
        team = self.owner.post("/teams", {"title": "引き継ぎ課"}).json["id"]
        other = self.owner.post("/teams", {"title": "別の課"}).json["id"]
        company = self.owner.create("companies", name="引き継ぎの商会")
        path = "/companies/" + company["id"]
        self.assertEqual(self.owner.patch(path, {"version": 1, "owner_id": first.user["id"], "team_id": team}).status, 200)
        # What somebody else changed beside it is kept.
        beside = self.owner.patch(path, {"version": 1, "phone": "03-3333-4444"})
        self.assertEqual((beside.status, beside.json["owner_id"]["id"]), (200, first.user["id"]))
        for sent in ({"json": {"version": 1}}, {"headers": {"If-Match": '"1"'}}):
            body = {"owner_id": second.user["id"], "team_id": other, "fax": "03-3333-5555", **sent.get("json", {})}
            answer = self.owner.patch(path, body, headers=sent.get("headers"))
            self.assertEqual((answer.status, answer.json["code"]), (409, "conflict"), answer)
            told = {each["field"]: each for each in answer.json["conflicts"]}
            self.assertEqual(set(told), {"owner_id", "team_id"})
            self.assertEqual([told["owner_id"][side]["id"] for side in ("yours", "theirs")], [second.user["id"], first.user["id"]])
            self.assertTrue(told["owner_id"]["theirs"]["title"])
            self.assertEqual([told["team_id"][side] for side in ("yours", "theirs")], [{"id": other}, {"id": team}])
            self.assertEqual(told["owner_id"]["by"]["id"], self.owner.user["id"])
        now = self.owner.get(path).json
        self.assertEqual((now["owner_id"]["id"], "fax" in now), (first.user["id"], False))
        # Both wanted the same: nothing to ask. Taken away is a wish too.
        self.assertEqual(self.owner.patch(path, {"version": 1, "owner_id": first.user["id"]}).status, 200)
        taken = self.owner.patch(path, {"version": 1, "team_id": None})
        self.assertEqual((taken.status, taken.json["conflicts"][0]["yours"]), (409, None))
        line = json.dumps({"op": "update", "id": company["id"], "version": 1, "values": {"owner_id": second.user["id"]}}).encode()
        batch = self.owner.request("POST", "/api/v1/companies/batch", raw=line, content_type="application/x-ndjson").json
        self.assertEqual((batch["ok"], batch["error"]["code"]), (False, "conflict"), batch)
        insist = self.owner.patch(path, {"version": now["version"], "owner_id": second.user["id"], "team_id": other})
        self.assertEqual((insist.status, insist.json["owner_id"]["id"]), (200, second.user["id"]))

    def test_history_and_undo(self):
        made = self.owner.create("companies", name="合同会社取消", employees=5)
        path = "/companies/" + made["id"]
        change = self.owner.patch(path, {"version": 1, "employees": 50}).json["change"]
        history = self.owner.get(path + "/history").json["items"]
        self.assertEqual([row["action"] for row in history], ["update", "create"])
        self.assertEqual(history[0]["changes"], [{"field": "employees", "old": 5, "new": 50}])
        undone = self.owner.post("/undo", {"change": change})
        self.assertEqual(undone.json["undone"], 1)
        self.assertEqual(self.owner.get(path).json["employees"], 5)
        self.owner.post("/undo", {"change": undone.json["change"]})
        self.assertEqual(self.owner.get(path).json["employees"], 50)
        self.owner.post("/undo", {"change": made["change"]})
        self.assertIn("deleted_at", self.owner.get(path).json)

    def test_history_names_owner_and_team_as_the_record_does(self):
        team = self.owner.post("/teams", {"title": "営業一課"}).json
        made = self.owner.create("companies", name="合同会社引き継ぎ")
        path = "/companies/" + made["id"]
        self.assertEqual(self.owner.patch(path, {"version": 1, "team_id": team["id"], "owner_id": None}).status, 200)
        changes = {row["field"]: row for row in self.owner.get(path + "/history").json["items"][0]["changes"]}
        self.assertEqual(changes["team_id"]["new"], {"id": team["id"]})
        self.assertEqual(changes["owner_id"]["new"], None)
        self.assertEqual(self.owner.get(path).json["team_id"], {"id": team["id"]})

    def test_undo_leaves_later_work_alone(self):
        made = self.owner.create("companies", name="合同会社あとから", employees=5)
        path = "/companies/" + made["id"]
        first = self.owner.patch(path, {"employees": 6, "phone": "03-1234-0000"}).json["change"]
        self.owner.patch(path, {"employees": 7})
        undone = self.owner.post("/undo", {"change": first}).json
        self.assertEqual(undone["skipped"][0]["id"], made["id"])
        after = self.owner.get(path).json
        self.assertEqual(after["employees"], 7)
        self.assertNotIn("phone", after)

    def test_list_pages_in_order_with_empties_last(self):
        ids = {}
        for n, kana in enumerate(["アカサカ", None, "イシカワ", None, "ウエノ", "エビス"]):
            made = self.owner.create("companies", name=f"ページ商店{n}", **({"name_kana": kana} if kana else {}), business="ページめくりの試験")
            ids[made["id"]] = kana
        for sort, expected in (("name_kana", ["アカサカ", "イシカワ", "ウエノ", "エビス", None, None]), ("-name_kana", ["エビス", "ウエノ", "イシカワ", "アカサカ", None, None])):
            seen, after = [], ""
            for _ in range(10):
                page = self.owner.get("/companies", filter={"business": {"contains": "ページめくり"}}, sort=sort, limit=2, fields="name,name_kana", **({"after": after} if after else {})).json
                seen += page["items"]
                after = page["next"]
                if not after:
                    break
            self.assertEqual([row.get("name_kana") for row in seen], expected)
            self.assertEqual(len({row["id"] for row in seen}), 6)
            jump = self.owner.get("/companies", filter={"business": {"contains": "ページめくり"}}, sort=sort, limit=2, offset=3, fields="name_kana").json
            self.assertEqual([row.get("name_kana") for row in jump["items"]], expected[3:5])

    def test_filters(self):
        a = self.owner.create("companies", name="絞込商事", employees=10, prefecture="大阪府", tags=["重点", "東京"])
        b = self.owner.create("companies", name="絞込物産", employees=100, prefecture="大阪府", tags=["東京都"])
        person = self.owner.create("people", family_name="絞込", given_name="花子", company=a["id"])
        self.assertEqual(person["company"]["title"], "絞込商事")
        people = "people"

        def found(condition):
            rows = self.owner.get("/companies", filter={"and": [{"name": {"starts": "絞込"}}, condition]})
            self.assertEqual(rows.status, 200, rows)
            return {row["id"] for row in rows.json["items"]}

        self.assertEqual(found({"employees": {"gte": 50}}), {b["id"]})
        self.assertEqual(found({"employees": {"between": [5, 10]}}), {a["id"]})
        self.assertEqual(found({"tags": {"has": "東京"}}), {a["id"]})
        self.assertEqual(found({"not": {"tags": {"has": "東京"}}}), {b["id"]})
        self.assertEqual(found({people: {"some": {"given_name": {"eq": "花子"}}}}), {a["id"]})
        self.assertEqual(found({people: {"none": {}}}), {b["id"]})
        self.assertEqual(found({"created_at": {"relative": "today"}}), {a["id"], b["id"]})
        self.assertEqual(found({"owner_id": {"eq": "me"}}), {a["id"], b["id"]})
        self.assertEqual(found({"or": [{"employees": {"eq": 10}}, {"employees": {"eq": 100}}]}), {a["id"], b["id"]})
        self.assertEqual(found({"phone": {"empty": True}}), {a["id"], b["id"]})
        linked = self.owner.get("/" + people, filter={"company": {"some": {"employees": {"eq": 10}}}}).json["items"]
        self.assertEqual([row["id"] for row in linked], [person["id"]])
        for wrong in ({"nothing": {"eq": 1}}, {"employees": {"like": "x"}}, {"employees": {"gte": "abc"}}, [], {"and": 3}):
            self.assertEqual(self.owner.get("/companies", filter=wrong).status, 422, wrong)

    def test_bulk_edit_is_one_undo(self):
        ids = [self.owner.create("companies", name=f"一括{n}商店")["id"] for n in range(5)]
        answer = self.owner.post("/companies/batch", {"ids": ids, "set": {"employees": 3}})
        self.assertEqual((answer.status, answer.json["count"]), (200, 5))
        self.assertEqual(self.owner.get("/companies/" + ids[4]).json["employees"], 3)
        self.assertEqual(self.owner.post("/undo", {"change": answer.json["change"]}).json["undone"], 5)
        self.assertNotIn("employees", self.owner.get("/companies/" + ids[0]).json)
        removed = self.owner.post("/companies/batch", {"ids": ids, "delete": True}).json
        self.assertEqual(removed["count"], 5)
        self.owner.post("/undo", {"change": removed["change"]})
        self.assertNotIn("deleted_at", self.owner.get("/companies/" + ids[2]).json)

    def test_batch_lines(self):
        made = self.owner.create("companies", name="行単位商店")
        lines = [{"op": "create", "values": {"name": "行で作る商店"}}, {"op": "create", "values": {"name": ""}}, {"op": "update", "id": made["id"], "version": 1, "values": {"employees": 9}}, {"op": "delete", "id": "0000000000000"}]
        import json

        raw = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines).encode()
        answer = self.owner.request("POST", "/api/v1/companies/batch", raw=raw, content_type="application/x-ndjson")
        results = [json.loads(line) for line in answer.text.splitlines()]
        self.assertEqual([row["ok"] for row in results], [True, False, True, False])
        self.assertEqual(results[1]["error"]["problems"][0]["code"], "required")
        self.assertEqual(self.owner.get("/companies/" + made["id"]).json["employees"], 9)

    def test_idempotency_key(self):
        headers = {"Idempotency-Key": "once-only"}
        first = self.owner.post("/companies", {"name": "一度だけ商店"}, headers=headers)
        second = self.owner.post("/companies", {"name": "一度だけ商店"}, headers=headers)
        self.assertEqual(first.json["id"], second.json["id"])
        for name in ("ETag", "Location", "Content-Type"):
            self.assertEqual(first.headers[name], second.headers[name])
        other = self.owner.post("/companies", {"name": "別の中身"}, headers=headers)
        self.assertEqual(other.status, 409)
        lines = {"raw": b'{"op":"create","values":{"name":"NDJSON"}}', "content_type": "application/x-ndjson", "headers": {"Idempotency-Key": "lines-once"}}
        batches = [self.owner.request("POST", "/api/v1/companies/batch", **lines) for _ in range(2)]
        self.assertEqual((batches[0].text, batches[0].headers["X-Change"], batches[0].headers["Content-Type"]), (batches[1].text, batches[1].headers["X-Change"], batches[1].headers["Content-Type"]))

    def test_the_same_request_at_the_same_time_has_one_effect(self):
        token = self.owner.post("/tokens", {"name": "同時", "scopes": ["write"]}).json["token"]
        clients = [self.server.client(token) for _ in range(8)]
        for round in range(10):
            start = threading.Barrier(len(clients))
            made = []

            def send(client):
                start.wait()
                made.append(client.post("/companies", {"name": f"同時{round}商店"}, headers={"Idempotency-Key": f"at-once-{round}"}).json["id"])

            threads = [threading.Thread(target=send, args=(client,)) for client in clients]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual((len(made), len(set(made))), (8, 1))

    def test_an_order_comes_with_its_lines(self):
        company = self.owner.create("companies", name="明細つき株式会社")
        bolt = self.owner.create("products", name="六角ボルト", unit="箱", unit_price=1200)
        tea = self.owner.create("products", name="緑茶", unit_price=100, tax="reduced")
        lines = [{"product": bolt["id"], "quantity": 3, "position": 1}, {"product": tea["id"], "quantity": 2, "unit_price": 90, "position": 2}, {"description": "送料", "quantity": 1, "unit_price": 500}]
        made = self.owner.post("/orders", {"company": company["id"], "ordered_on": "2026-04-01", "order_lines": lines})
        self.assertEqual(made.status, 201, made)
        order = made.json
        self.assertEqual((order["amount"], order["tax_amount"], order["total"]), (4280, 424, 4704))
        at = json.dumps({"order": {"eq": order["id"]}})
        stored = self.owner.get("/order_lines", filter=at, fields="description,amount,tax").json["items"]
        self.assertEqual(sorted((row["description"], row["amount"]) for row in stored), [("六角ボルト", 3600), ("緑茶", 180), ("送料", 500)])
        undone = self.owner.post("/undo", {"change": order["change"]})
        self.assertEqual(undone.json["skipped"], [])
        self.assertIn("deleted_at", self.owner.get("/orders/" + order["id"]).json)
        self.assertEqual(self.owner.get("/order_lines", filter=at).json["items"], [])
        self.owner.post("/undo", {"change": undone.json["change"]})
        self.assertEqual(self.owner.get("/orders/" + order["id"]).json["total"], 4704)
        self.assertEqual(len(self.owner.get("/order_lines", filter=at).json["items"]), 3)

    def test_one_wrong_line_saves_nothing(self):
        company = self.owner.create("companies", name="明細ちがい株式会社")
        mine = json.dumps({"company": {"eq": company["id"]}})
        order = {"company": company["id"], "ordered_on": "2026-04-01"}
        good = {"description": "板", "quantity": 1, "unit_price": 10}
        for lines, field, code in (
            ([good, {"description": "釘", "quantity": "たくさん"}], "order_lines.1.quantity", "invalid_number"),
            ([good, {"product": company["id"]}], "order_lines.1.product", "link_not_found"),
            ([{"nonsense": 1}], "order_lines.0.nonsense", "field_unknown"),
            ({"description": "板"}, "order_lines", "rows_expected"),
        ):
            answer = self.owner.post("/orders", {**order, "order_lines": lines})
            self.assertEqual(answer.status, 422, lines)
            self.assertIn((field, code), [(problem["field"], problem["code"]) for problem in answer.json["problems"]], lines)
        self.assertEqual(self.owner.get("/orders", filter=mine).json["items"], [])
        self.assertEqual(self.owner.post("/orders", {**order, "order_lines": [good] * 201}).status, 413)
        # Only what belongs to the record by its parent: a deal is no part of a company.
        other = self.owner.post("/companies", {"name": "部品でないもの", "deals": [{"name": "x"}]})
        self.assertEqual([problem["code"] for problem in other.json["problems"]], ["field_unknown"])

    def test_lines_need_the_right_to_make_lines(self):
        member = self.server.add_user(self.owner, "meisai@example.jp", role="member")
        rights = {"read": "all", "create": True, "update": "all", "delete": "own", "export": False}
        self.assertEqual(self.owner.patch("/roles/member", {"objects": {"order_line": {**rights, "create": False}}}).status, 200)
        order = {"ordered_on": "2026-04-01", "order_lines": [{"description": "板", "quantity": 1, "unit_price": 10}]}
        self.assertEqual(member.post("/orders", order).status, 403)
        self.owner.patch("/roles/member", {"objects": {"order_line": {**rights, "read": "none"}}})
        hidden = member.post("/orders", order)
        self.assertEqual([problem["code"] for problem in hidden.json["problems"]], ["field_unknown"])
        self.owner.patch("/roles/member", {"objects": {"order_line": rights}, "fields": {"order_line.unit_price": "read"}})
        refused = member.post("/orders", order)
        self.assertEqual([(p["field"], p["code"]) for p in refused.json["problems"]], [("order_lines.0.unit_price", "field_not_writable")])
        self.owner.patch("/roles/member", {"fields": {"order_line.unit_price": None}})
        self.assertEqual(member.post("/orders", order).status, 201)

    def test_duplicates_are_shown(self):
        made = self.owner.create("companies", name="株式会社重複テスト", phone="03-9876-5432")
        for draft, reason in (({"name": "㈱重複テスト"}, "name_equal"), ({"name": "まったく別", "phone": "０３（９８７６）５４３２"}, "phone_equal")):
            found = self.owner.post("/companies/duplicates", draft).json["candidates"]
            self.assertEqual(found[0]["id"], made["id"], draft)
            self.assertIn(reason, [r["code"] for r in found[0]["reasons"]])
        refused = self.owner.post("/companies?duplicates=refuse", {"name": "（株）重複テスト"})
        self.assertEqual((refused.status, refused.json["code"]), (409, "duplicate_candidates"))
        self.assertEqual(self.owner.post("/companies/duplicates", {"name": "株式会社似ていない"}).json["candidates"], [])

    def test_timeline_holds_everything(self):
        company = self.owner.create("companies", name="年表株式会社")
        link = {"company": company["id"]}
        self.owner.create("activities", kind="call", content="納期の確認", **link)
        self.owner.create("inquiries", kind="complaint", content="箱がつぶれていた", **link)
        self.owner.create("deals", name="新工場の引き合い", **link)
        timeline = self.owner.get(f"/companies/{company['id']}/timeline").json["items"]
        self.assertEqual({row["object"] for row in timeline}, {"activity", "inquiry", "deal"})
        self.assertIn("納期の確認", " ".join(row["summary"] for row in timeline))
        only = self.owner.get(f"/companies/{company['id']}/timeline", objects="deal").json["items"]
        self.assertEqual([row["object"] for row in only], ["deal"])

    def test_what_the_server_words_is_in_the_readers_language(self):
        company = self.owner.create("companies", name="語学商会株式会社", industry="construction", stage="customer")
        self.owner.create("deals", name="教材の引き合い", amount=12000, company=company["id"])
        said = {}
        for language in ("ja", "en"):
            ask = lambda path: self.owner.request("GET", "/api/v1" + path, headers={"Accept-Language": language}).json["items"][0]
            said[language] = (ask("/search?q=%E8%AA%9E%E5%AD%A6%E5%95%86%E4%BC%9A")["subtitle"], ask(f"/companies/{company['id']}/timeline")["summary"])
        self.assertIn("12,000円", said["ja"][1])
        self.assertIn("教材の引き合い", said["en"][1])
        self.assertIn("¥12,000", said["en"][1])
        self.assertNotRegex(said["en"][1].replace("教材の引き合い", ""), "[ぁ-ヶ一-龠]")
        self.assertRegex(said["ja"][0], "[ぁ-ヶ一-龠]")
        self.assertNotRegex(said["en"][0], "[ぁ-ヶ一-龠]")

    def test_attachments(self):
        company = self.owner.create("companies", name="添付株式会社")
        content = "%PDF-1.4 対策書".encode() * 100
        stored = self.owner.upload(f"/companies/{company['id']}/files", "対策書 ①.pdf", content)
        self.assertEqual(stored.status, 201, stored)
        info = stored.json["items"][0]
        self.assertEqual((info["name"], info["type"], info["size"]), ("対策書 ①.pdf", "application/pdf", len(content)))
        back = self.owner.get("/files/" + info["id"])
        self.assertEqual(back.body, content)
        self.assertIn("attachment", back.headers["Content-Disposition"])
        self.assertIn("sandbox", back.headers["Content-Security-Policy"])
        for path in self.server.data.rglob("*"):
            if path.is_file():
                self.assertNotIn("対策書".encode(), path.read_bytes(), path)
        self.assertTrue(self.owner.delete("/files/" + info["id"]).json["change"])
        self.assertEqual(self.owner.get("/files/" + info["id"]).status, 404)

    def test_openapi_tells_every_route_and_field(self):
        document = self.owner.get("/openapi.json").json
        self.assertEqual(document["openapi"], "3.1.0")
        self.assertIn("/api/v1/companies/{id}/timeline", document["paths"])
        metadata = self.owner.get("/metadata").json
        for entry in metadata["objects"]:
            self.assertIn("/api/v1/" + entry["plural"], document["paths"])
            schema = document["components"]["schemas"][entry["key"]]
            for field in entry["fields"]:
                if not field.get("system"):
                    self.assertIn(field["key"], schema["properties"], entry["key"])
