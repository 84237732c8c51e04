# a tile map generator: n caves by a cellular automaton, small regions filled, rooms connected, drawn to text
WIDTH = 64
HEIGHT = 36
WALL = "#"
FLOOR = "."
STEPS = [(1, 0), (0, 1), (-1, 0), (0, -1)]


class TileMap:
    def __init__(self, random):
        def tile(x, y):
            is_edge = x in (0, WIDTH - 1) or y in (0, HEIGHT - 1)
            return WALL if is_edge or random(100) < 45 else FLOOR

        self.tiles = [[tile(x, y) for x in range(WIDTH)] for y in range(HEIGHT)]
        for _ in range(4):
            self.smooth()

    def walls_around(self, x, y):
        walls = 0
        for ny in range(y - 1, y + 2):
            for nx in range(x - 1, x + 2):
                if (nx != x or ny != y) and self.tiles[ny][nx] == WALL:
                    walls += 1
        return walls

    def smooth(self):
        result = [row[:] for row in self.tiles]
        for y in range(1, HEIGHT - 1):
            for x in range(1, WIDTH - 1):
                walls = self.walls_around(x, y)
                if walls > 4:
                    result[y][x] = WALL
                elif walls < 4:
                    result[y][x] = FLOOR
        self.tiles = result

    def flood(self, start, seen):
        """The positions of all open tiles that are connected with a position."""
        region = []
        stack = [start]
        seen.add(start)
        while stack:
            x, y = stack.pop()
            region.append((x, y))
            for dx, dy in STEPS:
                position = (x + dx, y + dy)
                if self.tiles[y + dy][x + dx] != WALL and position not in seen:
                    seen.add(position)
                    stack.append(position)
        return region

    def find_rooms(self):
        """The rooms, the largest first; regions under 12 tiles are filled."""
        rooms = []
        seen = set()
        for y in range(1, HEIGHT - 1):
            for x in range(1, WIDTH - 1):
                if self.tiles[y][x] == WALL or (x, y) in seen:
                    continue
                region = self.flood((x, y), seen)
                if len(region) < 12:
                    for rx, ry in region:
                        self.tiles[ry][rx] = WALL
                else:
                    rooms.append(region)
        return sorted(rooms, key=len, reverse=True)

    def dig(self, x, y):
        if self.tiles[y][x] == WALL:
            self.tiles[y][x] = "+"

    def dig_corridor(self, start, goal):
        """Digs a corridor: first to the column, then to the row of the goal."""
        x, y = start
        goal_x, goal_y = goal
        while x != goal_x:
            x += 1 if goal_x > x else -1
            self.dig(x, y)
        while y != goal_y:
            y += 1 if goal_y > y else -1
            self.dig(x, y)

    def connect(self, rooms):
        """Joins each room to the nearest of those that are connected, and gives the length of all corridors."""
        total = 0
        connected = []
        for room in rooms:
            middle = center(room)
            if connected:
                goal = nearest(connected, middle)
                self.dig_corridor(middle, goal)
                total += distance(middle, goal)
            connected.append(middle)
        return total

    def draw(self):
        return "\n".join("".join(row) for row in self.tiles)


def distance(a, b):
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def nearest(positions, goal):
    return min(positions, key=lambda position: distance(position, goal))


def center(room):
    """The tile of a room that is nearest to its middle."""
    x = sum(x for x, _ in room) // len(room)
    y = sum(y for _, y in room) // len(room)
    return nearest(room, (x, y))


def run(n):
    seed = 42

    def random(limit):
        nonlocal seed
        seed = seed * 16807 % 2147483647
        return seed % limit

    total = 0
    for _ in range(n):
        map = TileMap(random)
        rooms = map.find_rooms()
        corridors = map.connect(rooms)
        size = len(map.flood(center(rooms[0]), set()))
        total = (total * 31 + len(rooms) * 1000 + corridors * 10 + size) % 1000000007
        for c in map.draw():
            total = (total * 31 + ord(c)) % 1000000007
    return total
