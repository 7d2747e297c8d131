"""フォローの計画: timed tasks from a plan, as one change, only by and for those who may."""
import datetime

from daifuku import LedgerTest

JAPAN = datetime.timezone(datetime.timedelta(hours=9))


def day(ahead=0):
    return (datetime.datetime.now(JAPAN).date() + datetime.timedelta(days=ahead)).isoformat()


class PlanTest(LedgerTest):
    def plan(self, steps, **fields):
        return self.owner.create("plans", **{"name": "納品後", "targets": ["company"], "holidays": "keep", **fields}, plan_steps=steps)

    def apply(self, plan, record, status=201, who=None, object="company", **more):
        target = {"record": record["id"]} if isinstance(record, dict) else {"ids": [each["id"] for each in record]}
        answer = (who or self.owner).post(f"/plans/{plan['id']}/apply", {"object": object, **target, **more})
        self.assertEqual(answer.status, status, answer)
        return answer.json

    def preview(self, plan, record, status=200, who=None, object="company", **more):
        answer = (who or self.owner).post(f"/plans/{plan['id']}/preview", {"object": object, "record": record["id"], **more})
        self.assertEqual(answer.status, status, answer)
        return answer.json

    def tasks(self, who=None, **link):
        at = {"and": [{key: {"eq": value["id"]}} for key, value in link.items()]}
        answer = (who or self.owner).get("/tasks", filter=at, sort="due_on", fields="name,due_on,kind,done,company,person,deal,contract,plan,rule,owner_id,note")
        self.assertEqual(answer.status, 200, answer)
        return answer.json["items"]

    def undo(self, change, who=None):
        answer = (who or self.owner).post("/undo", {"change": change})
        self.assertEqual((answer.status, answer.json["skipped"]), (200, []), answer)
        return answer.json


class Plans(PlanTest):
    def test_makes_its_tasks_in_one_change(self):
        company = self.owner.create("companies", name="計画商店")
        plan = self.plan([{"name": "使い心地を伺う", "number": 30}, {"name": "電話する", "number": 1, "unit": "week", "kind": "call", "note": "型番を確かめる"}, {"name": "ご案内", "number": 2, "unit": "month"}])
        steps = self.owner.get("/plan_steps", filter={"plan": {"eq": plan["id"]}}).json["items"]
        self.assertEqual([step["name"] for step in steps], ["電話する", "使い心地を伺う", "ご案内"])
        seen = self.preview(plan, company, start="2026-01-31")
        self.assertEqual([(task["name"], task["due_on"], task["past"]) for task in seen["tasks"]],
                         [("電話する", "2026-02-07", True), ("使い心地を伺う", "2026-03-02", True), ("ご案内", "2026-03-31", True)])
        self.assertEqual(self.tasks(company=company), [])
        made = self.apply(plan, company, start=day(1))
        self.assertEqual((made["records"], made["tasks"], len(made["ids"])), (1, 3, 3))
        tasks = self.tasks(company=company)
        self.assertEqual([(task["name"], task["due_on"]) for task in tasks][:2], [("電話する", day(8)), ("使い心地を伺う", day(31))])
        self.assertEqual((tasks[0]["kind"], tasks[0]["note"], tasks[0]["plan"]["id"]), ("call", "型番を確かめる", plan["id"]))
        self.assertEqual({task["rule"] for task in tasks}, {"plan:" + made["change"]})
        # The customer's next step is known at once.
        self.assertEqual(self.owner.get("/companies/" + company["id"]).json["next_action"], "電話する")
        self.undo(made["change"])
        self.assertEqual(self.tasks(company=company), [])
        self.assertIsNone(self.owner.get("/companies/" + company["id"]).json.get("next_action"))

    def test_altered_and_left_out_before_it_is_made(self):
        company = self.owner.create("companies", name="変更商店")
        plan = self.plan([{"name": "一つ目", "number": 1}, {"name": "二つ目", "number": 2}, {"name": "三つ目", "number": 3}])
        first, second, third = self.preview(plan, company)["tasks"]
        colleague = self.server.add_user(self.owner, "douryo@example.jp")
        id = colleague.get("/session").json["user"]["id"]
        self.apply(plan, company, steps=[{"step": third["step"], "due_on": day(9), "name": "三つ目（変更）", "owner_id": id}, {"step": first["step"]}])
        self.assertEqual([(task["name"], task["due_on"]) for task in self.tasks(company=company)], [("一つ目", day(1)), ("三つ目（変更）", day(9))])
        self.assertEqual(self.tasks(company=company)[1]["owner_id"]["id"], id)
        for steps, field, code in (
            ([{"step": first["step"], "due_on": "いつか"}], "steps.0.due_on", "invalid_date"),
            ([{"step": first["step"]}, {"step": second["step"], "name": ""}], "steps.1.name", "required"),
            ([{"step": company["id"]}], "steps.0.step", "invalid_id"),
            ([{"step": first["step"]}, {"step": first["step"]}], "steps.1.step", "invalid_id"),
            ([{"step": first["step"], "owner_id": company["id"]}], "steps.0.owner_id", "link_not_found"),
            ([], "steps", "plan_nothing_left"),
        ):
            refused = self.apply(plan, company, status=422, steps=steps, again=True)
            self.assertEqual([(problem["field"], problem["code"]) for problem in refused["problems"]], [(field, code)], steps)
        self.assertEqual(len(self.tasks(company=company)), 2)

    def test_begun_twice_asks_first(self):
        company = self.owner.create("companies", name="二度商店")
        plan = self.plan([{"name": "電話", "number": 1}])
        self.apply(plan, company)
        self.assertEqual(self.preview(plan, company)["running"], {"open": 1, "all": 1})
        refused = self.apply(plan, company, status=409)
        self.assertEqual(refused["code"], "plan_running")
        self.assertEqual(len(self.tasks(company=company)), 1)
        self.apply(plan, company, again=True)
        self.assertEqual(len(self.tasks(company=company)), 2)
        # What is done is no longer running.
        for task in self.tasks(company=company):
            self.owner.patch("/tasks/" + task["id"], {"done": True})
        self.assertEqual(self.preview(plan, company)["running"], {"open": 0, "all": 2})
        self.apply(plan, company)

    def test_counted_from_the_record_and_off_holidays(self):
        company = self.owner.create("companies", name="更新商店")
        person = self.owner.create("people", family_name="更新", given_name="花子", company=company["id"])
        plan = self.plan([{"name": "伺う", "number": 90, "side": "before"}, {"name": "済ませる", "number": 30, "side": "before"}], targets=["contract"], start_from="expires_on", holidays="before")
        contract = self.owner.create("contracts", name="保守契約", company=company["id"], person=person["id"])
        self.assertIsNone(self.preview(plan, contract, object="contract")["start"])
        refused = self.apply(plan, contract, status=422, object="contract")
        self.assertEqual((refused["problems"][0]["field"], refused["problems"][0]["code"]), ("start", "plan_start_missing"))
        self.owner.patch("/contracts/" + contract["id"], {"expires_on": "2049-02-01"})
        seen = self.preview(plan, contract, object="contract")
        self.assertEqual(seen["start"], "2049-02-01")
        # 2048-11-03 is Culture Day (a Tuesday): the working day before. 2049-01-02 is a Saturday: the day before is New Year's.
        self.assertEqual([(task["due_on"], task["moved_from"]) for task in seen["tasks"]], [("2048-11-02", "2048-11-03"), ("2048-12-31", "2049-01-02")])
        self.apply(plan, contract, object="contract")
        tasks = self.tasks(contract=contract, plan=plan)
        self.assertEqual([(task["company"]["id"], task["person"]["id"]) for task in tasks], [(company["id"], person["id"])] * 2)
        # What the contract runs is not running on its company.
        wide = self.plan([{"name": "伺う", "number": 1}], targets=["company", "contract"])
        self.apply(wide, contract, object="contract")
        self.assertEqual(self.preview(wide, company)["running"], {"open": 0, "all": 0})
        self.apply(wide, company)

    def test_a_past_step_is_left_out(self):
        company = self.owner.create("companies", name="過去商店")
        plan = self.plan([{"name": "過ぎた", "number": 1}, {"name": "まだ", "number": 10}])
        self.apply(plan, company, start=day(-5))
        self.assertEqual([task["name"] for task in self.tasks(company=company)], ["まだ"])
        refused = self.apply(plan, company, status=422, start=day(-50), again=True)
        self.assertEqual(refused["problems"][0]["code"], "plan_nothing_left")

    def test_only_where_it_is_meant_for(self):
        company = self.owner.create("companies", name="対象商店")
        deal = self.owner.create("deals", name="対象の商談", company=company["id"])
        plan = self.plan([{"name": "電話", "number": 1}])
        self.assertEqual(self.apply(plan, deal, status=422, object="deal")["problems"][0]["code"], "plan_wrong_target")
        self.assertEqual(self.owner.post(f"/plans/{plan['id']}/apply", {"object": "task", "record": deal["id"]}).status, 404)
        self.owner.patch("/plans/" + plan["id"], {"active": False})
        self.assertEqual(self.apply(plan, company, status=422)["problems"][0]["code"], "plan_not_used")
        self.owner.delete("/plans/" + plan["id"])
        self.apply(plan, company, status=404)
        refused = self.owner.post("/plans", {"name": "人が決まらない", "targets": ["company"], "plan_steps": [{"name": "電話", "assign": "user"}]})
        self.assertEqual((refused.status, refused.json["problems"][0]["field"]), (422, "plan_steps.0.assignee"), refused)

    def test_on_many_at_once(self):
        companies = [self.owner.create("companies", name=f"一括商店{n}") for n in range(3)]
        gone = self.owner.create("companies", name="一括商店なし")
        self.owner.delete("/companies/" + gone["id"])
        plan = self.plan([{"name": "電話", "number": 1}, {"name": "訪問", "number": 2}])
        self.apply(plan, companies[1])
        made = self.apply(plan, [*companies, gone])
        self.assertEqual((made["records"], made["tasks"]), (2, 4))
        self.assertEqual({(problem["id"], problem["code"]) for problem in made["problems"]}, {(companies[1]["id"], "plan_running"), (gone["id"], "not_found")})
        self.assertEqual({problem["title"] for problem in made["problems"]}, {"一括商店1", ""})
        self.undo(made["change"])
        self.assertEqual([len(self.tasks(company=company)) for company in companies], [0, 2, 0])
        many = self.owner.post(f"/plans/{plan['id']}/apply", {"object": "company", "ids": [companies[0]["id"]] * 201})
        self.assertEqual(many.status, 413, many)

    def test_stopped_with_what_is_open(self):
        company = self.owner.create("companies", name="中止商店")
        plan = self.plan([{"name": "済んだ電話", "number": 1}, {"name": "訪問", "number": 2}, {"name": "案内", "number": 3}])
        made = self.apply(plan, company)
        self.owner.patch("/tasks/" + self.tasks(company=company)[0]["id"], {"done": True})
        run = {"and": [{"rule": {"eq": "plan:" + made["change"]}}, {"done": {"eq": False}}]}
        stopped = self.owner.post("/tasks/batch", {"filter": run, "delete": True})
        self.assertEqual((stopped.status, stopped.json["count"]), (200, 2), stopped)
        self.assertEqual([task["name"] for task in self.tasks(company=company)], ["済んだ電話"])
        self.undo(stopped.json["change"])
        self.assertEqual(len(self.tasks(company=company)), 3)

    def test_ready_plans_are_taken_over_once(self):
        ready = self.owner.get("/plans/ready").json["items"]
        self.assertGreaterEqual(len(ready), 5)
        self.assertTrue(all(plan["steps"] == 3 and plan["purpose"] for plan in ready), ready)
        one = self.owner.post("/plans/ready", {"keys": ["renewal"]})
        self.assertEqual((one.status, one.json["count"]), (201, 1), one)
        rest = self.owner.post("/plans/ready")
        self.assertEqual(rest.json["count"], len(ready) - 1)
        self.assertTrue(all(plan["there"] for plan in self.owner.get("/plans/ready").json["items"]))
        self.assertEqual(self.owner.post("/plans/ready").json["problems"][0]["code"], "plan_ready_there")
        renewal = next(plan for plan in self.owner.get("/plans", fields="name,start_from").json["items"] if plan["start_from"] == "expires_on")
        steps = self.owner.get("/plan_steps", filter={"plan": {"eq": renewal["id"]}}).json["items"]
        self.assertEqual([(step["number"], step["side"]) for step in steps], [(90, "before"), (60, "before"), (30, "before")])
        self.undo(rest.json["change"])
        self.assertEqual(self.owner.get("/plans", filter={"name": {"eq": ready[0]["name"]}}).json["items"], [])


class Rights(PlanTest):
    @classmethod
    def prepare(cls):
        own = {"read": "own", "create": True, "update": "own", "delete": "own", "export": False}
        everything = {**own, "read": "all"}
        assert cls.owner.patch("/roles/member", {"objects": {"*": own, "plan": everything, "plan_step": everything}}).status == 200
        cls.member = cls.server.add_user(cls.owner, "keikaku@example.jp")
        cls.viewer = cls.server.add_user(cls.owner, "miru@example.jp", role="viewer")

    def test_nothing_is_told_of_what_is_hidden(self):
        hidden = self.owner.create("companies", name="見えない商店")
        mine = self.member.create("companies", name="私の商店")
        plan = self.plan([{"name": "電話", "number": 1, "note": "社長の好みを聞く"}])
        absent = plan["id"]
        for path in ("apply", "preview"):
            of_hidden = self.member.post(f"/plans/{plan['id']}/{path}", {"object": "company", "record": hidden["id"]})
            of_nothing = self.member.post(f"/plans/{plan['id']}/{path}", {"object": "company", "record": absent})
            self.assertEqual((of_hidden.status, of_hidden.json["code"]), (404, "not_found"), of_hidden)
            self.assertEqual((of_nothing.status, of_nothing.json["code"]), (404, "not_found"))
        self.assertEqual(self.tasks(company=hidden), [])
        # Nor that somebody else began it on his record, when that task is not his to see.
        self.owner.patch("/companies/" + mine["id"], {"owner_id": self.owner.get("/session").json["user"]["id"]})
        self.apply(plan, mine)
        shared = self.member.create("companies", name="もう一つの商店")
        made = self.apply(plan, [shared, hidden], who=self.member)
        self.assertEqual((made["records"], [(problem["id"], problem["title"], problem["code"]) for problem in made["problems"]]), (1, [(hidden["id"], "", "not_found")]))

    def test_a_hidden_link_of_a_task_shows_in_no_number(self):
        mine = self.member.create("companies", name="数の商店")
        plan = self.plan([{"name": "電話", "number": 1}])
        self.apply(plan, mine, who=self.member)
        deal = self.owner.create("deals", name="内密の商談", company=mine["id"])
        task = self.tasks(company=mine)[0]
        linked = self.owner.patch("/tasks/" + task["id"], {"deal": deal["id"]})
        self.assertEqual(linked.status, 200, linked)
        # Now it is a task of the deal, for who may know of that.
        self.assertEqual(self.preview(plan, mine)["running"]["open"], 0)
        self.owner.patch("/roles/member", {"fields": {"task.deal": "none"}})
        try:
            self.assertEqual(self.preview(plan, mine, who=self.member)["running"]["open"], 1)
        finally:
            self.owner.patch("/roles/member", {"fields": {"task.deal": None}})

    def test_a_masked_note_of_a_step_goes_nowhere(self):
        mine = self.member.create("companies", name="伏せ字商店")
        plan = self.plan([{"name": "電話", "number": 1, "note": "社外秘の手順"}])
        self.owner.patch("/roles/member", {"fields": {"plan_step.note": "none"}})
        try:
            self.assertEqual(self.preview(plan, mine, who=self.member)["tasks"][0]["note"], "")
            self.apply(plan, mine, who=self.member)
            self.assertFalse(self.tasks(company=mine)[0].get("note"))
            self.owner.patch("/roles/member", {"fields": {"plan_step.note": None, "plan_step.name": "masked"}})
            self.preview(plan, mine, status=404, who=self.member)
        finally:
            self.owner.patch("/roles/member", {"fields": {"plan_step.note": None, "plan_step.name": None}})

    def test_who_may_not_make_tasks_begins_no_plan(self):
        company = self.owner.create("companies", name="閲覧商店")
        plan = self.plan([{"name": "電話", "number": 1}])
        self.preview(plan, company, who=self.viewer)
        self.apply(plan, company, status=403, who=self.viewer)
        self.apply(plan, [company], status=403, who=self.viewer)
        self.assertEqual(self.viewer.post("/plans/ready").status, 403)
        self.owner.patch("/roles/viewer", {"objects": {"plan": {"read": "none", "create": False, "update": "none", "delete": "none", "export": False}}})
        self.preview(plan, company, status=404, who=self.viewer)
        self.assertEqual(self.viewer.get("/plans/ready").status, 404)
        self.assertEqual(self.tasks(company=company), [])

    def test_a_customer_that_is_hidden_is_not_linked(self):
        company = self.owner.create("companies", name="隠れた会社")
        person = self.owner.create("people", family_name="隠", given_name="太郎")
        contract = self.owner.create("contracts", name="見える契約", person=person["id"])
        self.owner.patch("/roles/member", {"objects": {"contract": {"read": "all", "create": True, "update": "all", "delete": "own", "export": False}}})
        plan = self.plan([{"name": "電話", "number": 1}], targets=["contract"])
        self.apply(plan, contract, object="contract", who=self.member)
        task = self.tasks(contract=contract)[0]
        self.assertIsNone(task.get("person"), task)
        self.assertIsNotNone(company)
