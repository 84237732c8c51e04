# Elevators serve passengers for n ticks: requests, states of travel and doors, statistics of waits and rides
from collections import deque

MOD = 1000000007
FLOORS = 20
CARS = 4
CAPACITY = 8

STATES = ["idle", "moving", "opening", "open", "closing"]
seed = 42


def random(limit):
    global seed
    seed = seed * 16807 % 2147483647
    return seed % limit


class Passenger:
    def __init__(self, origin, target, created):
        self.origin = origin
        self.target = target
        self.created = created
        self.boarded = 0


class Stats:
    def __init__(self):
        self.delivered = 0
        self.total_wait = 0
        self.total_ride = 0
        self.max_wait = 0
        self.checksum = 0
        self.waits = {}

    def record(self, wait, ride):
        self.delivered += 1
        self.total_wait += wait
        self.total_ride += ride
        self.max_wait = max(self.max_wait, wait)
        bucket = wait // 10
        self.waits[bucket] = self.waits.get(bucket, 0) + 1
        self.checksum = (self.checksum * 31 + wait * 7 + ride) % MOD


class Elevator:
    def __init__(self, floor):
        self.floor = floor
        self.direction = 1
        self.state = "idle"
        self.timer = 0
        self.travelled = 0
        self.riders = []
        self.stops = set()
        self.ticks = {state: 0 for state in STATES}

    def is_full(self):
        return len(self.riders) >= CAPACITY

    # The lower, the sooner this one can be at a floor.
    def cost(self, floor):
        cost = abs(self.floor - floor) + 2 * len(self.stops) + len(self.riders)
        towards = (floor - self.floor) * self.direction >= 0
        if self.state != "idle" and not towards:
            cost += FLOORS
        return cost

    def enter(self, state, timer=1):
        self.state = state
        self.timer = timer

    def depart(self):
        if not self.stops:
            self.enter("idle")
        elif self.floor in self.stops:
            self.enter("opening", 2)
        else:
            if not any((s - self.floor) * self.direction > 0 for s in self.stops):
                self.direction *= -1
            self.enter("moving")

    def exchange(self, building):
        for rider in self.riders:
            if rider.target == self.floor:
                building.stats.record(rider.boarded - rider.created, building.tick - rider.boarded)
        self.riders = [r for r in self.riders if r.target != self.floor]
        self.stops.discard(self.floor)
        queue = building.waiting[self.floor]
        while queue and not self.is_full():
            passenger = queue.popleft()
            passenger.boarded = building.tick
            self.riders.append(passenger)
            self.stops.add(passenger.target)
        if queue:
            building.call(self.floor)

    def step(self, building):
        self.ticks[self.state] += 1
        self.timer -= 1
        if self.timer > 0:
            return
        if self.state == "idle":
            self.depart()
        elif self.state == "moving":
            self.floor += self.direction
            self.travelled += 1
            if self.floor in self.stops:
                self.enter("opening", 2)
        elif self.state == "opening":
            self.exchange(building)
            self.enter("open", 3)
        elif self.state == "open":
            self.enter("closing", 1)
        elif self.state == "closing":
            self.depart()


class Building:
    def __init__(self):
        self.elevators = []
        self.waiting = []
        self.calls = []
        self.stats = Stats()
        self.tick = 0

    def call(self, floor):
        if floor not in self.calls:
            self.calls.append(floor)

    # Mornings from the ground floor, evenings to it, anything in between.
    def arrive(self):
        floor = 1 + random(FLOORS - 1)
        kind = self.tick // 600 % 3
        if kind == 0:
            origin, target = 0, floor
        elif kind == 1:
            origin, target = floor, (floor + 1 + random(FLOORS - 1)) % FLOORS
        else:
            origin, target = floor, 0
        self.waiting[origin].append(Passenger(origin, target, self.tick))
        if len(self.waiting[origin]) == 1:
            self.call(origin)

    def dispatch(self):
        still_open = []
        for floor in self.calls:
            best = None
            for elevator in self.elevators:
                if not elevator.is_full() and (best is None or elevator.cost(floor) < best.cost(floor)):
                    best = elevator
            if best is None:
                still_open.append(floor)
            else:
                best.stops.add(floor)
        self.calls = still_open

    def step(self):
        self.tick += 1
        if random(100) < 14:
            self.arrive()
        if self.calls:
            self.dispatch()
        for elevator in self.elevators:
            elevator.step(self)


def run(n):
    global seed
    seed = 42
    building = Building()
    building.elevators = [Elevator(i * 5) for i in range(CARS)]
    building.waiting = [deque() for _ in range(FLOORS)]
    for _ in range(n):
        building.step()

    stats = building.stats
    total = stats.checksum
    for x in [stats.delivered, stats.total_wait, stats.total_ride, stats.max_wait]:
        total = (total * 31 + x) % MOD
    for bucket in sorted(stats.waits):
        total = (total * 31 + bucket * 1000 + stats.waits[bucket]) % MOD
    for elevator in building.elevators:
        total = (total * 31 + elevator.travelled + len(elevator.riders)) % MOD
        for state in STATES:
            total = (total * 31 + elevator.ticks[state]) % MOD
    return total
