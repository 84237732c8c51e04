-- a diff of trees: n pairs of documents are parsed, compared by the keys of their nodes, and one is changed into the other
local concat, insert, remove = table.concat, table.insert, table.remove

local TAGS = { "page", "box", "text", "image", "list" }
local NAMES = { "color", "width", "height", "title", "align" }
local WORDS = { "red", "blue", "left", "right", "big", "small", "none", "auto" }

local function sortedKeys(map)
  local result = {}
  for key in pairs(map) do result[#result + 1] = key end
  table.sort(result)
  return result
end

local Node = {}
Node.__index = Node

function Node.new(tag, id) return setmetatable({ tag = tag, id = id, attributes = {}, children = {} }, Node) end

function Node:key() return self.tag .. "#" .. self.id end

function Node:equals(other)
  if self:key() ~= other:key() or #self.children ~= #other.children then return false end
  for name, value in pairs(self.attributes) do
    if other.attributes[name] ~= value then return false end
  end
  for name in pairs(other.attributes) do
    if not self.attributes[name] then return false end
  end
  for i, child in ipairs(self.children) do
    if not child:equals(other.children[i]) then return false end
  end
  return true
end

function Node:write(lines, indent)
  local parts = {}
  for i, name in ipairs(sortedKeys(self.attributes)) do parts[i] = name .. ": " .. self.attributes[name] end
  lines[#lines + 1] = indent .. self:key() .. " (" .. concat(parts, ", ") .. ") {"
  for _, child in ipairs(self.children) do child:write(lines, indent .. "  ") end
  lines[#lines + 1] = indent .. "}"
end

function Node:indexOf(key)
  for i, child in ipairs(self.children) do
    if child:key() == key then return i end
  end
end

local Parser = {}
Parser.__index = Parser

function Parser.new(text) return setmetatable({ text = text, pos = 1 }, Parser) end

function Parser:skipBlanks() self.pos = self.text:find("%S", self.pos) or #self.text + 1 end

function Parser:accept(c)
  self:skipBlanks()
  if self.text:sub(self.pos, self.pos) ~= c then return false end
  self.pos = self.pos + 1
  return true
end

function Parser:expect(c)
  if not self:accept(c) then error("expected " .. c .. " at " .. self.pos) end
end

function Parser:word()
  self:skipBlanks()
  local word = self.text:match("^%w*", self.pos)
  self.pos = self.pos + #word
  return word
end

function Parser:node()
  local tag = self:word()
  self:expect("#")
  local node = Node.new(tag, tonumber(self:word()))
  self:expect("(")
  while not self:accept(")") do
    local name = self:word()
    self:expect(":")
    node.attributes[name] = self:word()
    self:accept(",")
  end
  self:expect("{")
  while not self:accept("}") do insert(node.children, self:node()) end
  return node
end

-- The edits have a kind; a path is the list of the keys below the root.
local function diff(old, new, path, edits)
  local names = {}
  for name in pairs(old.attributes) do names[name] = true end
  for name in pairs(new.attributes) do names[name] = true end
  for _, name in ipairs(sortedKeys(names)) do
    local value = new.attributes[name]
    if value ~= old.attributes[name] then insert(edits, { kind = "change", path = path, name = name, value = value }) end
  end
  local wanted, known, order = {}, {}, {}
  for _, child in ipairs(new.children) do wanted[child:key()] = true end
  for _, child in ipairs(old.children) do
    local key = child:key()
    known[key] = child
    if wanted[key] then insert(order, key) else insert(edits, { kind = "delete", path = path, key = key }) end
  end
  for at, child in ipairs(new.children) do
    local key = child:key()
    if not known[key] then
      insert(edits, { kind = "insert", path = path, at = at, node = child })
      insert(order, at, key)
    elseif order[at] ~= key then
      insert(edits, { kind = "move", path = path, key = key, at = at })
      for i, other in ipairs(order) do
        if other == key then remove(order, i) break end
      end
      insert(order, at, key)
    end
  end
  for _, child in ipairs(new.children) do
    local key = child:key()
    if known[key] then
      local below = {}
      for i, part in ipairs(path) do below[i] = part end
      insert(below, key)
      diff(known[key], child, below, edits)
    end
  end
end

local function describe(edit)
  local path = "/" .. concat(edit.path, "/")
  if edit.kind == "change" then return "change " .. path .. " " .. edit.name .. " to " .. (edit.value or "nothing") end
  if edit.kind == "delete" then return "delete " .. path .. " " .. edit.key end
  if edit.kind == "insert" then return "insert " .. path .. " " .. edit.node:key() .. " at " .. edit.at - 1 end
  if edit.kind == "move" then return "move " .. path .. " " .. edit.key .. " to " .. edit.at - 1 end
end

local function apply(root, edit)
  local target = root
  for _, key in ipairs(edit.path) do target = target.children[target:indexOf(key)] end
  if edit.kind == "change" then
    target.attributes[edit.name] = edit.value
  elseif edit.kind == "delete" then
    remove(target.children, target:indexOf(edit.key))
  elseif edit.kind == "insert" then
    insert(target.children, edit.at, edit.node)
  elseif edit.kind == "move" then
    insert(target.children, edit.at, remove(target.children, target:indexOf(edit.key)))
  end
end

local Author = {}
Author.__index = Author

function Author.new(random) return setmetatable({ random = random, lastId = 0 }, Author) end

function Author:create(depth)
  local random = self.random
  self.lastId = self.lastId + 1
  local node = Node.new(TAGS[random(5) + 1], self.lastId)
  for _ = 1, random(5) do
    local value = WORDS[random(8) + 1]
    node.attributes[NAMES[random(5) + 1]] = value
  end
  if depth > 0 then
    for i = 1, 1 + random(5) do node.children[i] = self:create(depth - 1) end
  end
  return node
end

-- A copy with changes.
function Author:revise(node)
  local random = self.random
  local copy = Node.new(node.tag, node.id)
  for _, name in ipairs(sortedKeys(node.attributes)) do
    local what = random(12)
    if what > 0 then copy.attributes[name] = what == 1 and WORDS[random(8) + 1] or node.attributes[name] end
  end
  for _, child in ipairs(node.children) do
    if random(10) > 0 then insert(copy.children, self:revise(child)) end
    if random(10) == 0 then insert(copy.children, self:create(random(2))) end
  end
  if #copy.children > 1 and random(4) == 0 then
    local last = remove(copy.children)
    insert(copy.children, random(#copy.children) + 1, last)
  end
  return copy
end

local function textOf(root)
  local lines = {}
  root:write(lines, "")
  return concat(lines, "\n")
end

function run(n)
  local seed, sum = 42, 0
  local function random(limit)
    seed = seed * 16807 % 2147483647
    return seed % limit
  end
  for _ = 1, n do
    local author = Author.new(random)
    local draft = author:create(3)
    local oldText = textOf(draft)
    local newText = textOf(author:revise(draft))
    local old, new = Parser.new(oldText):node(), Parser.new(newText):node()
    local edits = {}
    diff(old, new, {}, edits)
    for _, edit in ipairs(edits) do
      apply(old, edit)
      local text = describe(edit)
      for i = 1, #text do sum = (sum * 31 + text:byte(i)) % 1000000007 end
    end
    assert(old:equals(new), "the edits are wrong")
    sum = sum + #edits + #oldText + #textOf(old)
  end
  return sum
end
