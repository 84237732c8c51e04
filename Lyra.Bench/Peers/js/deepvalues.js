// n pairs of random nested values (maps, lists, leaves): deep copy, comparison, merge and queries by path like "a.b[2].c"
const MOD = 1000003;

const names = ["id", "name", "tags", "size", "meta", "owner", "items", "color"];
const words = ["red", "green", "blue", "small", "large", "round"];
let seed = 42;

function random(limit) {
  seed = seed * 16807 % 2147483647;
  return seed % limit;
}

const isMap = (value) => typeof value === "object" && !Array.isArray(value);

function build(depth) {
  switch (random(depth > 0 ? 9 : 3)) {
    case 0: return random(1000);
    case 1: return `${words[random(words.length)]}-${random(100)}`;
    case 2: return random(2) === 0;
    case 3: case 4: case 5: case 6: return buildMap(depth);
    default: return buildList(depth);
  }
}

function buildMap(depth) {
  const result = {};
  const count = 2 + random(3);
  for (let i = 0; i < count; i++) {
    const name = names[random(names.length)];
    result[name] = build(depth - 1);
  }
  return result;
}

function buildList(depth) {
  const result = [];
  const count = 1 + random(3);
  for (let i = 0; i < count; i++) result.push(build(depth - 1));
  return result;
}

function deepCopy(value) {
  if (Array.isArray(value)) return value.map(deepCopy);
  if (!isMap(value)) return value;
  const result = {};
  for (const [k, v] of Object.entries(value)) result[k] = deepCopy(v);
  return result;
}

function deepEquals(a, b) {
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((v, i) => deepEquals(v, b[i]));
  }
  if (typeof a !== "object" || typeof b !== "object" || Array.isArray(b)) return a === b;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((k) => k in b && deepEquals(a[k], b[k]));
}

// Maps are merged key by key, lists joined; of anything else the second one wins.
function merge(a, b) {
  if (Array.isArray(a) && Array.isArray(b)) return [...deepCopy(a), ...deepCopy(b)];
  if (!isMap(a) || !isMap(b)) return deepCopy(b);
  const result = deepCopy(a);
  for (const [k, v] of Object.entries(b)) result[k] = k in a ? merge(a[k], v) : deepCopy(v);
  return result;
}

// "a.b[2].c" gives ["a", "b", 2, "c"].
function parsePath(path) {
  const result = [];
  for (const part of path.split(".")) {
    const [name, ...indices] = part.split("[");
    result.push(name);
    for (const index of indices) result.push(parseInt(index.replace("]", ""), 10));
  }
  return result;
}

function step(value, key) {
  if (typeof value !== "object") return undefined;
  if (Array.isArray(value)) return typeof key === "number" ? value[key] : undefined;
  return value[key];
}

function getPath(root, path) {
  let value = root;
  for (const key of parsePath(path)) {
    value = step(value, key);
    if (value === undefined) return undefined;
  }
  return value;
}

function setPath(root, path, value) {
  const way = parsePath(path);
  const last = way.pop();
  let target = root;
  for (const key of way) target = target[key];
  target[last] = value;
}

function collectPaths(value, prefix, result) {
  if (Array.isArray(value)) {
    value.forEach((v, i) => collectPaths(v, `${prefix}[${i}]`, result));
  } else if (isMap(value)) {
    for (const [k, v] of Object.entries(value)) collectPaths(v, prefix === "" ? k : `${prefix}.${k}`, result);
  } else {
    result.push(prefix);
  }
}

function leafPaths(value) {
  const result = [];
  collectPaths(value, "", result);
  return result.sort();
}

// The same for equal values: the order of a map's keys plays no role.
function checksum(value) {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 11 : 13;
  if (typeof value === "string") {
    let sum = 7;
    for (let i = 0; i < value.length; i++) sum = (sum * 31 + value.charCodeAt(i)) % MOD;
    return sum;
  }
  if (Array.isArray(value)) return value.reduce((sum, v) => (sum * 31 + checksum(v)) % MOD, 5);
  let sum = 3;
  for (const [k, v] of Object.entries(value)) sum = (sum + checksum(k) * checksum(v)) % MOD;
  return sum;
}

function run(n) {
  seed = 42;
  let sum = 0;
  for (let round = 0; round < n; round++) {
    const a = buildMap(4);
    const b = buildMap(4);
    const copied = deepCopy(a);
    if (!deepEquals(a, copied)) throw new Error("a copy differs");
    const merged = merge(a, b);

    let found = 0;
    for (const path of leafPaths(merged)) {
      const leaf = getPath(merged, path);
      if (deepEquals(leaf, getPath(b, path))) found++;
      sum = (sum * 31 + checksum(leaf)) % MOD;
    }
    const paths = leafPaths(a);
    setPath(copied, paths[random(paths.length)], random(1000));
    if (deepEquals(a, copied)) found += 1000;
    sum = (sum * 31 + found + checksum(merged) + checksum(copied)) % MOD;
  }
  return sum;
}
