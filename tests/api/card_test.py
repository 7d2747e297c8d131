"""Business cards from a photo: read in the background, checked, saved as records with one undo."""
import json
import pathlib
import shutil
import struct
import subprocess
import tempfile
import unittest
import zlib

from daifuku import ROOT, LedgerTest, wait_for

DRAW = ROOT / "bench/cards/draw.py"


def drawn(count=4):
    """Pictures and what is printed on them, drawn now; skipped where Python's imaging or the fonts are missing."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="daifuku-cards-"))
    try:
        made = subprocess.run(["/usr/bin/python3", str(DRAW), str(folder), "--cards", str(count)], capture_output=True, text=True)
        if made.returncode != 0:
            raise unittest.SkipTest("no cards can be drawn here: " + made.stderr.strip().split("\n")[-1])
        return [((folder / f"{number:03d}.jpg").read_bytes(), json.loads((folder / f"{number:03d}.json").read_text())["cards"][0]) for number in range(2)]
    finally:
        shutil.rmtree(folder)


def png(width, height, rows=None, head_only=False):
    """A white PNG, or one that only says it is that large."""
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    out = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    if not head_only:
        out += chunk(b"IDAT", zlib.compress((b"\0" + b"\xff" * (3 * width)) * height))
    return out + chunk(b"IEND", b"")


class Cards(LedgerTest):
    @classmethod
    def prepare(cls):
        cls.cards = drawn()
        cls.owner.connection = None  # Drawing takes longer than an idle connection is kept.
        cls.member = cls.server.add_user(cls.owner, "eigyo@example.jp")
        cls.other = cls.server.add_user(cls.owner, "betsu@example.jp")
        cls.viewer = cls.server.add_user(cls.owner, "miru@example.jp", role="viewer")

    def upload(self, picture, who=None):
        return (who or self.member).request("POST", "/api/v1/cards?name=meishi.jpg", raw=picture, content_type="application/octet-stream")

    def read(self, picture, who=None):
        made = self.upload(picture, who)
        self.assertEqual(made.status, 201, made)
        return wait_for(lambda: (lambda now: now if now["status"] != "reading" else None)((who or self.member).get("/cards/" + made.json["id"]).json), seconds=240)

    def test_a_photo_becomes_records_and_one_undo_takes_them_back(self):
        picture, printed = self.cards[0]
        scan = self.read(picture)
        self.assertEqual((scan["status"], len(scan["cards"]), scan["recognized"]), ("ready", 1, True), scan)
        card = scan["cards"][0]
        values = {field["key"]: field["value"] for field in card["fields"]}
        for key in ("phone", "email", "postal_code"):
            self.assertEqual(values.get(key), printed[key], (key, card["lines"]))
        for field in card["fields"]:
            left, top, width, height = field["box"]
            self.assertTrue(0 <= left and left + width <= card["width"] + 2 and 0 <= top and top + height <= card["height"] + 2, field)
            self.assertTrue(0 < field["confidence"] <= 99, field)
        image = self.member.get(f"/cards/{scan['id']}/1/image")
        self.assertEqual((image.status, image.headers["Content-Type"], image.body[:3]), (200, "image/jpeg", b"\xff\xd8\xff"))

        # What the person types in the check screen counts, not what was read.
        checked = {**values, "name": printed["name"], "company_name": printed["company_name"]}
        checked.pop("name_romaji", None)
        saved = self.member.post(f"/cards/{scan['id']}/1/save", {"values": checked, "company": "new", "person": "new"})
        self.assertEqual(saved.status, 201, saved)
        record = self.member.get("/business_cards/" + saved.json["business_card"]).json
        self.assertEqual((record["name"], record["email"], record["latest"]), (printed["name"], printed["email"], True))
        self.assertEqual((record["person"]["id"], record["company"]["id"]), (saved.json["person"], saved.json["company"]))
        files = self.member.get(f"/business_cards/{record['id']}/files").json["items"]
        self.assertEqual([file["id"] for file in files], [record["image"]["id"]])
        self.assertEqual(self.member.get("/files/" + files[0]["id"]).body, image.body)
        person = self.member.get("/people/" + saved.json["person"]).json
        self.assertEqual((person["name"], person["company"]["id"], person["latest_card"]["id"]), (printed["name"], saved.json["company"], record["id"]))
        company = self.member.get("/companies/" + saved.json["company"]).json
        self.assertEqual((company["name"], company["postal_code"]), (printed["company_name"], printed["postal_code"].replace("-", "")))
        self.assertEqual(self.member.get("/cards/" + scan["id"]).json["cards"][0]["status"], "saved")
        again = self.member.post(f"/cards/{scan['id']}/1/save", {"values": checked, "company": "new", "person": "new"})
        self.assertEqual((again.status, again.json["code"]), (409, "card_saved_already"))

        undone = self.member.post("/undo", {"change": saved.json["change"]})
        self.assertEqual((undone.status, undone.json["skipped"]), (200, []), undone)
        for plural, key in (("business_cards", "business_card"), ("people", "person"), ("companies", "company")):
            self.assertTrue(self.member.get(f"/{plural}/{saved.json[key]}").json.get("deleted_at"), plural)
        self.assertEqual(self.member.get("/cards/" + scan["id"]).json["cards"][0]["status"], "open")

    def test_a_card_of_somebody_known_is_the_newest_and_brings_news(self):
        picture, printed = self.cards[1]
        company = self.member.create("companies", name=printed["company_name"])
        person = self.member.create("people", name=printed["name"], company=company["id"], job_title="主任", email="mukashi@example.jp")
        old = self.member.create("business_cards", name=printed["name"], person=person["id"], received_on="2024-04-01")
        scan = self.read(picture)
        values = {"name": printed["name"], "company_name": printed["company_name"], "job_title": "部長", "email": printed["email"]}
        refused = self.member.post(f"/cards/{scan['id']}/1/save", {"values": {**values, "email": "壊れた"}, "company": company["id"], "person": person["id"]})
        self.assertEqual((refused.status, refused.json["problems"][0]["field"]), (422, "email"), refused)
        self.assertEqual(self.member.get("/cards/" + scan["id"]).json["cards"][0]["status"], "open")
        saved = self.member.post(f"/cards/{scan['id']}/1/save", {"values": values, "company": company["id"], "person": person["id"]}).json
        self.assertEqual((saved["person"], saved["company"]), (person["id"], company["id"]))
        now = self.member.get("/people/" + person["id"]).json
        self.assertEqual((now["job_title"], now["email"], now["latest_card"]["id"]), ("部長", printed["email"], saved["business_card"]))
        self.assertEqual([self.member.get("/business_cards/" + id).json["latest"] for id in (old["id"], saved["business_card"])], [False, True])
        self.member.post("/undo", {"change": saved["change"]})
        now = self.member.get("/people/" + person["id"]).json
        self.assertEqual((now["job_title"], now["email"], now["latest_card"]["id"]), ("主任", "mukashi@example.jp", old["id"]))

    def recut(self, scan, corners, number=None):
        part = f"/{number}" if number else ""
        return self.member.post(f"/cards/{scan['id']}{part}/cut", {"corners": corners})

    def when_read(self, scan):
        def settled():
            now = self.member.get("/cards/" + scan["id"]).json
            return None if any(card["status"] == "reading" for card in now["cards"]) else now
        return wait_for(settled, seconds=240)

    def test_a_part_drawn_by_hand_is_read_as_that_card_or_as_one_more(self):
        picture, printed = self.cards[0]
        scan = self.read(picture)
        self.assertEqual((scan["photo"], len(scan["cards"][0]["corners"])), (True, 8))
        self.assertEqual(self.member.get(f"/cards/{scan['id']}/photo").body, picture)
        for bad in ([0, 0, 100, 0, 100, 100, 0, 100], [1000, 1000, 1000, 9000, 9000, 9000, 9000, 1000], [0, 0, 10001, 0, 10000, 10000, 0, 10000],
                    [0, 0, 1], None, ["0"] * 8, [1000, 1000, 9000, 1000, 2000, 2000, 1000, 9000]):
            answer = self.recut(scan, bad, 1)
            self.assertEqual((answer.status, answer.json["problems"][0]["field"]), (422, "corners"), bad)
        # The lower half holds no name, and the upper half no phone.
        lower = [0, 5200, 10000, 5200, 10000, 10000, 0, 10000]
        begun = self.recut(scan, lower, 1)
        self.assertEqual((begun.status, begun.json["status"], begun.json["cards"][0]["status"], begun.json["cards"][0]["corners"]), (200, "ready", "reading", lower))
        now = self.when_read(scan)
        card = now["cards"][0]
        values = {field["key"]: field["value"] for field in card["fields"]}
        self.assertEqual((card["status"], card["corners"], values.get("phone")), ("open", lower, printed["phone"]), card)
        self.assertNotIn("company_name", values)
        self.assertLess(card["height"], scan["cards"][0]["height"] * 0.6)
        added = self.recut(scan, [0, 0, 10000, 0, 10000, 5200, 0, 5200])
        self.assertEqual((added.status, [card["status"] for card in added.json["cards"]]), (201, ["open", "reading"]))
        now = self.when_read(scan)
        self.assertEqual([card["corners"][1] for card in now["cards"]], [5200, 0])
        self.assertNotIn("phone", [field["key"] for field in now["cards"][1]["fields"]])
        self.assertEqual(self.member.get(f"/cards/{scan['id']}/2/image").body[:3], b"\xff\xd8\xff")
        self.assertEqual(self.recut(scan, lower, 3).status, 404)
        saved = self.member.post(f"/cards/{scan['id']}/1/save", {"values": {"name": printed["name"]}, "person": "new"})
        self.assertEqual(saved.status, 201, saved)
        answer = self.recut(scan, lower, 1)
        self.assertEqual((answer.status, answer.json["code"]), (409, "card_saved_already"))
        for who in (self.other, self.viewer):
            self.assertEqual(who.get(f"/cards/{scan['id']}/photo").status, 404)
            self.assertIn(who.post(f"/cards/{scan['id']}/1/cut", {"corners": lower}).status, (403, 404))
            self.assertIn(who.post(f"/cards/{scan['id']}/cut", {"corners": lower}).status, (403, 404))

    def test_others_neither_see_nor_touch_it(self):
        scan = self.read(png(600, 400))
        for who, status in ((self.other, 404), (self.viewer, 404)):
            self.assertEqual(who.get("/cards/" + scan["id"]).status, status)
            self.assertEqual(who.get(f"/cards/{scan['id']}/1/image").status, status)
            self.assertIn(who.post(f"/cards/{scan['id']}/1/save", {"values": {"name": "x"}}).status, (403, 404))
            self.assertIn(who.post(f"/cards/{scan['id']}/1/skip").status, (403, 404))
            self.assertIn(who.delete("/cards/" + scan["id"]).status, (403, 404))
        self.assertEqual(self.other.get("/cards").json["items"], [])
        self.assertEqual(self.viewer.get("/cards").status, 403)
        self.assertEqual(self.upload(png(600, 400), self.viewer).status, 403)
        self.assertEqual(self.owner.get("/cards/" + scan["id"]).status, 200)
        self.assertEqual(self.member.get(f"/cards/{scan['id']}/2/image").status, 404)

    def test_a_link_that_one_may_not_write_is_left_out(self):
        person = self.owner.create("people", name="結ばない 人")
        rights = {"business_card.person": "read", "business_card.company": "read"}
        self.assertEqual(self.owner.patch("/roles/member", {"fields": rights}).status, 200)
        self.addCleanup(lambda: self.owner.patch("/roles/member", {"fields": {key: None for key in rights}}))
        scan = self.read(png(600, 400))
        saved = self.member.post(f"/cards/{scan['id']}/1/save", {"values": {"name": "結ばない 人"}, "person": person["id"]})
        self.assertEqual(saved.status, 201, saved)
        self.assertNotIn("person", self.owner.get("/business_cards/" + saved.json["business_card"]).json)

    def test_what_cannot_be_kept_is_told(self):
        made = self.upload(self.cards[0][0]).json
        # As where the disk is full: the picture of the card cannot be put in its place.
        (self.server.data / "cards" / f"{made['id']}.1.card").mkdir()
        scan = wait_for(lambda: (lambda now: now if now["status"] != "reading" else None)(self.member.get("/cards/" + made["id"]).json), seconds=60)
        self.assertEqual((scan["status"], scan["failure"]["code"]), ("failed", "card_reading_failed"))
        self.assertEqual(self.member.delete("/cards/" + made["id"]).status, 204)

    def test_one_person_does_not_fill_the_queue_of_the_others(self):
        scans = []
        full = None
        for _ in range(60):
            made = self.upload(self.cards[0][0])
            if made.status != 201:
                full = made
                break
            scans.append(made.json["id"])
        try:
            self.assertEqual((full.status, full.json["code"]), (409, "card_queue_full"))
            other = self.upload(png(600, 400), self.other)
            self.assertEqual(other.status, 201, other)
            self.other.delete("/cards/" + other.json["id"])
        finally:
            for id in scans:
                self.member.delete("/cards/" + id)

    def test_putting_aside_and_deleting(self):
        scan = self.read(png(600, 400))
        self.assertEqual(self.member.post(f"/cards/{scan['id']}/1/skip").json["cards"][0]["status"], "skipped")
        self.assertEqual(self.member.post(f"/cards/{scan['id']}/1/reopen").json["cards"][0]["status"], "open")
        self.assertEqual(self.member.delete("/cards/" + scan["id"]).status, 204)
        self.assertEqual(self.member.get("/cards/" + scan["id"]).status, 404)
        self.assertEqual([path.name for path in (self.server.data / "cards").iterdir() if path.name.startswith(scan["id"])], [])

    def test_hostile_pictures_hurt_nobody(self):
        picture = self.cards[0][0]
        for content, code in ((b"", "file_empty"), (b"GIF89a" + b"\0" * 100, "card_not_a_picture"), (b"%PDF-1.7", "card_not_a_picture")):
            answer = self.upload(content)
            self.assertEqual((answer.status, answer.json["code"]), (415, code), answer)
        for content, code in ((png(30000, 30000, head_only=True), "card_picture_too_large"), (png(40, 40), "card_picture_too_small"),
                              (b"\xff\xd8\xff" + b"\xe0" * 5000, "card_picture_damaged"), (png(600, 400)[:200], "card_picture_damaged")):
            scan = self.read(content)
            self.assertEqual((scan["status"], scan["failure"]["code"], scan["cards"]), ("failed", code, []), scan)
            self.assertGreater(len(scan["failure"]["message"]), 10)
        # Cut off and scribbled over: read or refused, and the server stands.
        for content in (picture[:len(picture) // 2], picture[:3000] + b"\xff" * 3000 + picture[6000:]):
            self.assertIn(self.read(content)["status"], ("ready", "failed"))
        self.assertEqual(self.owner.get("/session").status, 200)

    def test_pictures_lie_sealed_on_disk(self):
        scan = self.read(png(600, 400))
        files = [path for path in (self.server.data / "cards").iterdir() if path.name.startswith(scan["id"])]
        self.assertEqual(sorted(path.name for path in files), [scan["id"] + ".1.card", scan["id"] + ".photo"])
        for path in files:
            self.assertNotIn(b"\xff\xd8\xff", path.read_bytes())
            self.assertEqual(path.stat().st_mode & 0o777, 0o600)

    def test_an_upload_waits_out_a_restart(self):
        made = [self.upload(self.cards[0][0], self.owner).json["id"] for _ in range(2)]
        self.server.stop()
        self.server.start()
        # Sessions outlive the server, connections do not.
        for who in (self.owner, self.member, self.other, self.viewer):
            who.connection = None
        for id in made:
            scan = wait_for(lambda: (lambda now: now if now["status"] != "reading" else None)(self.owner.get("/cards/" + id).json), seconds=240)
            self.assertEqual((scan["status"], len(scan["cards"])), ("ready", 1))


if __name__ == "__main__":
    unittest.main()
