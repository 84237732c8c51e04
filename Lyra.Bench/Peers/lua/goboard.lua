-- n random moves in games on a 9x9 Go board: groups and liberties by flood fill, captures, ko, score by area
local MOD = 1000000007
local SIZE = 9
local EMPTY = 0
local BLACK = 1
local WHITE = 2

local seed = 42

local function random(limit)
  seed = seed * 16807 % 2147483647
  return seed % limit
end

local function opponent(color) return color == BLACK and WHITE or BLACK end

local function neighborTable(size)
  local result = {}
  for y = 0, size - 1 do
    for x = 0, size - 1 do
      local near = {}
      if x > 0 then table.insert(near, y * size + x - 1) end
      if x < size - 1 then table.insert(near, y * size + x + 1) end
      if y > 0 then table.insert(near, (y - 1) * size + x) end
      if y < size - 1 then table.insert(near, (y + 1) * size + x) end
      result[y * size + x] = near
    end
  end
  return result
end

-- A set that knows its size.
local Set = {}
Set.__index = Set

function Set.new() return setmetatable({ items = {}, size = 0 }, Set) end

function Set:has(item) return self.items[item] ~= nil end

function Set:add(item)
  if not self.items[item] then
    self.items[item] = true
    self.size = self.size + 1
  end
end

function Set:addAll(other)
  for item in pairs(other.items) do self:add(item) end
end

local Board = {}
Board.__index = Board

function Board.new(size, neighbors)
  local cells = {}
  for position = 0, size * size - 1 do cells[position] = EMPTY end
  return setmetatable({
    count = size * size,
    neighbors = neighbors,
    cells = cells,
    captured = { [BLACK] = 0, [WHITE] = 0 },
    ko = -1,
  }, Board)
end

-- The stones connected with the one at start, and their liberties.
function Board:group(start)
  local color = self.cells[start]
  local stones, liberties = Set.new(), Set.new()
  stones:add(start)
  local open = { start }
  while #open > 0 do
    local here = table.remove(open)
    for _, near in ipairs(self.neighbors[here]) do
      if self.cells[near] == EMPTY then
        liberties:add(near)
      elseif self.cells[near] == color and not stones:has(near) then
        stones:add(near)
        table.insert(open, near)
      end
    end
  end
  return stones, liberties
end

function Board:play(position, color)
  if self.cells[position] ~= EMPTY or position == self.ko then return false end
  self.cells[position] = color
  local taken = {}
  for _, near in ipairs(self.neighbors[position]) do
    if self.cells[near] == opponent(color) then
      local stones, liberties = self:group(near)
      if liberties.size == 0 then
        for stone in pairs(stones.items) do
          self.cells[stone] = EMPTY
          table.insert(taken, stone)
        end
      end
    end
  end
  local stones, liberties = self:group(position)
  if liberties.size == 0 then
    self.cells[position] = EMPTY
    return false
  end
  self.captured[color] = self.captured[color] + #taken
  self.ko = #taken == 1 and stones.size == 1 and liberties.size == 1 and taken[1] or -1
  return true
end

function Board:isEye(position, color)
  for _, near in ipairs(self.neighbors[position]) do
    if self.cells[near] ~= color then return false end
  end
  return true
end

function Board:playRandom(color)
  for attempt = 1, 20 do
    local position = random(self.count)
    if not self:isEye(position, color) and self:play(position, color) then return true end
  end
  self.ko = -1
  return false
end

-- The empty region around start and the colors at its border.
function Board:region(start)
  local points, borders = Set.new(), Set.new()
  points:add(start)
  local open = { start }
  while #open > 0 do
    for _, near in ipairs(self.neighbors[table.remove(open)]) do
      if self.cells[near] ~= EMPTY then
        borders:add(self.cells[near])
      elseif not points:has(near) then
        points:add(near)
        table.insert(open, near)
      end
    end
  end
  return points, borders
end

-- Stones, territory and the number of groups for each color.
function Board:score()
  local area = { [BLACK] = 0, [WHITE] = 0 }
  local groups = { [BLACK] = 0, [WHITE] = 0 }
  local seen = Set.new()
  for position = 0, self.count - 1 do
    if not seen:has(position) then
      local color = self.cells[position]
      if color == EMPTY then
        local points, borders = self:region(position)
        if borders.size == 1 then
          for owner in pairs(borders.items) do area[owner] = area[owner] + points.size end
        end
        seen:addAll(points)
      else
        local stones = self:group(position)
        area[color] = area[color] + stones.size
        groups[color] = groups[color] + 1
        seen:addAll(stones)
      end
    end
  end
  return area, groups
end

local function playGame(neighbors, limit)
  local board = Board.new(SIZE, neighbors)
  local color = BLACK
  local passes = 0
  local moves = 0
  while passes < 2 and moves < limit do
    if board:playRandom(color) then passes = 0 else passes = passes + 1 end
    color = opponent(color)
    moves = moves + 1
  end
  local area, groups = board:score()
  local sum = moves
  for _, c in ipairs({ BLACK, WHITE }) do sum = sum * 100 + area[c] + groups[c] + board.captured[c] end
  for position = 0, board.count - 1 do sum = (sum * 3 + board.cells[position]) % MOD end
  return moves, sum
end

function run(n)
  seed = 42
  local neighbors = neighborTable(SIZE)
  local sum = 0
  local left = n
  while left > 0 do
    local moves, checksum = playGame(neighbors, math.min(left, 200))
    sum = (sum * 31 + checksum) % MOD
    left = left - moves
  end
  return sum
end
