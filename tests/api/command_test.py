"""The command line: what --help says, and passwords that nobody reads over a shoulder."""
import os
import pty
import re
import select
import subprocess
import unittest

from daifuku import ROOT, Server


class Commands(unittest.TestCase):
    def test_help_names_every_option_in_both_languages(self):
        source = (ROOT / "src/main/options.cpp").read_text()
        arrays = re.findall(r"k(?:Switches|Values)\[\] = \{(.*?)\};", source, re.DOTALL)
        names = re.findall(r'"([a-z-]+)"', "".join(arrays))
        self.assertGreater(len(names), 15)
        for language in ("ja_JP.UTF-8", "en_US.UTF-8"):
            text = subprocess.run([Server().binary, "--help"], capture_output=True, text=True, env={**os.environ, "LC_ALL": language}, check=True).stdout
            for name in names:
                self.assertRegex(text, r"--" + name + r"(?![a-z-])", language)
            self.assertEqual(set(re.findall(r"--([a-z][a-z-]+)", text)) - set(names), set(), language)

    def type_password(self, server, words, typed):
        """Runs the command on a terminal, types when it asks, gives back its exit code and all that the screen showed."""
        pid, terminal = pty.fork()
        if pid == 0:
            os.execve(server.binary, [server.binary, *words, "--data", str(server.data), *server.store_options()], {**os.environ, "LC_ALL": "ja_JP.UTF-8"})
        shown = b""
        sent = False
        while True:
            ready, _, _ = select.select([terminal], [], [], 60)
            self.assertTrue(ready, shown)
            try:
                piece = os.read(terminal, 1000)
            except OSError:
                break
            if not piece:
                break
            shown += piece
            if not sent and "パスワード" in shown.decode("utf-8", "ignore"):
                os.write(terminal, typed)
                sent = True
        os.close(terminal)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), shown.decode()

    def test_a_typed_password_is_not_shown(self):
        server = Server().start()
        try:
            server.set_up()
            server.stop()
            code, shown = self.type_password(server, ["user", "add", "himitsu@example.jp"], b"totemo-nagai-himitsu\n")
            self.assertEqual(code, 0, shown)
            self.assertNotIn("himitsu\r", shown.replace("himitsu@", ""))
            self.assertNotIn("totemo", shown)
            code, shown = self.type_password(server, ["user", "reset", "himitsu@example.jp"], b"yame\x03")
            self.assertEqual(code, 2, shown)
            self.assertNotIn("yame", shown)
            # From another program as before: the first line.
            self.assertEqual(server.command("user", "reset", "himitsu@example.jp", input="betsu-no-aikotoba-desu\n").returncode, 0)
            server.start()
            self.assertEqual(server.client().sign_in("himitsu@example.jp", "betsu-no-aikotoba-desu").status, 200)
        finally:
            server.close()

    def test_a_command_beside_the_server_keeps_the_log_whole(self):
        # On PostgreSQL a command may write while the server does; ids and the chain still rise together.
        server = Server().start()
        try:
            owner = server.set_up()
            if server.store != "postgres":
                server.stop()
            sheet = server.folder / "会社.csv"
            sheet.write_text("会社名,電話番号\n" + "".join(f"並行{number}商会,03-5555-{number:04}\n" for number in range(400)))
            running = subprocess.Popen([server.binary, "import", "company", str(sheet), "--data", str(server.data), *server.store_options()], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            while server.store == "postgres" and running.poll() is None:
                owner.create("companies", name="同時に登録")
            self.assertEqual(running.wait(120), 0)
            server.stop()
            self.assertEqual(server.command("verify").returncode, 0)
        finally:
            server.close()


if __name__ == "__main__":
    unittest.main()
