"""Several changes to what is kept, as one: a set-up from a template. All or nothing, and one undo."""
from daifuku import LedgerTest

TEMPLATE = {
    "objects": [{"key": "c_house", "label": "物件", "icon": "home", "links": ["company", "person"]}],
    "fields": [
        {"object": "c_house", "label": "所在地", "kind": "text", "in_list": True},
        {"object": "c_house", "label": "家賃", "kind": "money"},
        {"object": "company", "label": "得意先番号", "kind": "text"},
    ],
    "field_changes": [{"object": "company", "key": "website", "label": "ホームページ"}],
    "object_changes": [{"key": "deal", "label": "案件", "plural_label": "案件"}, {"key": "investment", "hidden": True}],
}


class Definitions(LedgerTest):
    def labels(self, key):
        fields = self.owner.get("/fields", object=key).json["items"]
        return [field["label"] for field in fields]

    def objects(self):
        return {each["key"]: each for each in self.owner.get("/objects").json["items"]}

    def ja(self, label):
        return label["ja"] if isinstance(label, dict) else label

    def test_a_template_is_one_change(self):
        before = self.objects()
        self.assertEqual(self.ja(before["deal"]["label"]), "商談")
        done = self.owner.post("/definitions", TEMPLATE)
        self.assertEqual(done.status, 201, done)
        now = self.objects()
        self.assertEqual((self.ja(now["deal"]["label"]), now["investment"]["hidden"]), ("案件", True))
        self.assertEqual({"所在地", "家賃"} - {self.ja(label) for label in self.labels("c_house")}, set())
        self.assertIn("得意先番号", [self.ja(label) for label in self.labels("company")])
        fields = {self.ja(each["label"]): each["key"] for each in self.owner.get("/fields", object="c_house").json["items"]}
        house = self.owner.create("c_house", name="みどりハイツ 203", **{fields["家賃"]: 85000})
        self.assertEqual(self.owner.get("/c_house/" + house["id"]).json[fields["家賃"]], 85000)

        undone = self.owner.post("/undo", {"change": done.json["change"]})
        self.assertEqual(undone.status, 200, undone)
        back = self.objects()
        self.assertEqual((self.ja(back["deal"]["label"]), back["investment"]["hidden"], back["c_house"]["hidden"]), ("商談", False, True))
        # What was written into it comes back with it.
        again = self.owner.post("/definitions", {"object_changes": [{"key": "c_house", "hidden": False}]})
        self.assertEqual(again.status, 201, again)
        self.assertEqual(self.owner.get("/c_house/" + house["id"]).json["title"], "みどりハイツ 203")

    def test_one_that_is_wrong_stops_all_and_says_which(self):
        before = self.objects()
        wrong = {"objects": [{"key": "c_never", "label": "作られない"}],
                 "fields": [{"object": "c_never", "label": "よい", "kind": "text"}, {"object": "c_never", "label": "", "kind": "text"}],
                 "object_changes": [{"key": "deal", "label": "案件"}]}
        answer = self.owner.post("/definitions", wrong)
        self.assertEqual(answer.status, 422, answer)
        self.assertEqual([each["field"] for each in answer.json["problems"]], ["fields.1.label"])
        self.assertEqual(self.objects(), before)
        for body in ({}, {"fields": "x"}, {"fields": ["x"]}, {"field_changes": [{"object": "deal", "key": "no_such"}]},
                     {"fields": [{"object": "company", "label": "多い", "kind": "text"}] * 201}):
            answer = self.owner.post("/definitions", body)
            self.assertEqual(answer.status, 422, answer)
        # The last kind of customer is not put away, even as one of many.
        answer = self.owner.post("/definitions", {"object_changes": [{"key": "deal", "label": "案件"}, {"key": "company", "hidden": True}, {"key": "person", "hidden": True}]})
        self.assertEqual(answer.status, 422, answer)
        self.assertEqual(self.objects(), before)

    def test_only_who_administers(self):
        for role in ("member", "viewer"):
            client = self.server.add_user(self.owner, f"definitions-{role}@example.jp", role=role)
            self.assertEqual(client.post("/definitions", TEMPLATE).status, 403)

    def test_the_purpose_is_told_to_everybody(self):
        self.assertEqual(self.owner.patch("/settings", {"company_purpose": "お客様を待たせない", "company_trade": "wholesale"}).status, 200)
        member = self.server.add_user(self.owner, "purpose@example.jp", role="viewer")
        self.assertEqual(member.get("/session").json["company"]["purpose"], "お客様を待たせない")

    def test_present_work_is_records(self):
        made = self.owner.create("work_items", name="見積書を作る", area="order", tools=["excel", "mail"], often="weekly", minutes=40)
        self.assertEqual(self.owner.get("/work_items/" + made["id"]).json["tools"], ["excel", "mail"])
        self.assertEqual(self.owner.post("/work_items", {"name": "負の時間", "minutes": -1}).status, 422)
