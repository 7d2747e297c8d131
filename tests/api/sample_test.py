"""Sample customers: put into a ledger that has none, looked at, and taken away in one go."""
import time
import unittest

from daifuku import LedgerTest


class Sample(LedgerTest):
    def count(self, plural):
        answer = self.owner.get(f"/{plural}", limit=1, total=1)
        self.assertEqual(answer.status, 200, answer)
        return answer.json["total"]["count"]

    def test_comes_goes_and_comes_back_with_undo(self):
        before = self.owner.get("/sample").json
        self.assertEqual(before, {"records": 0, "possible": True})
        # Nothing to take away is no fault.
        self.assertEqual(self.owner.delete("/sample").json["records"], 0)

        made = self.owner.post("/sample")
        self.assertEqual(made.status, 201, made)
        self.assertGreater(made.json["records"], 200)
        self.assertEqual(self.owner.get("/sample").json, {"records": made.json["records"], "possible": False})
        self.assertGreaterEqual(self.count("companies"), 20)
        orders = self.count("orders")
        self.assertGreater(orders, 0)
        # It is a story of years, told in its own time; the log keeps when it was really written.
        first = self.owner.get("/orders", sort="ordered_on", limit=1).json["items"][0]
        oldest = self.owner.get(f"/orders/{first['id']}").json
        self.assertLess(oldest["created_at"][:7], time.strftime("%Y-%m", time.gmtime()))
        self.assertEqual(oldest["created_at"][:4], oldest["ordered_on"][:4])
        # What somebody writes himself, also about the sample, is no part of it.
        company = self.owner.get("/companies", limit=1).json["items"][0]["id"]
        mine = self.owner.create("activities", kind="call", content="試しの電話", company=company)["id"]
        own = self.owner.create("companies", name="本物商事")["id"]
        # A product that somebody has come to sell stays with his order.
        product = self.owner.get("/products", limit=1).json["items"][0]["id"]
        order = self.owner.post("/orders", {"company": own, "ordered_on": "2026-01-05", "order_lines": [{"product": product, "quantity": 1}]})
        self.assertEqual(order.status, 201, order)

        # Only where there are no customers, so that sample and truth do not mix.
        again = self.owner.post("/sample")
        self.assertEqual((again.status, again.json["code"]), (409, "sample_not_empty"))
        # Of what was thrown away already only the rest goes.
        self.assertEqual(self.owner.delete(f"/companies/{company}").status, 200)

        gone = self.owner.delete("/sample")
        # The company thrown away before; the product and its group stay.
        self.assertEqual((gone.status, gone.json["records"]), (200, made.json["records"] - 3), gone)
        self.assertEqual(self.owner.get("/sample").json, {"records": 2, "possible": False})
        self.assertEqual([item["id"] for item in self.owner.get("/companies").json["items"]], [own])
        self.assertEqual(self.count("orders"), 1)
        self.assertEqual([item["id"] for item in self.owner.get("/products").json["items"]], [product])
        self.assertEqual(self.owner.get(f"/activities/{mine}").status, 200)

        undone = self.owner.post("/undo", {"change": gone.json["change"]})
        self.assertEqual(undone.status, 200, undone)
        self.assertEqual(self.owner.get("/sample").json["records"], made.json["records"] - 1)
        self.assertEqual(self.count("orders"), orders + 1)


class SampleRights(LedgerTest):
    def test_is_the_owners_alone(self):
        for role in ("manager", "member", "viewer"):
            who = self.server.add_user(self.owner, f"{role}@example.jp", role=role)
            for method in ("get", "post", "delete"):
                answer = getattr(who, method)("/sample")
                self.assertEqual(answer.status, 403, (role, method, answer))
        self.assertEqual(self.owner.get("/companies").json["items"], [])

    def test_a_ledger_in_use_takes_none(self):
        person = self.owner.create("people", name="山田 太郎")["id"]
        self.assertFalse(self.owner.get("/sample").json["possible"])
        self.assertEqual(self.owner.post("/sample").status, 409)
        self.assertEqual(self.owner.delete(f"/people/{person}").status, 200)
        self.assertTrue(self.owner.get("/sample").json["possible"])


if __name__ == "__main__":
    unittest.main()
