-- A rule engine: n orders as maps, rules with priorities and closures as conditions, fired until none applies
local Engine = {}
Engine.__index = Engine

function Engine.new() return setmetatable({ rules = {}, fired = {} }, Engine) end

function Engine:add(name, priority, conditions, action)
  table.insert(self.rules, { name = name, priority = priority, conditions = conditions, action = action })
  table.sort(self.rules, function(a, b)
    if a.priority ~= b.priority then return a.priority > b.priority end
    return a.name < b.name
  end)
end

local function applies(rule, order)
  for _, condition in ipairs(rule.conditions) do
    if not condition(order) then return false end
  end
  return true
end

function Engine:find(order)
  for _, rule in ipairs(self.rules) do
    if applies(rule, order) then return rule end
  end
  return nil
end

-- Fires the first rule that applies, again and again; gives how often.
function Engine:process(order)
  local steps = 0
  while true do
    local rule = self:find(order)
    if not rule then return steps end
    steps = steps + 1
    if steps > 50 then error("endless rules for order " .. order.id) end
    rule.action(order)
    self.fired[rule.name] = (self.fired[rule.name] or 0) + 1
  end
end

local function equals(field, value) return function(order) return order[field] == value end end
local function atLeast(field, limit) return function(order) return order[field] >= limit end end
local function below(field, limit) return function(order) return order[field] < limit end end
local function missing(field) return function(order) return order[field] == nil end end
local function oneOf(field, choices) return function(order) return choices[order[field]] == true end end
local function negate(condition) return function(order) return not condition(order) end end

local function tagged(tag)
  return function(order)
    for _, other in ipairs(order.tags) do
      if other == tag then return true end
    end
    return false
  end
end

local function amount(order)
  local goods = order.quantity * order.price
  return goods - math.floor(goods * order.discount / 100) + order.shipping
end

local function buildEngine()
  local engine = Engine.new()
  local domestic = oneOf("country", { DE = true, AT = true, CH = true })
  engine:add("approve", 20, { equals("status", "priced") }, function(order)
    order.status = "approved"
  end)
  engine:add("promote to silver", 100, { equals("tier", "basic"), atLeast("points", 400) }, function(order)
    order.tier = "silver"
  end)
  engine:add("promote to gold", 100, { equals("tier", "silver"), atLeast("points", 1200) }, function(order)
    order.tier = "gold"
  end)
  engine:add("bulk price", 90, { atLeast("quantity", 50), negate(tagged("bulk")) }, function(order)
    order.price = math.floor(order.price * 9 / 10)
    table.insert(order.tags, "bulk")
  end)
  engine:add("silver discount", 80, { equals("tier", "silver"), below("discount", 5) }, function(order)
    order.discount = 5
  end)
  engine:add("gold discount", 80, { equals("tier", "gold"), below("discount", 15) }, function(order)
    order.discount = 15
  end)
  engine:add("domestic shipping", 70, { missing("shipping"), domestic }, function(order)
    order.shipping = 5
  end)
  engine:add("foreign shipping", 70, { missing("shipping"), negate(domestic) }, function(order)
    order.shipping = 12 + math.floor(order.quantity / 10)
  end)
  engine:add("total", 60, { function(order) return order.total ~= amount(order) end }, function(order)
    order.total = amount(order)
  end)
  engine:add("free shipping", 50, { atLeast("total", 8000), atLeast("shipping", 1), domestic }, function(order)
    order.shipping = 0
  end)
  engine:add("earn points", 40, { equals("status", "new") }, function(order)
    order.points = order.points + math.floor(order.total / 20)
    order.status = "priced"
  end)
  engine:add("review", 30, { equals("status", "priced"), equals("tier", "basic"), atLeast("total", 6000) }, function(order)
    order.status = "review"
    table.insert(order.tags, "check")
  end)
  engine:add("gift", 10, { equals("status", "approved"), equals("tier", "gold"), negate(tagged("gift")) }, function(order)
    table.insert(order.tags, "gift")
  end)
  engine:add("coupon", 10, { equals("status", "approved"), atLeast("total", 15000), missing("coupon") }, function(order)
    order.coupon = "C-" .. order.id .. "-" .. order.country
  end)
  return engine
end

local countries = { "DE", "FR", "AT", "US", "CH", "JP", "DE" }
local seed = 42

local function random(limit)
  seed = seed * 16807 % 2147483647
  return seed % limit
end

local function randomOrder(id)
  return {
    id = id,
    country = countries[random(#countries) + 1],
    tier = random(3) == 0 and "silver" or "basic",
    points = random(1400),
    quantity = random(80) + 1,
    price = random(300) + 10,
    discount = random(8),
    status = "new",
    total = 0,
    tags = {},
  }
end

function run(n)
  seed = 42
  local engine = buildEngine()
  local totals = {}
  local sum = 0
  for id = 0, n - 1 do
    local order = randomOrder(id)
    local steps = engine:process(order)
    local group = order.status .. "/" .. order.tier
    totals[group] = (totals[group] or 0) + order.total
    sum = (sum * 31 + order.total * 10 + steps + #order.tags) % 1000000007
    sum = (sum * 31 + order.points + #(order.coupon or "")) % 1000000007
  end
  for name, count in pairs(engine.fired) do
    sum = (sum + #name * count) % 1000000007
  end
  local groups = {}
  for group in pairs(totals) do table.insert(groups, group) end
  table.sort(groups)
  for _, group in ipairs(groups) do
    sum = (sum * 31 + totals[group] + #group) % 1000000007
  end
  return sum
end
