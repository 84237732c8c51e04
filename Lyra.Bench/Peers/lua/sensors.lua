-- n readings of each of two sensors through coroutines (dedupe, window, zip, batch), with statistics of the results
local MOD = 1000000007

local Stats = {}
Stats.__index = Stats

function Stats.new() return setmetatable({ count = 0, total = 0, squares = 0 }, Stats) end

function Stats:add(value)
  self.count = self.count + 1
  self.total = self.total + value
  self.squares = self.squares + value * value
  if not self.low or value < self.low then self.low = value end
  if not self.high or value > self.high then self.high = value end
end

function Stats:mean() return self.total / self.count end

function Stats:deviation()
  local mean = self:mean()
  return math.sqrt(self.squares / self.count - mean * mean)
end

function Stats:checksum()
  local mean = math.floor(self:mean() * 1000) + 1000000000
  local parts = { self.count, self.low + 1000000, self.high + 1000000, mean, math.floor(self:deviation() * 1000) }
  local sum = 0
  for _, x in ipairs(parts) do sum = (sum * 31 + x) % MOD end
  return sum
end

-- A random walk that stays near 500.
local function readings(sensor, count, start)
  return coroutine.wrap(function()
    local seed = start
    local value = 500
    for time = 0, count - 1 do
      seed = seed * 16807 % 2147483647
      value = value + seed % 9 - 4
      if seed % 4 == 0 then value = value + (value < 500 and 2 or -2) end
      coroutine.yield({ sensor = sensor, time = time, value = value })
    end
  end)
end

local function dedupe(source)
  return coroutine.wrap(function()
    local last = nil
    for reading in source do
      if not last or reading.value ~= last.value then coroutine.yield(reading) end
      last = reading
    end
  end)
end

-- Each run of size neighbors.
local function window(source, size)
  return coroutine.wrap(function()
    local recent = {}
    for item in source do
      table.insert(recent, item)
      if #recent > size then table.remove(recent, 1) end
      if #recent == size then
        local copy = {}
        for i, r in ipairs(recent) do copy[i] = r end
        coroutine.yield(copy)
      end
    end
  end)
end

local function smooth(windows)
  return coroutine.wrap(function()
    for group in windows do
      local total = 0
      for _, r in ipairs(group) do total = total + r.value end
      local last = group[#group]
      coroutine.yield({ sensor = last.sensor, time = last.time, value = math.floor(total / #group) })
    end
  end)
end

local function zip(first, second)
  return coroutine.wrap(function()
    while true do
      local a = first()
      local b = second()
      if a == nil or b == nil then return end
      coroutine.yield({ a, b })
    end
  end)
end

local function batch(source, size)
  return coroutine.wrap(function()
    local items = {}
    for item in source do
      table.insert(items, item)
      if #items == size then
        coroutine.yield(items)
        items = {}
      end
    end
    if #items > 0 then coroutine.yield(items) end
  end)
end

local function select(source, wanted)
  return coroutine.wrap(function()
    for item in source do
      if wanted(item) then coroutine.yield(item) end
    end
  end)
end

local function level(difference)
  if difference < -8 then return "below" end
  if difference > 8 then return "above" end
  return "near"
end

function run(n)
  local inside = smooth(window(dedupe(readings("inside", n, 42)), 5))
  local outside = smooth(window(dedupe(readings("outside", n, 4711)), 5))
  local differences = Stats.new()
  local lags = Stats.new()
  local peaks = Stats.new()
  local levels = { below = 0, near = 0, above = 0 }
  local sum = 0
  local batches = 0
  for pairs in batch(zip(inside, outside), 16) do
    batches = batches + 1
    local peak = 0
    for _, pair in ipairs(pairs) do
      local a, b = pair[1], pair[2]
      local difference = a.value - b.value
      differences:add(difference)
      lags:add(a.time - b.time)
      local name = level(difference)
      levels[name] = levels[name] + 1
      sum = (sum * 31 + a.value * 7 + b.value + a.time) % MOD
      peak = math.max(peak, a.value, b.value)
    end
    peaks:add(peak)
  end

  local alarms = {}
  for reading in select(dedupe(readings("inside", n, 1234)), function(r) return r.value > 510 end) do
    local hour = math.floor(reading.time / 60) % 24
    alarms[hour] = (alarms[hour] or 0) + 1
  end

  for _, stats in ipairs({ differences, lags, peaks }) do sum = (sum * 31 + stats:checksum()) % MOD end
  for _, name in ipairs({ "below", "near", "above" }) do sum = (sum * 31 + levels[name]) % MOD end
  for hour = 0, 23 do sum = (sum * 31 + (alarms[hour] or 0)) % MOD end
  return (sum * 31 + batches) % MOD
end
