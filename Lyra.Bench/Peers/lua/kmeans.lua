-- Clusters n generated sets of 60 points with k-means until the centers stand still
local POINTS = 60
local K = 4
local MAX_ROUNDS = 40

local Point = {}
Point.__index = Point

function Point.new(x, y, label)
  return setmetatable({ x = x, y = y, label = label }, Point)
end

-- The square of the distance.
function Point:distance(other)
  local dx = self.x - other.x
  local dy = self.y - other.y
  return dx * dx + dy * dy
end

local Cluster = {}
Cluster.__index = Cluster

function Cluster.new(center)
  return setmetatable({ center = center, members = {} }, Cluster)
end

-- Moves the center to the mean of the members; gives how far it went.
function Cluster:recenter()
  if #self.members == 0 then return 0 end
  local x, y = 0, 0
  for _, p in ipairs(self.members) do
    x = x + p.x
    y = y + p.y
  end
  local count = #self.members
  local center = Point.new(x / count, y / count, -1)
  local moved = center:distance(self.center)
  self.center = center
  return moved
end

-- The sum of the members' distances from the center.
function Cluster:spread()
  local total = 0
  for _, p in ipairs(self.members) do
    total = total + math.sqrt(p:distance(self.center))
  end
  return total
end

-- How many members have the label that is the most frequent here.
function Cluster:majority()
  local counts = {}
  for _, p in ipairs(self.members) do
    counts[p.label] = (counts[p.label] or 0) + 1
  end
  local result = 0
  for _, count in pairs(counts) do result = math.max(result, count) end
  return result
end

local seed = 42

local function random(limit)
  seed = seed * 16807 % 2147483647
  return seed % limit
end

-- Points around K hidden centers, each labelled with the number of its center.
local function generatePoints()
  local centers = {}
  for i = 1, K do
    centers[i] = Point.new(200 + random(800), 200 + random(800), i)
  end
  local points = {}
  for i = 1, POINTS do
    local center = centers[random(K) + 1]
    local dx = (random(200) + random(200) - 200) * 0.75
    local dy = (random(200) + random(200) - 200) * 0.75
    points[i] = Point.new(center.x + dx, center.y + dy, center.label)
  end
  return points
end

-- Starts with the first point, then always takes the point that is farthest from the centers so far.
local function initialClusters(points)
  local clusters = { Cluster.new(points[1]) }
  while #clusters < K do
    local farthest, best = points[1], -1
    for _, p in ipairs(points) do
      local distance = math.huge
      for _, c in ipairs(clusters) do
        distance = math.min(distance, p:distance(c.center))
      end
      if distance > best then
        farthest, best = p, distance
      end
    end
    table.insert(clusters, Cluster.new(farthest))
  end
  return clusters
end

local function nearest(p, clusters)
  local result = clusters[1]
  local best = p:distance(result.center)
  for _, c in ipairs(clusters) do
    local distance = p:distance(c.center)
    if distance < best then
      result, best = c, distance
    end
  end
  return result
end

local function kmeans(points)
  local clusters = initialClusters(points)
  for _ = 1, MAX_ROUNDS do
    for _, c in ipairs(clusters) do c.members = {} end
    for _, p in ipairs(points) do
      table.insert(nearest(p, clusters).members, p)
    end
    local moved = 0
    for _, c in ipairs(clusters) do moved = moved + c:recenter() end
    if moved < 0.0001 then break end
  end
  return clusters
end

local function rounded(value) return math.floor(value * 1000 + 0.5) end

function run(n)
  seed = 42
  local sum = 0
  for _ = 1, n do
    local clusters = kmeans(generatePoints())
    table.sort(clusters, function(a, b)
      if a.center.x ~= b.center.x then return a.center.x < b.center.x end
      return a.center.y < b.center.y
    end)
    for _, c in ipairs(clusters) do
      sum = (sum * 31 + rounded(c.center.x) * 7 + rounded(c.center.y)) % 1000000007
      sum = (sum * 31 + rounded(c:spread()) + #c.members * 100 + c:majority()) % 1000000007
    end
  end
  return sum
end
