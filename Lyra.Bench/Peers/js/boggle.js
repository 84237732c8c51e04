// finds all words of a generated dictionary in n boards of letters by backtracking
const MOD = 1000000007;
const SIZE = 4;
const MAX_WORDS = 500;

// A node of the dictionary's tree of letters; a word ends in it unless word is null.
class Node {
  constructor() {
    this.children = new Map();
    this.word = null;
  }

  add(word) {
    let node = this;
    for (const c of word) {
      if (!node.children.has(c)) node.children.set(c, new Node());
      node = node.children.get(c);
    }
    node.word = word;
  }
}

const consonants = "ttnnssrrlldmcpbgh";
const vowels = "eeeaaaiioou";
const directions = [[-1, -1], [-1, 0], [-1, 1], [0, -1], [0, 1], [1, -1], [1, 0], [1, 1]];
let seed = 42;

function random(limit) {
  seed = seed * 16807 % 2147483647;
  return seed % limit;
}

const randomLetter = letters => letters[random(letters.length)];

function makeWord() {
  const size = 3 + random(3) + random(3);
  let vowel = random(3) === 0;
  let word = "";
  while (word.length < size) {
    word += randomLetter(vowel ? vowels : consonants);
    vowel = !vowel;
  }
  return word;
}

function makeDictionary(count) {
  const root = new Node();
  for (let i = 0; i < count; i++) root.add(makeWord());
  return root;
}

function makeBoard() {
  const board = [];
  for (let row = 0; row < SIZE; row++) {
    const letters = [];
    for (let column = 0; column < SIZE; column++) {
      letters.push(randomLetter(random(5) < 2 ? vowels : consonants));
    }
    board.push(letters);
  }
  return board;
}

class Solver {
  constructor(board) {
    this.board = board;
    this.visited = board.map(row => row.map(() => false));
    this.found = new Set();
  }

  solve(dictionary) {
    for (let row = 0; row < SIZE; row++) {
      for (let column = 0; column < SIZE; column++) this.search(row, column, dictionary);
    }
    return [...this.found].sort();
  }

  search(row, column, node) {
    const child = node.children.get(this.board[row][column]);
    if (!child) return;
    if (child.word !== null) this.found.add(child.word);
    this.visited[row][column] = true;
    for (const [down, right] of directions) {
      const r = row + down;
      const c = column + right;
      if (r >= 0 && r < SIZE && c >= 0 && c < SIZE && !this.visited[r][c]) this.search(r, c, child);
    }
    this.visited[row][column] = false;
  }
}

function score(word) {
  switch (word.length) {
    case 3: case 4: return 1;
    case 5: return 2;
    case 6: return 3;
    case 7: return 5;
    default: return 11;
  }
}

function run(n) {
  seed = 42;
  const dictionary = makeDictionary(Math.min(MAX_WORDS, 10 + n * 10));
  const times = new Map();
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const words = new Solver(makeBoard()).solve(dictionary);
    let points = 0;
    words.forEach((word, k) => {
      times.set(word, (times.get(word) || 0) + 1);
      points += score(word) * 100 + (k + 1) * word.charCodeAt(word.length - 1);
    });
    sum = (sum * 31 + points) % MOD;
  }
  const favourites = [...times.keys()].sort((a, b) => times.get(b) - times.get(a) || (a < b ? -1 : 1));
  for (const word of favourites) {
    sum = (sum * 31 + times.get(word)) % MOD;
    for (let i = 0; i < word.length; i++) sum = (sum * 31 + word.charCodeAt(i)) % MOD;
  }
  return sum;
}
