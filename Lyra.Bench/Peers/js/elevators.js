// Elevators serve passengers for n ticks: requests, states of travel and doors, statistics of waits and rides
const MOD = 1000000007;
const FLOORS = 20;
const CARS = 4;
const CAPACITY = 8;

const states = ["idle", "moving", "opening", "open", "closing"];
let seed = 42;

function random(limit) {
  seed = seed * 16807 % 2147483647;
  return seed % limit;
}

class Passenger {
  constructor(origin, target, created) {
    this.origin = origin;
    this.target = target;
    this.created = created;
    this.boarded = 0;
  }
}

class Stats {
  constructor() {
    this.delivered = 0;
    this.totalWait = 0;
    this.totalRide = 0;
    this.maxWait = 0;
    this.checksum = 0;
    this.waits = new Map();
  }

  record(wait, ride) {
    this.delivered++;
    this.totalWait += wait;
    this.totalRide += ride;
    this.maxWait = Math.max(this.maxWait, wait);
    const bucket = Math.floor(wait / 10);
    this.waits.set(bucket, (this.waits.get(bucket) ?? 0) + 1);
    this.checksum = (this.checksum * 31 + wait * 7 + ride) % MOD;
  }
}

class Elevator {
  constructor(floor) {
    this.floor = floor;
    this.direction = 1;
    this.state = "idle";
    this.timer = 0;
    this.travelled = 0;
    this.riders = [];
    this.stops = new Set();
    this.ticks = { idle: 0, moving: 0, opening: 0, open: 0, closing: 0 };
  }

  get isFull() { return this.riders.length >= CAPACITY; }

  // The lower, the sooner this one can be at a floor.
  cost(floor) {
    let cost = Math.abs(this.floor - floor) + 2 * this.stops.size + this.riders.length;
    const towards = (floor - this.floor) * this.direction >= 0;
    if (this.state !== "idle" && !towards) cost += FLOORS;
    return cost;
  }

  enter(state, timer = 1) {
    this.state = state;
    this.timer = timer;
  }

  depart() {
    if (this.stops.size === 0) {
      this.enter("idle");
    } else if (this.stops.has(this.floor)) {
      this.enter("opening", 2);
    } else {
      if (![...this.stops].some((s) => (s - this.floor) * this.direction > 0)) this.direction *= -1;
      this.enter("moving");
    }
  }

  exchange(building) {
    for (const rider of this.riders.filter((r) => r.target === this.floor)) {
      building.stats.record(rider.boarded - rider.created, building.tick - rider.boarded);
    }
    this.riders = this.riders.filter((r) => r.target !== this.floor);
    this.stops.delete(this.floor);
    const queue = building.waiting[this.floor];
    while (queue.length > 0 && !this.isFull) {
      const passenger = queue.shift();
      passenger.boarded = building.tick;
      this.riders.push(passenger);
      this.stops.add(passenger.target);
    }
    if (queue.length > 0) building.call(this.floor);
  }

  step(building) {
    this.ticks[this.state]++;
    this.timer--;
    if (this.timer > 0) return;
    switch (this.state) {
      case "idle":
        this.depart();
        break;
      case "moving":
        this.floor += this.direction;
        this.travelled++;
        if (this.stops.has(this.floor)) this.enter("opening", 2);
        break;
      case "opening":
        this.exchange(building);
        this.enter("open", 3);
        break;
      case "open":
        this.enter("closing", 1);
        break;
      case "closing":
        this.depart();
        break;
    }
  }
}

class Building {
  constructor() {
    this.elevators = [];
    this.waiting = [];
    this.calls = [];
    this.stats = new Stats();
    this.tick = 0;
  }

  call(floor) {
    if (!this.calls.includes(floor)) this.calls.push(floor);
  }

  // Mornings from the ground floor, evenings to it, anything in between.
  arrive() {
    const floor = 1 + random(FLOORS - 1);
    let origin = floor, target = 0;
    switch (Math.floor(this.tick / 600) % 3) {
      case 0: origin = 0; target = floor; break;
      case 1: target = (floor + 1 + random(FLOORS - 1)) % FLOORS; break;
    }
    this.waiting[origin].push(new Passenger(origin, target, this.tick));
    if (this.waiting[origin].length === 1) this.call(origin);
  }

  dispatch() {
    const open = [];
    for (const floor of this.calls) {
      let best = null;
      for (const elevator of this.elevators) {
        if (!elevator.isFull && (best === null || elevator.cost(floor) < best.cost(floor))) best = elevator;
      }
      if (best === null) open.push(floor);
      else best.stops.add(floor);
    }
    this.calls = open;
  }

  step() {
    this.tick++;
    if (random(100) < 14) this.arrive();
    if (this.calls.length > 0) this.dispatch();
    for (const elevator of this.elevators) elevator.step(this);
  }
}

function run(n) {
  seed = 42;
  const building = new Building();
  for (let i = 0; i < CARS; i++) building.elevators.push(new Elevator(i * 5));
  for (let i = 0; i < FLOORS; i++) building.waiting.push([]);
  for (let i = 0; i < n; i++) building.step();

  const stats = building.stats;
  let sum = stats.checksum;
  for (const x of [stats.delivered, stats.totalWait, stats.totalRide, stats.maxWait]) sum = (sum * 31 + x) % MOD;
  for (const bucket of [...stats.waits.keys()].sort((a, b) => a - b)) {
    sum = (sum * 31 + bucket * 1000 + stats.waits.get(bucket)) % MOD;
  }
  for (const elevator of building.elevators) {
    sum = (sum * 31 + elevator.travelled + elevator.riders.length) % MOD;
    for (const state of states) sum = (sum * 31 + elevator.ticks[state]) % MOD;
  }
  return sum;
}
