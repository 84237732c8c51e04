-- compresses texts of n generated words in all with an LZ77-like coder and decompresses them again
local WINDOW = 1024
local MAX_LENGTH = 40
local MAX_TRIES = 8
local TEXT_WORDS = 300
local MOD = 1000000007

-- The code of a text is a list of these two.
local Literal = {}
Literal.__index = Literal

function Literal.new(letter) return setmetatable({ letter = letter }, Literal) end
function Literal:encode() return self.letter end

local Copy = {}
Copy.__index = Copy

function Copy.new(distance, size) return setmetatable({ distance = distance, size = size }, Copy) end
function Copy:encode() return "<" .. self.distance .. "," .. self.size .. ">" end

local syllables = { "ka", "lo", "mi", "ter", "an", "sol", "be", "ru", "ing", "est", "o", "qui" }
local seed = 42

local function random(limit)
  seed = seed * 16807 % 2147483647
  return seed % limit
end

local function makeWords(count)
  local words = {}
  for i = 1, count do
    local word = ""
    for k = 1, 1 + random(3) do word = word .. syllables[random(#syllables) + 1] end
    words[i] = word
  end
  return words
end

-- The first words of the list are the most frequent ones.
local function makeText(words, count)
  local parts = {}
  for i = 1, count do
    local word = words[random(random(#words) + 1) + 1]
    parts[i] = random(9) == 0 and tostring(random(1000)) or word
  end
  return table.concat(parts, " ")
end

local function matchLength(text, earlier, at, limit)
  local n = 0
  while n < limit and text:byte(earlier + n) == text:byte(at + n) do n = n + 1 end
  return n
end

-- The longest copy for the text at a place, or nil.
local function findCopy(text, at, positions)
  local limit = math.min(MAX_LENGTH, #text - at + 1)
  if limit < 3 then return nil end
  local seen = positions[text:sub(at, at + 2)]
  if not seen then return nil end
  local best = nil
  local tries = 0
  local k = #seen
  while k >= 1 and tries < MAX_TRIES and at - seen[k] <= WINDOW do
    local size = matchLength(text, seen[k], at, limit)
    if not best or size > best.size then best = Copy.new(at - seen[k], size) end
    if size == limit then break end
    tries = tries + 1
    k = k - 1
  end
  return best
end

local function remember(text, at, positions)
  if at + 2 > #text then return end
  local key = text:sub(at, at + 2)
  local seen = positions[key]
  if seen then
    seen[#seen + 1] = at
  else
    positions[key] = { at }
  end
end

local function compress(text)
  local codes = {}
  local tokens = {}
  local positions = {}
  local at = 1
  while at <= #text do
    local copy = findCopy(text, at, positions)
    local size = 1
    if copy and copy.size > #copy:encode() then
      tokens[#tokens + 1] = copy
      size = copy.size
    else
      tokens[#tokens + 1] = Literal.new(text:sub(at, at))
    end
    for k = 0, size - 1 do remember(text, at + k, positions) end
    at = at + size
  end
  for i, token in ipairs(tokens) do codes[i] = token:encode() end
  return table.concat(codes)
end

local function decompress(code)
  local letters = {}
  local i = 1
  while i <= #code do
    local c = code:sub(i, i)
    if c == "<" then
      local distance, size, stop = code:match("^<(%d+),(%d+)>()", i)
      distance = tonumber(distance)
      for k = 1, tonumber(size) do letters[#letters + 1] = letters[#letters + 1 - distance] end
      i = stop
    else
      letters[#letters + 1] = c
      i = i + 1
    end
  end
  return table.concat(letters)
end

function run(n)
  seed = 42
  local words = makeWords(120)
  local sum = 0
  local left = n
  while left > 0 do
    local text = makeText(words, math.min(left, TEXT_WORDS))
    left = left - TEXT_WORDS
    local code = compress(text)
    assert(decompress(code) == text, "the text has changed")
    sum = (sum * 31 + #text * 10000 + #code) % MOD
    for i = 1, #code do sum = (sum * 31 + code:byte(i)) % MOD end
  end
  return sum
end
