// diff of lists of n lines in all by longest common subsequence, as a patch text that is then parsed and applied
const MOD = 1000000007;
const FILE_LINES = 50;
const CONTEXT = 2;

// kind is " " for a common line, "-" for a removed and "+" for an added one.
class Edit {
  constructor(kind, text) {
    this.kind = kind;
    this.text = text;
  }
}

class Hunk {
  constructor(oldStart, newStart) {
    this.oldStart = oldStart;
    this.newStart = newStart;
    this.edits = [];
  }

  oldCount() { return this.edits.filter(e => e.kind !== "+").length; }
  newCount() { return this.edits.filter(e => e.kind !== "-").length; }
  header() { return `@@ -${this.oldStart},${this.oldCount()} +${this.newStart},${this.newCount()} @@`; }
}

const names = ["count", "total", "index", "name", "value", "result", "items", "first"];
const actions = ["print", "push", "update", "check", "load"];
let seed = 42;

function random(limit) {
  seed = seed * 16807 % 2147483647;
  return seed % limit;
}

const pick = list => list[random(list.length)];

function makeLine() {
  switch (random(6)) {
    case 0: return "";
    case 1: return "}";
    case 2: return `if ${pick(names)} > ${random(10)} {`;
    case 3: return `    ${pick(names)} = ${pick(names)} + ${random(100)}`;
    case 4: return `    ${pick(actions)}(${pick(names)}, ${pick(names)})`;
    default: return `    return ${pick(names)}`;
  }
}

function makeLines(count) {
  const lines = [];
  for (let i = 0; i < count; i++) lines.push(makeLine());
  return lines;
}

function change(lines) {
  const result = [];
  for (const line of lines) {
    switch (random(25)) {
      case 0: break;
      case 1: result.push(line + " // new"); break;
      case 2: result.push(line, ...makeLines(1 + random(4))); break;
      default: result.push(line);
    }
  }
  return result;
}

// table[i][j] is the length of the longest common subsequence of a from i on and b from j on.
function commonLengths(a, b) {
  const table = [];
  for (let i = 0; i <= a.length; i++) table.push(new Array(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      table[i][j] = a[i] === b[j] ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
    }
  }
  return table;
}

function compare(a, b) {
  const table = commonLengths(a, b);
  const edits = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      edits.push(new Edit(" ", a[i]));
      i++;
      j++;
    } else if (j === b.length || (i < a.length && table[i + 1][j] >= table[i][j + 1])) {
      edits.push(new Edit("-", a[i]));
      i++;
    } else {
      edits.push(new Edit("+", b[j]));
      j++;
    }
  }
  return edits;
}

// Groups the changes with some common lines around them.
function makeHunks(edits) {
  const hunks = [];
  let oldLine = 1;
  let newLine = 1;
  let end = 0; // of the last hunk
  let hunk = null;
  edits.forEach((edit, k) => {
    if (edit.kind !== " ") end = Math.min(edits.length, k + CONTEXT + 1);
    const ahead = edits.slice(k, k + CONTEXT + 1);
    if (k < end || ahead.some(e => e.kind !== " ")) {
      if (hunk === null) {
        hunk = new Hunk(oldLine, newLine);
        hunks.push(hunk);
      }
      hunk.edits.push(edit);
    } else {
      hunk = null;
    }
    if (edit.kind !== "+") oldLine++;
    if (edit.kind !== "-") newLine++;
  });
  return hunks;
}

function formatPatch(hunks) {
  const lines = [];
  for (const hunk of hunks) {
    lines.push(hunk.header());
    for (const edit of hunk.edits) lines.push(edit.kind + edit.text);
  }
  return lines.join("\n");
}

function parsePatch(text) {
  const hunks = [];
  for (const line of text.split("\n")) {
    if (line.startsWith("@@ ")) {
      const starts = line.split(" ").filter(p => p !== "@@").map(p => Number(p.slice(1, p.indexOf(","))));
      hunks.push(new Hunk(starts[0], starts[1]));
    } else {
      hunks[hunks.length - 1].edits.push(new Edit(line[0], line.slice(1)));
    }
  }
  return hunks;
}

function apply(lines, hunks) {
  const result = [];
  let at = 0;
  for (const hunk of hunks) {
    result.push(...lines.slice(at, hunk.oldStart - 1));
    at = hunk.oldStart - 1;
    for (const edit of hunk.edits) {
      if (edit.kind !== "+") {
        if (lines[at] !== edit.text) throw new Error(`line ${at + 1} differs`);
        at++;
      }
      if (edit.kind !== "-") result.push(edit.text);
    }
  }
  result.push(...lines.slice(at));
  return result;
}

const same = (a, b) => a.length === b.length && a.every((line, i) => line === b[i]);

function run(n) {
  seed = 42;
  let sum = 0;
  for (let first = 0; first < n; first += FILE_LINES) {
    const old = makeLines(Math.min(FILE_LINES, n - first));
    const changed = change(old);
    const patch = formatPatch(makeHunks(compare(old, changed)));
    sum = (sum * 31 + patch.length) % MOD;
    if (patch === "") continue;
    if (!same(apply(old, parsePatch(patch)), changed)) throw new Error("the patch gives something else");
    for (let k = 0; k < patch.length; k += 3) sum = (sum * 31 + patch.charCodeAt(k)) % MOD;
  }
  return sum;
}
