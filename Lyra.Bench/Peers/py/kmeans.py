# Clusters n generated sets of 60 points with k-means until the centers stand still
import math
from collections import Counter

POINTS = 60
K = 4
MAX_ROUNDS = 40


class Point:
    def __init__(self, x, y, label):
        self.x = x
        self.y = y
        self.label = label

    # The square of the distance.
    def distance(self, other):
        dx = self.x - other.x
        dy = self.y - other.y
        return dx * dx + dy * dy


class Cluster:
    def __init__(self, center):
        self.center = center
        self.members = []

    # Moves the center to the mean of the members; gives how far it went.
    def recenter(self):
        if not self.members:
            return 0.0
        x = 0.0
        y = 0.0
        for p in self.members:
            x += p.x
            y += p.y
        count = len(self.members)
        center = Point(x / count, y / count, -1)
        moved = center.distance(self.center)
        self.center = center
        return moved

    # The sum of the members' distances from the center.
    def spread(self):
        total = 0.0
        for p in self.members:
            total += math.sqrt(p.distance(self.center))
        return total

    # How many members have the label that is the most frequent here.
    def majority(self):
        counts = Counter(p.label for p in self.members)
        return max(counts.values(), default=0)


seed = 42


def random(limit):
    global seed
    seed = seed * 16807 % 2147483647
    return seed % limit


# Points around K hidden centers, each labelled with the number of its center.
def generate_points():
    centers = [Point(200.0 + random(800), 200.0 + random(800), i) for i in range(K)]
    points = []
    for _ in range(POINTS):
        center = centers[random(K)]
        dx = (random(200) + random(200) - 200) * 0.75
        dy = (random(200) + random(200) - 200) * 0.75
        points.append(Point(center.x + dx, center.y + dy, center.label))
    return points


# Starts with the first point, then always takes the point that is farthest from the centers so far.
def initial_clusters(points):
    clusters = [Cluster(points[0])]
    while len(clusters) < K:
        farthest = points[0]
        best = -1.0
        for p in points:
            distance = min(p.distance(c.center) for c in clusters)
            if distance > best:
                best = distance
                farthest = p
        clusters.append(Cluster(farthest))
    return clusters


def nearest(p, clusters):
    result = clusters[0]
    best = p.distance(result.center)
    for c in clusters:
        distance = p.distance(c.center)
        if distance < best:
            best = distance
            result = c
    return result


def kmeans(points):
    clusters = initial_clusters(points)
    for _ in range(MAX_ROUNDS):
        for c in clusters:
            c.members = []
        for p in points:
            nearest(p, clusters).members.append(p)
        moved = 0.0
        for c in clusters:
            moved += c.recenter()
        if moved < 0.0001:
            break
    return clusters


def rounded(value):
    return math.floor(value * 1000 + 0.5)


def run(n):
    global seed
    seed = 42
    total = 0
    for _ in range(n):
        clusters = kmeans(generate_points())
        clusters.sort(key=lambda c: (c.center.x, c.center.y))
        for c in clusters:
            total = (total * 31 + rounded(c.center.x) * 7 + rounded(c.center.y)) % 1000000007
            total = (total * 31 + rounded(c.spread()) + len(c.members) * 100 + c.majority()) % 1000000007
    return total
