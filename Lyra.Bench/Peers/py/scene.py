# n scene graphs of shapes in nested transforms, each visited for its bounds, its areas by color and the shapes under points
import math
from functools import reduce

MODULUS = 1000000007

TURNS = [(1.0, 0.0), (0.6, 0.8), (0.0, 1.0), (0.8, -0.6)]  # cosine and sine
COLORS = ["red", "green", "blue", "white"]
seed = 5


def random(limit):
    global seed
    seed = seed * 16807 % 2147483647
    return seed % limit


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y


class Box:
    def __init__(self, left, top, right, bottom):
        self.left = left
        self.top = top
        self.right = right
        self.bottom = bottom

    def union(self, o):
        return Box(min(self.left, o.left), min(self.top, o.top), max(self.right, o.right), max(self.bottom, o.bottom))

    def contains(self, p):
        return self.left <= p.x <= self.right and self.top <= p.y <= self.bottom

    def area(self):
        return (self.right - self.left) * (self.bottom - self.top)


def box_of(points):
    box = Box(points[0].x, points[0].y, points[0].x, points[0].y)
    for p in points:
        box = box.union(Box(p.x, p.y, p.x, p.y))
    return box


# x' = a x + c y + e, y' = b x + d y + f
class Transform:
    def __init__(self, a=1.0, b=0.0, c=0.0, d=1.0, e=0.0, f=0.0):
        self.a = a
        self.b = b
        self.c = c
        self.d = d
        self.e = e
        self.f = f

    def __mul__(self, o):
        return Transform(
            self.a * o.a + self.c * o.b, self.b * o.a + self.d * o.b,
            self.a * o.c + self.c * o.d, self.b * o.c + self.d * o.d,
            self.a * o.e + self.c * o.f + self.e, self.b * o.e + self.d * o.f + self.f)

    def apply(self, p):
        return Point(self.a * p.x + self.c * p.y + self.e, self.b * p.x + self.d * p.y + self.f)

    def determinant(self):
        return self.a * self.d - self.b * self.c

    def inverse(self):
        k = self.determinant()
        return Transform(self.d / k, -self.b / k, -self.c / k, self.a / k,
                         (self.c * self.f - self.d * self.e) / k, (self.b * self.e - self.a * self.f) / k)


class Circle:
    def __init__(self, center, radius, color):
        self.center = center
        self.radius = radius
        self.color = color

    def accept(self, visitor):
        return visitor.visit_circle(self)


class Rect:
    def __init__(self, corner, width, height, color):
        self.corner = corner
        self.width = width
        self.height = height
        self.color = color

    def accept(self, visitor):
        return visitor.visit_rect(self)

    def corners(self):
        x, y = self.corner.x, self.corner.y
        return [Point(x, y), Point(x + self.width, y), Point(x + self.width, y + self.height), Point(x, y + self.height)]


class Polygon:
    def __init__(self, points, color):
        self.points = points
        self.color = color

    def accept(self, visitor):
        return visitor.visit_polygon(self)


class Group:
    def __init__(self, transform, children=None):
        self.transform = transform
        self.children = children or []

    def accept(self, visitor):
        return visitor.visit_group(self)


# Gives the box around a shape.
class Bounds:
    def __init__(self, transform):
        self.transform = transform

    def visit_circle(self, circle):
        t = self.transform
        center = t.apply(circle.center)
        w = circle.radius * math.sqrt(t.a * t.a + t.c * t.c)
        h = circle.radius * math.sqrt(t.b * t.b + t.d * t.d)
        return Box(center.x - w, center.y - h, center.x + w, center.y + h)

    def visit_rect(self, rect):
        return box_of([self.transform.apply(p) for p in rect.corners()])

    def visit_polygon(self, polygon):
        return box_of([self.transform.apply(p) for p in polygon.points])

    def visit_group(self, group):
        inner = Bounds(self.transform * group.transform)
        return reduce(Box.union, [child.accept(inner) for child in group.children])


# Adds up the areas by color.
class Areas:
    def __init__(self):
        self.totals = {}
        self.scale = 1.0

    def add(self, color, area):
        self.totals[color] = self.totals.get(color, 0.0) + area * self.scale

    def visit_circle(self, circle):
        self.add(circle.color, math.pi * circle.radius * circle.radius)

    def visit_rect(self, rect):
        self.add(rect.color, rect.width * rect.height)

    def visit_polygon(self, polygon):
        total = 0.0
        last = polygon.points[-1]
        for p in polygon.points:
            total += last.x * p.y - p.x * last.y
            last = p
        self.add(polygon.color, abs(total) / 2.0)

    def visit_group(self, group):
        outer = self.scale
        self.scale = outer * abs(group.transform.determinant())
        for child in group.children:
            child.accept(self)
        self.scale = outer


# Counts the shapes under a point.
class Hits:
    def __init__(self, point):
        self.point = point

    def visit_circle(self, circle):
        dx = self.point.x - circle.center.x
        dy = self.point.y - circle.center.y
        return 1 if dx * dx + dy * dy <= circle.radius * circle.radius else 0

    def visit_rect(self, rect):
        return 1 if box_of(rect.corners()).contains(self.point) else 0

    def visit_polygon(self, polygon):
        p = self.point
        inside = False
        a = polygon.points[-1]
        for b in polygon.points:
            if (a.y > p.y) != (b.y > p.y) and p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x:
                inside = not inside
            a = b
        return 1 if inside else 0

    def visit_group(self, group):
        inner = Hits(group.transform.inverse().apply(self.point))
        count = 0
        for child in group.children:
            count += child.accept(inner)
        return count


def random_point(size):
    return Point(random(size * 10) / 10.0, random(size * 10) / 10.0)


def random_transform():
    cosine, sine = TURNS[random(len(TURNS))]
    scale = (1 + random(4)) / 2.0
    return Transform(e=random(30), f=random(30)) * Transform(cosine * scale, sine * scale, -sine * scale, cosine * scale)


def random_shape(depth):
    color = COLORS[random(len(COLORS))]
    which = random(6 if depth > 0 else 3)
    if which == 0:
        return Circle(random_point(20), 1 + random(9), color)
    if which == 1:
        return Rect(random_point(20), 1 + random(12), 1 + random(12), color)
    if which == 2:
        return Polygon([random_point(20) for _ in range(3 + random(3))], color)
    return build(depth - 1)


def build(depth):
    group = Group(random_transform())
    for _ in range(2 + random(3)):
        group.children.append(random_shape(depth))
    return group


def rounded(x):
    return math.floor(x * 1000.0 + 0.5) % MODULUS


def survey(scene):
    box = scene.accept(Bounds(Transform()))
    hash = rounded(box.left) + rounded(box.bottom) + rounded(box.area())
    areas = Areas()
    scene.accept(areas)
    for color in COLORS:
        hash = (hash * 31 + rounded(areas.totals.get(color, 0.0))) % MODULUS
    for i in range(6):
        p = Point(box.left + (box.right - box.left) * (i + 1) / 8.0, box.top + (box.bottom - box.top) * (7 - i) / 8.0)
        hash = hash * 7 + scene.accept(Hits(p))
    return hash % MODULUS


def run(n):
    global seed
    seed = 5
    checksum = 0
    for _ in range(n):
        scene = Group(random_transform(), [build(3), build(3)])
        checksum = (checksum * 31 + survey(scene)) % MODULUS
    return checksum
