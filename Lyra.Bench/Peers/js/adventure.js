// A text adventure: scripted players explore rooms, carry things and bring them to the vault, n typed commands in all
const WIDTH = 6;
const HEIGHT = 4;
const MODULUS = 1000000007;

const directions = ["north", "east", "south", "west"];
const opposite = { north: "south", east: "west", south: "north", west: "east" };
const short = new Map([
  ["n", "go north"], ["e", "go east"], ["s", "go south"], ["w", "go west"], ["l", "look"], ["i", "inventory"], ["get", "take"],
]);
const noise = new Set(["the", "a", "an", "to", "at", "my", "please"]);
const places = ["hall", "cellar", "library", "garden", "tower", "kitchen", "crypt", "stable"];
const moods = ["dark", "quiet", "dusty"];
const materials = ["brass", "silver", "wooden", "golden", "rusty"];
const things = ["lamp", "key", "cup", "sword", "crown", "book"];
const tour = ["Look", "examine the lamp", "n", "Take the LAMP please", "say hello to everybody", "e", "i",
  "go south", "dance", "get all", "w", "drop the lamp", "go up", "score", "take", "drop all"];

let seed = 11;

function random(limit) {
  seed = seed * 16807 % 2147483647;
  return seed % limit;
}

const choose = (list) => list[random(list.length)];

class Item {
  constructor(name, value) {
    this.name = name;
    this.value = value;
  }
}

class Room {
  constructor(number, name) {
    this.number = number;
    this.name = name;
    this.exits = new Map();
    this.items = [];
  }

  ways() {
    return directions.filter((d) => this.exits.has(d));
  }
}

class Player {
  constructor(name, room, think) {
    this.name = name;
    this.room = room;
    this.think = think; // a function from the player to the next line typed
    this.items = [];
    this.score = 0;
    this.moves = 0;
  }
}

function join(first, direction, second, key) {
  first.exits.set(direction, { room: second, key });
  second.exits.set(opposite[direction], { room: first, key });
}

function buildRooms() {
  const rooms = [];
  for (let i = 0; i < WIDTH * HEIGHT; i++) {
    rooms.push(new Room(i, `${moods[Math.floor(i / places.length)]} ${places[i % places.length]}`));
  }
  rooms.forEach((room, i) => {
    const x = i % WIDTH;
    if (x + 1 < WIDTH) join(room, "east", rooms[i + 1], null);
    if (i + WIDTH < rooms.length && (x === 0 || random(2) === 0)) {
      join(room, "south", rooms[i + WIDTH], x > 0 && random(3) === 0 ? "rusty key" : null);
    }
  });
  for (const material of materials) {
    for (const thing of things) choose(rooms).items.push(new Item(`${material} ${thing}`, 5 + random(40)));
  }
  return rooms;
}

const names = (items) => items.length === 0 ? "nothing" : items.map((item) => "a " + item.name).join(", ");

// The first item whose name has all the words.
function pick(items, words) {
  return items.find((item) => {
    const parts = item.name.split(" ");
    return words.every((w) => parts.includes(w));
  });
}

function removeItem(items, item) {
  items.splice(items.indexOf(item), 1);
}

class Game {
  constructor(rooms) {
    this.rooms = rooms;
    this.players = [];
    this.verbs = new Map([
      ["look", (player, words) => this.look(player, words)],
      ["go", (player, words) => this.go(player, words)],
      ["take", (player, words) => this.take(player, words)],
      ["drop", (player, words) => this.drop(player, words)],
      ["examine", (player, words) => this.examine(player, words)],
      ["inventory", (player) => `You carry ${names(player.items)}.`],
      ["say", (player, words) => `${player.name} says: ${words.join(" ")}!`],
      ["score", (player) => `${player.score} points in ${player.moves} moves.`],
    ]);
  }

  look(player) {
    const room = player.room;
    const others = this.players.filter((p) => p.room === room && p !== player).map((p) => p.name);
    const company = others.length === 0 ? "" : ` Here: ${others.join(", ")}.`;
    return `You are in the ${room.name}. Exits: ${room.ways().join(", ")}. You see ${names(room.items)}.${company}`;
  }

  go(player, words) {
    if (words.length === 0) return "Go where?";
    const exit = player.room.exits.get(words[0]);
    if (exit === undefined) return `You can't go ${words[0]} from here.`;
    if (exit.key !== null && !pick(player.items, [exit.key.split(" ")[1]])) return "The door needs a key.";
    player.room = exit.room;
    player.moves++;
    return `You walk to the ${exit.room.name}.`;
  }

  take(player, words) {
    const room = player.room;
    if (words.length === 0) return "Take what?";
    if (player.items.length >= 5) return "Your hands are full.";
    const item = words[0] === "all" && room.items.length > 0 ? room.items[0] : pick(room.items, words);
    if (item === undefined) return `There is no ${words.join(" ")} here.`;
    removeItem(room.items, item);
    player.items.push(item);
    return `Taken: ${item.name}.`;
  }

  // What is dropped in the vault (room 0) scores, and turns up elsewhere.
  drop(player, words) {
    const dropped = words.length === 1 && words[0] === "all"
      ? [...player.items]
      : player.items.filter((item) => words.every((w) => item.name.includes(w)));
    if (dropped.length === 0) return `You have no ${words.join(" ")}.`;
    for (const item of dropped) {
      removeItem(player.items, item);
      if (player.room.number === 0) {
        player.score += item.value;
        choose(this.rooms).items.push(item);
      } else {
        player.room.items.push(item);
      }
    }
    return `Dropped: ${names(dropped)}.`;
  }

  examine(player, words) {
    const item = pick([...player.items, ...player.room.items], words);
    return item === undefined ? "You see no such thing." : `The ${item.name} is worth ${item.value}.`;
  }

  perform(player, line) {
    let words = line.toLowerCase().split(" ");
    if (short.has(words[0])) words = [...short.get(words[0]).split(" "), ...words.slice(1)];
    const rest = words.slice(1).filter((w) => !noise.has(w));
    const verb = this.verbs.get(words[0]);
    if (verb === undefined) return `I don't know how to ${words[0]}.`;
    return verb(player, rest);
  }
}

function wander(player) {
  switch (random(10)) {
    case 0: return "look";
    case 1: return "inventory";
    case 2: return `examine the ${choose(things)}`;
    default: return `go to the ${choose(directions)}`;
  }
}

function collect(player) {
  const room = player.room;
  if (room.number === 0 && player.items.length > 0) return "drop all";
  if (player.items.length >= 4) return room.exits.has("west") ? "go west" : "go north";
  if (room.items.length > 0 && random(4) > 0) return `take the ${choose(room.items).name}`;
  return `go ${choose(room.ways())}`;
}

function follow(script) {
  let at = -1;
  return (player) => {
    at = (at + 1) % script.length;
    return script[at];
  };
}

function run(n) {
  seed = 11;
  const game = new Game(buildRooms());
  [wander, collect, follow(tour), collect, follow([...tour].reverse())].forEach((think, i) => {
    game.players.push(new Player(`Player${i + 1}`, game.rooms[i * 5], think));
  });
  let checksum = 0;
  for (let i = 0; i < n; i++) {
    const player = game.players[i % game.players.length];
    const reply = game.perform(player, player.think(player));
    const middle = reply.charCodeAt(Math.floor(reply.length / 2));
    checksum = (checksum * 31 + reply.length * 1000 + middle + player.score + player.room.number) % MODULUS;
  }
  return checksum;
}
