-- A spreadsheet with closures as formulas: n edits, each followed by recalculating what depends on the cell, in topological order
local ROWS = 15

local function indexOf(list, item)
  for i, other in ipairs(list) do
    if other == item then return i end
  end
  return nil
end

local Sheet = {}
Sheet.__index = Sheet

-- tracked is the cell whose formula is being evaluated.
function Sheet.new()
  return setmetatable({ cells = {}, tracked = nil, recalculated = 0 }, Sheet)
end

-- A cell's inputs are the cells that its formula reads; its dependents those whose formulas read it.
function Sheet:cell(name)
  if not self.cells[name] then
    self.cells[name] = { name = name, value = 0, formula = nil, inputs = {}, dependents = {} }
  end
  return self.cells[name]
end

-- What formulas call; notes who reads which cell.
function Sheet:get(name)
  local cell = self:cell(name)
  local reader = self.tracked
  if reader and not indexOf(reader.inputs, cell) then
    table.insert(reader.inputs, cell)
    table.insert(cell.dependents, reader)
  end
  return cell.value
end

function Sheet:setValue(name, value)
  local cell = self:cell(name)
  self:unlink(cell)
  cell.formula = nil
  cell.value = value
  self:update(cell)
end

function Sheet:setFormula(name, formula)
  local cell = self:cell(name)
  self:unlink(cell)
  cell.formula = formula
  self.tracked = cell
  cell.value = formula()
  self.tracked = nil
  self:update(cell)
end

function Sheet:unlink(cell)
  for _, input in ipairs(cell.inputs) do
    table.remove(input.dependents, indexOf(input.dependents, cell))
  end
  cell.inputs = {}
end

-- Recalculates all cells that depend on the given one, directly or not.
function Sheet:update(changed)
  for _, cell in ipairs(self:order(changed)) do
    if cell.formula then
      cell.value = cell.formula()
      self.recalculated = self.recalculated + 1
    end
  end
end

-- The cell and its dependents, each after all that it reads.
function Sheet:order(first)
  local states = {}
  local visited = {}
  local function visit(cell)
    local state = states[cell.name]
    if state == "done" then return end
    if state == "open" then error(cell.name .. " depends on itself") end
    states[cell.name] = "open"
    for _, dependent in ipairs(cell.dependents) do visit(dependent) end
    states[cell.name] = "done"
    table.insert(visited, cell)
  end
  visit(first)
  local result = {}
  for i = #visited, 1, -1 do table.insert(result, visited[i]) end
  return result
end

local function product(sheet, a, b)
  return function() return sheet:get(a) * sheet:get(b) end
end

local function discounted(sheet, a, b, percent)
  return function()
    local amount = sheet:get(a) * sheet:get(b)
    return amount > 20000 and amount - math.floor(amount * percent / 100) or amount
  end
end

local function running(sheet, before, amount)
  return function() return sheet:get(before) + sheet:get(amount) end
end

local function column(letter)
  local names = {}
  for row = 1, ROWS do names[row] = letter .. row end
  return names
end

local function total(sheet, names)
  return function()
    local sum = 0
    for _, name in ipairs(names) do sum = sum + sheet:get(name) end
    return sum
  end
end

local function largest(sheet, names)
  return function()
    local result = sheet:get(names[1])
    for _, name in ipairs(names) do result = math.max(result, sheet:get(name)) end
    return result
  end
end

local function countAbove(sheet, names, limit)
  return function()
    local bound = sheet:get(limit)
    local count = 0
    for _, name in ipairs(names) do
      if sheet:get(name) > bound then count = count + 1 end
    end
    return count
  end
end

local seed = 42

local function random(limit)
  seed = seed * 16807 % 2147483647
  return seed % limit
end

-- Per row: A quantity, B price, C amount, D running total, and some sums below.
local function build()
  local sheet = Sheet.new()
  sheet:setValue("D0", 0)
  for row = 1, ROWS do
    sheet:setValue("A" .. row, random(100))
    sheet:setValue("B" .. row, random(1000))
    sheet:setFormula("C" .. row, product(sheet, "A" .. row, "B" .. row))
    sheet:setFormula("D" .. row, running(sheet, "D" .. row - 1, "C" .. row))
  end
  sheet:setFormula("quantity", total(sheet, column("A")))
  sheet:setFormula("amount", total(sheet, column("C")))
  sheet:setFormula("largest", largest(sheet, column("C")))
  sheet:setFormula("average", function()
    if sheet:get("quantity") == 0 then return 0 end
    return math.floor(sheet:get("amount") / sheet:get("quantity"))
  end)
  sheet:setFormula("limit", function() return math.floor(sheet:get("largest") / 2) + sheet:get("average") end)
  sheet:setFormula("above", countAbove(sheet, column("C"), "limit"))
  return sheet
end

local function edit(sheet)
  local row = random(ROWS) + 1
  local which = random(8)
  if which == 0 then
    sheet:setFormula("C" .. row, product(sheet, "A" .. row, "B" .. row))
  elseif which == 1 then
    sheet:setFormula("C" .. row, discounted(sheet, "A" .. row, "B" .. row, random(30) + 1))
  elseif which <= 4 then
    sheet:setValue("A" .. row, random(100))
  else
    sheet:setValue("B" .. row, random(1000))
  end
end

function run(n)
  seed = 42
  local sheet = build()
  local sum = 0
  for _ = 1, n do
    edit(sheet)
    local middle = sheet:get("D" .. random(ROWS) + 1)
    sum = (sum * 31 + middle + sheet:get("amount") * 3 + sheet:get("limit") + sheet:get("above")) % 1000000007
  end
  return (sum * 31 + sheet.recalculated) % 1000000007
end
