"""The description of the API: every route is in it, whole and well-formed."""
import html
import re
import unittest

from daifuku import LedgerTest

METHODS = {"get", "post", "patch", "delete"}


class OpenApi(LedgerTest):
    @classmethod
    def prepare(cls):
        cls.document = cls.owner.get("/openapi.json").json
        page = cls.owner.get("/docs").text
        # The page lists the route table itself.
        cls.routes = {(method, html.unescape(path)) for method, path in re.findall(r'<td class="m">(\w+)</td><td><code>([^<]+)</code></td>', page)}

    def operations(self):
        for path, item in self.document["paths"].items():
            for method, operation in item.items():
                self.assertIn(method, METHODS, path)
                yield method, path, operation

    def walk(self, value):
        if isinstance(value, dict):
            yield value
            for inner in value.values():
                yield from self.walk(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from self.walk(inner)

    def test_every_route_is_described_and_nothing_else(self):
        self.assertGreater(len(self.routes), 50)
        described = {(method, operation["x-route"]) for method, _, operation in self.operations()}
        self.assertEqual(described, self.routes)
        plurals = {entry["plural"] for entry in self.owner.get("/metadata").json["objects"]}
        for plural in plurals:
            self.assertIn("/api/v1/" + plural, self.document["paths"])

    def test_its_form_is_openapi_3_1(self):
        self.assertEqual(self.document["openapi"], "3.1.0")
        self.assertTrue(self.document["info"]["title"] and self.document["info"]["version"])
        names = set()
        for method, path, operation in self.operations():
            where = f"{method} {path}"
            self.assertTrue(operation["summary"], where)
            self.assertNotIn(operation["operationId"], names, where)
            names.add(operation["operationId"])
            placeholders = set(re.findall(r"\{(\w+)\}", path))
            self.assertEqual({p["name"] for p in operation["parameters"] if p["in"] == "path"}, placeholders, where)
            keys = [(p["name"], p["in"]) for p in operation["parameters"]]
            self.assertEqual(len(keys), len(set(keys)), where)
            for parameter in operation["parameters"]:
                self.assertIn(parameter["in"], ("path", "query", "header"), where)
                self.assertIn(parameter["schema"]["type"], ("string", "integer"), where)
                self.assertTrue(parameter["in"] == "path" or parameter["description"], where)
            statuses = set(operation["responses"])
            self.assertTrue(all(re.fullmatch(r"[1-5]\d\d", status) for status in statuses), where)
            success = [status for status in statuses if status.startswith("2")]
            success.sort()
            self.assertEqual(success[1:], ["202"] if len(success) > 1 else [], where)
            answer = operation["responses"][success[0]]
            self.assertEqual("content" in answer, success[0] != "204", where)
            self.assertTrue(any(status.startswith("4") for status in statuses), where)
            if operation["x-permission"] != "public":
                self.assertIn("401", statuses, where)
            if method == "get":
                self.assertNotIn("requestBody", operation, where)
            for content in [answer.get("content", {}), operation.get("requestBody", {"content": {"x": {"schema": {}}}})["content"]]:
                for media in content.values():
                    self.assertIn("schema", media, where)

    def test_every_reference_leads_somewhere(self):
        seen = 0
        for node in self.walk(self.document):
            if isinstance(node.get("$ref"), str):
                target = self.document
                for step in node["$ref"].removeprefix("#/").split("/"):
                    self.assertIn(step, target, node["$ref"])
                    target = target[step]
                seen += 1
        self.assertGreater(seen, 100)

    def test_schemas_are_well_formed(self):
        types = {"object", "array", "string", "integer", "number", "boolean", "null"}
        for name, schema in self.document["components"]["schemas"].items():
            self.assertTrue(schema, name)
            for node in self.walk(schema):
                if isinstance(node.get("type"), str) and "properties" not in str(type(node["type"])):
                    self.assertIn(node["type"], types, name)
                if node.get("type") == "array":
                    self.assertIn("items", node, name)
                if isinstance(node.get("required"), list) and isinstance(node.get("properties"), dict):
                    self.assertLessEqual(set(node["required"]), set(node["properties"]), name)

    def check(self, schema, value, where="$"):
        """As much of JSON Schema as the document uses."""
        if "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[1]
            kind = "responses" if "/responses/" in schema["$ref"] else "schemas"
            self.check(self.document["components"][kind][name], value, where)
            return
        for part in schema.get("allOf", []):
            self.check(part, value, where)
        if "anyOf" in schema:
            for part in schema["anyOf"]:
                try:
                    self.check(part, value, where)
                    return
                except AssertionError:
                    pass
            self.fail(f"{where}: {value!r} is none of {schema['anyOf']}")
        kinds = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool, "null": type(None)}
        if isinstance(schema.get("type"), str):
            self.assertIsInstance(value, kinds[schema["type"]], where)
        if "enum" in schema:
            self.assertIn(value, schema["enum"], where)
        if "pattern" in schema:
            self.assertRegex(value, schema["pattern"], where)
        if isinstance(value, dict):
            for name in schema.get("required", []):
                self.assertIn(name, value, where)
            for name, inner in value.items():
                if name in schema.get("properties", {}):
                    self.check(schema["properties"][name], inner, f"{where}.{name}")
        if isinstance(value, list) and "items" in schema:
            for number, inner in enumerate(value):
                self.check(schema["items"], inner, f"{where}[{number}]")

    def test_answers_are_as_described(self):
        owner = self.owner
        company = owner.create("companies", name="仕様商会", phone="03-1234-0000")
        person = owner.create("people", family_name="仕様", company=company["id"])
        owner.create("activities", kind="call", content="確かめ", company=company["id"], person=person["id"])
        file = owner.upload(f"/companies/{company['id']}/files", "仕様.txt", b"x").json["items"][0]
        twin = owner.create("companies", name="仕様商会", tags=["双"])
        view = owner.post("/views", {"object": "company", "name": "仕様", "state": {}}).json
        base = "/companies/" + company["id"]
        calls = [("get", "/session", None), ("get", "/me/sessions", None), ("get", "/users", None), ("get", "/users/options", None), ("get", "/teams", None),
                 ("get", "/teams/options", None), ("get", "/roles", None), ("get", "/tokens", None), ("get", "/fields?object=company", None), ("get", "/settings", None),
                 ("get", "/search?q=仕様", None), ("get", "/recent", None), ("get", "/changes", None), ("get", "/tags?object=company", None), ("get", "/metadata", None),
                 ("get", "/postal/1000001", None), ("get", "/views?object=company", None), ("get", "/imports", None), ("get", "/companies?total=1&include=parent", None),
                 ("get", base + "?include=people", None), ("get", base + "/files", None), ("get", base + "/timeline", None), ("get", base + "/history", None),
                 ("post", "/companies/query", {"limit": 1}), ("post", "/companies/duplicates", {"name": "仕様商会"}), ("post", "/companies/named", {"names": ["仕様商会"]}), ("post", "/companies", {"name": "仕様商会"}),
                 ("post", "/teams", {"title": "仕様班"}), ("post", "/tokens", {"name": "仕様", "scopes": ["read"]}), ("post", "/users", {"name": "仕様", "email": "shiyo@example.jp"}),
                 ("patch", "/views/" + view["id"], {"name": "改"}), ("patch", base, {"employees": 1}), ("post", "/companies/batch", {"ids": [company["id"]], "set": {"employees": 2}}),
                 ("post", base + "/merge", {"from": [twin["id"]]}), ("delete", "/files/" + file["id"], None), ("post", f"/files/{file['id']}/restore", {}), ("delete", base, None), ("post", base + "/restore", {}),
                 ("post", "/undo", {"change": company["change"]}), ("get", "/openapi.json", None)]
        import urllib.parse

        for method, path, body in calls:
            answer = owner.request(method.upper(), "/api/v1" + urllib.parse.quote(path, safe="/?=&,"), body)
            self.assertLess(answer.status, 300, (method, path, answer))
            operation = self.operation(method, path.split("?")[0])
            response = operation["responses"].get(str(answer.status))
            self.assertIsNotNone(response, (method, path, answer.status))
            self.check(response["content"]["application/json"]["schema"], answer.json, f"{method} {path}")
        for path in ("/companies/0000000000001", "/companies?filter={}}"):
            problem = owner.get(path) if "?" not in path else owner.request("GET", "/api/v1/companies?limit=0")
            self.check(self.document["components"]["schemas"]["Problem"], problem.json, path)

    def operation(self, method, path):
        path = "/api/v1" + path
        item = self.document["paths"].get(path)
        if item is None or method not in item:
            for pattern, candidate in self.document["paths"].items():
                if method in candidate and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", pattern), path):
                    return candidate[method]
        return item[method]


if __name__ == "__main__":
    unittest.main()
