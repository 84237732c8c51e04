-- a crossword filler: n grids, each with a generated word list that is indexed by letter and position; backtracking
local concat, insert = table.concat, table.insert

local LIMIT = 300
local CONSONANTS = { "b", "d", "k", "l", "m", "n", "r", "s" }
local VOWELS = { "a", "e", "i", "o" }
local PATTERNS = {
  {
    ".....",
    ".#.#.",
    ".....",
    ".#.#.",
    ".....",
  },
  {
    "...#...",
    ".#...#.",
    "...#...",
    ".#...#.",
    "...#...",
  },
  {
    "....#...",
    ".##.....",
    "....#.#.",
    ".#.#....",
    ".....##.",
    "...#....",
  },
  {
    "...##....",
    "...###.#.",
    "....#....",
    ".#.###...",
    "....##...",
  },
}

local function addTo(lists, key, word)
  if lists[key] then insert(lists[key], word) else lists[key] = { word } end
end

local function fits(word, pattern)
  for i = 1, #pattern do
    local letter = pattern:sub(i, i)
    if letter ~= "." and letter ~= word:sub(i, i) then return false end
  end
  return true
end

-- The words by their length, and by their "length:position:letter".
local WordList = {}
WordList.__index = WordList

function WordList.new() return setmetatable({ byLength = {}, byLetter = {} }, WordList) end

function WordList:add(word)
  addTo(self.byLength, #word, word)
  for i = 1, #word do addTo(self.byLetter, #word .. ":" .. i .. ":" .. word:sub(i, i), word) end
end

-- The words that match a pattern such as "a..e".
function WordList:matching(pattern)
  local words = self.byLength[#pattern] or {}
  for i = 1, #pattern do
    local letter = pattern:sub(i, i)
    if letter ~= "." then
      local found = self.byLetter[#pattern .. ":" .. i .. ":" .. letter] or {}
      if #found < #words then words = found end
    end
  end
  local result = {}
  for _, word in ipairs(words) do
    if fits(word, pattern) then result[#result + 1] = word end
  end
  return result
end

-- The runs of at least three free cells; a slot is a list of positions.
local function findSlots(grid)
  local lines = {}
  for y = 1, #grid do
    local line = {}
    for x = 1, #grid[1] do line[x] = { x = x, y = y } end
    insert(lines, line)
  end
  for x = 1, #grid[1] do
    local line = {}
    for y = 1, #grid do line[y] = { x = x, y = y } end
    insert(lines, line)
  end
  local slots = {}
  for _, line in ipairs(lines) do
    local run = {}
    for _, cell in ipairs(line) do
      if grid[cell.y][cell.x] == "#" then
        if #run >= 3 then insert(slots, run) end
        run = {}
      else
        insert(run, cell)
      end
    end
    if #run >= 3 then insert(slots, run) end
  end
  return slots
end

local Crossword = {}
Crossword.__index = Crossword

function Crossword.new(grid, words) return setmetatable({ grid = grid, words = words, used = {}, tries = 0 }, Crossword) end

function Crossword:read(slot)
  local letters = {}
  for i, cell in ipairs(slot) do letters[i] = self.grid[cell.y][cell.x] end
  return concat(letters)
end

function Crossword:write(slot, text)
  for i, cell in ipairs(slot) do self.grid[cell.y][cell.x] = text:sub(i, i) end
end

-- Fills these slots, the one with the fewest words first; says whether that was possible.
function Crossword:fill(slots)
  if #slots == 0 then return true end
  local best, words
  for _, slot in ipairs(slots) do
    local found = self.words:matching(self:read(slot))
    if not best or #found < #words then best, words = slot, found end
  end
  local others = {}
  for _, slot in ipairs(slots) do
    if slot ~= best then insert(others, slot) end
  end
  local before = self:read(best)
  for _, word in ipairs(words) do
    if not self.used[word] then
      if self.tries == LIMIT then return false end
      self.tries = self.tries + 1
      self:write(best, word)
      self.used[word] = true
      if self:fill(others) then return true end
      self.used[word] = nil
      self:write(best, before)
    end
  end
  return false
end

local function makeWords(random)
  local words, known = WordList.new(), {}
  for _ = 1, 200 do
    local start = random(2)
    local length = 3 + random(4)
    local letters = {}
    for i = start, start + length - 1 do
      insert(letters, i % 2 == 0 and CONSONANTS[random(8) + 1] or VOWELS[random(4) + 1])
    end
    local word = concat(letters)
    if not known[word] then
      known[word] = true
      words:add(word)
    end
  end
  return words
end

function run(n)
  local seed, sum, filled = 42, 0, 0
  local function random(limit)
    seed = seed * 16807 % 2147483647
    return seed % limit
  end
  for i = 0, n - 1 do
    local grid = {}
    for y, line in ipairs(PATTERNS[i % #PATTERNS + 1]) do
      grid[y] = {}
      for x = 1, #line do grid[y][x] = line:sub(x, x) end
    end
    local crossword = Crossword.new(grid, makeWords(random))
    if crossword:fill(findSlots(grid)) then filled = filled + 1 end
    sum = (sum * 31 + crossword.tries) % 1000000007
    local rows = {}
    for y, row in ipairs(grid) do rows[y] = concat(row) end
    local text = concat(rows, "\n")
    for at = 1, #text do sum = (sum * 31 + text:byte(at)) % 1000000007 end
  end
  return sum * 10000 + filled
end
