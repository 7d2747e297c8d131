"""How the screens of a role show a kind: what is shown, in which order, and what must be filled in. No matter of rights."""
from daifuku import LedgerTest


class Layouts(LedgerTest):
    @classmethod
    def prepare(cls):
        cls.member = cls.server.add_user(cls.owner, "layout-member@example.jp", role="member")
        cls.manager = cls.server.add_user(cls.owner, "layout-manager@example.jp", role="manager")

    def tearDown(self):
        self.assertEqual(self.owner.patch("/roles/member", {"layouts": {"company": None, "deal": None, "activity": None}}).status, 200)

    def lay(self, **layout):
        return self.owner.patch("/roles/member", {"layouts": {"company": layout}})

    def fields(self, client):
        objects = client.get("/metadata").json["objects"]
        return {field["key"]: field for field in next(each for each in objects if each["key"] == "company")["fields"]}

    def test_what_is_shown_and_in_which_order(self):
        before = self.member.get("/session").json["metadata_version"]
        answer = self.lay(order=["phone", "name"], hidden=["note"])
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual(answer.json["layouts"]["company"], {"order": ["phone", "name"], "hidden": ["note"], "required": []})
        self.assertNotEqual(self.member.get("/session").json["metadata_version"], before)
        mine = self.fields(self.member)
        self.assertEqual(list(mine)[:2], ["phone", "name"])
        self.assertTrue(mine["note"]["hidden"])
        # Another role's screens are as they were, and so are its own rights.
        others = self.fields(self.manager)
        self.assertEqual((list(others)[:2] == ["phone", "name"], others["note"]["hidden"]), (False, False))
        made = self.owner.create("companies", name="画面商会", note="見えてよい")
        self.assertEqual(self.member.get("/companies/" + made["id"]).json["note"], "見えてよい")
        self.assertEqual(self.lay().status, 200)
        self.assertFalse(self.fields(self.member)["note"]["hidden"])

    def test_what_must_be_filled_in(self):
        old = self.member.create("companies", name="前からの会社")
        self.assertEqual(self.lay(required=["phone"]).status, 200)
        self.assertTrue(self.fields(self.member)["phone"]["required"])
        refused = self.member.post("/companies", {"name": "電話なし商会"})
        self.assertEqual((refused.status, [(each["field"], each["code"]) for each in refused.json["problems"]]), (422, [("phone", "required")]))
        made = self.member.post("/companies", {"name": "電話あり商会", "phone": "03-1234-5678"})
        self.assertEqual(made.status, 201, made)
        # What was missing before does not stop an edit of something else; taking it away does.
        self.assertEqual(self.member.patch("/companies/" + old["id"], {"version": old["version"], "note": "よい"}).status, 200)
        taken = self.member.patch("/companies/" + made.json["id"], {"version": made.json["version"], "phone": None})
        self.assertEqual(taken.status, 422, taken)
        # Others are not asked.
        self.assertEqual(self.manager.post("/companies", {"name": "管理者の商会"}).status, 201)

    def test_a_link_can_be_asked_for(self):
        self.assertEqual(self.owner.patch("/roles/member", {"layouts": {"activity": {"required": ["attendees"]}}}).status, 200)
        company = self.owner.create("companies", name="出席商会")
        guest = self.member.create("people", name="出席 花子", company=company["id"])
        refused = self.member.post("/activities", {"subject": "だれもいない", "kind": "call", "company": company["id"]})
        self.assertEqual((refused.status, [each["field"] for each in refused.json.get("problems", [])]), (422, ["attendees"]), refused)
        made = self.member.post("/activities", {"subject": "いる", "kind": "call", "company": company["id"], "attendees": [guest["id"]]})
        self.assertEqual(made.status, 201, made)
        self.assertEqual(self.member.patch("/activities/" + made.json["id"], {"version": made.json["version"], "subject": "まだいる"}).status, 200)
        now = self.member.get("/activities/" + made.json["id"]).json
        self.assertEqual(self.member.patch("/activities/" + made.json["id"], {"version": now["version"], "attendees": []}).status, 422)

    def test_a_layout_that_makes_no_sense_is_refused(self):
        for layout, key in (({"hidden": ["name"]}, "name"), ({"hidden": ["phone"], "required": ["phone"]}, "phone"), ({"order": ["no_such"]}, "no_such"),
                            ({"required": ["order_count"]}, "order_count"), ({"order": ["phone", "phone"]}, "phone")):
            answer = self.lay(**layout)
            self.assertEqual((answer.status, [each["field"] for each in answer.json["problems"]]), (422, [key]), answer)
        self.assertEqual(self.owner.patch("/roles/member", {"layouts": {"no_such": {"hidden": ["x"]}}}).status, 422)
        self.assertEqual(self.owner.patch("/roles/member", {"layouts": []}).status, 422)
        self.assertEqual(self.manager.patch("/roles/member", {"layouts": {"company": {"hidden": ["note"]}}}).status, 403)
        self.assertFalse(self.fields(self.member)["note"]["hidden"])
