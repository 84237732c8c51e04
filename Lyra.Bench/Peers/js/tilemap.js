// a tile map generator: n caves by a cellular automaton, small regions filled, rooms connected, drawn to text
const WIDTH = 64;
const HEIGHT = 36;
const WALL = "#";
const FLOOR = ".";
const STEPS = [[1, 0], [0, 1], [-1, 0], [0, -1]];

const isEdge = (x, y) => x === 0 || y === 0 || x === WIDTH - 1 || y === HEIGHT - 1;

// The number of a position, as a key of sets and maps.
const keyOf = ([x, y]) => y * WIDTH + x;

class TileMap {
  constructor(random) {
    const tile = (x, y) => isEdge(x, y) || random(100) < 45 ? WALL : FLOOR;
    this.tiles = Array.from({ length: HEIGHT }, (_, y) => Array.from({ length: WIDTH }, (_, x) => tile(x, y)));
    for (let i = 0; i < 4; i++) this.smooth();
  }

  wallsAround(x, y) {
    let walls = 0;
    for (let ny = y - 1; ny <= y + 1; ny++) {
      for (let nx = x - 1; nx <= x + 1; nx++) {
        if ((nx !== x || ny !== y) && this.tiles[ny][nx] === WALL) walls++;
      }
    }
    return walls;
  }

  smooth() {
    const next = this.tiles.map((row) => [...row]);
    for (let y = 1; y < HEIGHT - 1; y++) {
      for (let x = 1; x < WIDTH - 1; x++) {
        const walls = this.wallsAround(x, y);
        if (walls > 4) next[y][x] = WALL;
        else if (walls < 4) next[y][x] = FLOOR;
      }
    }
    this.tiles = next;
  }

  // The positions of all open tiles that are connected with a position.
  flood(start, seen) {
    const region = [];
    const open = [start];
    seen.add(keyOf(start));
    while (open.length > 0) {
      const [x, y] = open.pop();
      region.push([x, y]);
      for (const [dx, dy] of STEPS) {
        const position = [x + dx, y + dy];
        if (this.tiles[y + dy][x + dx] !== WALL && !seen.has(keyOf(position))) {
          seen.add(keyOf(position));
          open.push(position);
        }
      }
    }
    return region;
  }

  // The rooms, the largest first; regions under 12 tiles are filled.
  findRooms() {
    const rooms = [];
    const seen = new Set();
    for (let y = 1; y < HEIGHT - 1; y++) {
      for (let x = 1; x < WIDTH - 1; x++) {
        if (this.tiles[y][x] === WALL || seen.has(keyOf([x, y]))) continue;
        const region = this.flood([x, y], seen);
        if (region.length < 12) {
          for (const [x, y] of region) this.tiles[y][x] = WALL;
        } else {
          rooms.push(region);
        }
      }
    }
    return rooms.sort((a, b) => b.length - a.length);
  }

  dig(x, y) {
    if (this.tiles[y][x] === WALL) this.tiles[y][x] = "+";
  }

  // Digs a corridor: first to the column, then to the row of the goal.
  digCorridor([x, y], [goalX, goalY]) {
    while (x !== goalX) {
      x += goalX > x ? 1 : -1;
      this.dig(x, y);
    }
    while (y !== goalY) {
      y += goalY > y ? 1 : -1;
      this.dig(x, y);
    }
  }

  // Joins each room to the nearest of those that are connected, and gives the length of all corridors.
  connect(rooms) {
    let total = 0;
    const connected = [];
    for (const room of rooms) {
      const middle = center(room);
      if (connected.length > 0) {
        const goal = nearest(connected, middle);
        this.digCorridor(middle, goal);
        total += distance(middle, goal);
      }
      connected.push(middle);
    }
    return total;
  }

  draw() { return this.tiles.map((row) => row.join("")).join("\n"); }
}

function distance([x1, y1], [x2, y2]) {
  return Math.abs(x1 - x2) + Math.abs(y1 - y2);
}

function nearest(positions, goal) {
  return positions.reduce((best, position) => distance(position, goal) < distance(best, goal) ? position : best);
}

// The tile of a room that is nearest to its middle.
function center(room) {
  const x = Math.floor(room.reduce((sum, position) => sum + position[0], 0) / room.length);
  const y = Math.floor(room.reduce((sum, position) => sum + position[1], 0) / room.length);
  return nearest(room, [x, y]);
}

function run(n) {
  let seed = 42;
  const random = (limit) => {
    seed = seed * 16807 % 2147483647;
    return seed % limit;
  };
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const map = new TileMap(random);
    const rooms = map.findRooms();
    const corridors = map.connect(rooms);
    const open = map.flood(center(rooms[0]), new Set()).length;
    sum = (sum * 31 + rooms.length * 1000 + corridors * 10 + open) % 1000000007;
    for (const c of map.draw()) sum = (sum * 31 + c.charCodeAt(0)) % 1000000007;
  }
  return sum;
}
