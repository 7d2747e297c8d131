from daifuku import OWNER, LedgerTest, Server


class Session(LedgerTest):
    def test_setup_link_works_once(self):
        again = self.server.client().post("/setup", {"token": self.server.setup_token, "company_name": "二社目", "name": "二人目", "email": "b@example.jp", "password": "betsu-no-aikotoba"})
        self.assertEqual(again.status, 403)
        self.assertEqual(again.json["code"], "setup_token_wrong")

    def test_a_link_is_checked_before_a_form_is_filled_in(self):
        with Server() as server:
            guest = server.client()
            self.assertEqual(guest.post("/setup/check", {"token": server.setup_token}).json, {"valid": True})
            self.assertEqual(guest.post("/setup/check", {"token": server.setup_token + "x"}).json, {"valid": False})
            self.assertEqual(guest.post("/setup/check", {}).json, {"valid": False})
            self.assertEqual(guest.request("POST", "/api/v1/setup/check", raw=b"token=x", content_type="text/plain").status, 415)

    def test_nobody_sees_anything(self):
        guest = self.server.client()
        for path in ("/companies", "/metadata", "/search?q=a", "/users", "/home", "/openapi.json", "/changes", "/recent", "/events", "/imports"):
            answer = guest.get(path)
            self.assertIn(answer.status, (401, 404), path)
            self.assertNotIn(b"items", answer.body)

    def test_wrong_password_and_unknown_user_are_one_answer(self):
        wrong = self.server.client().post("/session", {"email": OWNER["email"], "password": "chigau-aikotoba"})
        unknown = self.server.client().post("/session", {"email": "dare@example.jp", "password": "chigau-aikotoba"})
        self.assertEqual((wrong.status, wrong.json["code"]), (401, "sign_in_failed"))
        self.assertEqual((unknown.status, unknown.json["code"]), (401, "sign_in_failed"))
        self.assertEqual(wrong.json["title"], unknown.json["title"])

    def test_language_of_messages(self):
        client = self.server.client()
        client.language = "en"
        self.assertIn("password is wrong", client.post("/session", {"email": "x@example.jp", "password": "chigau-aikotoba"}).json["title"])

    def test_state_changes_need_the_token_of_the_session(self):
        body = {"name": "株式会社偽造"}
        for forged in ({"X-CSRF-Token": ""}, {"X-CSRF-Token": "wrong"}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
            self.assertEqual(self.owner.post("/companies", body, headers=forged).status, 403, forged)
        plain = self.owner.request("POST", "/api/v1/companies", raw=b'{"name":"x"}', content_type="text/plain")
        self.assertEqual(plain.status, 415)

    def test_signing_out_ends_the_session(self):
        client = self.server.client()
        self.assertEqual(client.sign_in(**OWNER).status, 200)
        cookie = client.cookie
        self.assertEqual(client.delete("/session").status, 204)
        client.cookie = cookie
        self.assertEqual(client.get("/session").status, 401)

    def test_token_scopes(self):
        made = self.owner.post("/tokens", {"name": "読むだけ", "scopes": ["read"]})
        self.assertEqual(made.status, 201, made)
        program = self.server.client(token=made.json["token"])
        self.assertEqual(program.get("/companies").status, 200)
        refused = program.post("/companies", {"name": "株式会社だめ"})
        self.assertEqual((refused.status, refused.json["code"]), (403, "token_read_only"))
        self.assertEqual(self.owner.delete("/tokens/" + made.json["info"]["id"]).status, 204)
        self.assertEqual(program.get("/companies").status, 401)

    def test_disabled_user_is_out_at_once(self):
        member = self.server.add_user(self.owner, "yameru@example.jp")
        self.assertEqual(member.get("/companies").status, 200)
        self.assertEqual(self.owner.patch("/users/" + member.user["id"], {"disabled": True}).status, 200)
        self.assertEqual(member.get("/companies").status, 401)

    def test_last_owner_stays(self):
        answer = self.owner.patch("/users/" + self.owner.user["id"], {"role": "member"})
        self.assertEqual((answer.status, answer.json["code"]), (403, "last_owner"))

    def test_nobody_raises_himself(self):
        manager = self.server.add_user(self.owner, "kanri@example.jp", role="manager")
        answer = manager.patch("/users/" + manager.user["id"], {"role": "owner"})
        self.assertEqual((answer.status, answer.json["code"]), (403, "role_above_own"))
        made = manager.post("/users", {"name": "影武者", "email": "kage@example.jp", "role": "owner"})
        self.assertEqual(made.status, 403)

    def test_invitation(self):
        made = self.owner.post("/users", {"name": "新人", "email": "shinjin@example.jp", "role": "member"})
        token = made.json["invite"].split("#")[1]
        client = self.server.client()
        self.assertEqual(client.post("/invite/check", {"token": token}).json, {"valid": True})
        short = client.post("/invite", {"token": token, "password": "mijikai"})
        self.assertEqual((short.status, short.json["problems"][0]["code"]), (422, "password_short"))
        self.assertEqual(client.post("/invite", {"token": token, "password": "jubun-ni-nagai"}).status, 200)
        self.assertEqual(client.post("/invite", {"token": token, "password": "jubun-ni-nagai"}).status, 403)
        self.assertEqual(client.post("/invite/check", {"token": token}).json, {"valid": False})
        for _ in range(10):
            paused = client.post("/invite/check", {"token": "ataranai"})
        self.assertEqual((paused.status, paused.json["code"]), (429, "too_many"))
        self.assertEqual(client.sign_in("shinjin@example.jp", "jubun-ni-nagai").status, 200)

    def test_every_answer_carries_the_security_headers(self):
        for path in ("/api/v1/companies", "/api/v1/nothing", "/healthz", "/", "/api/v1/companies/xx"):
            answer = self.owner.request("GET", path)
            self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff", path)
            self.assertIn("default-src 'none'", answer.headers["Content-Security-Policy"], path)
            self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer", path)
