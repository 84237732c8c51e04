-- Autocompletion with a trie: n rounds of learning words, typing with ranked suggestions, patterns and forgetting words
local WORDS = 80
local SESSIONS = 16
local LIMIT = 4
local MODULUS = 1000000007

local syllables = { "ka", "to", "mi", "ren", "sol", "ba", "lu", "dor", "ne", "vi", "sha", "pel" }
local seed = 23

local function random(limit)
  seed = seed * 16807 % 2147483647
  return seed % limit
end

local function makeWord()
  local word = ""
  for _ = 1, 2 + random(3) do word = word .. syllables[random(#syllables) + 1] end
  return word
end

-- weight: how often the word that ends here was used; 0 where none ends
local function newNode() return { children = {}, weight = 0 } end

local function rank(found, limit)
  table.sort(found, function(a, b)
    if a.weight ~= b.weight then return a.weight > b.weight end
    return a.word < b.word
  end)
  local best = {}
  for i = 1, math.min(limit, #found) do best[i] = found[i] end
  return best
end

local function collect(node, text, found)
  if node.weight > 0 then table.insert(found, { word = text, weight = node.weight }) end
  for c, child in pairs(node.children) do collect(child, text .. c, found) end
end

local function fit(node, pattern, text, found)
  local at = #text
  if at == #pattern then
    if node.weight > 0 then table.insert(found, { word = text, weight = node.weight }) end
    return
  end
  local c = pattern:sub(at + 1, at + 1)
  if c == "?" then
    for letter, child in pairs(node.children) do fit(child, pattern, text .. letter, found) end
  else
    local child = node.children[c]
    if child then fit(child, pattern, text .. c, found) end
  end
end

-- Removes the word below the node; true when nothing is left there.
local function prune(node, word, at)
  if at == #word then
    node.weight = 0
  else
    local c = word:sub(at + 1, at + 1)
    if prune(node.children[c], word, at + 1) then node.children[c] = nil end
  end
  return node.weight == 0 and next(node.children) == nil
end

local Trie = {}
Trie.__index = Trie

function Trie.new() return setmetatable({ root = newNode(), count = 0 }, Trie) end

function Trie:learn(word, weight)
  local node = self.root
  for c in word:gmatch(".") do
    local child = node.children[c]
    if not child then
      child = newNode()
      node.children[c] = child
    end
    node = child
  end
  if node.weight == 0 then self.count = self.count + 1 end
  node.weight = node.weight + (weight or 1)
end

function Trie:find(prefix)
  local node = self.root
  for c in prefix:gmatch(".") do
    node = node.children[c]
    if not node then return nil end
  end
  return node
end

-- The words below the prefix, the most used first, alphabetically where equal.
function Trie:complete(prefix, limit)
  local node = self:find(prefix)
  if not node then return {} end
  local found = {}
  collect(node, prefix, found)
  return rank(found, limit)
end

-- The words that fit a pattern in which ? stands for any letter.
function Trie:search(pattern, limit)
  local found = {}
  fit(self.root, pattern, "", found)
  return rank(found, limit)
end

function Trie:forget(word)
  local node = self:find(word)
  if not node or node.weight == 0 then return false end
  self.count = self.count - 1
  prune(self.root, word, 0)
  return true
end

-- Types a word until it is among the suggestions and picks it there: the number of keys pressed.
local function typeWord(trie, word)
  for keys = 1, #word - 1 do
    for i, s in ipairs(trie:complete(word:sub(1, keys), LIMIT)) do
      if s.word == word then
        trie:learn(word)
        return keys + i - 1
      end
    end
  end
  trie:learn(word)
  return #word
end

local function digest(suggestions)
  local hash = 0
  for _, s in ipairs(suggestions) do
    for i = 1, #s.word do hash = (hash * 31 + s.word:byte(i)) % MODULUS end
    hash = (hash * 31 + s.weight) % MODULUS
  end
  return hash
end

local function playRound()
  local trie = Trie.new()
  local words = {}
  for _ = 1, WORDS do
    local word = makeWord()
    table.insert(words, word)
    trie:learn(word, 1 + random(20))
  end
  local sum = trie.count
  for i = 0, SESSIONS - 1 do
    local word
    if i % 8 == 0 then word = makeWord() else word = words[random(WORDS) + 1] end
    sum = sum + typeWord(trie, word) * (i + 1)
  end
  for i = 1, 20 do
    local word = words[i]
    local hole = 1 + random(#word - 1)
    sum = sum + digest(trie:search(word:sub(1, hole) .. "?" .. word:sub(hole + 2), LIMIT)) % 1000
  end
  for i = WORDS / 2 + 1, WORDS do
    if trie:forget(words[i]) then sum = sum + #words[i] end
  end
  for _, s in ipairs(syllables) do sum = (sum * 31 + digest(trie:complete(s, LIMIT)) + trie.count) % MODULUS end
  return sum
end

function run(n)
  seed = 23
  local checksum = 0
  for _ = 1, n do checksum = (checksum * 31 + playRound()) % MODULUS end
  return checksum
end
