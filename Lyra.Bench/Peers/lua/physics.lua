-- a physics toy: n steps of balls in a box with pins; vectors with operators, collisions by a grid of cells, energy sums
local floor, sqrt = math.floor, math.sqrt

local WIDTH, HEIGHT, CELL, STEP = 320, 240, 10, 0.02

local Vec = {}
Vec.__index = Vec

local function vec(x, y) return setmetatable({ x = x, y = y }, Vec) end

function Vec.__add(a, b) return vec(a.x + b.x, a.y + b.y) end
function Vec.__sub(a, b) return vec(a.x - b.x, a.y - b.y) end
function Vec.__mul(a, factor) return vec(a.x * factor, a.y * factor) end
function Vec:dot(other) return self.x * other.x + self.y * other.y end
function Vec:size() return sqrt(self:dot(self)) end

local GRAVITY = vec(0, -30)

local Ball = {}
Ball.__index = Ball

function Ball.new(position, velocity, radius)
  return setmetatable({ position = position, velocity = velocity, radius = radius }, Ball)
end

function Ball:mass() return self.radius * self.radius end

function Ball:energy()
  return self:mass() * (0.5 * self.velocity:dot(self.velocity) - GRAVITY:dot(self.position))
end

function Ball:move()
  self.velocity = self.velocity + GRAVITY * STEP
  self.position = self.position + self.velocity * STEP
end

-- Mirrors the velocity at a surface with this normal, if the ball moves into it; a tenth of the speed is lost.
function Ball:bounce(normal)
  local speed = self.velocity:dot(normal)
  if speed < 0 then self.velocity = self.velocity - normal * (speed * 1.9) end
end

-- The obstacles have a method `touch`, which says whether the ball has touched it.
local Wall = {}
Wall.__index = Wall

function Wall.new(point, normal) return setmetatable({ point = point, normal = normal }, Wall) end

function Wall:touch(ball)
  local depth = ball.radius - (ball.position - self.point):dot(self.normal)
  if depth <= 0 then return false end
  ball.position = ball.position + self.normal * depth
  ball:bounce(self.normal)
  return true
end

local Pin = {}
Pin.__index = Pin

function Pin.new(center, radius) return setmetatable({ center = center, radius = radius }, Pin) end

function Pin:touch(ball)
  local between = ball.position - self.center
  local distance = between:size()
  local depth = ball.radius + self.radius - distance
  if depth <= 0 then return false end
  local normal = between * (1 / distance)
  ball.position = ball.position + normal * depth
  ball:bounce(normal)
  return true
end

-- The floor throws every ball up again.
local Trampoline = {}
Trampoline.__index = Trampoline

function Trampoline.new(speed) return setmetatable({ speed = speed }, Trampoline) end

function Trampoline:touch(ball)
  if ball.position.y > ball.radius then return false end
  ball.position = vec(ball.position.x, ball.radius)
  ball.velocity = vec(ball.velocity.x, self.speed)
  return true
end

-- An elastic collision, if the two balls overlap.
local function collide(a, b)
  local between = b.position - a.position
  local reach = a.radius + b.radius
  if between:dot(between) >= reach * reach then return false end
  local distance = between:size()
  local normal = between * (1 / distance)
  local overlap = normal * ((reach - distance) * 0.5)
  a.position = a.position - overlap
  b.position = b.position + overlap
  local speed = (a.velocity - b.velocity):dot(normal)
  if speed > 0 then
    local impulse = 2 * speed / (a:mass() + b:mass())
    a.velocity = a.velocity - normal * (impulse * b:mass())
    b.velocity = b.velocity + normal * (impulse * a:mass())
  end
  return true
end

local World = {}
World.__index = World

function World.new(balls, obstacles)
  return setmetatable({ balls = balls, obstacles = obstacles, touches = 0, collisions = 0 }, World)
end

local function key(x, y) return x + y * 1000 end

function World:step()
  for _, ball in ipairs(self.balls) do
    ball:move()
    for _, obstacle in ipairs(self.obstacles) do
      if obstacle:touch(ball) then self.touches = self.touches + 1 end
    end
  end
  local grid = {}
  for _, ball in ipairs(self.balls) do
    local column, row = floor(ball.position.x / CELL), floor(ball.position.y / CELL)
    for x = column - 1, column + 1 do
      for y = row - 1, row + 1 do
        local others = grid[key(x, y)]
        if others then
          for _, other in ipairs(others) do
            if collide(other, ball) then self.collisions = self.collisions + 1 end
          end
        end
      end
    end
    local cell = key(column, row)
    if grid[cell] then table.insert(grid[cell], ball) else grid[cell] = { ball } end
  end
end

function World:energy()
  local sum = 0
  for _, ball in ipairs(self.balls) do sum = sum + ball:energy() end
  return sum
end

local function makeWorld(random)
  local balls = {}
  for i = 0, 119 do
    local position = vec(12 + i % 12 * 25, 20 + floor(i / 12) * 20)
    local x = random(81) - 40
    local velocity = vec(x, random(81) - 40)
    balls[i + 1] = Ball.new(position, velocity, 2 + random(4) * 0.75)
  end
  return World.new(balls, {
    Trampoline.new(100), Wall.new(vec(0, HEIGHT), vec(0, -1)),
    Wall.new(vec(0, 0), vec(1, 0)), Wall.new(vec(WIDTH, 0), vec(-1, 0)),
    Pin.new(vec(80, 60), 12), Pin.new(vec(160, 110), 16), Pin.new(vec(240, 60), 12),
  })
end

function run(n)
  local seed = 42
  local function random(limit)
    seed = seed * 16807 % 2147483647
    return seed % limit
  end
  local world = makeWorld(random)
  local total = 0
  for _ = 1, n do
    world:step()
    total = total + world:energy() / #world.balls
  end
  for _, ball in ipairs(world.balls) do total = total + (ball.position.x + ball.position.y) * 1000 end
  return floor(total) + world.collisions * 1000 + world.touches
end
