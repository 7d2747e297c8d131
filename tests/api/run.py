#!/usr/bin/env python3
"""Runs the API scenarios (tests/api/*_test.py) on both stores from one source.

    tests/api/run.py [--binary PATH] [--filter TEXT] [--store sqlite|postgres]

PostgreSQL runs when DAIFUKU_TEST_POSTGRES names a server (scripts/postgres_test starts one).
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
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


def run_store(store, text):
    """Runs the scenarios on one store, prints what each did, and ends with the sum."""
    os.environ["DAIFUKU_TEST_STORE"] = store
    print(f"=== API scenarios on {store}", flush=True)
    suite = unittest.TestLoader().discover(str(HERE), pattern="*_test.py", top_level_dir=str(HERE))
    result = unittest.TextTestRunner(verbosity=2, stream=sys.stdout).run(matching(suite, text))
    bad = len(result.failures) + len(result.errors)
    skipped = len(result.skipped)
    print(f"{max(0, result.testsRun - bad - skipped)} passed, {bad} failed, {skipped} skipped")
    return 1 if bad else 0


def run_stores(stores, arguments):
    """The stores side by side, a process each; what they print comes one after the other."""
    runs = []
    for store in stores:
        words = [sys.executable, __file__, "--store", store, "--filter", arguments.filter]
        out = None if store == stores[0] else tempfile.TemporaryFile("w+")
        runs.append((subprocess.Popen(words, stdout=out), out))
    worst = 0
    for run, out in runs:
        worst = max(worst, run.wait())
        if out:
            out.seek(0)
            shutil.copyfileobj(out, sys.stdout)
    return worst


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary")
    parser.add_argument("--filter", default="")
    parser.add_argument("--store", choices=["sqlite", "postgres"])
    arguments = parser.parse_args()
    if arguments.binary:
        os.environ["DAIFUKU_BINARY"] = str(pathlib.Path(arguments.binary).resolve())
    sys.path.insert(0, str(HERE.parent / "support"))
    if arguments.store:
        return run_store(arguments.store, arguments.filter)
    stores = ["sqlite"]
    if os.environ.get("DAIFUKU_TEST_POSTGRES"):
        stores.append("postgres")
    else:
        print("postgres: skipped, DAIFUKU_TEST_POSTGRES is not set (run through scripts/postgres_test)")
    return run_stores(stores, arguments)


if __name__ == "__main__":
    sys.exit(main())
