"""Attachments: taken away, brought back, in the history and in undo."""
import unittest

from daifuku import LedgerTest


class Files(LedgerTest):
    def setUp(self):
        self.company = self.owner.create("companies", name="添付商会")
        self.path = f"/companies/{self.company['id']}/files"

    def names(self, **query):
        return [row["name"] for row in self.owner.get(self.path, **query).json["items"]]

    def test_a_removed_file_comes_back(self):
        file = self.owner.upload(self.path, "見積.txt", b"1,000").json["items"][0]
        self.assertEqual(self.owner.delete("/files/" + file["id"]).status, 200)
        self.assertEqual((self.names(), self.names(deleted=1)), ([], ["見積.txt"]))
        self.assertIn("deleted_at", self.owner.get(self.path, deleted=1).json["items"][0])
        self.assertEqual(self.owner.get("/files/" + file["id"]).status, 404)
        back = self.owner.post(f"/files/{file['id']}/restore")
        self.assertEqual((back.status, back.json["name"]), (200, "見積.txt"))
        self.assertEqual((self.names(), self.names(deleted=1)), (["見積.txt"], []))
        self.assertEqual(self.owner.get("/files/" + file["id"]).body, b"1,000")
        history = self.owner.get(f"/companies/{self.company['id']}/history").json["items"]
        self.assertEqual([(row["action"], row["changes"][0]["field"], bool(row["changes"][0]["old"]), bool(row["changes"][0]["new"])) for row in history[:3]],
                         [("update", "files", False, True), ("update", "files", True, False), ("update", "files", False, True)])
        self.assertEqual(history[0]["changes"][0]["new"], {"id": file["id"], "name": "見積.txt"})

    def test_only_pictures_and_papers_are_shown_and_only_in_our_pages(self):
        for name, content, type, frame in (("見積.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf", "SAMEORIGIN"), ("写真.png", b"\x89PNG\r\n\x1a\n" + b"0" * 32, "image/png", "DENY"),
                                           ("罠.html", b"<script>alert(1)</script>", "application/octet-stream", "DENY"), ("罠.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "application/octet-stream", "DENY"),
                                           ("偽.pdf", b"<script>alert(1)</script>", "application/octet-stream", "DENY")):
            file = self.owner.upload(self.path, name, content).json["items"][0]["id"]
            shown = self.owner.get("/files/" + file, inline=1)
            policy = shown.headers["content-security-policy"]
            self.assertEqual((shown.headers["content-type"], shown.headers["x-frame-options"], shown.headers["x-content-type-options"]), (type, frame, "nosniff"), name)
            self.assertTrue(policy.startswith("default-src 'none'") and ("sandbox" in policy) == (frame == "DENY"), policy)
            # Saved, it is framed by nobody.
            self.assertEqual(self.owner.get("/files/" + file).headers["x-frame-options"], "DENY")

    def test_undo_takes_files_back_and_away(self):
        added = self.owner.upload(self.path, "契約.txt", b"x").json
        file = added["items"][0]
        removed = self.owner.delete("/files/" + file["id"]).json["change"]
        undone = self.owner.post("/undo", {"change": removed}).json
        self.assertEqual((undone["undone"], undone["skipped"], self.names()), (1, [], ["契約.txt"]))
        self.assertEqual(self.owner.post("/undo", {"change": undone["change"]}).json["undone"], 1)
        self.assertEqual(self.names(), [])
        self.owner.post(f"/files/{file['id']}/restore")
        self.assertEqual(self.owner.post("/undo", {"change": added["change"]}).json["undone"], 1)
        self.assertEqual((self.names(), self.names(deleted=1)), ([], ["契約.txt"]))

    def test_an_edit_beside_a_file_is_no_conflict(self):
        file = self.owner.upload(self.path, "図面.txt", b"x").json["items"][0]
        self.owner.delete("/files/" + file["id"])
        changed = self.owner.patch("/companies/" + self.company["id"], {"version": 1, "employees": 3})
        self.assertEqual((changed.status, changed.json["version"]), (200, 2))

    def test_undo_is_for_who_may_change_the_record(self):
        member = self.server.add_user(self.owner, f"tenpu{self.company['id'].lower()}@example.jp")
        file = member.upload(self.path, "本人の.txt", b"x").json["items"][0]
        change = member.delete("/files/" + file["id"]).json["change"]
        self.assertEqual(self.owner.patch("/roles/member", {"objects": {"company": {"read": "all", "create": True, "update": "own", "delete": "none"}}}).status, 200)
        answer = member.post("/undo", {"change": change}).json
        self.assertEqual((answer["undone"], len(answer["skipped"])), (0, 1))
        self.assertEqual(self.names(), [])
        self.owner.patch("/roles/member", {"objects": {"company": {"read": "all", "create": True, "update": "all", "delete": "own"}}})


if __name__ == "__main__":
    unittest.main()
