-- a text editor's buffer: edits, moves, searches and undos in n documents, held as the lines above and below the cursor
local insert, remove, concat, max = table.insert, table.remove, table.concat, math.max

local function split(text)
  local parts = {}
  for part in (text .. "\n"):gmatch("([^\n]*)\n") do parts[#parts + 1] = part end
  return parts
end

local Buffer = {}
Buffer.__index = Buffer

function Buffer.load(text)
  local lines, below = split(text), {}
  for i = #lines, 2, -1 do below[#below + 1] = lines[i] end -- the nearest line is the last
  return setmetatable({ above = {}, below = below, left = "", right = lines[1], undos = {} }, Buffer)
end

function Buffer:row() return #self.above end

function Buffer:column() return #self.left end

function Buffer:lines()
  local lines = {}
  for _, line in ipairs(self.above) do lines[#lines + 1] = line end
  lines[#lines + 1] = self.left .. self.right
  for i = #self.below, 1, -1 do lines[#lines + 1] = self.below[i] end
  return lines
end

function Buffer:moveTo(row, column)
  local line, above, below = self.left .. self.right, self.above, self.below
  while #above > row and #above > 0 do
    insert(below, line)
    line = remove(above)
  end
  while #above < row and #below > 0 do
    insert(above, line)
    line = remove(below)
  end
  self.left = line:sub(1, column)
  self.right = line:sub(column + 1)
end

function Buffer:moveHome() self:moveTo(self:row(), 0) end

function Buffer:moveEnd() self:moveTo(self:row(), #self.left + #self.right) end

function Buffer:put(text)
  local parts = split(text)
  local last = remove(parts)
  for _, part in ipairs(parts) do
    insert(self.above, self.left .. part)
    self.left = ""
  end
  self.left = self.left .. last
end

-- Removes up to `count` characters before the cursor, line ends too, and gives them.
function Buffer:take(count)
  local taken = ""
  while #taken < count do
    if self.left == "" then
      if #self.above == 0 then break end
      self.left = remove(self.above)
      taken = "\n" .. taken
    else
      local at = max(0, #self.left - (count - #taken))
      taken = self.left:sub(at + 1) .. taken
      self.left = self.left:sub(1, at)
    end
  end
  return taken
end

-- An edit has the position of the cursor after it.
function Buffer:edit(kind, text) return { kind = kind, row = self:row(), column = self:column(), text = text } end

function Buffer:insert(text)
  self:put(text)
  insert(self.undos, self:edit("inserted", text))
end

function Buffer:erase(count)
  local text = self:take(count)
  if text ~= "" then insert(self.undos, self:edit("deleted", text)) end
end

function Buffer:undo()
  local edit = remove(self.undos)
  if not edit then return end
  self:moveTo(edit.row, edit.column)
  if edit.kind == "inserted" then self:take(#edit.text) else self:put(edit.text) end
end

-- Moves behind the next occurrence of a word, after the end from the top.
function Buffer:find(word)
  local _, last = self.right:find(word, 1, true)
  if last then
    self:moveTo(self:row(), self:column() + last)
    return true
  end
  local lines = self:lines()
  for i = 1, #lines do
    local row = (self:row() + i) % #lines
    local _, last = lines[row + 1]:find(word, 1, true)
    if last then
      self:moveTo(row, last)
      return true
    end
  end
  return false
end

local words = {
  "the", "harbour", "lights", "were", "dim", "and", "rain", "fell", "on", "quiet", "streets", "while", "boats",
  "drifted", "under", "bridge", "nobody", "saw", "captain", "return", "from", "island", "with", "letters",
}

function run(n)
  local seed = 42
  local function random(limit)
    seed = seed * 16807 % 2147483647
    return seed % limit
  end
  local function word() return words[random(24) + 1] end
  local function several(count, make)
    local made = {}
    for i = 1, count do made[i] = make() end
    return made
  end
  local function makeLine() return concat(several(4 + random(8), word), " ") end
  local function command(buffer)
    local which = random(100)
    if which < 30 then buffer:insert(word() .. " ")
    elseif which < 34 then buffer:insert("\n")
    elseif which < 36 then buffer:insert(makeLine() .. "\n" .. makeLine() .. "\n")
    elseif which < 50 then buffer:erase(1 + random(12))
    elseif which < 64 then buffer:moveTo(max(0, buffer:row() + random(21) - 10), random(60))
    elseif which < 67 then buffer:moveHome()
    elseif which < 70 then buffer:moveEnd()
    elseif which < 76 then buffer:find(word())
    elseif which < 82 then
      local old = word()
      if buffer:find(old) then
        buffer:erase(#old)
        buffer:insert(word():upper())
      end
    elseif which < 97 then
      for _ = 1, 1 + random(3) do buffer:undo() end
    else
      buffer:moveEnd()
      buffer:erase(buffer:column() + 1)
    end
  end
  local sum = 0
  for _ = 1, n do
    local buffer = Buffer.load(concat(several(40, makeLine), "\n"))
    for _ = 1, 300 do
      command(buffer)
      sum = (sum * 31 + buffer:row() * 100 + buffer:column()) % 1000000007
    end
    local text = concat(buffer:lines(), "\n")
    for at = 1, #text, 7 do sum = (sum * 31 + text:byte(at)) % 1000000007 end
    sum = sum + #text
  end
  return sum
end
