// a log analyser: n lines are generated and parsed; groups by host, path and minute, percentiles, top lists, sessions
const SESSION_GAP = 1800;
const METHODS = ["GET", "GET", "GET", "POST", "PUT"];
const STATUSES = [200, 200, 200, 200, 304, 302, 404, 500];
const FILES = ["app.js", "site.css", "logo.png"];

const two = (number) => String(number).padStart(2, "0");

function makePath(random) {
  switch (random(6)) {
    case 0: return "/";
    case 1: return `/items/${random(500)}`;
    case 2: return `/items/${random(500)}/reviews?page=${random(9)}`;
    case 3: return `/search?q=word${random(90)}`;
    case 4: return `/users/${random(300)}/orders`;
    default: return `/static/${FILES[random(3)]}`;
  }
}

function makeLines(n, random) {
  let time = 86400;
  const lines = [];
  for (let i = 0; i < n; i++) {
    time += random(10);
    if (random(60) === 0) {
      lines.push("-- log rotated --");
      continue;
    }
    const [day, hours, minutes] = [86400, 3600, 60].map((unit) => Math.floor(time / unit));
    const stamp = `${two(day)}/Mar/2026:${two(hours % 24)}:${two(minutes % 60)}:${two(time % 60)}`;
    const user = random(4) === 0 ? "-" : `user${random(300)}`;
    const request = `${METHODS[random(5)]} ${makePath(random)}`;
    const slow = random(40) === 0 ? 1000 : 0;
    const rest = `${STATUSES[random(8)]} ${random(20000)} ${5 + random(40) * (1 + random(6)) + slow}`;
    lines.push(`web${random(6)} ${user} [${stamp}] "${request}" ${rest}`);
  }
  return lines;
}

// Seconds, from "[05/Mar/2026:12:34:56]".
function parseTime(text) {
  const day = Number(text.slice(1, 3));
  const [hours, minutes, seconds] = text.slice(13, 21).split(":").map(Number);
  return ((day * 24 + hours) * 60 + minutes) * 60 + seconds;
}

// The path without its query, and with ":id" for numbers.
function normalize(target) {
  const parts = target.split("?")[0].split("/");
  return parts.map((part) => part !== "" && part[0] >= "0" && part[0] <= "9" ? ":id" : part).join("/");
}

// An entry, or null if the line is none.
function parse(line) {
  const fields = line.split(" ");
  if (fields.length !== 8) return null;
  const [host, user, time, method, target, status, size, duration] = fields;
  return {
    host, user: user === "-" ? null : user, time: parseTime(time), method: method.slice(1),
    path: normalize(target.slice(0, -1)), status: Number(status), size: Number(size), duration: Number(duration),
  };
}

function groupBy(entries, keyOf) {
  const groups = new Map();
  for (const entry of entries) {
    const key = keyOf(entry);
    if (groups.has(key)) groups.get(key).push(entry);
    else groups.set(key, [entry]);
  }
  return groups;
}

const percentile = (ordered, percent) => ordered[Math.ceil(ordered.length * percent / 100) - 1];

const compare = (a, b) => a < b ? -1 : a > b ? 1 : 0;

const top = (groups, count) =>
  [...groups].sort(([keyA, a], [keyB, b]) => b.length - a.length || compare(keyA, keyB)).slice(0, count);

function reportHosts(entries, out) {
  const hosts = groupBy(entries, (entry) => entry.host);
  for (const host of [...hosts.keys()].sort()) {
    const group = hosts.get(host);
    const bytes = group.reduce((sum, entry) => sum + entry.size, 0);
    const errors = group.filter((entry) => entry.status >= 500);
    out.push(`${host}: ${group.length} requests, ${Math.floor(bytes / 1024)} kB, ${errors.length} errors`);
  }
}

function reportPaths(entries, out) {
  for (const [path, group] of top(groupBy(entries, (entry) => `${entry.method} ${entry.path}`), 10)) {
    const times = group.map((entry) => entry.duration).sort((a, b) => a - b);
    const columns = [50, 90, 99].map((percent) => `p${percent} ${String(percentile(times, percent)).padStart(5)}`);
    out.push(`${path.padEnd(30)} ${String(group.length).padStart(6)} ${columns.join(" ")}`);
  }
}

function reportMinutes(entries, out) {
  for (const [minute, group] of top(groupBy(entries, (entry) => Math.floor(entry.time / 60)), 5)) {
    const slowest = Math.max(...group.map((entry) => entry.duration));
    const day = Math.floor(minute / 1440);
    out.push(`day ${day} ${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)} ${group.length} slowest ${slowest}`);
  }
}

// A session ends when its user is silent for half an hour.
function reportSessions(entries, out) {
  const lengths = [];
  for (const visits of groupBy(entries.filter((entry) => entry.user !== null), (entry) => entry.user).values()) {
    let start = visits[0].time;
    let last = start;
    for (const { time } of visits) {
      if (time - last > SESSION_GAP) {
        lengths.push(last - start);
        start = time;
      }
      last = time;
    }
    lengths.push(last - start);
  }
  lengths.sort((a, b) => a - b);
  out.push(`${lengths.length} sessions, median ${percentile(lengths, 50)} s, longest ${lengths.at(-1)} s`);
}

function run(n) {
  let seed = 42;
  const random = (limit) => {
    seed = seed * 16807 % 2147483647;
    return seed % limit;
  };
  const text = makeLines(n, random).join("\n");
  const lines = text.split("\n");
  const entries = lines.map(parse).filter((entry) => entry !== null);
  const out = [`${entries.length} entries, ${lines.length - entries.length} other lines`];
  reportHosts(entries, out);
  reportPaths(entries, out);
  reportMinutes(entries, out);
  reportSessions(entries, out);
  let sum = text.length;
  for (const c of out.join("\n")) sum = (sum * 31 + c.charCodeAt(0)) % 1000000007;
  return sum;
}
