#!/usr/bin/env python3
"""Which C++ files can be read by the compiler as one: most of the time of a file goes into the headers it includes.

    scripts/source_units.py FOLDER ROOT FILE...      writes the units into FOLDER, with the files named from ROOT on, and
                                                     prints what is to be compiled as a list of CMake

Files whose local names (those of anonymous namespaces) collide go into different units. The units of a build follow the order
of the names, so that a change of one file hardly ever moves another.
"""
import pathlib
import re
import sys

MOST_FILES = 10

# Compiled with definitions of its own.
ALONE = re.compile(r"\bDAIFUKU_\w+_TABLE\b")
NAMESPACE = re.compile(r"^namespace ([\w:]+) \{$", re.M)
ANONYMOUS = re.compile(r"^namespace \{$(.*?)^\}  // namespace$", re.M | re.S)
LOCAL_TYPE = re.compile(r"^(?:struct|class|enum class|enum|union|using) (\w+)", re.M)
LOCAL_NAMES = [
    re.compile(r"^(?:constexpr|const|static|thread_local|inline|std::)[^=({;\n]*?\b(\w+)(?:\[\w*\])*(?: = |\{|;| =$)", re.M),
    re.compile(r"^#define (\w+)", re.M),
]
WORD = re.compile(r"\b[A-Z]\w+")
LOCAL_FUNCTION = re.compile(r"^(?!TEST|INSTANTIATE_|using |namespace )[\w:<>,&* \[\]]*?[ &*>](\w+)\(([^)]*)\)", re.M)


class Names:
    """What a file, or several as one, names for itself, and the words it uses."""

    def __init__(self, text: str):
        self.names, self.types = local_names(text)
        self.words = set(WORD.findall(text))

    def collides(self, other: "Names") -> bool:
        # A type hides one of the same name for all that comes after it.
        return bool(self.names & other.names or self.types & other.words or other.types & self.words)

    def add(self, other: "Names") -> None:
        self.names |= other.names
        self.types |= other.types
        self.words |= other.words


def local_names(text: str) -> tuple[set[str], set[str]]:
    """Functions with the types of their parameters, since overloads may share a unit; and types."""
    names: set[str] = set()
    kinds: set[str] = set()
    for found in ANONYMOUS.finditer(text):
        prefix, block = "::".join(NAMESPACE.findall(text, 0, found.start())), found[1]
        kinds.update(LOCAL_TYPE.findall(block))
        for pattern in LOCAL_NAMES:
            names.update(f"{prefix}::{name}" for name in pattern.findall(block))
        for name, parameters in LOCAL_FUNCTION.findall(block):
            types = [re.sub(r"(?<=[\s&*])\w+$", "", part.split("=")[0].strip()) for part in parameters.split(",")]
            names.add(f"{prefix}::{name}({re.sub(r'[^A-Za-z0-9_&*,]', '', ','.join(types))})")
    return names, kinds


def units(files: list[str]) -> list[list[str]]:
    """Up to MOST_FILES neighbours each."""
    made: list[list[str]] = []
    ordered = sorted(files)
    for start in range(0, len(ordered), MOST_FILES):
        parts: list[tuple[list[str], Names]] = []
        for name in ordered[start : start + MOST_FILES]:
            text = pathlib.Path(name).read_text(encoding="utf-8")
            if ALONE.search(text):
                made.append([name])
                continue
            names = Names(text)
            for members, taken in parts:
                if not taken.collides(names):
                    members.append(name)
                    taken.add(names)
                    break
            else:
                parts.append(([name], names))
        made += [members for members, _ in parts]
    return made


def write(folder: pathlib.Path, root: pathlib.Path, files: list[str]) -> list[str]:
    """A source for each unit in `folder`, written only where it changed; what stands alone stays as it is."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for members in units(files):
        if len(members) == 1:
            made += members
            continue
        # Named from `root` on: the same text in every checkout, as a cache of compilations wants it.
        text = "".join(f'#include "{pathlib.Path(name).relative_to(root)}"\n' for name in members)
        path = folder / f"{pathlib.Path(members[0]).stem}_{len(members)}.cpp"
        if not path.exists() or path.read_text() != text:
            path.write_text(text)
        made.append(str(path))
    return made


if __name__ == "__main__":
    print(";".join(write(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3:])))
