"""Merges coverage files of coverlet (JSON) and prints the table of tools/coverage.sh."""

import json
import re
import sys
from collections import defaultdict

LIBRARIES = ["Lyra.Runtime", "Lyra.Jit", "Lyra.Interpreter"]
LISTED = ["Lyra.Runtime", "Lyra.Jit"]
MOST_LISTED = 30


def merge(paths):
    """The hits of each line and branch: lines[library][file, number], branches[library][file, line, offset, path]."""
    lines = defaultdict(lambda: defaultdict(int))
    branches = defaultdict(lambda: defaultdict(int))
    methods = defaultdict(lambda: defaultdict(set))
    for path in paths:
        with open(path, encoding="utf-8") as file:
            modules = json.load(file)
        for module, documents in modules.items():
            library = module.removesuffix(".dll")
            for document, classes in documents.items():
                for kind, members in classes.items():
                    for member, hits in members.items():
                        add(lines[library], branches[library], methods[library], (document, kind, member), hits)
    return lines, branches, methods


def add(lines, branches, methods, method, hits):
    document, kind, member = method
    for number, count in hits["Lines"].items():
        lines[document, int(number)] += count
        methods[named(kind, member)].add((document, int(number)))
    for branch in hits["Branches"]:
        key = (document, branch["Line"], branch["Offset"], branch["Path"], kind, member)
        branches[key] += branch["Hits"]


def named(kind, member):
    """The source method of a method, which may be a lambda, a local function, an iterator or an async method."""
    owner, _, inner = kind.partition("/")
    name = member.split("::")[-1]
    found = re.search(r"<(\w+)>", inner) or re.search(r"<(\w+)>", name)
    name = found.group(1) if found else name.split("(")[0]
    return f"{owner.removeprefix('Lyra.')}.{name}"


def share(hits):
    covered = sum(1 for count in hits if count > 0)
    return len(hits), f"{100 * covered / len(hits):.1f} %"


def main():
    lines, branches, methods = merge(sys.argv[1:])
    print("| library | lines | covered | branches | covered |")
    print("| --- | --: | --: | --: | --: |")
    for library in LIBRARIES:
        (count, covered), (paths, taken) = share(lines[library].values()), share(branches[library].values())
        print(f"| {library} | {count:,} | {covered} | {paths:,} | {taken} |")

    uncovered = []
    for library in LISTED:
        for method, numbers in methods[library].items():
            if all(lines[library][number] == 0 for number in numbers):
                uncovered.append((len(numbers), method))
    print(f"\nMethods without an executed line in {' and '.join(LISTED)}: {len(uncovered)}. The largest:")
    for size, method in sorted(uncovered, key=lambda row: (-row[0], row[1]))[:MOST_LISTED]:
        print(f"{size:5} lines  {method}")


if __name__ == "__main__":
    main()
