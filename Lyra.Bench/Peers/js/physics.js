// a physics toy: n steps of balls in a box with pins; vectors as objects, collisions by a grid of cells, energy sums
const WIDTH = 320;
const HEIGHT = 240;
const CELL = 10;
const STEP = 0.02;

class Vec {
  constructor(x, y) {
    this.x = x;
    this.y = y;
  }

  add(other) {
    return new Vec(this.x + other.x, this.y + other.y);
  }

  subtract(other) {
    return new Vec(this.x - other.x, this.y - other.y);
  }

  times(factor) {
    return new Vec(this.x * factor, this.y * factor);
  }

  dot(other) {
    return this.x * other.x + this.y * other.y;
  }

  get size() {
    return Math.sqrt(this.dot(this));
  }
}

const GRAVITY = new Vec(0, -30);

class Ball {
  constructor(position, velocity, radius) {
    this.position = position;
    this.velocity = velocity;
    this.radius = radius;
  }

  get mass() {
    return this.radius * this.radius;
  }

  get energy() {
    return this.mass * (0.5 * this.velocity.dot(this.velocity) - GRAVITY.dot(this.position));
  }

  move() {
    this.velocity = this.velocity.add(GRAVITY.times(STEP));
    this.position = this.position.add(this.velocity.times(STEP));
  }

  // Mirrors the velocity at a surface with this normal, if the ball moves into it; a tenth of the speed is lost.
  bounce(normal) {
    const speed = this.velocity.dot(normal);
    if (speed < 0) this.velocity = this.velocity.subtract(normal.times(speed * 1.9));
  }
}

// The obstacles have a method `touch`, which says whether the ball has touched it.
class Wall {
  constructor(point, normal) {
    this.point = point;
    this.normal = normal;
  }

  touch(ball) {
    const depth = ball.radius - ball.position.subtract(this.point).dot(this.normal);
    if (depth <= 0) return false;
    ball.position = ball.position.add(this.normal.times(depth));
    ball.bounce(this.normal);
    return true;
  }
}

class Pin {
  constructor(center, radius) {
    this.center = center;
    this.radius = radius;
  }

  touch(ball) {
    const between = ball.position.subtract(this.center);
    const distance = between.size;
    const depth = ball.radius + this.radius - distance;
    if (depth <= 0) return false;
    const normal = between.times(1 / distance);
    ball.position = ball.position.add(normal.times(depth));
    ball.bounce(normal);
    return true;
  }
}

// The floor throws every ball up again.
class Trampoline {
  constructor(speed) {
    this.speed = speed;
  }

  touch(ball) {
    if (ball.position.y > ball.radius) return false;
    ball.position = new Vec(ball.position.x, ball.radius);
    ball.velocity = new Vec(ball.velocity.x, this.speed);
    return true;
  }
}

// An elastic collision, if the two balls overlap.
function collide(a, b) {
  const between = b.position.subtract(a.position);
  const reach = a.radius + b.radius;
  if (between.dot(between) >= reach * reach) return false;
  const distance = between.size;
  const normal = between.times(1 / distance);
  const overlap = normal.times((reach - distance) * 0.5);
  a.position = a.position.subtract(overlap);
  b.position = b.position.add(overlap);
  const speed = a.velocity.subtract(b.velocity).dot(normal);
  if (speed > 0) {
    const impulse = 2 * speed / (a.mass + b.mass);
    a.velocity = a.velocity.subtract(normal.times(impulse * b.mass));
    b.velocity = b.velocity.add(normal.times(impulse * a.mass));
  }
  return true;
}

class World {
  constructor(balls, obstacles) {
    this.balls = balls;
    this.obstacles = obstacles;
    this.touches = 0;
    this.collisions = 0;
  }

  step() {
    for (const ball of this.balls) {
      ball.move();
      for (const obstacle of this.obstacles) {
        if (obstacle.touch(ball)) this.touches++;
      }
    }
    const grid = new Map();
    const key = (x, y) => x + y * 1000;
    for (const ball of this.balls) {
      const column = Math.floor(ball.position.x / CELL);
      const row = Math.floor(ball.position.y / CELL);
      for (let x = column - 1; x <= column + 1; x++) {
        for (let y = row - 1; y <= row + 1; y++) {
          for (const other of grid.get(key(x, y)) ?? []) {
            if (collide(other, ball)) this.collisions++;
          }
        }
      }
      const cell = key(column, row);
      if (grid.has(cell)) grid.get(cell).push(ball);
      else grid.set(cell, [ball]);
    }
  }

  get energy() {
    return this.balls.reduce((sum, ball) => sum + ball.energy, 0);
  }
}

function makeWorld(random) {
  const balls = [];
  for (let i = 0; i < 120; i++) {
    const position = new Vec(12 + i % 12 * 25, 20 + Math.floor(i / 12) * 20);
    const velocity = new Vec(random(81) - 40, random(81) - 40);
    balls.push(new Ball(position, velocity, 2 + random(4) * 0.75));
  }
  return new World(balls, [
    new Trampoline(100), new Wall(new Vec(0, HEIGHT), new Vec(0, -1)),
    new Wall(new Vec(0, 0), new Vec(1, 0)), new Wall(new Vec(WIDTH, 0), new Vec(-1, 0)),
    new Pin(new Vec(80, 60), 12), new Pin(new Vec(160, 110), 16), new Pin(new Vec(240, 60), 12),
  ]);
}

function run(n) {
  let seed = 42;
  const random = (limit) => {
    seed = seed * 16807 % 2147483647;
    return seed % limit;
  };
  const world = makeWorld(random);
  let total = 0;
  for (let i = 0; i < n; i++) {
    world.step();
    total += world.energy / world.balls.length;
  }
  for (const { position } of world.balls) total += (position.x + position.y) * 1000;
  return Math.floor(total) + world.collisions * 1000 + world.touches;
}
