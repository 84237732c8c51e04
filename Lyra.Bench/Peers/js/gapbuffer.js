// a text editor's buffer: edits, moves, searches and undos in n documents, held as the lines above and below the cursor
class Buffer {
  constructor(text) {
    const [first, ...others] = text.split("\n");
    this.above = [];
    this.below = others.reverse(); // the nearest line is the last
    this.left = "";
    this.right = first;
    this.undos = [];
  }

  get row() { return this.above.length; }

  get column() { return this.left.length; }

  get lines() { return [...this.above, this.left + this.right, ...this.below.toReversed()]; }

  moveTo(row, column) {
    let line = this.left + this.right;
    while (this.row > row && this.above.length > 0) {
      this.below.push(line);
      line = this.above.pop();
    }
    while (this.row < row && this.below.length > 0) {
      this.above.push(line);
      line = this.below.pop();
    }
    this.left = line.slice(0, column);
    this.right = line.slice(column);
  }

  moveHome() { this.moveTo(this.row, 0); }

  moveEnd() { this.moveTo(this.row, this.left.length + this.right.length); }

  put(text) {
    const parts = text.split("\n");
    const last = parts.pop();
    for (const part of parts) {
      this.above.push(this.left + part);
      this.left = "";
    }
    this.left += last;
  }

  // Removes up to `count` characters before the cursor, line ends too, and gives them.
  take(count) {
    let taken = "";
    while (taken.length < count) {
      if (this.left === "") {
        if (this.above.length === 0) break;
        this.left = this.above.pop();
        taken = "\n" + taken;
      } else {
        const at = Math.max(0, this.left.length - (count - taken.length));
        taken = this.left.slice(at) + taken;
        this.left = this.left.slice(0, at);
      }
    }
    return taken;
  }

  // An edit has the position of the cursor after it.
  edit(kind, text) { return { kind, row: this.row, column: this.column, text }; }

  insert(text) {
    this.put(text);
    this.undos.push(this.edit("inserted", text));
  }

  erase(count) {
    const text = this.take(count);
    if (text !== "") this.undos.push(this.edit("deleted", text));
  }

  undo() {
    if (this.undos.length === 0) return;
    const { kind, row, column, text } = this.undos.pop();
    this.moveTo(row, column);
    if (kind === "inserted") this.take(text.length);
    else this.put(text);
  }

  // Moves behind the next occurrence of a word, after the end from the top.
  find(word) {
    const at = this.right.indexOf(word);
    if (at >= 0) {
      this.moveTo(this.row, this.column + at + word.length);
      return true;
    }
    const lines = this.lines;
    for (let i = 1; i <= lines.length; i++) {
      const row = (this.row + i) % lines.length;
      const at = lines[row].indexOf(word);
      if (at >= 0) {
        this.moveTo(row, at + word.length);
        return true;
      }
    }
    return false;
  }
}

const words = [
  "the", "harbour", "lights", "were", "dim", "and", "rain", "fell", "on", "quiet", "streets", "while", "boats",
  "drifted", "under", "bridge", "nobody", "saw", "captain", "return", "from", "island", "with", "letters",
];

function run(n) {
  let seed = 42;
  const random = (limit) => {
    seed = seed * 16807 % 2147483647;
    return seed % limit;
  };
  const word = () => words[random(24)];
  const makeLine = () => Array.from({ length: 4 + random(8) }, word).join(" ");
  const command = (buffer) => {
    const which = random(100);
    if (which < 30) buffer.insert(word() + " ");
    else if (which < 34) buffer.insert("\n");
    else if (which < 36) buffer.insert(`${makeLine()}\n${makeLine()}\n`);
    else if (which < 50) buffer.erase(1 + random(12));
    else if (which < 64) buffer.moveTo(Math.max(0, buffer.row + random(21) - 10), random(60));
    else if (which < 67) buffer.moveHome();
    else if (which < 70) buffer.moveEnd();
    else if (which < 76) buffer.find(word());
    else if (which < 82) {
      const old = word();
      if (buffer.find(old)) {
        buffer.erase(old.length);
        buffer.insert(word().toUpperCase());
      }
    } else if (which < 97) {
      for (let times = 1 + random(3); times > 0; times--) buffer.undo();
    } else {
      buffer.moveEnd();
      buffer.erase(buffer.column + 1);
    }
  };
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const buffer = new Buffer(Array.from({ length: 40 }, makeLine).join("\n"));
    for (let j = 0; j < 300; j++) {
      command(buffer);
      sum = (sum * 31 + buffer.row * 100 + buffer.column) % 1000000007;
    }
    const text = buffer.lines.join("\n");
    for (let at = 0; at < text.length; at += 7) sum = (sum * 31 + text.charCodeAt(at)) % 1000000007;
    sum += text.length;
  }
  return sum;
}
