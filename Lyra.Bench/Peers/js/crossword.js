// a crossword filler: n grids, each with a generated word list that is indexed by letter and position; backtracking
const LIMIT = 300;
const CONSONANTS = ["b", "d", "k", "l", "m", "n", "r", "s"];
const VOWELS = ["a", "e", "i", "o"];
const PATTERNS = [
  [
    ".....",
    ".#.#.",
    ".....",
    ".#.#.",
    ".....",
  ],
  [
    "...#...",
    ".#...#.",
    "...#...",
    ".#...#.",
    "...#...",
  ],
  [
    "....#...",
    ".##.....",
    "....#.#.",
    ".#.#....",
    ".....##.",
    "...#....",
  ],
  [
    "...##....",
    "...###.#.",
    "....#....",
    ".#.###...",
    "....##...",
  ],
];

class WordList {
  constructor() {
    this.byLength = new Map();
    this.byLetter = new Map(); // from "length:position:letter"
  }

  add(word) {
    addTo(this.byLength, word.length, word);
    for (let i = 0; i < word.length; i++) addTo(this.byLetter, `${word.length}:${i}:${word[i]}`, word);
  }

  // The words that match a pattern such as "a..e".
  matching(pattern) {
    let words = this.byLength.get(pattern.length) ?? [];
    for (let i = 0; i < pattern.length; i++) {
      if (pattern[i] === ".") continue;
      const found = this.byLetter.get(`${pattern.length}:${i}:${pattern[i]}`) ?? [];
      if (found.length < words.length) words = found;
    }
    return words.filter((word) => fits(word, pattern));
  }
}

function addTo(lists, key, word) {
  if (lists.has(key)) lists.get(key).push(word);
  else lists.set(key, [word]);
}

function fits(word, pattern) {
  for (let i = 0; i < pattern.length; i++) {
    if (pattern[i] !== "." && pattern[i] !== word[i]) return false;
  }
  return true;
}

// The runs of at least three free cells; a slot is a list of positions.
function findSlots(grid) {
  const rows = grid.map((row, y) => row.map((_, x) => [x, y]));
  const columns = grid[0].map((_, x) => grid.map((_, y) => [x, y]));
  const slots = [];
  for (const line of [...rows, ...columns]) {
    let run = [];
    for (const [x, y] of line) {
      if (grid[y][x] === "#") {
        if (run.length >= 3) slots.push(run);
        run = [];
      } else {
        run.push([x, y]);
      }
    }
    if (run.length >= 3) slots.push(run);
  }
  return slots;
}

class Crossword {
  constructor(grid, words) {
    this.grid = grid;
    this.words = words;
    this.used = new Set();
    this.tries = 0;
  }

  read(slot) {
    return slot.map(([x, y]) => this.grid[y][x]).join("");
  }

  write(slot, text) {
    slot.forEach(([x, y], i) => {
      this.grid[y][x] = text[i];
    });
  }

  // Fills these slots, the one with the fewest words first; says whether that was possible.
  fill(slots) {
    if (slots.length === 0) return true;
    let best = null;
    let words = [];
    for (const slot of slots) {
      const found = this.words.matching(this.read(slot));
      if (best === null || found.length < words.length) {
        best = slot;
        words = found;
      }
    }
    const others = slots.filter((slot) => slot !== best);
    const before = this.read(best);
    for (const word of words) {
      if (this.used.has(word)) continue;
      if (this.tries === LIMIT) return false;
      this.tries++;
      this.write(best, word);
      this.used.add(word);
      if (this.fill(others)) return true;
      this.used.delete(word);
      this.write(best, before);
    }
    return false;
  }
}

function makeWords(random) {
  const words = new WordList();
  const known = new Set();
  for (let i = 0; i < 200; i++) {
    const start = random(2);
    const end = start + 3 + random(4);
    let word = "";
    for (let at = start; at < end; at++) word += at % 2 === 0 ? CONSONANTS[random(8)] : VOWELS[random(4)];
    if (!known.has(word)) {
      known.add(word);
      words.add(word);
    }
  }
  return words;
}

function run(n) {
  let seed = 42;
  const random = (limit) => {
    seed = seed * 16807 % 2147483647;
    return seed % limit;
  };
  let sum = 0;
  let filled = 0;
  for (let i = 0; i < n; i++) {
    const grid = PATTERNS[i % PATTERNS.length].map((line) => [...line]);
    const crossword = new Crossword(grid, makeWords(random));
    if (crossword.fill(findSlots(grid))) filled++;
    sum = (sum * 31 + crossword.tries) % 1000000007;
    for (const c of grid.map((row) => row.join("")).join("\n")) sum = (sum * 31 + c.charCodeAt(0)) % 1000000007;
  }
  return sum * 10000 + filled;
}
