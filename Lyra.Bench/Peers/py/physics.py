# a physics toy: n steps of balls in a box with pins; vectors with operators, collisions by a grid of cells, energy sums
from math import floor, sqrt

WIDTH = 320.0
HEIGHT = 240.0
CELL = 10.0
STEP = 0.02


class Vec:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vec(self.x + other.x, self.y + other.y)

    def __sub__(self, other):
        return Vec(self.x - other.x, self.y - other.y)

    def __mul__(self, factor):
        return Vec(self.x * factor, self.y * factor)

    def dot(self, other):
        return self.x * other.x + self.y * other.y

    def size(self):
        return sqrt(self.dot(self))


GRAVITY = Vec(0.0, -30.0)


class Ball:
    def __init__(self, position, velocity, radius):
        self.position = position
        self.velocity = velocity
        self.radius = radius

    @property
    def mass(self):
        return self.radius * self.radius

    @property
    def energy(self):
        return self.mass * (0.5 * self.velocity.dot(self.velocity) - GRAVITY.dot(self.position))

    def move(self):
        self.velocity += GRAVITY * STEP
        self.position += self.velocity * STEP

    def bounce(self, normal):
        """Mirrors the velocity at a surface with this normal, if the ball moves into it; a tenth of the speed is lost."""
        speed = self.velocity.dot(normal)
        if speed < 0.0:
            self.velocity -= normal * (speed * 1.9)

    def cell(self):
        return floor(self.position.x / CELL), floor(self.position.y / CELL)


# The obstacles have a method `touch`, which says whether the ball has touched it.
class Wall:
    def __init__(self, point, normal):
        self.point = point
        self.normal = normal

    def touch(self, ball):
        depth = ball.radius - (ball.position - self.point).dot(self.normal)
        if depth <= 0.0:
            return False
        ball.position += self.normal * depth
        ball.bounce(self.normal)
        return True


class Pin:
    def __init__(self, center, radius):
        self.center = center
        self.radius = radius

    def touch(self, ball):
        between = ball.position - self.center
        distance = between.size()
        depth = ball.radius + self.radius - distance
        if depth <= 0.0:
            return False
        normal = between * (1.0 / distance)
        ball.position += normal * depth
        ball.bounce(normal)
        return True


class Trampoline:
    """The floor throws every ball up again."""

    def __init__(self, speed):
        self.speed = speed

    def touch(self, ball):
        if ball.position.y > ball.radius:
            return False
        ball.position = Vec(ball.position.x, ball.radius)
        ball.velocity = Vec(ball.velocity.x, self.speed)
        return True


def collide(a, b):
    """An elastic collision, if the two balls overlap."""
    between = b.position - a.position
    reach = a.radius + b.radius
    if between.dot(between) >= reach * reach:
        return False
    distance = between.size()
    normal = between * (1.0 / distance)
    overlap = normal * ((reach - distance) * 0.5)
    a.position -= overlap
    b.position += overlap
    speed = (a.velocity - b.velocity).dot(normal)
    if speed > 0.0:
        impulse = 2.0 * speed / (a.mass + b.mass)
        a.velocity -= normal * (impulse * b.mass)
        b.velocity += normal * (impulse * a.mass)
    return True


class World:
    def __init__(self, balls, obstacles):
        self.balls = balls
        self.obstacles = obstacles
        self.touches = 0
        self.collisions = 0

    def step(self):
        for ball in self.balls:
            ball.move()
            for obstacle in self.obstacles:
                if obstacle.touch(ball):
                    self.touches += 1
        grid = {}
        for ball in self.balls:
            column, row = cell = ball.cell()
            for x in range(column - 1, column + 2):
                for y in range(row - 1, row + 2):
                    for other in grid.get((x, y), ()):
                        if collide(other, ball):
                            self.collisions += 1
            grid.setdefault(cell, []).append(ball)

    def energy(self):
        total = 0.0  # not sum(), which adds floats in another way from Python 3.12 on
        for ball in self.balls:
            total += ball.energy
        return total


def make_world(random):
    balls = []
    for i in range(120):
        position = Vec(12.0 + i % 12 * 25.0, 20.0 + i // 12 * 20.0)
        velocity = Vec(random(81) - 40.0, random(81) - 40.0)
        balls.append(Ball(position, velocity, 2.0 + random(4) * 0.75))
    return World(balls, [
        Trampoline(100.0), Wall(Vec(0.0, HEIGHT), Vec(0.0, -1.0)),
        Wall(Vec(0.0, 0.0), Vec(1.0, 0.0)), Wall(Vec(WIDTH, 0.0), Vec(-1.0, 0.0)),
        Pin(Vec(80.0, 60.0), 12.0), Pin(Vec(160.0, 110.0), 16.0), Pin(Vec(240.0, 60.0), 12.0),
    ])


def run(n):
    seed = 42

    def random(limit):
        nonlocal seed
        seed = seed * 16807 % 2147483647
        return seed % limit

    world = make_world(random)
    total = 0.0
    for _ in range(n):
        world.step()
        total += world.energy() / len(world.balls)
    for ball in world.balls:
        total += (ball.position.x + ball.position.y) * 1000.0
    return floor(total) + world.collisions * 1000 + world.touches
