# n pairs of random nested values (maps, lists, leaves): deep copy, comparison, merge and queries by path like "a.b[2].c"
MOD = 1000003

NAMES = ["id", "name", "tags", "size", "meta", "owner", "items", "color"]
WORDS = ["red", "green", "blue", "small", "large", "round"]
seed = 42


def random(limit):
    global seed
    seed = seed * 16807 % 2147483647
    return seed % limit


def build(depth):
    kind = random(9 if depth > 0 else 3)
    if kind == 0:
        return random(1000)
    elif kind == 1:
        return f"{WORDS[random(len(WORDS))]}-{random(100)}"
    elif kind == 2:
        return random(2) == 0
    elif kind in (3, 4, 5, 6):
        return build_map(depth)
    else:
        return build_list(depth)


def build_map(depth):
    result = {}
    for _ in range(2 + random(3)):
        name = NAMES[random(len(NAMES))]
        result[name] = build(depth - 1)
    return result


def build_list(depth):
    return [build(depth - 1) for _ in range(1 + random(3))]


def deep_copy(value):
    if isinstance(value, dict):
        return {k: deep_copy(v) for k, v in value.items()}
    if isinstance(value, list):
        return [deep_copy(v) for v in value]
    return value


def deep_equals(a, b):
    if type(a) is not type(b):
        return False
    if isinstance(a, dict):
        return len(a) == len(b) and all(k in b and deep_equals(v, b[k]) for k, v in a.items())
    if isinstance(a, list):
        return len(a) == len(b) and all(deep_equals(v, w) for v, w in zip(a, b))
    return a == b


# Maps are merged key by key, lists joined; of anything else the second one wins.
def merge(a, b):
    if isinstance(a, dict) and isinstance(b, dict):
        result = deep_copy(a)
        for k, v in b.items():
            result[k] = merge(a[k], v) if k in a else deep_copy(v)
        return result
    if isinstance(a, list) and isinstance(b, list):
        return deep_copy(a) + deep_copy(b)
    return deep_copy(b)


# "a.b[2].c" gives ["a", "b", 2, "c"].
def parse_path(path):
    result = []
    for part in path.split("."):
        name, *indices = part.split("[")
        result.append(name)
        result.extend(int(index.rstrip("]")) for index in indices)
    return result


def step(value, key):
    if isinstance(value, dict):
        return value.get(key)
    if isinstance(value, list) and isinstance(key, int) and key < len(value):
        return value[key]
    return None


def get_path(root, path):
    value = root
    for key in parse_path(path):
        value = step(value, key)
        if value is None:
            return None
    return value


def set_path(root, path, value):
    *way, last = parse_path(path)
    target = root
    for key in way:
        target = target[key]
    target[last] = value


def collect_paths(value, prefix, result):
    if isinstance(value, dict):
        for k, v in value.items():
            collect_paths(v, k if prefix == "" else f"{prefix}.{k}", result)
    elif isinstance(value, list):
        for i, v in enumerate(value):
            collect_paths(v, f"{prefix}[{i}]", result)
    else:
        result.append(prefix)


def leaf_paths(value):
    result = []
    collect_paths(value, "", result)
    result.sort()
    return result


# The same for equal values: the order of a map's keys plays no role.
def checksum(value):
    if isinstance(value, dict):
        total = 3
        for k, v in value.items():
            total = (total + checksum(k) * checksum(v)) % MOD
        return total
    if isinstance(value, list):
        total = 5
        for v in value:
            total = (total * 31 + checksum(v)) % MOD
        return total
    if isinstance(value, str):
        total = 7
        for c in value:
            total = (total * 31 + ord(c)) % MOD
        return total
    if isinstance(value, bool):
        return 11 if value else 13
    return value


def run(n):
    global seed
    seed = 42
    total = 0
    for _ in range(n):
        a = build_map(4)
        b = build_map(4)
        copied = deep_copy(a)
        assert deep_equals(a, copied), "a copy differs"
        merged = merge(a, b)

        found = 0
        for path in leaf_paths(merged):
            leaf = get_path(merged, path)
            if deep_equals(leaf, get_path(b, path)):
                found += 1
            total = (total * 31 + checksum(leaf)) % MOD
        paths = leaf_paths(a)
        set_path(copied, paths[random(len(paths))], random(1000))
        if deep_equals(a, copied):
            found += 1000
        total = (total * 31 + found + checksum(merged) + checksum(copied)) % MOD
    return total
