#!/usr/bin/env python3
"""kill -9 while several people write and merge, many times: what was acknowledged is there, nothing is half there.

    tests/crash/kill_writes.py [--binary PATH] [--kills 50] [--seed N]
"""
import argparse
import os
import pathlib
import random
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

WRITERS = 8


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    arguments = parser.parse_args()
    if arguments.binary:
        os.environ["DAIFUKU_BINARY"] = str(pathlib.Path(arguments.binary).resolve())
    from daifuku import OWNER, Server

    print(f"seed {arguments.seed}")
    chance = random.Random(arguments.seed)
    server = Server().start()
    owner = server.set_up()
    token = owner.post("/tokens", {"name": "crash", "scopes": ["read", "write"]}).json["token"]
    acknowledged = {}  # id -> the values that were acknowledged last
    merges = []  # [into, from, people of both, whether the merge was acknowledged]
    lock = threading.Lock()
    passed = failed = 0
    counter = all_merges = told_merges = 0

    def writer(number, round_number, stop):
        nonlocal counter
        client = server.client(token=token)
        mine = []
        while not stop.is_set():
            try:
                with lock:
                    counter += 1
                    n = counter
                if mine and n % 3 == 0:
                    record = mine[n % len(mine)]
                    values = {"employees": n}
                    answer = client.patch("/companies/" + record, values)
                    if answer.status == 200:
                        with lock:
                            acknowledged[record].update(values)
                else:
                    values = {"name": f"株式会社耐久{round_number}の{n}", "phone": f"03-{n // 10000 % 10000:04d}-{n % 10000:04d}"}
                    answer = client.post("/companies", values)
                    if answer.status == 201:
                        mine.append(answer.json["id"])
                        with lock:
                            acknowledged[answer.json["id"]] = values
            except Exception:  # the server was killed in the middle
                return

    def merger(round_number, stop):
        client = server.client(token=token)
        while not stop.is_set():
            try:
                pair = [client.post("/companies", {"name": f"統合{round_number}の{side}"}).json["id"] for side in ("甲", "乙")]
                people = [[], []]
                for side in (0, 1):
                    for n in range(5):
                        people[side].append(client.post("/people", {"family_name": f"耐久{n}", "company": pair[side]}).json["id"])
                with lock:
                    merges.append([*pair, people, False])
                    mine = merges[-1]
                mine[3] = client.post(f"/companies/{pair[0]}/merge", {"from": [pair[1]]}).status == 200
            except Exception:  # the server was killed in the middle
                return

    def half_merged(reader):
        """What is neither before nor after its merge, or was acknowledged and is not there."""
        for into, gone, people, told in merges:
            merged = reader.get("/companies/" + gone).json["id"] == into
            if told and not merged:
                yield f"the merge of {gone} into {into} is lost"
            for side, ids in enumerate(people):
                for person in ids:
                    at = reader.get("/people/" + person).json["company"]["id"]
                    if at != (into if merged or side == 0 else gone):
                        yield f"{person} is at {at}, {'after' if merged else 'before'} the merge of {gone} into {into}"

    try:
        for kill in range(arguments.kills):
            stop = threading.Event()
            threads = [threading.Thread(target=writer, args=(i, kill, stop)) for i in range(WRITERS)]
            threads.append(threading.Thread(target=merger, args=(kill, stop)))
            for thread in threads:
                thread.start()
            time.sleep(chance.uniform(0.05, 0.4))  # when to kill is the dice of this test, not a wait for something
            server.kill()
            stop.set()
            for thread in threads:
                thread.join()
            started = time.monotonic()
            server.start()
            seconds = time.monotonic() - started
            reader = server.client(token=token)
            problems = list(half_merged(reader))
            all_merges += len(merges)
            told_merges += sum(1 for each in merges if each[3])
            merges.clear()
            sample = list(acknowledged) if kill == arguments.kills - 1 else chance.sample(list(acknowledged), min(150, len(acknowledged)))
            for record in sample:
                answer = reader.get("/companies/" + record)
                if answer.status != 200:
                    problems.append(f"{record} is lost")
                    continue
                found = answer.json
                for key, value in acknowledged[record].items():
                    # A later update may have reached the disk without its answer reaching us: then the number is higher.
                    if found.get(key) != value and not (key == "employees" and found.get(key, 0) > value):
                        problems.append(f"{record} {key}: {found.get(key)} instead of {value}")
                # No half record: it is in the history, and found by search and by its phone.
                history = reader.get(f"/companies/{record}/history").json["items"]
                if history[-1]["action"] != "create" or len(history) != found["version"]:
                    problems.append(f"{record}: history has {len(history)} rows, version is {found['version']}")
                if kill % 10 == 9 and record not in [row["id"] for row in reader.get("/search", q=found["name"], objects="company").json["items"]]:
                    problems.append(f"{record} is not found by search")
            if problems or seconds > 10:
                failed += 1
                print(f"kill {kill}: {problems[:5]} started in {seconds:.1f} s")
            else:
                passed += 1
        server.stop()
        verified = server.command("verify")
        if verified.returncode == 0:
            passed += 1
        else:
            failed += 1
            print("the chain of the log:", verified.stdout, verified.stderr)
    finally:
        server.close()
    # A run in which nothing was written proves nothing.
    if not acknowledged or not told_merges:
        failed += 1
        print("nothing was acknowledged before a kill")
    print(f"{len(acknowledged)} acknowledged records and {told_merges} of {all_merges} merges over {arguments.kills} kills")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
