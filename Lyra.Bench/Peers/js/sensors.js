// n readings of each of two sensors through generators (dedupe, window, zip, batch), with statistics of the results
const MOD = 1000000007;

class Reading {
  constructor(sensor, time, value) {
    this.sensor = sensor;
    this.time = time;
    this.value = value;
  }
}

class Stats {
  constructor() {
    this.count = 0;
    this.total = 0;
    this.squares = 0;
    this.low = null;
    this.high = null;
  }

  add(value) {
    this.count++;
    this.total += value;
    this.squares += value * value;
    if (this.low === null || value < this.low) this.low = value;
    if (this.high === null || value > this.high) this.high = value;
  }

  mean() { return this.total / this.count; }

  deviation() {
    const mean = this.mean();
    return Math.sqrt(this.squares / this.count - mean * mean);
  }

  checksum() {
    const mean = Math.floor(this.mean() * 1000) + 1000000000;
    const parts = [this.count, this.low + 1000000, this.high + 1000000, mean, Math.floor(this.deviation() * 1000)];
    return parts.reduce((sum, x) => (sum * 31 + x) % MOD, 0);
  }
}

// A random walk that stays near 500.
function* readings(sensor, count, start) {
  let seed = start;
  let value = 500;
  for (let time = 0; time < count; time++) {
    seed = seed * 16807 % 2147483647;
    value += seed % 9 - 4;
    if (seed % 4 === 0) value += value < 500 ? 2 : -2;
    yield new Reading(sensor, time, value);
  }
}

function* dedupe(source) {
  let last = null;
  for (const reading of source) {
    if (last === null || reading.value !== last.value) yield reading;
    last = reading;
  }
}

// Each run of size neighbors.
function* slidingWindow(source, size) {
  const recent = [];
  for (const item of source) {
    recent.push(item);
    if (recent.length > size) recent.shift();
    if (recent.length === size) yield [...recent];
  }
}

function* smooth(windows) {
  for (const readings of windows) {
    const total = readings.reduce((sum, r) => sum + r.value, 0);
    const last = readings[readings.length - 1];
    yield new Reading(last.sensor, last.time, Math.floor(total / readings.length));
  }
}

function* zip(first, second) {
  while (true) {
    const a = first.next();
    const b = second.next();
    if (a.done || b.done) return;
    yield [a.value, b.value];
  }
}

function* batch(source, size) {
  let items = [];
  for (const item of source) {
    items.push(item);
    if (items.length === size) {
      yield items;
      items = [];
    }
  }
  if (items.length > 0) yield items;
}

function* select(source, wanted) {
  for (const item of source) {
    if (wanted(item)) yield item;
  }
}

const level = (difference) => difference < -8 ? "below" : difference > 8 ? "above" : "near";

function run(n) {
  const inside = smooth(slidingWindow(dedupe(readings("inside", n, 42)), 5));
  const outside = smooth(slidingWindow(dedupe(readings("outside", n, 4711)), 5));
  const differences = new Stats();
  const lags = new Stats();
  const peaks = new Stats();
  const levels = { below: 0, near: 0, above: 0 };
  let sum = 0;
  let batches = 0;
  for (const pairs of batch(zip(inside, outside), 16)) {
    batches++;
    for (const [a, b] of pairs) {
      const difference = a.value - b.value;
      differences.add(difference);
      lags.add(a.time - b.time);
      levels[level(difference)]++;
      sum = (sum * 31 + a.value * 7 + b.value + a.time) % MOD;
    }
    peaks.add(Math.max(...pairs.map(([a, b]) => Math.max(a.value, b.value))));
  }

  const alarms = new Map();
  for (const reading of select(dedupe(readings("inside", n, 1234)), (r) => r.value > 510)) {
    const hour = Math.floor(reading.time / 60) % 24;
    alarms.set(hour, (alarms.get(hour) ?? 0) + 1);
  }

  for (const stats of [differences, lags, peaks]) sum = (sum * 31 + stats.checksum()) % MOD;
  for (const name of ["below", "near", "above"]) sum = (sum * 31 + levels[name]) % MOD;
  for (let hour = 0; hour < 24; hour++) sum = (sum * 31 + (alarms.get(hour) ?? 0)) % MOD;
  return (sum * 31 + batches) % MOD;
}
