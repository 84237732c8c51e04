// n random moves in games on a 9x9 Go board: groups and liberties by flood fill, captures, ko, score by area
const MOD = 1000000007;
const SIZE = 9;
const EMPTY = 0;
const BLACK = 1;
const WHITE = 2;

let seed = 42;

function random(limit) {
  seed = seed * 16807 % 2147483647;
  return seed % limit;
}

const opponent = (color) => color === BLACK ? WHITE : BLACK;

function neighborTable(size) {
  const table = [];
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const near = [];
      if (x > 0) near.push(y * size + x - 1);
      if (x < size - 1) near.push(y * size + x + 1);
      if (y > 0) near.push((y - 1) * size + x);
      if (y < size - 1) near.push((y + 1) * size + x);
      table.push(near);
    }
  }
  return table;
}

class Board {
  constructor(size, neighbors) {
    this.neighbors = neighbors;
    this.cells = new Array(size * size).fill(EMPTY);
    this.captured = { [BLACK]: 0, [WHITE]: 0 };
    this.ko = -1;
  }

  // The stones connected with the one at start, and their liberties.
  group(start) {
    const color = this.cells[start];
    const stones = new Set([start]);
    const liberties = new Set();
    const open = [start];
    while (open.length > 0) {
      const here = open.pop();
      for (const next of this.neighbors[here]) {
        if (this.cells[next] === EMPTY) {
          liberties.add(next);
        } else if (this.cells[next] === color && !stones.has(next)) {
          stones.add(next);
          open.push(next);
        }
      }
    }
    return { stones, liberties };
  }

  play(position, color) {
    if (this.cells[position] !== EMPTY || position === this.ko) return false;
    this.cells[position] = color;
    const taken = [];
    for (const next of this.neighbors[position]) {
      if (this.cells[next] !== opponent(color)) continue;
      const { stones, liberties } = this.group(next);
      if (liberties.size === 0) {
        for (const stone of stones) {
          this.cells[stone] = EMPTY;
          taken.push(stone);
        }
      }
    }
    const { stones, liberties } = this.group(position);
    if (liberties.size === 0) {
      this.cells[position] = EMPTY;
      return false;
    }
    this.captured[color] += taken.length;
    this.ko = taken.length === 1 && stones.size === 1 && liberties.size === 1 ? taken[0] : -1;
    return true;
  }

  isEye(position, color) {
    return this.neighbors[position].every((next) => this.cells[next] === color);
  }

  playRandom(color) {
    for (let attempt = 0; attempt < 20; attempt++) {
      const position = random(this.cells.length);
      if (!this.isEye(position, color) && this.play(position, color)) return true;
    }
    this.ko = -1;
    return false;
  }

  // The empty region around start and the colors at its border.
  region(start) {
    const points = new Set([start]);
    const borders = new Set();
    const open = [start];
    while (open.length > 0) {
      for (const next of this.neighbors[open.pop()]) {
        if (this.cells[next] !== EMPTY) {
          borders.add(this.cells[next]);
        } else if (!points.has(next)) {
          points.add(next);
          open.push(next);
        }
      }
    }
    return { points, borders };
  }

  // Stones, territory and the number of groups for each color.
  score() {
    const area = { [BLACK]: 0, [WHITE]: 0 };
    const groups = { [BLACK]: 0, [WHITE]: 0 };
    let seen = new Set();
    this.cells.forEach((color, position) => {
      if (seen.has(position)) return;
      if (color === EMPTY) {
        const { points, borders } = this.region(position);
        if (borders.size === 1) {
          for (const owner of borders) area[owner] += points.size;
        }
        seen = new Set([...seen, ...points]);
      } else {
        const { stones } = this.group(position);
        area[color] += stones.size;
        groups[color]++;
        seen = new Set([...seen, ...stones]);
      }
    });
    return { area, groups };
  }
}

function playGame(neighbors, limit) {
  const board = new Board(SIZE, neighbors);
  let color = BLACK;
  let passes = 0;
  let moves = 0;
  while (passes < 2 && moves < limit) {
    passes = board.playRandom(color) ? 0 : passes + 1;
    color = opponent(color);
    moves++;
  }
  const { area, groups } = board.score();
  let sum = moves;
  for (const c of [BLACK, WHITE]) sum = sum * 100 + area[c] + groups[c] + board.captured[c];
  for (const cell of board.cells) sum = (sum * 3 + cell) % MOD;
  return [moves, sum];
}

function run(n) {
  seed = 42;
  const neighbors = neighborTable(SIZE);
  let sum = 0;
  let left = n;
  while (left > 0) {
    const [moves, checksum] = playGame(neighbors, Math.min(left, 200));
    sum = (sum * 31 + checksum) % MOD;
    left -= moves;
  }
  return sum;
}
