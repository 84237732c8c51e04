-- finds all words of a generated dictionary in n boards of letters by backtracking
local MOD = 1000000007
local SIZE = 4
local MAX_WORDS = 500

-- A node of the dictionary's tree of letters; a word ends in it unless word is nil.
local Node = {}
Node.__index = Node

function Node.new() return setmetatable({ children = {}, word = nil }, Node) end

function Node:add(word)
  local node = self
  for c in word:gmatch(".") do
    if not node.children[c] then node.children[c] = Node.new() end
    node = node.children[c]
  end
  node.word = word
end

local consonants = "ttnnssrrlldmcpbgh"
local vowels = "eeeaaaiioou"
local directions = { { -1, -1 }, { -1, 0 }, { -1, 1 }, { 0, -1 }, { 0, 1 }, { 1, -1 }, { 1, 0 }, { 1, 1 } }
local seed = 42

local function random(limit)
  seed = seed * 16807 % 2147483647
  return seed % limit
end

local function randomLetter(letters)
  local i = random(#letters) + 1
  return letters:sub(i, i)
end

local function makeWord()
  local size = 3 + random(3) + random(3)
  local vowel = random(3) == 0
  local word = ""
  while #word < size do
    word = word .. randomLetter(vowel and vowels or consonants)
    vowel = not vowel
  end
  return word
end

local function makeDictionary(count)
  local root = Node.new()
  for i = 1, count do root:add(makeWord()) end
  return root
end

local function makeBoard()
  local board = {}
  for row = 1, SIZE do
    local letters = {}
    for column = 1, SIZE do
      letters[column] = randomLetter(random(5) < 2 and vowels or consonants)
    end
    board[row] = letters
  end
  return board
end

local Solver = {}
Solver.__index = Solver

function Solver.new(board)
  local visited = {}
  for row = 1, SIZE do
    visited[row] = {}
    for column = 1, SIZE do visited[row][column] = false end
  end
  return setmetatable({ board = board, visited = visited, found = {} }, Solver)
end

function Solver:solve(dictionary)
  for row = 1, SIZE do
    for column = 1, SIZE do self:search(row, column, dictionary) end
  end
  local words = {}
  for word in pairs(self.found) do words[#words + 1] = word end
  table.sort(words)
  return words
end

function Solver:search(row, column, node)
  local child = node.children[self.board[row][column]]
  if not child then return end
  if child.word then self.found[child.word] = true end
  self.visited[row][column] = true
  for _, direction in ipairs(directions) do
    local r = row + direction[1]
    local c = column + direction[2]
    if r >= 1 and r <= SIZE and c >= 1 and c <= SIZE and not self.visited[r][c] then
      self:search(r, c, child)
    end
  end
  self.visited[row][column] = false
end

local function score(word)
  local size = #word
  if size <= 4 then return 1
  elseif size == 5 then return 2
  elseif size == 6 then return 3
  elseif size == 7 then return 5
  else return 11 end
end

function run(n)
  seed = 42
  local dictionary = makeDictionary(math.min(MAX_WORDS, 10 + n * 10))
  local times = {}
  local sum = 0
  for i = 1, n do
    local words = Solver.new(makeBoard()):solve(dictionary)
    local points = 0
    for k, word in ipairs(words) do
      times[word] = (times[word] or 0) + 1
      points = points + score(word) * 100 + k * word:byte(-1)
    end
    sum = (sum * 31 + points) % MOD
  end
  local favourites = {}
  for word in pairs(times) do favourites[#favourites + 1] = word end
  table.sort(favourites, function(a, b)
    if times[a] ~= times[b] then return times[a] > times[b] end
    return a < b
  end)
  for _, word in ipairs(favourites) do
    sum = (sum * 31 + times[word]) % MOD
    for i = 1, #word do sum = (sum * 31 + word:byte(i)) % MOD end
  end
  return sum
end
