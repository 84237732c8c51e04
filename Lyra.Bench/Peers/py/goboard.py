# n random moves in games on a 9x9 Go board: groups and liberties by flood fill, captures, ko, score by area
MOD = 1000000007
SIZE = 9
EMPTY = 0
BLACK = 1
WHITE = 2

seed = 42


def random(limit):
    global seed
    seed = seed * 16807 % 2147483647
    return seed % limit


def opponent(color):
    return WHITE if color == BLACK else BLACK


def neighbor_table(size):
    table = []
    for y in range(size):
        for x in range(size):
            near = []
            if x > 0:
                near.append(y * size + x - 1)
            if x < size - 1:
                near.append(y * size + x + 1)
            if y > 0:
                near.append((y - 1) * size + x)
            if y < size - 1:
                near.append((y + 1) * size + x)
            table.append(near)
    return table


class Board:
    def __init__(self, size, neighbors):
        self.neighbors = neighbors
        self.cells = [EMPTY] * (size * size)
        self.captured = {BLACK: 0, WHITE: 0}
        self.ko = -1

    # The stones connected with the one at start, and their liberties.
    def group(self, start):
        color = self.cells[start]
        stones = {start}
        liberties = set()
        todo = [start]
        while todo:
            here = todo.pop()
            for near in self.neighbors[here]:
                if self.cells[near] == EMPTY:
                    liberties.add(near)
                elif self.cells[near] == color and near not in stones:
                    stones.add(near)
                    todo.append(near)
        return stones, liberties

    def play(self, position, color):
        if self.cells[position] != EMPTY or position == self.ko:
            return False
        self.cells[position] = color
        taken = []
        for near in self.neighbors[position]:
            if self.cells[near] != opponent(color):
                continue
            stones, liberties = self.group(near)
            if not liberties:
                for stone in stones:
                    self.cells[stone] = EMPTY
                    taken.append(stone)
        stones, liberties = self.group(position)
        if not liberties:
            self.cells[position] = EMPTY
            return False
        self.captured[color] += len(taken)
        self.ko = taken[0] if len(taken) == 1 and len(stones) == 1 and len(liberties) == 1 else -1
        return True

    def is_eye(self, position, color):
        return all(self.cells[near] == color for near in self.neighbors[position])

    def play_random(self, color):
        for _ in range(20):
            position = random(len(self.cells))
            if not self.is_eye(position, color) and self.play(position, color):
                return True
        self.ko = -1
        return False

    # The empty region around start and the colors at its border.
    def region(self, start):
        points = {start}
        borders = set()
        todo = [start]
        while todo:
            for near in self.neighbors[todo.pop()]:
                if self.cells[near] != EMPTY:
                    borders.add(self.cells[near])
                elif near not in points:
                    points.add(near)
                    todo.append(near)
        return points, borders

    # Stones, territory and the number of groups for each color.
    def score(self):
        area = {BLACK: 0, WHITE: 0}
        groups = {BLACK: 0, WHITE: 0}
        seen = set()
        for position, color in enumerate(self.cells):
            if position in seen:
                continue
            if color == EMPTY:
                points, borders = self.region(position)
                if len(borders) == 1:
                    for owner in borders:
                        area[owner] += len(points)
                seen |= points
            else:
                stones, _ = self.group(position)
                area[color] += len(stones)
                groups[color] += 1
                seen |= stones
        return area, groups


def play_game(neighbors, limit):
    board = Board(SIZE, neighbors)
    color = BLACK
    passes = 0
    moves = 0
    while passes < 2 and moves < limit:
        passes = 0 if board.play_random(color) else passes + 1
        color = opponent(color)
        moves += 1
    area, groups = board.score()
    total = moves
    for c in (BLACK, WHITE):
        total = total * 100 + area[c] + groups[c] + board.captured[c]
    for cell in board.cells:
        total = (total * 3 + cell) % MOD
    return moves, total


def run(n):
    global seed
    seed = 42
    neighbors = neighbor_table(SIZE)
    total = 0
    left = n
    while left > 0:
        moves, checksum = play_game(neighbors, min(left, 200))
        total = (total * 31 + checksum) % MOD
        left -= moves
    return total
