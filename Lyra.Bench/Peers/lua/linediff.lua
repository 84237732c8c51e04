-- diff of lists of n lines in all by longest common subsequence, as a patch text that is then parsed and applied
local MOD = 1000000007
local FILE_LINES = 50
local CONTEXT = 2

local Hunk = {}
Hunk.__index = Hunk

-- An edit's kind is " " for a common line, "-" for a removed and "+" for an added one.
function Hunk.new(oldStart, newStart)
  return setmetatable({ oldStart = oldStart, newStart = newStart, edits = {} }, Hunk)
end

-- The number of edits that are not of a kind.
function Hunk:countWithout(kind)
  local count = 0
  for _, edit in ipairs(self.edits) do
    if edit.kind ~= kind then count = count + 1 end
  end
  return count
end

function Hunk:header()
  return string.format("@@ -%d,%d +%d,%d @@",
    self.oldStart, self:countWithout("+"), self.newStart, self:countWithout("-"))
end

local names = { "count", "total", "index", "name", "value", "result", "items", "first" }
local actions = { "print", "push", "update", "check", "load" }
local seed = 42

local function random(limit)
  seed = seed * 16807 % 2147483647
  return seed % limit
end

local function pick(list) return list[random(#list) + 1] end

local function makeLine()
  local which = random(6)
  if which == 0 then return ""
  elseif which == 1 then return "}"
  elseif which == 2 then return "if " .. pick(names) .. " > " .. random(10) .. " {"
  elseif which == 3 then return "    " .. pick(names) .. " = " .. pick(names) .. " + " .. random(100)
  elseif which == 4 then return "    " .. pick(actions) .. "(" .. pick(names) .. ", " .. pick(names) .. ")"
  else return "    return " .. pick(names) end
end

local function makeLines(count)
  local lines = {}
  for i = 1, count do lines[i] = makeLine() end
  return lines
end

local function change(lines)
  local result = {}
  for _, line in ipairs(lines) do
    local which = random(25)
    if which == 1 then
      result[#result + 1] = line .. " // new"
    elseif which == 2 then
      result[#result + 1] = line
      for _, added in ipairs(makeLines(1 + random(4))) do result[#result + 1] = added end
    elseif which > 2 then
      result[#result + 1] = line
    end
  end
  return result
end

-- lengths[i][j] is the length of the longest common subsequence of a from i on and b from j on.
local function commonLengths(a, b)
  local lengths = {}
  for i = 1, #a + 1 do
    lengths[i] = {}
    for j = 1, #b + 1 do lengths[i][j] = 0 end
  end
  for i = #a, 1, -1 do
    for j = #b, 1, -1 do
      if a[i] == b[j] then
        lengths[i][j] = lengths[i + 1][j + 1] + 1
      else
        lengths[i][j] = math.max(lengths[i + 1][j], lengths[i][j + 1])
      end
    end
  end
  return lengths
end

local function compare(a, b)
  local lengths = commonLengths(a, b)
  local edits = {}
  local i, j = 1, 1
  while i <= #a or j <= #b do
    if i <= #a and j <= #b and a[i] == b[j] then
      edits[#edits + 1] = { kind = " ", text = a[i] }
      i = i + 1
      j = j + 1
    elseif j > #b or i <= #a and lengths[i + 1][j] >= lengths[i][j + 1] then
      edits[#edits + 1] = { kind = "-", text = a[i] }
      i = i + 1
    else
      edits[#edits + 1] = { kind = "+", text = b[j] }
      j = j + 1
    end
  end
  return edits
end

local function changesSoon(edits, k)
  for i = k, math.min(#edits, k + CONTEXT) do
    if edits[i].kind ~= " " then return true end
  end
  return false
end

-- Groups the changes with some common lines around them.
local function makeHunks(edits)
  local hunks = {}
  local oldLine, newLine = 1, 1
  local last = 0 -- edit of the last hunk
  local hunk = nil
  for k, edit in ipairs(edits) do
    if edit.kind ~= " " then last = math.min(#edits, k + CONTEXT) end
    if k <= last or changesSoon(edits, k) then
      if not hunk then
        hunk = Hunk.new(oldLine, newLine)
        hunks[#hunks + 1] = hunk
      end
      table.insert(hunk.edits, edit)
    else
      hunk = nil
    end
    if edit.kind ~= "+" then oldLine = oldLine + 1 end
    if edit.kind ~= "-" then newLine = newLine + 1 end
  end
  return hunks
end

local function formatPatch(hunks)
  local lines = {}
  for _, hunk in ipairs(hunks) do
    lines[#lines + 1] = hunk:header()
    for _, edit in ipairs(hunk.edits) do lines[#lines + 1] = edit.kind .. edit.text end
  end
  return table.concat(lines, "\n")
end

local function parsePatch(text)
  local hunks = {}
  for line in text:gmatch("[^\n]+") do
    local oldStart, newStart = line:match("^@@ %-(%d+),%d+ %+(%d+),%d+ @@$")
    if oldStart then
      hunks[#hunks + 1] = Hunk.new(tonumber(oldStart), tonumber(newStart))
    else
      table.insert(hunks[#hunks].edits, { kind = line:sub(1, 1), text = line:sub(2) })
    end
  end
  return hunks
end

local function apply(lines, hunks)
  local result = {}
  local at = 1
  for _, hunk in ipairs(hunks) do
    for i = at, hunk.oldStart - 1 do result[#result + 1] = lines[i] end
    at = hunk.oldStart
    for _, edit in ipairs(hunk.edits) do
      if edit.kind ~= "+" then
        if lines[at] ~= edit.text then error("line " .. at .. " differs") end
        at = at + 1
      end
      if edit.kind ~= "-" then result[#result + 1] = edit.text end
    end
  end
  for i = at, #lines do result[#result + 1] = lines[i] end
  return result
end

local function same(a, b)
  if #a ~= #b then return false end
  for i, line in ipairs(a) do
    if line ~= b[i] then return false end
  end
  return true
end

function run(n)
  seed = 42
  local sum = 0
  for first = 0, n - 1, FILE_LINES do
    local old = makeLines(math.min(FILE_LINES, n - first))
    local new = change(old)
    local patch = formatPatch(makeHunks(compare(old, new)))
    sum = (sum * 31 + #patch) % MOD
    if patch ~= "" then
      assert(same(apply(old, parsePatch(patch)), new), "the patch gives something else")
      for k = 1, #patch, 3 do sum = (sum * 31 + patch:byte(k)) % MOD end
    end
  end
  return sum
end
