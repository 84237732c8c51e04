-- n pairs of random nested values (maps, lists, leaves): deep copy, comparison, merge and queries by path like "a.b[2].c"
local MOD = 1000003

local names = { "id", "name", "tags", "size", "meta", "owner", "items", "color" }
local words = { "red", "green", "blue", "small", "large", "round" }
local seed = 42

local function random(limit)
  seed = seed * 16807 % 2147483647
  return seed % limit
end

-- Lists and maps are both tables; neither is ever empty here.
local function isList(value) return type(value) == "table" and value[1] ~= nil end
local function isMap(value) return type(value) == "table" and value[1] == nil end

local build

local function buildMap(depth)
  local result = {}
  for i = 1, 2 + random(3) do
    local name = names[random(#names) + 1]
    result[name] = build(depth - 1)
  end
  return result
end

local function buildList(depth)
  local result = {}
  for i = 1, 1 + random(3) do result[i] = build(depth - 1) end
  return result
end

function build(depth)
  local kind = random(depth > 0 and 9 or 3)
  if kind == 0 then return random(1000) end
  if kind == 1 then return words[random(#words) + 1] .. "-" .. random(100) end
  if kind == 2 then return random(2) == 0 end
  if kind <= 6 then return buildMap(depth) end
  return buildList(depth)
end

local function deepCopy(value)
  if type(value) ~= "table" then return value end
  local result = {}
  for k, v in pairs(value) do result[k] = deepCopy(v) end
  return result
end

local function deepEquals(a, b)
  if type(a) ~= "table" or type(b) ~= "table" then return a == b end
  for k, v in pairs(a) do
    if b[k] == nil or not deepEquals(v, b[k]) then return false end
  end
  for k in pairs(b) do
    if a[k] == nil then return false end
  end
  return true
end

-- Maps are merged key by key, lists joined; of anything else the second one wins.
local function merge(a, b)
  if isMap(a) and isMap(b) then
    local result = deepCopy(a)
    for k, v in pairs(b) do
      if a[k] ~= nil then result[k] = merge(a[k], v) else result[k] = deepCopy(v) end
    end
    return result
  end
  if isList(a) and isList(b) then
    local result = deepCopy(a)
    for _, v in ipairs(b) do table.insert(result, deepCopy(v)) end
    return result
  end
  return deepCopy(b)
end

-- "a.b[2].c" gives { "a", "b", 3, "c" }.
local function parsePath(path)
  local result = {}
  for name, indices in path:gmatch("([^.%[]+)([^.]*)") do
    table.insert(result, name)
    for index in indices:gmatch("%d+") do table.insert(result, tonumber(index) + 1) end
  end
  return result
end

local function getPath(root, path)
  local value = root
  for _, key in ipairs(parsePath(path)) do
    if type(value) ~= "table" then return nil end
    value = value[key]
  end
  return value
end

local function setPath(root, path, value)
  local way = parsePath(path)
  local last = table.remove(way)
  local target = root
  for _, key in ipairs(way) do target = target[key] end
  target[last] = value
end

local function collectPaths(value, prefix, result)
  if isList(value) then
    for i, v in ipairs(value) do collectPaths(v, prefix .. "[" .. (i - 1) .. "]", result) end
  elseif isMap(value) then
    for k, v in pairs(value) do collectPaths(v, prefix == "" and k or prefix .. "." .. k, result) end
  else
    table.insert(result, prefix)
  end
end

local function leafPaths(value)
  local result = {}
  collectPaths(value, "", result)
  table.sort(result)
  return result
end

-- The same for equal values: the order of a map's keys plays no role.
local function checksum(value)
  local kind = type(value)
  if kind == "number" then return value end
  if kind == "boolean" then return value and 11 or 13 end
  if kind == "string" then
    local sum = 7
    for i = 1, #value do sum = (sum * 31 + value:byte(i)) % MOD end
    return sum
  end
  if isList(value) then
    local sum = 5
    for _, v in ipairs(value) do sum = (sum * 31 + checksum(v)) % MOD end
    return sum
  end
  local sum = 3
  for k, v in pairs(value) do sum = (sum + checksum(k) * checksum(v)) % MOD end
  return sum
end

function run(n)
  seed = 42
  local sum = 0
  for round = 1, n do
    local a = buildMap(4)
    local b = buildMap(4)
    local copied = deepCopy(a)
    assert(deepEquals(a, copied), "a copy differs")
    local merged = merge(a, b)

    local found = 0
    for _, path in ipairs(leafPaths(merged)) do
      local leaf = getPath(merged, path)
      if deepEquals(leaf, getPath(b, path)) then found = found + 1 end
      sum = (sum * 31 + checksum(leaf)) % MOD
    end
    local paths = leafPaths(a)
    setPath(copied, paths[random(#paths) + 1], random(1000))
    if deepEquals(a, copied) then found = found + 1000 end
    sum = (sum * 31 + found + checksum(merged) + checksum(copied)) % MOD
  end
  return sum
end
