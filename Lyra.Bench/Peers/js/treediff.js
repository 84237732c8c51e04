// a diff of trees: n pairs of documents are parsed, compared by the keys of their nodes, and one is changed into the other
const TAGS = ["page", "box", "text", "image", "list"];
const NAMES = ["color", "width", "height", "title", "align"];
const WORDS = ["red", "blue", "left", "right", "big", "small", "none", "auto"];

class Node {
  constructor(tag, id) {
    this.tag = tag;
    this.id = id;
    this.attributes = new Map();
    this.children = [];
  }

  get key() {
    return `${this.tag}#${this.id}`;
  }

  equals(other) {
    return this.key === other.key && this.attributes.size === other.attributes.size &&
      [...this.attributes].every(([name, value]) => other.attributes.get(name) === value) &&
      this.children.length === other.children.length &&
      this.children.every((child, i) => child.equals(other.children[i]));
  }

  write(lines, indent = "") {
    const attributes = [...this.attributes.keys()].sort().map((name) => `${name}: ${this.attributes.get(name)}`).join(", ");
    lines.push(`${indent}${this.key} (${attributes}) {`);
    for (const child of this.children) child.write(lines, indent + "  ");
    lines.push(`${indent}}`);
  }
}

class Parser {
  constructor(text) {
    this.text = text;
    this.pos = 0;
  }

  skipBlanks() {
    while (this.pos < this.text.length && " \n".includes(this.text[this.pos])) this.pos++;
  }

  accept(c) {
    this.skipBlanks();
    if (this.text[this.pos] !== c) return false;
    this.pos++;
    return true;
  }

  expect(c) {
    if (!this.accept(c)) throw new SyntaxError(`expected ${c} at ${this.pos}`);
  }

  word() {
    this.skipBlanks();
    const start = this.pos;
    while (this.pos < this.text.length && isWordPart(this.text[this.pos])) this.pos++;
    return this.text.slice(start, this.pos);
  }

  node() {
    const tag = this.word();
    this.expect("#");
    const node = new Node(tag, Number(this.word()));
    this.expect("(");
    while (!this.accept(")")) {
      const name = this.word();
      this.expect(":");
      node.attributes.set(name, this.word());
      this.accept(",");
    }
    this.expect("{");
    while (!this.accept("}")) node.children.push(this.node());
    return node;
  }
}

function isWordPart(c) {
  return c >= "a" && c <= "z" || c >= "0" && c <= "9";
}

// The edits have a kind; a path is the list of the keys below the root.
function diff(old, wanted, path, edits) {
  const names = new Set([...old.attributes.keys(), ...wanted.attributes.keys()]);
  for (const name of [...names].sort()) {
    const value = wanted.attributes.get(name);
    if (value !== old.attributes.get(name)) edits.push({ kind: "change", path, name, value });
  }
  const wantedKeys = new Set(wanted.children.map((child) => child.key));
  const known = new Map(old.children.map((child) => [child.key, child]));
  for (const key of known.keys()) {
    if (!wantedKeys.has(key)) edits.push({ kind: "delete", path, key });
  }
  const order = [...known.keys()].filter((key) => wantedKeys.has(key));
  wanted.children.forEach((child, at) => {
    const { key } = child;
    if (!known.has(key)) {
      edits.push({ kind: "insert", path, at, node: child });
      order.splice(at, 0, key);
    } else if (order[at] !== key) {
      edits.push({ kind: "move", path, key, at });
      order.splice(order.indexOf(key), 1);
      order.splice(at, 0, key);
    }
  });
  for (const child of wanted.children) {
    const { key } = child;
    if (known.has(key)) diff(known.get(key), child, [...path, key], edits);
  }
}

function describe(edit) {
  const path = "/" + edit.path.join("/");
  switch (edit.kind) {
    case "change": return `change ${path} ${edit.name} to ${edit.value ?? "nothing"}`;
    case "delete": return `delete ${path} ${edit.key}`;
    case "insert": return `insert ${path} ${edit.node.key} at ${edit.at}`;
    case "move": return `move ${path} ${edit.key} to ${edit.at}`;
  }
}

function apply(root, edit) {
  let target = root;
  for (const key of edit.path) target = target.children.find((child) => child.key === key);
  const { children, attributes } = target;
  switch (edit.kind) {
    case "change":
      if (edit.value === undefined) attributes.delete(edit.name);
      else attributes.set(edit.name, edit.value);
      break;
    case "delete":
      children.splice(children.findIndex((child) => child.key === edit.key), 1);
      break;
    case "insert":
      children.splice(edit.at, 0, edit.node);
      break;
    case "move": {
      const [child] = children.splice(children.findIndex((child) => child.key === edit.key), 1);
      children.splice(edit.at, 0, child);
      break;
    }
  }
}

class Author {
  constructor(random) {
    this.random = random;
    this.lastId = 0;
  }

  create(depth) {
    const { random } = this;
    this.lastId++;
    const node = new Node(TAGS[random(5)], this.lastId);
    const attributes = random(5);
    for (let i = 0; i < attributes; i++) {
      const value = WORDS[random(8)];
      node.attributes.set(NAMES[random(5)], value);
    }
    if (depth > 0) {
      const children = 1 + random(5);
      for (let i = 0; i < children; i++) node.children.push(this.create(depth - 1));
    }
    return node;
  }

  // A copy with changes.
  revise(node) {
    const { random } = this;
    const copy = new Node(node.tag, node.id);
    for (const name of [...node.attributes.keys()].sort()) {
      const what = random(12);
      if (what > 0) copy.attributes.set(name, what === 1 ? WORDS[random(8)] : node.attributes.get(name));
    }
    for (const child of node.children) {
      if (random(10) > 0) copy.children.push(this.revise(child));
      if (random(10) === 0) copy.children.push(this.create(random(2)));
    }
    if (copy.children.length > 1 && random(4) === 0) {
      const last = copy.children.pop();
      copy.children.splice(random(copy.children.length), 0, last);
    }
    return copy;
  }
}

function textOf(root) {
  const lines = [];
  root.write(lines);
  return lines.join("\n");
}

function run(n) {
  let seed = 42;
  const random = (limit) => {
    seed = seed * 16807 % 2147483647;
    return seed % limit;
  };
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const author = new Author(random);
    const draft = author.create(3);
    const oldText = textOf(draft);
    const newText = textOf(author.revise(draft));
    const old = new Parser(oldText).node();
    const wanted = new Parser(newText).node();
    const edits = [];
    diff(old, wanted, [], edits);
    for (const edit of edits) {
      apply(old, edit);
      for (const c of describe(edit)) sum = (sum * 31 + c.charCodeAt(0)) % 1000000007;
    }
    if (!old.equals(wanted)) throw new Error("the edits are wrong");
    sum += edits.length + oldText.length + textOf(old).length;
  }
  return sum;
}
