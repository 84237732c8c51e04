// Plans n weeks of meetings: merges the busy times of many calendars, books free slots and reports the load
const DAYS = 5;
const DAY = 24 * 60;
const OPENS = 9 * 60;
const CLOSES = 18 * 60;

class Slot {
  constructor(start, finish) {
    this.start = start;
    this.finish = finish;
  }

  minutes() { return this.finish - this.start; }
  day() { return Math.floor(this.start / DAY); }
}

const departments = {
  anna: "sales", bert: "sales", carla: "design", dora: "design", emil: "support",
  fritz: "support", greta: "sales", hanna: "legal", ivan: "design", julia: "legal",
};
const people = Object.keys(departments);
const topics = ["review", "planning", "interview", "training", "standup", "budget"];
let seed = 42;

function random(limit) {
  seed = seed * 16807 % 2147483647;
  return seed % limit;
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

function randomCalendar() {
  const meetings = [];
  for (let day = 0; day < DAYS; day++) {
    const count = random(4) + 1;
    for (let i = 0; i < count; i++) {
      const start = day * DAY + OPENS + random(32) * 15;
      meetings.push({ title: topics[random(topics.length)], start, finish: start + (random(4) + 1) * 15 });
    }
  }
  return meetings;
}

function randomRequest(number) {
  const title = `${topics[random(topics.length)]} ${number}`;
  let attendees = people.filter(() => random(3) === 0);
  if (attendees.length < 2) {
    attendees = [people[0], people[random(9) + 1]];
  }
  return { title, priority: random(3), minutes: (random(6) + 1) * 15, attendees };
}

// Joins slots that overlap or touch; the result is in order of time.
function merge(slots) {
  const merged = [];
  for (const slot of [...slots].sort((a, b) => a.start - b.start)) {
    const last = merged[merged.length - 1];
    if (last && slot.start <= last.finish) {
      last.finish = Math.max(last.finish, slot.finish);
    } else {
      merged.push(new Slot(slot.start, slot.finish));
    }
  }
  return merged;
}

function busySlots(meetings) {
  return merge(meetings.map((m) => new Slot(m.start, m.finish)));
}

// The gaps between the busy slots of each day's working hours.
function freeSlots(busy) {
  const byDay = new Map();
  for (const slot of busy) {
    const day = slot.day();
    if (!byDay.has(day)) byDay.set(day, []);
    byDay.get(day).push(slot);
  }
  const free = [];
  for (let day = 0; day < DAYS; day++) {
    let time = day * DAY + OPENS;
    for (const slot of byDay.get(day) ?? []) {
      if (slot.start > time) free.push(new Slot(time, slot.start));
      time = slot.finish;
    }
    const closes = day * DAY + CLOSES;
    if (time < closes) free.push(new Slot(time, closes));
  }
  return free;
}

// The tightest slot in which all can meet, of these the earliest; undefined if there is none.
function findSlot(calendars, request) {
  const meetings = [];
  for (const name of request.attendees) {
    meetings.push(...calendars[name]);
  }
  const free = freeSlots(busySlots(meetings)).filter((s) => s.minutes() >= request.minutes);
  free.sort((a, b) => a.minutes() - b.minutes() || a.start - b.start);
  return free[0];
}

function planWeek() {
  const calendars = {};
  for (const name of people) {
    calendars[name] = randomCalendar();
  }
  const requests = [];
  for (let number = 0; number < 6; number++) {
    requests.push(randomRequest(number));
  }
  requests.sort((a, b) => b.priority - a.priority || compare(a.title, b.title));

  let sum = 0;
  for (const request of requests) {
    const slot = findSlot(calendars, request);
    if (!slot) {
      sum = (sum * 31 + request.title.length) % 1000000007;
      continue;
    }
    for (const name of request.attendees) {
      calendars[name].push({ title: request.title, start: slot.start, finish: slot.start + request.minutes });
    }
    sum = (sum * 31 + slot.start * 100 + request.minutes) % 1000000007;
  }
  return (sum * 31 + report(calendars)) % 1000000007;
}

// A number made of the minutes per person and per department, busiest first, and of the conflicts.
function report(calendars) {
  const minutes = {};
  const perDepartment = {};
  let conflicts = 0;
  for (const [name, meetings] of Object.entries(calendars)) {
    const busy = busySlots(meetings);
    const department = departments[name];
    minutes[name] = busy.reduce((total, s) => total + s.minutes(), 0);
    perDepartment[department] = (perDepartment[department] ?? 0) + minutes[name];
    conflicts += meetings.length - busy.length;
  }
  let result = conflicts;
  for (const name of [...people].sort((a, b) => minutes[b] - minutes[a] || compare(a, b))) {
    result = (result * 31 + minutes[name] + name.charCodeAt(0)) % 1000000007;
  }
  const totals = Object.entries(perDepartment).sort((a, b) => b[1] - a[1] || compare(a[0], b[0]));
  for (const [department, total] of totals) {
    result = (result * 31 + total + department.length) % 1000000007;
  }
  return result;
}

function run(n) {
  seed = 42;
  let sum = 0;
  for (let week = 0; week < n; week++) {
    sum = (sum * 31 + planWeek()) % 1000000007;
  }
  return sum;
}
