// Clusters n generated sets of 60 points with k-means until the centers stand still
const POINTS = 60;
const K = 4;
const MAX_ROUNDS = 40;

class Point {
  constructor(x, y, label) {
    this.x = x;
    this.y = y;
    this.label = label;
  }

  // The square of the distance.
  distance(other) {
    const dx = this.x - other.x;
    const dy = this.y - other.y;
    return dx * dx + dy * dy;
  }
}

class Cluster {
  constructor(center) {
    this.center = center;
    this.members = [];
  }

  // Moves the center to the mean of the members; gives how far it went.
  recenter() {
    if (this.members.length === 0) return 0;
    let x = 0;
    let y = 0;
    for (const p of this.members) {
      x += p.x;
      y += p.y;
    }
    const count = this.members.length;
    const center = new Point(x / count, y / count, -1);
    const moved = center.distance(this.center);
    this.center = center;
    return moved;
  }

  // The sum of the members' distances from the center.
  spread() {
    let total = 0;
    for (const p of this.members) total += Math.sqrt(p.distance(this.center));
    return total;
  }

  // How many members have the label that is the most frequent here.
  majority() {
    const counts = new Map();
    for (const p of this.members) {
      counts.set(p.label, (counts.get(p.label) ?? 0) + 1);
    }
    return Math.max(0, ...counts.values());
  }
}

let seed = 42;

function random(limit) {
  seed = seed * 16807 % 2147483647;
  return seed % limit;
}

// Points around K hidden centers, each labelled with the number of its center.
function generatePoints() {
  const centers = [];
  for (let i = 0; i < K; i++) {
    centers.push(new Point(200 + random(800), 200 + random(800), i));
  }
  const points = [];
  for (let i = 0; i < POINTS; i++) {
    const center = centers[random(K)];
    const dx = (random(200) + random(200) - 200) * 0.75;
    const dy = (random(200) + random(200) - 200) * 0.75;
    points.push(new Point(center.x + dx, center.y + dy, center.label));
  }
  return points;
}

// Starts with the first point, then always takes the point that is farthest from the centers so far.
function initialClusters(points) {
  const clusters = [new Cluster(points[0])];
  while (clusters.length < K) {
    let farthest = points[0];
    let best = -1;
    for (const p of points) {
      const distance = Math.min(...clusters.map((c) => p.distance(c.center)));
      if (distance > best) {
        best = distance;
        farthest = p;
      }
    }
    clusters.push(new Cluster(farthest));
  }
  return clusters;
}

function nearest(p, clusters) {
  let result = clusters[0];
  let best = p.distance(result.center);
  for (const c of clusters) {
    const distance = p.distance(c.center);
    if (distance < best) {
      best = distance;
      result = c;
    }
  }
  return result;
}

function kmeans(points) {
  const clusters = initialClusters(points);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    for (const c of clusters) c.members = [];
    for (const p of points) nearest(p, clusters).members.push(p);
    let moved = 0;
    for (const c of clusters) moved += c.recenter();
    if (moved < 0.0001) break;
  }
  return clusters;
}

function rounded(value) {
  return Math.floor(value * 1000 + 0.5);
}

function run(n) {
  seed = 42;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const clusters = kmeans(generatePoints());
    clusters.sort((a, b) => a.center.x - b.center.x || a.center.y - b.center.y);
    for (const c of clusters) {
      sum = (sum * 31 + rounded(c.center.x) * 7 + rounded(c.center.y)) % 1000000007;
      sum = (sum * 31 + rounded(c.spread()) + c.members.length * 100 + c.majority()) % 1000000007;
    }
  }
  return sum;
}
