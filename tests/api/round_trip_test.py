"""What the product exports it imports again without loss: every object, every field that can be written, in every format."""
import collections
import itertools
import json
import pathlib
import tempfile
import unittest
import urllib.parse

from daifuku import LedgerTest, Server, wait_for

# Not in a table: attachments are files of their own.
LEFT_OUT = {"file"}

# Nothing that CP932 lacks; what it does not have is in `UTF8`, for the formats that hold it.
NASTY = ["=1+1", "+81-3-1234-5678", "@SUM(A1)", "-", "'引用", '"二重" の, 引用', "，、;|\t混在", "0012", "1E5", "合計", "なし", "2026/4/1", "髙﨑 ~～", "＝全角"]
UTF8 = ["波〜線", "𠮷野家 🍡👨‍👩‍👧", "Ã©tait", "é"]
LINES = ["一行目\n=二行目\n\n四行目", "\"引用\"\r\n+81, 次の行", "値: 1\n値: 2"]
PHONES = ["+81-3-1234-5678", "03-1234-5678 内線12", "0120-000-123"]
DAYS = ["1899-12-31", "1900-02-28", "2026-02-28", "2000-02-29"]
TIMES = ["2026-04-01T00:30:00Z", "1999-12-31T15:00:00Z", "2026-01-02T03:04:05Z", "2026-01-02T03:04:05.678Z"]


class Values:
    """A value of every kind that can be typed; another one with each call."""

    def __init__(self, wide, users):
        self.count = itertools.count()
        self.turns = collections.Counter()
        self.texts = NASTY + (UTF8 if wide else [])
        self.users = users

    def one_of(self, values):
        return values[next(self.count) % len(values)]

    def text(self, field):
        value = self.one_of(self.texts) + f"{next(self.count)}" if field["unique"] else self.one_of(self.texts)
        return value[: field["max"]] if field.get("max") else value

    def number(self, field, values):
        low, high = field.get("least"), field.get("greatest")
        return self.one_of([v for v in values if (low is None or v >= low) and (high is None or v <= high)] or [low])

    def of(self, field):
        kind = field["kind"]
        options = [option["key"] for option in field.get("options") or []]
        n = next(self.count)
        if kind in ("text", "kana"):
            return "タナカ" if kind == "kana" else self.text(field)
        if kind == "long_text":
            return self.one_of(LINES)
        if kind == "email":
            return f"kaku{n}@example.co.jp"
        if kind == "emails":
            return [f"a{n}@example.co.jp", f"b.c+d{n}@example.jp"]
        if kind == "phone":
            return self.one_of(PHONES)
        if kind == "phones":
            return PHONES[:2]
        if kind == "url":
            return f"https://example.co.jp/{n}?a=1,2;3&b=%E5%A4%A7"
        if kind == "urls":
            return [f"https://example.co.jp/{n},a;b", "https://example.jp/?q=x|y"]
        if kind in ("integer", "money"):
            return self.number(field, [-12345678901, 0, 1, 987654321012345, 30, 2026])
        if kind in ("decimal", "percent"):
            return self.number(field, [-1.5, 0.0001, 99.9999, 12])
        if kind == "month":
            return 1 + n % 12
        if kind == "date":
            return self.one_of(DAYS)
        if kind == "date_time":
            return self.one_of(TIMES)
        if kind == "yes_no":
            return n % 2 == 0
        if kind in ("choice", "prefecture"):
            # Each field turns through its own options, so that rules of a stage or a status meet all of them.
            self.turns[field["key"]] += 1
            return options[self.turns[field["key"]] % len(options)] if options else "東京都"
        if kind == "choices":
            return options[-3:]
        if kind == "tags":
            return ["東 京", "=危険", "B/B製品", "0012"]
        if kind == "postal_code":
            return "0010000"
        if kind == "corporate_number":
            return "1180301018771"
        if kind == "invoice_number":
            return "T1180301018771"
        if kind == "user":
            return self.one_of(self.users)
        if kind == "users":
            return self.users
        raise AssertionError(f"no value for the kind {kind} ({field['key']}): add one")


def make_ledger(server):
    """The ledger with its people: a round begins and ends with the same ones."""
    owner = server.set_up()
    owner.people = [owner.user["id"], server.add_user(owner, "eigyo@example.co.jp", name="営業 花子").user["id"]]
    former = server.add_user(owner, "moto@example.co.jp", name="元 社員").user["id"]
    owner.people.append(former)
    owner.former = former
    answer = owner.post("/teams", {"title": "東日本, 第一「課」"})
    assert answer.status == 201, answer
    owner.team = owner.get("/teams").json["items"][0]["id"]
    for kind in ("text", "decimal", "date"):
        field = {"object": "company", "kind": kind, "label": "備考"}
        answer = owner.post("/fields", field)
        assert answer.status == 201, answer
    # Two links against the direction of the others: a company to a deal, and to one of its own kind.
    for label, target in (("主な商談", "deal"), ("紹介元の会社", "company")):
        answer = owner.post("/fields", {"object": "company", "kind": "link", "label": label, "target": target})
        assert answer.status == 201, answer
    return owner


def fields_of(object):
    return [field for field in object["fields"] if field["writable"] and not field["hidden"] and not field["system"] and field["kind"] not in LEFT_OUT]


def fill(owner, wide):
    """Six records of every object with a value in every field, and one with the least; then all links between them."""
    objects = owner.get("/metadata").json["objects"]
    values = Values(wide, owner.people)
    made = {object["key"]: [] for object in objects}
    waiting = list(objects)
    while waiting:
        ready = [object for object in waiting
                 if all(made[field["target"]] for field in fields_of(object) if field["required"] and field["kind"] == "link")]
        assert ready, "required links in a circle"
        for object in ready:
            waiting.remove(object)
            for whole in [True] * 6 + [False]:
                body = {"owner_id": values.one_of(owner.people), "team_id": owner.team} if whole else {}
                for field in fields_of(object):
                    if field["kind"] in ("link", "links"):
                        if field["required"]:
                            body[field["key"]] = values.one_of(made[field["target"]])
                    elif whole or field["required"]:
                        body[field["key"]] = values.of(field)
                answer = owner.post("/" + object["plural"], body)
                if answer.status == 422:  # a rule of the object: a field that cannot go with the others, or must go with one
                    fields = {field["key"]: field for field in fields_of(object)}
                    for problem in answer.json["problems"]:
                        if body.pop(problem["field"], None) is None:
                            field = fields[problem["field"]]
                            body[field["key"]] = made[field["target"]][0] if field["kind"] == "link" else values.of(field)
                    answer = owner.post("/" + object["plural"], body)
                assert answer.status == 201, (object["key"], body, answer)
                made[object["key"]].append(answer.json["id"])
    # Titles that two records share, and links that only their ids tell apart.
    for object in objects:
        for at, record in enumerate(made[object["key"]][:2]):
            body = {}
            for field in fields_of(object):
                others = [other for other in made.get(field.get("target") or "", []) if other != record]
                if field["kind"] == "link" and others:
                    body[field["key"]] = others[-1 - at % len(others)]
                elif field["kind"] == "links" and others:
                    body[field["key"]] = others[::-1]
            for key, value in body.items():  # one at a time: some depend on each other
                owner.patch(f"/{object['plural']}/{record}", {key: value})
    twin = {"name": "双子商店", "phone": "03-5555-0001", "city": "千代田区", "street": "1-1"}
    owner.patch("/companies/" + made["company"][0], twin)
    owner.patch("/companies/" + made["company"][1], twin)
    # Emptied on purpose where there is a default.
    for field in fields_of(next(o for o in objects if o["key"] == "company")):
        if not field["required"] and field["kind"] == "choice":
            owner.patch("/companies/" + made["company"][2], {field["key"]: None})
    owner.patch("/companies/" + made["company"][2], {"owner_id": None, "team_id": None})
    owner.patch("/users/" + owner.former, {"disabled": True})
    return objects


def records_of(client, object):
    out = []
    after = ""
    while True:
        answer = client.get("/" + object["plural"], limit=200, sort="created_at", **({"after": after} if after else {}))
        assert answer.status == 200, answer
        out += [client.get(f"/{object['plural']}/{item['id']}").json for item in answer.json["items"]]
        after = answer.json.get("next")
        if not after:
            return out


def content(client, object, names):
    """Every record by its id with all its fields, those too that the product keeps itself, and since when it is known. Users and teams by
    their names: those have other ids. Not in it: which version it is, who wrote it last and when."""
    out = {}
    keys = [field["key"] for field in object["fields"] if not field["hidden"] and not field["system"] and field["kind"] not in LEFT_OUT]
    for record in records_of(client, object):
        def told(value):
            if isinstance(value, list):
                return [told(each) for each in value]
            if isinstance(value, dict):
                return names.get(value.get("id"), value.get("id"))
            return value
        out[record["id"]] = {key: told(record[key]) for key in keys + ["owner_id", "team_id"] if record.get(key) is not None}
        out[record["id"]]["created_at"] = record["created_at"][:19]
    return out


def everything(client):
    objects = client.get("/metadata").json["objects"]
    names = {user["id"]: user.get("name") or user["title"] for user in client.get("/users").json["items"]}
    names |= {team["id"]: team["title"] for team in client.get("/teams").json["items"]}
    return {object["key"]: content(client, object, names) for object in objects}


FORMATS = {
    "csv": ("csv", {}),
    "cp932": ("csv", {"encoding": "cp932"}),
    "tsv": ("tsv", {}),
    "xlsx": ("xlsx", {}),
    "jsonl": ("jsonl", {}),
}


class RoundTrip(unittest.TestCase):
    maxDiff = None

    def upload(self, client, body, object="", name="list"):
        answer = client.request("POST", f"/api/v1/imports?object={object}&name=" + urllib.parse.quote(name), raw=body, content_type="application/octet-stream")
        self.assertEqual(answer.status, 201, answer)
        return answer.json

    def run_import(self, client, made):
        answer = client.post(f"/imports/{made['id']}/run")
        self.assertEqual(answer.status, 202, answer)
        return wait_for(lambda: (lambda now: now if now["status"] not in ("running", "undoing") else None)(client.get("/imports/" + made["id"]).json), seconds=120)

    def take_in(self, client, files, order):
        for key in order:
            made = self.upload(client, files[key], name=key)
            self.assertEqual(made["object"], key, "the file says itself what it holds")
            done = self.run_import(client, made)
            progress = {name: done["progress"][name] for name in ("created", "failed", "skipped", "unsure", "linked", "warnings")}
            self.assertEqual(progress, {"created": done["progress"]["done"], "failed": 0, "skipped": 0, "unsure": 0, "linked": 0, "warnings": 0},
                             (key, client.get(f"/imports/{made['id']}/errors.csv").text))

    def round(self, kind, backwards=False):
        with Server() as source, Server() as target:
            owner = make_ledger(source)
            objects = fill(owner, wide=kind != "cp932")
            before = everything(owner)
            self.check_full(objects, before)
            format, more = FORMATS[kind]
            files = {}
            for object in objects:
                answer = owner.get(f"/{object['plural']}/export", format=format, **more)
                self.assertEqual(answer.status, 200, answer)
                files[object["key"]] = answer.body
            other = make_ledger(target)
            # As they were, so that the former is one here too.
            other.patch("/users/" + other.former, {"disabled": True})
            order = self.in_order(objects[::-1] if backwards else objects)
            self.take_in(other, files, order)
            after = everything(other)
            for key in before:
                # In what order they came is no part of them: a long import is cut into several commits.
                self.assertEqual(set(after[key]), set(before[key]), key)
                for id, record in before[key].items():
                    self.assertEqual(after[key][id], record, (kind, key, id))
            # The same files once more bring nothing new.
            for key in order:
                done = self.run_import(other, self.upload(other, files[key], name=key))
                self.assertEqual((done["progress"]["created"], done["progress"]["skipped"]), (0, len(before[key])), key)

    def check_full(self, objects, records):
        """The ledger that goes out holds a value in every field; else the round proves nothing about it."""
        for object in objects:
            filled = set().union(*[set(record) for record in records[object["key"]].values()])
            empty = [field["key"] for field in fields_of(object) if field["key"] not in filled]
            self.assertEqual(empty, [], f"{object['key']} has no value in these")

    def in_order(self, objects):
        """What a record cannot be without comes first; the other links find each other in any order."""
        customers = {object["key"] for object in objects if object["customer"]}
        out = []
        left = list(objects)
        while left:
            there = set(out)
            ready = next(object for object in left if self.needs(object, customers) <= there)
            left.remove(ready)
            out.append(ready["key"])
        return out

    def needs(self, object, customers):
        links = [field for field in fields_of(object) if field["kind"] == "link"]
        needed = {field["target"] for field in links if field["required"]}
        # An inquiry is somebody's, of a company or a person.
        return needed | (customers if object["key"] == "inquiry" else set())

    def test_csv(self):
        self.round("csv")

    def test_csv_cp932(self):
        self.round("cp932")

    def test_tsv(self):
        self.round("tsv")

    def test_xlsx(self):
        self.round("xlsx")

    def test_json_lines(self):
        self.round("jsonl")

    def test_what_links_may_come_before_what_is_linked_to(self):
        self.round("csv", backwards=True)

    def export(self, client, plural, format="csv", **more):
        answer = client.get(f"/{plural}/export", format=format, **more)
        self.assertEqual(answer.status, 200, answer)
        return answer.body

    def test_what_comes_in_again_after_an_undo_is_linked_all_the_same(self):
        with Server() as source, Server() as target:
            owner = source.set_up()
            company = owner.create("companies", name="往復商事")
            deal = owner.create("deals", name="同じ名前", company=company["id"])
            owner.create("tasks", name="訪問", deal=deal["id"], company=company["id"])
            files = {plural: self.export(owner, plural) for plural in ("companies", "deals", "tasks")}
            other = target.set_up()
            first = self.upload(other, files["deals"])
            self.run_import(other, first)
            self.assertEqual(other.get("/deals").json["items"][0]["id"], deal["id"], "a free id is kept")
            self.assertEqual(other.post(f"/imports/{first['id']}/undo").status, 200)
            other.create("deals", name="同じ名前")  # of the same name, and another one
            for plural in ("tasks", "deals", "companies"):
                self.assertEqual(self.run_import(other, self.upload(other, files[plural]))["progress"]["created"], 1, plural)
            (task,) = other.get("/tasks").json["items"]
            task = other.get("/tasks/" + task["id"]).json
            self.assertNotEqual(task["deal"]["id"], deal["id"], "that id lies in the trash")
            linked = other.get("/deals/" + task["deal"]["id"]).json
            self.assertEqual((linked["title"], linked["company"]["id"]), ("同じ名前", company["id"]))

    def test_what_waits_is_linked_when_its_record_is_known_already(self):
        with Server() as source, Server() as target:
            owner = source.set_up()
            company = owner.create("companies", name="往復商事", phone="03-1234-5678")
            people = [owner.create("people", family_name="山田", given_name=name, company=company["id"]) for name in ("太郎", "花子")]
            files = {plural: self.export(owner, plural) for plural in ("companies", "people")}
            other = target.set_up()
            known = other.create("companies", name="往復商事", phone="03-1234-5678")
            self.assertEqual(self.run_import(other, self.upload(other, files["people"]))["progress"]["created"], 2)
            self.assertNotIn("company", other.get("/people/" + people[0]["id"]).json)
            # One of those that wait is merged into another record meanwhile.
            kept = other.create("people", family_name="山田", given_name="花子")
            merged = other.post(f"/people/{kept['id']}/merge", {"from": [people[1]["id"]]})
            self.assertEqual(merged.status, 200, merged)
            done = self.run_import(other, self.upload(other, files["companies"]))
            self.assertEqual((done["progress"]["created"], other.get("/companies", total="exact").json["total"]["count"]), (0, 1))
            for id in (people[0]["id"], kept["id"]):
                self.assertEqual(other.get("/people/" + id).json["company"]["id"], known["id"])

    def test_an_id_that_is_taken_is_never_overwritten(self):
        with Server() as server:
            owner = server.set_up()
            person = owner.create("people", family_name="山田", given_name="太郎")
            before = owner.get("/people/" + person["id"]).json
            line = {"id": person["id"], "object": "company", "version": 1, "title": "偽物", "updated_at": "2026-01-01T00:00:00Z", "name": "偽物"}
            future = dict(line, id="7ZZZZZZZZZZZZ", name="未来", title="未来")
            body = "\n".join(json.dumps(each, ensure_ascii=False) for each in (line, future)).encode()
            done = self.run_import(owner, self.upload(owner, body))
            self.assertEqual(done["progress"]["created"], 2)
            self.assertEqual(owner.get("/people/" + person["id"]).json, before)
            ids = {record["id"] for record in owner.get("/companies").json["items"]}
            self.assertEqual(len(ids - {person["id"], future["id"]}), 2)

    def test_ids_tell_nobody_of_what_he_may_not_see(self):
        with Server() as server:
            owner = server.set_up()
            own = {"read": "own", "create": True, "update": "own", "delete": "own", "export": True}
            self.assertEqual(owner.patch("/roles/member", {"objects": {"*": own}}).status, 200)
            member = server.add_user(owner, "jibun@example.co.jp")
            hidden = owner.create("companies", name="秘密商事")
            seen = []
            # One that is there, one that is nowhere.
            for id, of_person in ((hidden["id"], "0J000000000G2"), ("0J000000000G1", "0J000000000G3")):
                company = {"id": id, "object": "company", "version": 1, "title": "当て推量", "updated_at": "2026-01-01T00:00:00Z", "name": "当て推量" + id}
                person = {"id": of_person, "object": "person", "version": 1, "title": "山田", "updated_at": "2026-01-01T00:00:00Z", "family_name": "山田" + id, "company": {"id": id, "title": "秘密商事"}}
                made = self.upload(member, json.dumps(person, ensure_ascii=False).encode())
                told = json.dumps([made["notices"], made["preview"], made["counts"]], ensure_ascii=False)
                done = self.run_import(member, made)
                found = member.get("/people", filter={"family_name": {"eq": "山田" + id}}).json["items"]
                linked = [member.get("/people/" + item["id"]).json.get("company") for item in found]
                second = self.run_import(member, self.upload(member, json.dumps(company, ensure_ascii=False).encode()))
                kept = [item["id"] == id for item in member.get("/companies", filter={"name": {"eq": "当て推量" + id}}).json["items"]]
                seen.append((told.replace(id, "ID").replace(of_person, "PERSON"), {key: done["progress"][key] for key in ("created", "warnings", "failed")}, linked, second["progress"]["created"], kept))
            self.assertEqual(seen[0], seen[1])
            self.assertEqual(seen[0][2:], ([None], 1, [False]))
            # What he made up does not stand in the way of another's file.
            self.assertEqual(len(owner.get("/companies", filter={"name": {"contains": "当て推量"}}).json["items"]), 2)
            line = {"id": "0J000000000G1", "object": "company", "version": 1, "title": "本物", "updated_at": "2026-01-01T00:00:00Z", "name": "本物"}
            self.assertEqual(self.run_import(owner, self.upload(owner, json.dumps(line, ensure_ascii=False).encode()))["progress"]["created"], 1)

    def test_what_the_product_noted_comes_along_with_who_administers(self):
        with Server() as source, Server() as target:
            owner = source.set_up()
            company = owner.create("companies", name="往復商事", stage="lead")
            deal = owner.create("deals", name="往復の商談", company=company["id"])
            task = owner.create("tasks", name="電話する", company=company["id"], done=True)
            noted = {"companies": (company["id"], {"stage_changed_on": "2024-02-29"}), "deals": (deal["id"], {"stage_changed_on": "2024-03-01"}),
                     "tasks": (task["id"], {"done_at": "2024-03-02T01:02:03.456Z", "rule": "renewal:0J000000000G2"})}
            files = {}
            for plural, (_, values) in noted.items():
                line = json.loads(self.export(owner, plural, "jsonl"))
                files[plural] = json.dumps(line | values | {"created_at": "2024-02-01T00:00:00Z"}, ensure_ascii=False).encode()
            other = target.set_up()
            for plural, (id, values) in noted.items():
                self.assertEqual(self.run_import(other, self.upload(other, files[plural]))["progress"]["warnings"], 0)
                record = other.get(f"/{plural}/{id}").json
                self.assertEqual({key: record[key] for key in values}, values)
                self.assertEqual(record["created_at"][:19], "2024-02-01T00:00:00")
            # What is there keeps what this ledger noted, whoever updates it.
            later = json.loads(files["companies"]) | {"stage_changed_on": "2020-01-01", "created_at": "2020-01-01T00:00:00Z", "phone": "03-3333-4444"}
            made = self.upload(other, json.dumps(later, ensure_ascii=False).encode())
            self.assertEqual(other.patch("/imports/" + made["id"], {"mode": "both", "match": "id", "policy": "overwrite"}).status, 200)
            self.assertEqual(self.run_import(other, made)["progress"]["updated"], 1)
            record = other.get("/companies/" + company["id"]).json
            self.assertEqual((record["phone"], record["stage_changed_on"], record["created_at"][:10]), ("03-3333-4444", "2024-02-29", "2024-02-01"))
            # A file of some fields says nothing of the sort.
            part = {key: value for key, value in later.items() if key != "created_at"} | {"id": "0J000000000G5", "name": "一部商店", "title": "一部商店", "corporate_number": None, "phone": "03-9999-1111"}
            self.assertEqual(self.run_import(other, self.upload(other, json.dumps(part, ensure_ascii=False).encode()))["progress"]["created"], 1)
            found = other.get("/companies", filter={"name": {"eq": "一部商店"}}).json["items"][0]
            self.assertNotEqual(other.get("/companies/" + found["id"]).json["stage_changed_on"], "2020-01-01")
            # Nor what else a row makes, whoever says so; and a time that cannot be read is told.
            made = self.upload(other, json.dumps(later | {"id": "0J000000000G6", "name": "部分商店", "phone": "03-8888-1111", "created_at": "きのう"}, ensure_ascii=False).encode())
            self.assertEqual([problem["code"] for problem in made["preview"][0]["problems"]], ["invalid_date_time"])
            phone = next(column["index"] for column in made["columns"] if column["to"] == "field:phone")
            for to in ("task.rule", "task.done_at", "task.created_at"):
                refused = other.patch("/imports/" + made["id"], {"columns": [{"index": phone, "to": "field:" + to}]})
                self.assertIn("field_not_writable", [problem["code"] for problem in refused.json.get("problems", [])], to)
            # From others it is not taken, nor from the future.
            member = target.add_user(other, "ippan@example.co.jp")
            fresh = {"id": "0J000000000G4", "object": "company", "version": 1, "title": "新しい商店", "name": "新しい商店", "stage": "lead", "stage_changed_on": "2024-02-29", "updated_at": "2026-01-01T00:00:00Z"}
            for client, told, name in ((member, "2024-02-01T00:00:00Z", "一般商店"), (other, "2999-01-01T00:00:00Z", "未来商店")):
                line = fresh | {"name": name, "title": name, "created_at": told}
                self.run_import(client, self.upload(client, json.dumps(line, ensure_ascii=False).encode()))
                found = other.get("/companies", filter={"name": {"eq": name}}).json["items"]
                self.assertEqual(len(found), 1)
                record = other.get("/companies/" + found[0]["id"]).json
                self.assertNotIn(record["created_at"][:4], ("2024", "2999"))
                self.assertEqual(record["stage_changed_on"] == "2024-02-29", client is other)

    def test_a_line_needs_its_order_first_and_says_so(self):
        with Server() as source, Server() as target:
            owner = source.set_up()
            order = owner.create("orders", name="先の受注", ordered_on="2026-04-01", company=owner.create("companies", name="往復商事")["id"])
            product = owner.create("products", name="大福")
            owner.create("order_lines", order=order["id"], product=product["id"], quantity=3, unit_price=120)
            lines = self.export(owner, "order_lines")
            other = target.set_up()
            made = self.upload(other, lines)
            done = self.run_import(other, made)
            self.assertEqual((done["progress"]["created"], done["progress"]["failed"]), (0, 1))
            self.assertIn("先に「受注」を取り込んでください", other.get(f"/imports/{made['id']}/errors.csv").text)

    def test_a_name_typed_beside_an_id_is_told(self):
        with Server() as server:
            owner = server.set_up()
            one, two = (owner.create("companies", name=name)["id"] for name in ("一番商事", "二番商事"))
            person = owner.create("people", family_name="山田", given_name="太郎", company=one)
            body = self.export(owner, "people").replace("一番商事".encode(), "二番商事".encode())
            made = self.upload(owner, body)
            answer = owner.patch("/imports/" + made["id"], {"mode": "update", "policy": "overwrite"}).json
            (row,) = owner.get(f"/imports/{made['id']}/rows", action="same").json["items"]
            self.assertEqual([problem["code"] for problem in row["problems"]], ["import_link_by_id"], answer["counts"])
            # Without the column of ids the names count.
            column = next(column for column in made["columns"] if column["to"] == "field:company.id")
            owner.patch("/imports/" + made["id"], {"columns": [{"index": column["index"], "to": "ignore"}]})
            self.assertEqual(self.run_import(owner, made)["progress"]["updated"], 1)
            self.assertEqual(owner.get("/people/" + person["id"]).json["company"]["id"], two)


class Json(LedgerTest):
    def upload(self, body, object="company", name="list.json"):
        return self.owner.request("POST", f"/api/v1/imports?object={object}&name={name}", raw=body if isinstance(body, bytes) else body.encode(), content_type="application/octet-stream")

    def test_of_other_programs_by_key_and_by_label(self):
        body = json.dumps([{"会社名": "ＪＳＯＮ商店", "phone": "0355550001", "従業員数": 12, "tags": ["東", "西"], "備忘": {"色": "赤"}},
                           {"会社名": "二番目", "url": None, "従業員数": "たくさん"}], ensure_ascii=False, indent=2)
        made = self.upload(body).json
        self.assertEqual((made["detected"]["format"], made["counts"]["rows"]), ("json", 2))
        to = {column["header"]: column["to"] for column in made["columns"]}
        self.assertEqual([to[key] for key in ("会社名", "phone", "従業員数", "tags", "備忘.色")], ["field:name", "field:phone", "field:employees", "field:tags", "note"])
        self.assertEqual([row["row"] for row in made["preview"]], [2, 14])
        self.assertEqual(self.owner.post(f"/imports/{made['id']}/run").status, 202)
        wait_for(lambda: self.owner.get("/imports/" + made["id"]).json["status"] == "done")
        (found,) = self.owner.get("/companies", filter={"name": {"eq": "ＪＳＯＮ商店"}}).json["items"]
        record = self.owner.get("/companies/" + found["id"]).json
        self.assertEqual((record["phone"], record["employees"], record["tags"], record["note"]), ("03-5555-0001", 12, ["東", "西"], "備忘.色: 赤"))

    def test_what_is_wrong_is_told_with_its_line(self):
        for body, code, line in (('{"name":"A"}\n{"name":}\n', "json_line_invalid", "2"), ('{"name":"A"}\n\n{"name":"B"\n', "json_line_invalid", "3"), ('{"name":"A"}\n"B"\n', "json_line_no_object", "2")):
            answer = self.upload(body)
            self.assertEqual((answer.status, answer.json["code"]), (422, code), answer)
            self.assertIn(line + " 行目", answer.json["title"])

    def test_from_the_command(self):
        with Server() as server, tempfile.TemporaryDirectory() as folder:
            owner = server.set_up()
            company = owner.create("companies", name="命令商会")
            owner.create("people", family_name="命令", given_name="花子", company=company["id"])
            server.stop()
            out = pathlib.Path(folder)
            for object in ("person", "company"):
                done = server.command("export", object, out / f"{object}.jsonl")
                self.assertEqual(done.returncode, 0, done.stderr)
            with Server() as other:
                other.set_up()
                other.stop()
                for object in ("person", "company"):
                    done = other.command("import", object, out / f"{object}.jsonl")
                    self.assertEqual(done.returncode, 0, done.stderr)
                other.start()
                client = other.client()
                client.sign_in("owner@example.co.jp", "kono-daifuku-wa-oishii")
                (person,) = client.get("/people").json["items"]
                self.assertEqual(client.get("/people/" + person["id"]).json["company"], {"id": company["id"], "title": "命令商会"})


if __name__ == "__main__":
    unittest.main()
