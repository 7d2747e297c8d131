#!/usr/bin/env python3
"""Runs the API scenarios (tests/api/*_test.py) on both stores from one source.

    tests/api/run.py [--binary PATH] [--filter TEXT] [--store sqlite|postgres]

PostgreSQL runs when DAIFUKU_TEST_POSTGRES names a server (scripts/postgres_test starts one).
"""
import argparse
import os
import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent


def matching(suite, text):
    out = unittest.TestSuite()
    for item in suite:
        if isinstance(item, unittest.TestSuite):
            out.addTest(matching(item, text))
        elif text in item.id():
            out.addTest(item)
    return out


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary")
    parser.add_argument("--filter", default="")
    parser.add_argument("--store", choices=["sqlite", "postgres"])
    arguments = parser.parse_args()
    if arguments.binary:
        os.environ["DAIFUKU_BINARY"] = str(pathlib.Path(arguments.binary).resolve())
    sys.path.insert(0, str(HERE.parent / "support"))
    stores = [arguments.store] if arguments.store else ["sqlite", "postgres"]
    passed = failed = skipped = 0
    for store in stores:
        if store == "postgres" and not os.environ.get("DAIFUKU_TEST_POSTGRES"):
            print("postgres: skipped, DAIFUKU_TEST_POSTGRES is not set (run through scripts/postgres_test)")
            continue
        os.environ["DAIFUKU_TEST_STORE"] = store
        print(f"=== API scenarios on {store}", flush=True)
        suite = unittest.TestLoader().discover(str(HERE), pattern="*_test.py", top_level_dir=str(HERE))
        if arguments.filter:
            suite = matching(suite, arguments.filter)
        result = unittest.TextTestRunner(verbosity=2, stream=sys.stdout).run(suite)
        bad = len(result.failures) + len(result.errors)
        failed += bad
        skipped += len(result.skipped)
        passed += max(0, result.testsRun - bad - len(result.skipped))
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
