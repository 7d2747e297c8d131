"""The event stream: changes of records, of what one may see, and of saved views."""
import json
import unittest

from daifuku import LedgerTest, wait_for
from events import Stream


class Events(LedgerTest):
    def versions(self, stream):
        return [json.loads(data)["version"] for data in stream.data("metadata")]

    def test_changes_of_records_are_told(self):
        with Stream(self.server, self.owner) as stream:
            made = self.owner.create("companies", name="知らせ商会")
            told = wait_for(lambda: [data for data in stream.data("change") if made["id"] in data])
            self.assertEqual(json.loads(told[0])["action"], "create")

    def test_fields_made_changed_and_hidden_are_told_with_the_new_version(self):
        with Stream(self.server, self.owner) as stream:
            self.assertEqual(self.versions(stream), [self.owner.get("/metadata").json["version"]])
            field = self.owner.post("/fields", {"object": "company", "kind": "text", "label": {"ja": "合言葉", "en": "Word"}}).json
            for number, change in enumerate((lambda: None, lambda: self.owner.patch("/fields/company/" + field["key"], {"label": {"ja": "新しい名", "en": "Name"}}), lambda: self.owner.delete("/fields/company/" + field["key"]))):
                change()
                wait_for(lambda: len(self.versions(stream)) >= number + 2)
                now = self.owner.get("/metadata").json["version"]
                wait_for(lambda: self.versions(stream)[-1] == now)
                self.assertEqual(self.owner.get("/session").json["metadata_version"], now)
            self.assertEqual(len(set(self.versions(stream))), len(self.versions(stream)))

    def test_a_changed_role_is_told_to_its_people_only(self):
        member = self.server.add_user(self.owner, "shirase@example.jp")
        with Stream(self.server, member) as stream, Stream(self.server, self.owner) as others:
            before = member.get("/session").json["metadata_version"]
            self.owner.patch("/roles/member", {"fields": {"company.employees": "none"}})
            wait_for(lambda: len(self.versions(stream)) == 2)
            self.assertEqual(self.versions(stream)[0], before)
            self.assertEqual(self.versions(stream)[1], member.get("/metadata").json["version"])
            # The owner hears of the next change of a record and of no metadata before it.
            made = self.owner.create("companies", name="役割商会")
            wait_for(lambda: any(made["id"] in data for data in others.data("change")))
            self.assertEqual(len(self.versions(others)), 1)

    def test_saved_views_are_told(self):
        member = self.server.add_user(self.owner, "mikata@example.jp")
        with Stream(self.server, member) as stream:
            view = self.owner.post("/views", {"object": "deal", "name": "みんなの", "shared": True, "state": {}}).json
            wait_for(lambda: len(stream.data("views")) == 1)
            self.owner.patch("/views/" + view["id"], {"name": "改名"})
            wait_for(lambda: len(stream.data("views")) == 2)
            self.owner.delete("/views/" + view["id"])
            wait_for(lambda: len(stream.data("views")) == 3)
            self.assertEqual({json.loads(data)["object"] for data in stream.data("views")}, {"deal"})
            self.assertNotIn("みんなの", "".join(stream.lines))


if __name__ == "__main__":
    unittest.main()
