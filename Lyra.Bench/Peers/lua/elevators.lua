-- Elevators serve passengers for n ticks: requests, states of travel and doors, statistics of waits and rides
local MOD = 1000000007
local FLOORS = 20
local CARS = 4
local CAPACITY = 8

local states = { "idle", "moving", "opening", "open", "closing" }
local seed = 42

local function random(limit)
  seed = seed * 16807 % 2147483647
  return seed % limit
end

local Stats = {}
Stats.__index = Stats

function Stats.new()
  return setmetatable({ delivered = 0, totalWait = 0, totalRide = 0, maxWait = 0, checksum = 0, waits = {} }, Stats)
end

function Stats:record(wait, ride)
  self.delivered = self.delivered + 1
  self.totalWait = self.totalWait + wait
  self.totalRide = self.totalRide + ride
  self.maxWait = math.max(self.maxWait, wait)
  local bucket = math.floor(wait / 10)
  self.waits[bucket] = (self.waits[bucket] or 0) + 1
  self.checksum = (self.checksum * 31 + wait * 7 + ride) % MOD
end

local Elevator = {}
Elevator.__index = Elevator

function Elevator.new(floor)
  return setmetatable({
    floor = floor,
    direction = 1,
    state = "idle",
    timer = 0,
    travelled = 0,
    riders = {},
    stops = {}, -- a set of floors
    stopCount = 0,
    ticks = { idle = 0, moving = 0, opening = 0, open = 0, closing = 0 },
  }, Elevator)
end

function Elevator:isFull() return #self.riders >= CAPACITY end

function Elevator:addStop(floor)
  if not self.stops[floor] then
    self.stops[floor] = true
    self.stopCount = self.stopCount + 1
  end
end

function Elevator:removeStop(floor)
  if self.stops[floor] then
    self.stops[floor] = nil
    self.stopCount = self.stopCount - 1
  end
end

-- The lower, the sooner this one can be at a floor.
function Elevator:cost(floor)
  local cost = math.abs(self.floor - floor) + 2 * self.stopCount + #self.riders
  local towards = (floor - self.floor) * self.direction >= 0
  if self.state ~= "idle" and not towards then cost = cost + FLOORS end
  return cost
end

function Elevator:enter(state, timer)
  self.state = state
  self.timer = timer or 1
end

function Elevator:hasStopAhead()
  for stop in pairs(self.stops) do
    if (stop - self.floor) * self.direction > 0 then return true end
  end
  return false
end

function Elevator:depart()
  if self.stopCount == 0 then
    self:enter("idle")
  elseif self.stops[self.floor] then
    self:enter("opening", 2)
  else
    if not self:hasStopAhead() then self.direction = -self.direction end
    self:enter("moving")
  end
end

function Elevator:exchange(building)
  local staying = {}
  for _, rider in ipairs(self.riders) do
    if rider.target == self.floor then
      building.stats:record(rider.boarded - rider.created, building.tick - rider.boarded)
    else
      staying[#staying + 1] = rider
    end
  end
  self.riders = staying
  self:removeStop(self.floor)
  local queue = building.waiting[self.floor]
  while #queue > 0 and not self:isFull() do
    local passenger = table.remove(queue, 1)
    passenger.boarded = building.tick
    table.insert(self.riders, passenger)
    self:addStop(passenger.target)
  end
  if #queue > 0 then building:call(self.floor) end
end

function Elevator:step(building)
  self.ticks[self.state] = self.ticks[self.state] + 1
  self.timer = self.timer - 1
  if self.timer > 0 then return end
  local state = self.state
  if state == "idle" then
    self:depart()
  elseif state == "moving" then
    self.floor = self.floor + self.direction
    self.travelled = self.travelled + 1
    if self.stops[self.floor] then self:enter("opening", 2) end
  elseif state == "opening" then
    self:exchange(building)
    self:enter("open", 3)
  elseif state == "open" then
    self:enter("closing", 1)
  elseif state == "closing" then
    self:depart()
  end
end

local Building = {}
Building.__index = Building

function Building.new()
  return setmetatable({ elevators = {}, waiting = {}, calls = {}, stats = Stats.new(), tick = 0 }, Building)
end

function Building:call(floor)
  for _, other in ipairs(self.calls) do
    if other == floor then return end
  end
  table.insert(self.calls, floor)
end

-- Mornings from the ground floor, evenings to it, anything in between.
function Building:arrive()
  local floor = 1 + random(FLOORS - 1)
  local origin, target = floor, 0
  local daytime = math.floor(self.tick / 600) % 3
  if daytime == 0 then
    origin, target = 0, floor
  elseif daytime == 1 then
    target = (floor + 1 + random(FLOORS - 1)) % FLOORS
  end
  local queue = self.waiting[origin]
  table.insert(queue, { origin = origin, target = target, created = self.tick, boarded = 0 })
  if #queue == 1 then self:call(origin) end
end

function Building:dispatch()
  local open = {}
  for _, floor in ipairs(self.calls) do
    local best = nil
    for _, elevator in ipairs(self.elevators) do
      if not elevator:isFull() and (not best or elevator:cost(floor) < best:cost(floor)) then best = elevator end
    end
    if best then best:addStop(floor) else table.insert(open, floor) end
  end
  self.calls = open
end

function Building:step()
  self.tick = self.tick + 1
  if random(100) < 14 then self:arrive() end
  if #self.calls > 0 then self:dispatch() end
  for _, elevator in ipairs(self.elevators) do elevator:step(self) end
end

function run(n)
  seed = 42
  local building = Building.new()
  for i = 0, CARS - 1 do table.insert(building.elevators, Elevator.new(i * 5)) end
  for i = 0, FLOORS - 1 do building.waiting[i] = {} end
  for i = 1, n do building:step() end

  local stats = building.stats
  local sum = stats.checksum
  for _, x in ipairs({ stats.delivered, stats.totalWait, stats.totalRide, stats.maxWait }) do sum = (sum * 31 + x) % MOD end
  local buckets = {}
  for bucket in pairs(stats.waits) do table.insert(buckets, bucket) end
  table.sort(buckets)
  for _, bucket in ipairs(buckets) do sum = (sum * 31 + bucket * 1000 + stats.waits[bucket]) % MOD end
  for _, elevator in ipairs(building.elevators) do
    sum = (sum * 31 + elevator.travelled + #elevator.riders) % MOD
    for _, state in ipairs(states) do sum = (sum * 31 + elevator.ticks[state]) % MOD end
  end
  return sum
end
