#!/usr/bin/python3
"""Reads the cards that draw.py drew and tells how many fields came out right.

  bench/cards/measure.py FOLDER [--program build/release/daifuku] [--only clean|photo] [--show] [--jobs N]

A field counts as right when it is the same but for spaces, width and the kind of hyphen. "found" in a photo of several cards: a card that
was cut out apart. --show prints what is wrong.
"""
import argparse
import collections
import concurrent.futures
import glob
import json
import os
import resource
import statistics
import struct
import subprocess
import sys
import time
import unicodedata

FIELDS = ("name", "company_name", "department", "job_title", "postal_code", "address_text", "phone", "fax", "mobile", "email", "website")


def plain(text):
    text = unicodedata.normalize("NFKC", text or "").replace(" ", "").rstrip("/")
    return text.translate(str.maketrans("‐‑–—−ー〇一二三四五六七八九", "------0123456789")).replace("髙", "高").replace("﨑", "崎").lower()


def read(program, path):
    """Frames of the hidden command (src/exchange/cards/card_frames.h)."""
    started = time.monotonic()
    with open(path, "rb") as picture:
        out = subprocess.run(program, stdin=picture, stdout=subprocess.PIPE, env={**os.environ, "OMP_THREAD_LIMIT": "1"}).stdout
    cards, failure, at = [], None, 0
    while at + 5 <= len(out):
        size = struct.unpack("<I", out[at + 1:at + 5])[0]
        body = out[at + 5:at + 5 + size]
        if out[at:at + 1] == b"C":
            cards.append(json.loads(body))
        if out[at:at + 1] == b"F":
            failure = body.decode()
        at += 5 + size
    return cards, failure, time.monotonic() - started


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder")
    arguments.add_argument("--program", default="build/release/daifuku read-cards")
    arguments.add_argument("--only", choices=("clean", "photo"))
    arguments.add_argument("--names", default="", help="000,001: these pictures only")
    arguments.add_argument("--show", action="store_true")
    arguments.add_argument("--jobs", type=int, default=1)
    given = arguments.parse_args()
    program = given.program.split()
    work = []
    for path in sorted(glob.glob(os.path.join(given.folder, "*.json"))):
        truth = json.load(open(path))
        name = os.path.basename(path)[:-5]
        if (given.only and truth["half"] != given.only) or (given.names and name not in given.names.split(",")):
            continue
        work.append((name, path[:-5] + ".jpg", truth))
    right, known, found, by_layout, seconds = collections.Counter(), collections.Counter(), collections.Counter(), collections.defaultdict(lambda: [0, 0]), []
    cards_known = collections.Counter()
    with concurrent.futures.ThreadPoolExecutor(given.jobs) as pool:
        for (name, path, truth), (cards, failure, took) in zip(work, pool.map(lambda one: read(program, one[1]), work)):
            half = truth["half"]
            seconds.append(took / max(1, len(truth["cards"])))
            cards_known[half] += len(truth["cards"])
            found[half] += min(len(cards), len(truth["cards"]))
            if failure:
                print(name, "failed:", failure)
            left = list(cards)
            for card in truth["cards"]:
                # The reading that has the most in common with it.
                def same(reading):
                    values = {f["key"]: f["value"] for f in reading["fields"]}
                    return sum(1 for key in FIELDS if card[key] and plain(values.get(key)) == plain(card[key]))
                best = max(left, key=same, default=None)
                if best is not None:
                    left.remove(best)
                values = {f["key"]: f["value"] for f in best["fields"]} if best else {}
                for key in FIELDS:
                    if not card[key]:
                        continue
                    known[half, key] += 1
                    good = plain(values.get(key)) == plain(card[key])
                    right[half, key] += good
                    by_layout[half, card["layout"]][0] += good
                    by_layout[half, card["layout"]][1] += 1
                    if given.show and not good:
                        print(f"{name} {card['layout']} {card['font']} {key}: {card[key]!r} read as {values.get(key)!r}")
                if given.show and best and any(plain(values.get(k)) != plain(card[k]) for k in FIELDS if card[k]):
                    print("   lines:", " | ".join(best["lines"]))
    for half in ("clean", "photo"):
        if not cards_known[half]:
            continue
        print(f"{half}: {cards_known[half]} cards, {found[half]} found")
        for key in FIELDS:
            if known[half, key]:
                print(f"  {key:14} {right[half, key]:3}/{known[half, key]:<3} {100 * right[half, key] / known[half, key]:5.1f} %")
        for (of, layout), (good, count) in sorted(by_layout.items()):
            if of == half:
                print(f"  layout {layout:14} {100 * good / count:5.1f} % of fields")
    if seconds:
        print(f"seconds a card: median {statistics.median(seconds):.2f}, most {max(seconds):.2f}; "
              f"CPU {(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime + resource.getrusage(resource.RUSAGE_CHILDREN).ru_stime) / sum(cards_known.values()):.2f} s a card; "
              f"memory of the reader at most {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
