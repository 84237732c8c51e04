-- a tile map generator: n caves by a cellular automaton, small regions filled, rooms connected, drawn to text
local floor, abs, insert, remove, concat = math.floor, math.abs, table.insert, table.remove, table.concat

local WIDTH, HEIGHT = 64, 36
local WALL, FLOOR = "#", "."
local STEPS = { { 1, 0 }, { 0, 1 }, { -1, 0 }, { 0, -1 } }

-- The number of a position, as a key of tables.
local function keyOf(x, y) return y * WIDTH + x end

local function distance(a, b) return abs(a.x - b.x) + abs(a.y - b.y) end

local function nearest(positions, goal)
  local best = positions[1]
  for _, position in ipairs(positions) do
    if distance(position, goal) < distance(best, goal) then best = position end
  end
  return best
end

-- The tile of a room that is nearest to its middle.
local function center(room)
  local x, y = 0, 0
  for _, position in ipairs(room) do
    x = x + position.x
    y = y + position.y
  end
  return nearest(room, { x = floor(x / #room), y = floor(y / #room) })
end

-- Tiles have coordinates from 0.
local TileMap = {}
TileMap.__index = TileMap

function TileMap.generate(random)
  local tiles = {}
  for y = 0, HEIGHT - 1 do
    tiles[y] = {}
    for x = 0, WIDTH - 1 do
      local isEdge = x == 0 or y == 0 or x == WIDTH - 1 or y == HEIGHT - 1
      tiles[y][x] = (isEdge or random(100) < 45) and WALL or FLOOR
    end
  end
  local map = setmetatable({ tiles = tiles }, TileMap)
  for _ = 1, 4 do map:smooth() end
  return map
end

function TileMap:wallsAround(x, y)
  local walls = 0
  for ny = y - 1, y + 1 do
    for nx = x - 1, x + 1 do
      if (nx ~= x or ny ~= y) and self.tiles[ny][nx] == WALL then walls = walls + 1 end
    end
  end
  return walls
end

function TileMap:smooth()
  local next = {}
  for y = 0, HEIGHT - 1 do
    next[y] = {}
    for x = 0, WIDTH - 1 do next[y][x] = self.tiles[y][x] end
  end
  for y = 1, HEIGHT - 2 do
    for x = 1, WIDTH - 2 do
      local walls = self:wallsAround(x, y)
      if walls > 4 then next[y][x] = WALL
      elseif walls < 4 then next[y][x] = FLOOR end
    end
  end
  self.tiles = next
end

-- The positions of all open tiles that are connected with a position.
function TileMap:flood(start, seen)
  local region, open = {}, { start }
  seen[keyOf(start.x, start.y)] = true
  while #open > 0 do
    local position = remove(open)
    insert(region, position)
    for _, step in ipairs(STEPS) do
      local x, y = position.x + step[1], position.y + step[2]
      if self.tiles[y][x] ~= WALL and not seen[keyOf(x, y)] then
        seen[keyOf(x, y)] = true
        insert(open, { x = x, y = y })
      end
    end
  end
  return region
end

-- The rooms, the largest first; regions under 12 tiles are filled.
function TileMap:findRooms()
  local rooms, seen, numbers = {}, {}, {}
  for y = 1, HEIGHT - 2 do
    for x = 1, WIDTH - 2 do
      if self.tiles[y][x] ~= WALL and not seen[keyOf(x, y)] then
        local region = self:flood({ x = x, y = y }, seen)
        if #region < 12 then
          for _, position in ipairs(region) do self.tiles[position.y][position.x] = WALL end
        else
          insert(rooms, region)
          numbers[region] = #rooms
        end
      end
    end
  end
  table.sort(rooms, function(a, b)
    if #a ~= #b then return #a > #b end
    return numbers[a] < numbers[b]
  end)
  return rooms
end

function TileMap:dig(x, y)
  if self.tiles[y][x] == WALL then self.tiles[y][x] = "+" end
end

-- Digs a corridor: first to the column, then to the row of the goal.
function TileMap:digCorridor(from, goal)
  local x, y = from.x, from.y
  while x ~= goal.x do
    x = x + (goal.x > x and 1 or -1)
    self:dig(x, y)
  end
  while y ~= goal.y do
    y = y + (goal.y > y and 1 or -1)
    self:dig(x, y)
  end
end

-- Joins each room to the nearest of those that are connected, and gives the length of all corridors.
function TileMap:connect(rooms)
  local total, connected = 0, {}
  for _, room in ipairs(rooms) do
    local middle = center(room)
    if #connected > 0 then
      local goal = nearest(connected, middle)
      self:digCorridor(middle, goal)
      total = total + distance(middle, goal)
    end
    insert(connected, middle)
  end
  return total
end

function TileMap:draw()
  local rows = {}
  for y = 0, HEIGHT - 1 do rows[y + 1] = concat(self.tiles[y], "", 0, WIDTH - 1) end
  return concat(rows, "\n")
end

function run(n)
  local seed = 42
  local function random(limit)
    seed = seed * 16807 % 2147483647
    return seed % limit
  end
  local sum = 0
  for _ = 1, n do
    local map = TileMap.generate(random)
    local rooms = map:findRooms()
    local corridors = map:connect(rooms)
    local open = #map:flood(center(rooms[1]), {})
    sum = (sum * 31 + #rooms * 1000 + corridors * 10 + open) % 1000000007
    local text = map:draw()
    for i = 1, #text do sum = (sum * 31 + text:byte(i)) % 1000000007 end
  end
  return sum
end
