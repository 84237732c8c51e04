// a discrete scheduler: n days of jobs with priorities, dependencies and deadlines on machines; events in time order
const JOBS = 60;
const SKILLS = ["cut", "drill", "weld", "paint"];

// A binary heap, the first in order first.
class Heap {
  constructor(isBefore) {
    this.isBefore = isBefore;
    this.items = [];
  }

  get isEmpty() {
    return this.items.length === 0;
  }

  peek() {
    return this.items[0];
  }

  push(item) {
    const items = this.items;
    let i = items.length;
    items.push(item);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!this.isBefore(item, items[parent])) break;
      items[i] = items[parent];
      i = parent;
    }
    items[i] = item;
  }

  pop() {
    const items = this.items;
    const smallest = items[0];
    const item = items.pop();
    const count = items.length;
    if (count === 0) return smallest;
    let i = 0;
    while (true) {
      let child = 2 * i + 1;
      if (child >= count) break;
      if (child + 1 < count && this.isBefore(items[child + 1], items[child])) child++;
      if (!this.isBefore(items[child], item)) break;
      items[i] = items[child];
      i = child;
    }
    items[i] = item;
    return smallest;
  }
}

class Job {
  constructor(id, skill, priority, work, release, deadline) {
    Object.assign(this, { id, skill, priority, work, release, deadline });
    this.dependents = [];
    this.missing = 1; // dependencies that are not done, and one for the release
    this.finish = 0;
  }

  get lateness() {
    return Math.max(0, this.finish - this.deadline);
  }

  isMoreUrgent(other) {
    if (this.priority !== other.priority) return this.priority > other.priority;
    if (this.deadline !== other.deadline) return this.deadline < other.deadline;
    return this.id < other.id;
  }
}

class Machine {
  constructor(name, speed, skills) {
    this.name = name;
    this.speed = speed;
    this.skills = skills;
    this.lastSkill = "";
    this.busy = 0;
    this.jobs = 0;
  }
}

class Plant {
  constructor(machines) {
    this.machines = machines;
    this.idle = [...machines];
    this.ready = new Map(SKILLS.map((skill) => [skill, new Heap((a, b) => a.isMoreUrgent(b))]));
    this.events = new Heap((a, b) => a.time < b.time || a.time === b.time && a.order < b.order);
    this.order = 0;
    this.now = 0;
  }

  after(delay, event) {
    this.order++;
    this.events.push({ time: this.now + delay, order: this.order, event });
  }

  // One thing less to wait for.
  advance(job) {
    job.missing--;
    if (job.missing === 0) this.ready.get(job.skill).push(job);
  }

  // The most urgent job that the machine can do, or undefined.
  take(machine) {
    let best;
    for (const skill of machine.skills) {
      const queue = this.ready.get(skill);
      if (!queue.isEmpty && (!best || queue.peek().isMoreUrgent(best.peek()))) best = queue;
    }
    return best?.pop();
  }

  start(machine, job) {
    const setup = machine.lastSkill === job.skill ? 0 : 3;
    const duration = setup + Math.ceil(job.work * 100 / machine.speed);
    machine.lastSkill = job.skill;
    machine.busy += duration;
    machine.jobs++;
    this.after(duration, { kind: "finish", job, machine });
  }

  dispatch() {
    const idle = [];
    for (const machine of this.idle) {
      const job = this.take(machine);
      if (job) this.start(machine, job);
      else idle.push(machine);
    }
    this.idle = idle;
  }

  handle({ kind, job, machine }) {
    switch (kind) {
      case "release":
        this.advance(job);
        break;
      case "finish":
        job.finish = this.now;
        for (const dependent of job.dependents) this.advance(dependent);
        if (machine.jobs % 8 === 0) this.after(25, { kind: "repaired", machine });
        else this.idle.push(machine);
        break;
      case "repaired":
        this.idle.push(machine);
        break;
    }
  }

  run(jobs) {
    for (const job of jobs) this.after(job.release, { kind: "release", job });
    while (!this.events.isEmpty) {
      const { time, event } = this.events.pop();
      this.now = time;
      this.handle(event);
      this.dispatch();
    }
  }
}

function report(plant, jobs) {
  const lines = [];
  for (let priority = 1; priority <= 5; priority++) {
    const late = jobs.filter((job) => job.priority === priority).map((job) => job.lateness).filter((time) => time > 0);
    if (late.length === 0) {
      lines.push(`priority ${priority}: on time`);
    } else {
      const mean = Math.floor(late.reduce((a, b) => a + b) / late.length);
      lines.push(`priority ${priority}: ${late.length} late, worst ${Math.max(...late)}, mean ${mean}`);
    }
  }
  for (const machine of plant.machines) {
    lines.push(`${machine.name}: ${machine.jobs} jobs, ${Math.floor(machine.busy * 100 / plant.now)}% busy`);
  }
  const latest = jobs.toSorted((a, b) => b.lateness - a.lateness || a.id - b.id).slice(0, 5);
  for (const job of latest) lines.push(`job ${job.id}: ${job.lateness} late`);
  return lines;
}

function makeJobs(random) {
  const jobs = [];
  for (let id = 0; id < JOBS; id++) {
    const release = random(400);
    const work = 5 + random(40);
    const job = new Job(id, SKILLS[random(4)], 1 + random(5), work, release, release + work * (3 + random(8)));
    const needs = random(Math.min(3, id + 1));
    for (let i = 0; i < needs; i++) {
      jobs[id - 1 - random(Math.min(id, 12))].dependents.push(job);
      job.missing++;
    }
    jobs.push(job);
  }
  return jobs;
}

function run(n) {
  let seed = 42;
  const random = (limit) => {
    seed = seed * 16807 % 2147483647;
    return seed % limit;
  };
  let sum = 0;
  for (let day = 0; day < n; day++) {
    const jobs = makeJobs(random);
    const plant = new Plant([
      new Machine("saw", 100, ["cut"]), new Machine("lathe", 80, ["cut", "drill"]), new Machine("robot", 140, ["weld", "drill"]),
      new Machine("booth", 90, ["paint"]), new Machine("bench", 60, SKILLS),
    ]);
    plant.run(jobs);
    for (const c of report(plant, jobs).join("\n")) sum = (sum * 31 + c.charCodeAt(0)) % 1000000007;
  }
  return sum;
}
