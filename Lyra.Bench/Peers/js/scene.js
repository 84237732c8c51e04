// n scene graphs of shapes in nested transforms, each visited for its bounds, its areas by color and the shapes under points
const MODULUS = 1000000007;

const turns = [[1, 0], [0.6, 0.8], [0, 1], [0.8, -0.6]]; // cosine and sine
const colors = ["red", "green", "blue", "white"];
let seed = 5;

function random(limit) {
  seed = seed * 16807 % 2147483647;
  return seed % limit;
}

class Point {
  constructor(x, y) {
    this.x = x;
    this.y = y;
  }
}

class Box {
  constructor(left, top, right, bottom) {
    this.left = left;
    this.top = top;
    this.right = right;
    this.bottom = bottom;
  }

  union(o) {
    return new Box(Math.min(this.left, o.left), Math.min(this.top, o.top),
      Math.max(this.right, o.right), Math.max(this.bottom, o.bottom));
  }

  contains(p) {
    return p.x >= this.left && p.x <= this.right && p.y >= this.top && p.y <= this.bottom;
  }

  area() {
    return (this.right - this.left) * (this.bottom - this.top);
  }
}

function boxOf(points) {
  let box = new Box(points[0].x, points[0].y, points[0].x, points[0].y);
  for (const p of points) box = box.union(new Box(p.x, p.y, p.x, p.y));
  return box;
}

// x' = a x + c y + e, y' = b x + d y + f
class Transform {
  constructor(a = 1, b = 0, c = 0, d = 1, e = 0, f = 0) {
    this.a = a;
    this.b = b;
    this.c = c;
    this.d = d;
    this.e = e;
    this.f = f;
  }

  times(o) {
    return new Transform(
      this.a * o.a + this.c * o.b, this.b * o.a + this.d * o.b,
      this.a * o.c + this.c * o.d, this.b * o.c + this.d * o.d,
      this.a * o.e + this.c * o.f + this.e, this.b * o.e + this.d * o.f + this.f);
  }

  apply(p) {
    return new Point(this.a * p.x + this.c * p.y + this.e, this.b * p.x + this.d * p.y + this.f);
  }

  determinant() {
    return this.a * this.d - this.b * this.c;
  }

  inverse() {
    const k = this.determinant();
    return new Transform(this.d / k, -this.b / k, -this.c / k, this.a / k,
      (this.c * this.f - this.d * this.e) / k, (this.b * this.e - this.a * this.f) / k);
  }
}

class Circle {
  constructor(center, radius, color) {
    this.center = center;
    this.radius = radius;
    this.color = color;
  }

  accept(visitor) {
    return visitor.visitCircle(this);
  }
}

class Rect {
  constructor(corner, width, height, color) {
    this.corner = corner;
    this.width = width;
    this.height = height;
    this.color = color;
  }

  accept(visitor) {
    return visitor.visitRect(this);
  }

  corners() {
    const { x, y } = this.corner;
    return [new Point(x, y), new Point(x + this.width, y), new Point(x + this.width, y + this.height), new Point(x, y + this.height)];
  }
}

class Polygon {
  constructor(points, color) {
    this.points = points;
    this.color = color;
  }

  accept(visitor) {
    return visitor.visitPolygon(this);
  }
}

class Group {
  constructor(transform, children = []) {
    this.transform = transform;
    this.children = children;
  }

  accept(visitor) {
    return visitor.visitGroup(this);
  }
}

// Gives the box around a shape.
class Bounds {
  constructor(transform) {
    this.transform = transform;
  }

  visitCircle(circle) {
    const t = this.transform;
    const center = t.apply(circle.center);
    const w = circle.radius * Math.sqrt(t.a * t.a + t.c * t.c);
    const h = circle.radius * Math.sqrt(t.b * t.b + t.d * t.d);
    return new Box(center.x - w, center.y - h, center.x + w, center.y + h);
  }

  visitRect(rect) {
    return boxOf(rect.corners().map((p) => this.transform.apply(p)));
  }

  visitPolygon(polygon) {
    return boxOf(polygon.points.map((p) => this.transform.apply(p)));
  }

  visitGroup(group) {
    const inner = new Bounds(this.transform.times(group.transform));
    return group.children.map((child) => child.accept(inner)).reduce((a, b) => a.union(b));
  }
}

// Adds up the areas by color.
class Areas {
  constructor() {
    this.totals = new Map();
    this.scale = 1;
  }

  add(color, area) {
    this.totals.set(color, (this.totals.get(color) ?? 0) + area * this.scale);
  }

  visitCircle(circle) {
    this.add(circle.color, Math.PI * circle.radius * circle.radius);
  }

  visitRect(rect) {
    this.add(rect.color, rect.width * rect.height);
  }

  visitPolygon(polygon) {
    let sum = 0;
    let last = polygon.points[polygon.points.length - 1];
    for (const p of polygon.points) {
      sum += last.x * p.y - p.x * last.y;
      last = p;
    }
    this.add(polygon.color, Math.abs(sum) / 2);
  }

  visitGroup(group) {
    const outer = this.scale;
    this.scale = outer * Math.abs(group.transform.determinant());
    for (const child of group.children) child.accept(this);
    this.scale = outer;
  }
}

// Counts the shapes under a point.
class Hits {
  constructor(point) {
    this.point = point;
  }

  visitCircle(circle) {
    const dx = this.point.x - circle.center.x;
    const dy = this.point.y - circle.center.y;
    return dx * dx + dy * dy <= circle.radius * circle.radius ? 1 : 0;
  }

  visitRect(rect) {
    return boxOf(rect.corners()).contains(this.point) ? 1 : 0;
  }

  visitPolygon(polygon) {
    const p = this.point;
    let inside = false;
    let a = polygon.points[polygon.points.length - 1];
    for (const b of polygon.points) {
      if ((a.y > p.y) !== (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) inside = !inside;
      a = b;
    }
    return inside ? 1 : 0;
  }

  visitGroup(group) {
    const inner = new Hits(group.transform.inverse().apply(this.point));
    let count = 0;
    for (const child of group.children) count += child.accept(inner);
    return count;
  }
}

const randomPoint = (size) => new Point(random(size * 10) / 10, random(size * 10) / 10);

function randomTransform() {
  const [cosine, sine] = turns[random(turns.length)];
  const scale = (1 + random(4)) / 2;
  return new Transform(1, 0, 0, 1, random(30), random(30)).times(
    new Transform(cosine * scale, sine * scale, -sine * scale, cosine * scale));
}

function randomShape(depth) {
  const color = colors[random(colors.length)];
  switch (random(depth > 0 ? 6 : 3)) {
    case 0: return new Circle(randomPoint(20), 1 + random(9), color);
    case 1: return new Rect(randomPoint(20), 1 + random(12), 1 + random(12), color);
    case 2: return new Polygon(Array.from({ length: 3 + random(3) }, () => randomPoint(20)), color);
    default: return build(depth - 1);
  }
}

function build(depth) {
  const group = new Group(randomTransform());
  const count = 2 + random(3);
  for (let i = 0; i < count; i++) group.children.push(randomShape(depth));
  return group;
}

function rounded(x) {
  const whole = Math.floor(x * 1000 + 0.5) % MODULUS;
  return whole < 0 ? whole + MODULUS : whole;
}

function survey(scene) {
  const box = scene.accept(new Bounds(new Transform()));
  let hash = rounded(box.left) + rounded(box.bottom) + rounded(box.area());
  const areas = new Areas();
  scene.accept(areas);
  for (const color of colors) hash = (hash * 31 + rounded(areas.totals.get(color) ?? 0)) % MODULUS;
  for (let i = 0; i < 6; i++) {
    const p = new Point(box.left + (box.right - box.left) * (i + 1) / 8, box.top + (box.bottom - box.top) * (7 - i) / 8);
    hash = hash * 7 + scene.accept(new Hits(p));
  }
  return hash % MODULUS;
}

function run(n) {
  seed = 5;
  let checksum = 0;
  for (let i = 0; i < n; i++) {
    const scene = new Group(randomTransform(), [build(3), build(3)]);
    checksum = (checksum * 31 + survey(scene)) % MODULUS;
  }
  return checksum;
}
