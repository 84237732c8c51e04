# n readings of each of two sensors through generators (dedupe, window, zip, batch), with statistics of the results
import math
from collections import deque
from functools import reduce

MOD = 1000000007


class Reading:
    def __init__(self, sensor, time, value):
        self.sensor = sensor
        self.time = time
        self.value = value


class Stats:
    def __init__(self):
        self.count = 0
        self.total = 0
        self.squares = 0
        self.low = None
        self.high = None

    def add(self, value):
        self.count += 1
        self.total += value
        self.squares += value * value
        if self.low is None or value < self.low:
            self.low = value
        if self.high is None or value > self.high:
            self.high = value

    def mean(self):
        return self.total / self.count

    def deviation(self):
        mean = self.mean()
        return math.sqrt(self.squares / self.count - mean * mean)

    def checksum(self):
        mean = math.floor(self.mean() * 1000) + 1000000000
        parts = [self.count, self.low + 1000000, self.high + 1000000, mean, math.floor(self.deviation() * 1000)]
        return reduce(lambda total, x: (total * 31 + x) % MOD, parts, 0)


# A random walk that stays near 500.
def readings(sensor, count, start):
    seed = start
    value = 500
    for time in range(count):
        seed = seed * 16807 % 2147483647
        value += seed % 9 - 4
        if seed % 4 == 0:
            value += 2 if value < 500 else -2
        yield Reading(sensor, time, value)


def dedupe(source):
    last = None
    for reading in source:
        if last is None or reading.value != last.value:
            yield reading
        last = reading


# Each run of size neighbors.
def window(source, size):
    recent = deque(maxlen=size)
    for item in source:
        recent.append(item)
        if len(recent) == size:
            yield list(recent)


def smooth(windows):
    for group in windows:
        total = sum(r.value for r in group)
        last = group[-1]
        yield Reading(last.sensor, last.time, total // len(group))


def zipped(first, second):
    while True:
        try:
            pair = (next(first), next(second))
        except StopIteration:
            return
        yield pair


def batch(source, size):
    items = []
    for item in source:
        items.append(item)
        if len(items) == size:
            yield items
            items = []
    if items:
        yield items


def select(source, wanted):
    for item in source:
        if wanted(item):
            yield item


def level(difference):
    return "below" if difference < -8 else "above" if difference > 8 else "near"


def run(n):
    inside = smooth(window(dedupe(readings("inside", n, 42)), 5))
    outside = smooth(window(dedupe(readings("outside", n, 4711)), 5))
    differences = Stats()
    lags = Stats()
    peaks = Stats()
    levels = {"below": 0, "near": 0, "above": 0}
    total = 0
    batches = 0
    for pairs in batch(zipped(inside, outside), 16):
        batches += 1
        for a, b in pairs:
            difference = a.value - b.value
            differences.add(difference)
            lags.add(a.time - b.time)
            levels[level(difference)] += 1
            total = (total * 31 + a.value * 7 + b.value + a.time) % MOD
        peaks.add(max(max(a.value, b.value) for a, b in pairs))

    alarms = {}
    for reading in select(dedupe(readings("inside", n, 1234)), lambda r: r.value > 510):
        hour = reading.time // 60 % 24
        alarms[hour] = alarms.get(hour, 0) + 1

    for stats in [differences, lags, peaks]:
        total = (total * 31 + stats.checksum()) % MOD
    for name in ["below", "near", "above"]:
        total = (total * 31 + levels[name]) % MOD
    for hour in range(24):
        total = (total * 31 + alarms.get(hour, 0)) % MOD
    return (total * 31 + batches) % MOD
