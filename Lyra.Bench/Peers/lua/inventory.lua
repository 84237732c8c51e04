-- n days of a shop's inventory: orders and restocking as commands with undo and redo, listeners on an event bus
local MOD = 1000000007

local names = { "changed", "low", "rejected", "ordered", "cancelled", "repriced" }
local customers = { "Ada", "Bob", "Cleo", "Dan", "Eve", "Finn", "Gus", "Hal" }
local seed = 42

local function random(limit)
  seed = seed * 16807 % 2147483647
  return seed % limit
end

local EventBus = {}
EventBus.__index = EventBus

function EventBus.new() return setmetatable({ listeners = {} }, EventBus) end

function EventBus:on(name, listener)
  if not self.listeners[name] then self.listeners[name] = {} end
  table.insert(self.listeners[name], listener)
end

function EventBus:emit(name, subject, amount)
  local event = { name = name, subject = subject, amount = amount }
  for _, listener in ipairs(self.listeners[name] or {}) do listener(event) end
end

local Inventory = {}
Inventory.__index = Inventory

function Inventory.new(bus) return setmetatable({ bus = bus, items = {} }, Inventory) end

function Inventory:change(sku, amount)
  local item = self.items[sku]
  item.stock = item.stock + amount
  self.bus:emit("changed", item, amount)
  if item.stock < item.minimum then self.bus:emit("low", item, item.minimum - item.stock) end
end

local Order = {}
Order.__index = Order

function Order.new(inventory, customer, lines)
  return setmetatable({ inventory = inventory, customer = customer, lines = lines, total = 0 }, Order)
end

function Order:execute()
  self.total = 0
  for _, line in ipairs(self.lines) do
    local item = self.inventory.items[line.sku]
    if item.stock < line.quantity then
      self.inventory.bus:emit("rejected", item, line.quantity)
      return false
    end
    self.total = self.total + item.price * line.quantity
  end
  for _, line in ipairs(self.lines) do self.inventory:change(line.sku, -line.quantity) end
  self.inventory.bus:emit("ordered", self.customer, self.total)
  return true
end

function Order:undo()
  for _, line in ipairs(self.lines) do self.inventory:change(line.sku, line.quantity) end
  self.inventory.bus:emit("cancelled", self.customer, self.total)
end

local Restock = {}
Restock.__index = Restock

function Restock.new(inventory, sku, quantity)
  return setmetatable({ inventory = inventory, sku = sku, quantity = quantity }, Restock)
end

function Restock:execute()
  self.inventory:change(self.sku, self.quantity)
  return true
end

function Restock:undo() self.inventory:change(self.sku, -self.quantity) end

local Reprice = {}
Reprice.__index = Reprice

function Reprice.new(inventory, sku, price)
  return setmetatable({ inventory = inventory, sku = sku, price = price }, Reprice)
end

function Reprice:execute()
  local item = self.inventory.items[self.sku]
  item.price, self.price = self.price, item.price
  self.inventory.bus:emit("repriced", item, item.price - self.price)
  return true
end

function Reprice:undo() self:execute() end -- swaps the prices back

local History = {}
History.__index = History

function History.new() return setmetatable({ undoable = {}, redoable = {} }, History) end

function History:run(command)
  if command:execute() then
    table.insert(self.undoable, command)
    self.redoable = {}
  end
end

function History:undo()
  if #self.undoable == 0 then return end
  local command = table.remove(self.undoable)
  table.insert(self.redoable, command)
  command:undo()
end

function History:redo()
  if #self.redoable == 0 then return end
  local command = table.remove(self.redoable)
  if command:execute() then table.insert(self.undoable, command) end
end

local function randomOrder(inventory, skus)
  local first = random(#skus)
  local lines = {}
  for i = 0, random(4) do
    table.insert(lines, { sku = skus[(first + i * 7) % #skus + 1], quantity = 1 + random(5) })
  end
  return Order.new(inventory, customers[random(#customers) + 1], lines)
end

function run(n)
  seed = 42
  local bus = EventBus.new()
  local inventory = Inventory.new(bus)
  local skus = {}
  for i = 0, 59 do
    local sku = string.format("SKU-%03d", i)
    table.insert(skus, sku)
    inventory.items[sku] = { sku = sku, price = 100 + random(900), stock = 20 + random(30), minimum = 10 }
  end

  local counts = {}
  local spent = {}
  local wanted = {}
  local sum = 0
  local logged = 0
  for _, name in ipairs(names) do
    bus:on(name, function(e) counts[e.name] = (counts[e.name] or 0) + 1 end)
  end
  bus:on("changed", function(e) sum = (sum * 31 + e.subject.stock + 1000) % MOD end)
  bus:on("low", function(e) wanted[e.subject.sku] = e.amount + 20 end)
  bus:on("ordered", function(e) spent[e.subject] = (spent[e.subject] or 0) + e.amount end)
  bus:on("cancelled", function(e) spent[e.subject] = spent[e.subject] - e.amount end)
  bus:on("repriced", function(e) sum = (sum * 31 + e.subject.price) % MOD end)
  bus:on("rejected", function(e)
    logged = logged + #string.format("%s: %d of %s, %d left", e.name, e.amount, e.subject.sku, e.subject.stock)
  end)

  for day = 0, n - 1 do
    local history = History.new()
    for i = 1, 40 do
      local action = random(10)
      if action == 0 then
        history:undo()
      elseif action == 1 then
        history:redo()
      elseif action == 2 then
        history:run(Reprice.new(inventory, skus[random(#skus) + 1], 100 + random(900)))
      else
        history:run(randomOrder(inventory, skus))
      end
    end
    for _, sku in ipairs(skus) do
      if wanted[sku] then history:run(Restock.new(inventory, sku, wanted[sku])) end
    end
    wanted = {}
    if day % 5 == 0 then history:undo() end
  end

  for _, name in ipairs(names) do sum = (sum * 31 + (counts[name] or 0)) % MOD end
  for _, customer in ipairs(customers) do sum = (sum * 31 + (spent[customer] or 0)) % MOD end
  for _, sku in ipairs(skus) do sum = (sum * 31 + inventory.items[sku].stock + 1000) % MOD end
  return (sum * 31 + logged) % MOD
end
