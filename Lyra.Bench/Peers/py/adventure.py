# A text adventure: scripted players explore rooms, carry things and bring them to the vault, n typed commands in all
WIDTH = 6
HEIGHT = 4
MODULUS = 1000000007

DIRECTIONS = ["north", "east", "south", "west"]
OPPOSITE = {"north": "south", "east": "west", "south": "north", "west": "east"}
SHORT = {"n": "go north", "e": "go east", "s": "go south", "w": "go west", "l": "look", "i": "inventory", "get": "take"}
NOISE = {"the", "a", "an", "to", "at", "my", "please"}
PLACES = ["hall", "cellar", "library", "garden", "tower", "kitchen", "crypt", "stable"]
MOODS = ["dark", "quiet", "dusty"]
MATERIALS = ["brass", "silver", "wooden", "golden", "rusty"]
THINGS = ["lamp", "key", "cup", "sword", "crown", "book"]
TOUR = ["Look", "examine the lamp", "n", "Take the LAMP please", "say hello to everybody", "e", "i",
        "go south", "dance", "get all", "w", "drop the lamp", "go up", "score", "take", "drop all"]

seed = 11


def random(limit):
    global seed
    seed = seed * 16807 % 2147483647
    return seed % limit


def choose(items):
    return items[random(len(items))]


class Item:
    def __init__(self, name, value):
        self.name = name
        self.value = value


class Exit:
    def __init__(self, room, key=None):
        self.room = room
        self.key = key


class Room:
    def __init__(self, number, name):
        self.number = number
        self.name = name
        self.exits = {}
        self.items = []

    def ways(self):
        return [d for d in DIRECTIONS if d in self.exits]


class Player:
    def __init__(self, name, room, think):
        self.name = name
        self.room = room
        self.think = think  # a function from the player to the next line typed
        self.items = []
        self.score = 0
        self.moves = 0


def join(first, direction, second, key):
    first.exits[direction] = Exit(second, key)
    second.exits[OPPOSITE[direction]] = Exit(first, key)


def build_rooms():
    rooms = [Room(i, f"{MOODS[i // len(PLACES)]} {PLACES[i % len(PLACES)]}") for i in range(WIDTH * HEIGHT)]
    for i, room in enumerate(rooms):
        x = i % WIDTH
        if x + 1 < WIDTH:
            join(room, "east", rooms[i + 1], None)
        if i + WIDTH < len(rooms) and (x == 0 or random(2) == 0):
            join(room, "south", rooms[i + WIDTH], "rusty key" if x > 0 and random(3) == 0 else None)
    for material in MATERIALS:
        for thing in THINGS:
            choose(rooms).items.append(Item(f"{material} {thing}", 5 + random(40)))
    return rooms


def names(items):
    return ", ".join("a " + item.name for item in items) if items else "nothing"


# The first item whose name has all the words.
def pick(items, words):
    for item in items:
        parts = item.name.split(" ")
        if all(w in parts for w in words):
            return item
    return None


class Game:
    def __init__(self, rooms):
        self.rooms = rooms
        self.players = []
        self.verbs = {
            "look": self.look, "go": self.go, "take": self.take, "drop": self.drop, "examine": self.examine,
            "inventory": lambda player, words: f"You carry {names(player.items)}.",
            "say": lambda player, words: f"{player.name} says: {' '.join(words)}!",
            "score": lambda player, words: f"{player.score} points in {player.moves} moves.",
        }

    def look(self, player, words):
        room = player.room
        others = [p.name for p in self.players if p.room is room and p is not player]
        company = f" Here: {', '.join(others)}." if others else ""
        return f"You are in the {room.name}. Exits: {', '.join(room.ways())}. You see {names(room.items)}.{company}"

    def go(self, player, words):
        if not words:
            return "Go where?"
        exit = player.room.exits.get(words[0])
        if exit is None:
            return f"You can't go {words[0]} from here."
        if exit.key is not None and pick(player.items, [exit.key.split(" ")[1]]) is None:
            return "The door needs a key."
        player.room = exit.room
        player.moves += 1
        return f"You walk to the {exit.room.name}."

    def take(self, player, words):
        room = player.room
        if not words:
            return "Take what?"
        if len(player.items) >= 5:
            return "Your hands are full."
        item = room.items[0] if words[0] == "all" and room.items else pick(room.items, words)
        if item is None:
            return f"There is no {' '.join(words)} here."
        room.items.remove(item)
        player.items.append(item)
        return f"Taken: {item.name}."

    # What is dropped in the vault (room 0) scores, and turns up elsewhere.
    def drop(self, player, words):
        if words == ["all"]:
            dropped = list(player.items)
        else:
            dropped = [item for item in player.items if all(w in item.name for w in words)]
        if not dropped:
            return f"You have no {' '.join(words)}."
        for item in dropped:
            player.items.remove(item)
            if player.room.number == 0:
                player.score += item.value
                choose(self.rooms).items.append(item)
            else:
                player.room.items.append(item)
        return f"Dropped: {names(dropped)}."

    def examine(self, player, words):
        item = pick(player.items + player.room.items, words)
        return "You see no such thing." if item is None else f"The {item.name} is worth {item.value}."

    def perform(self, player, line):
        words = line.lower().split()
        if words[0] in SHORT:
            words = SHORT[words[0]].split() + words[1:]
        rest = [w for w in words[1:] if w not in NOISE]
        verb = self.verbs.get(words[0])
        if verb is None:
            return f"I don't know how to {words[0]}."
        return verb(player, rest)


def wander(player):
    which = random(10)
    if which == 0:
        return "look"
    if which == 1:
        return "inventory"
    if which == 2:
        return f"examine the {choose(THINGS)}"
    return f"go to the {choose(DIRECTIONS)}"


def collect(player):
    room = player.room
    if room.number == 0 and player.items:
        return "drop all"
    if len(player.items) >= 4:
        return "go west" if "west" in room.exits else "go north"
    if room.items and random(4) > 0:
        return f"take the {choose(room.items).name}"
    return f"go {choose(room.ways())}"


def follow(script):
    at = -1

    def think(player):
        nonlocal at
        at = (at + 1) % len(script)
        return script[at]

    return think


def run(n):
    global seed
    seed = 11
    game = Game(build_rooms())
    for i, think in enumerate([wander, collect, follow(TOUR), collect, follow(TOUR[::-1])]):
        game.players.append(Player(f"Player{i + 1}", game.rooms[i * 5], think))
    checksum = 0
    for i in range(n):
        player = game.players[i % len(game.players)]
        reply = game.perform(player, player.think(player))
        middle = ord(reply[len(reply) // 2])
        checksum = (checksum * 31 + len(reply) * 1000 + middle + player.score + player.room.number) % MODULUS
    return checksum
