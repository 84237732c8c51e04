-- a shop's cart: n carts with discount rules as closures, coupons, taxes and shipping; their invoices as text
local floor, ceil, max, min, huge = math.floor, math.ceil, math.max, math.min, math.huge
local format, concat, insert = string.format, table.concat, table.insert

local CATEGORIES = { "books", "toys", "food", "garden", "music" }
local REGIONS = { "north", "south", "islands" }
local TAX_RATES = {
  north = { books = 70, food = 70 },
  south = { books = 40, food = 100, music = 100 },
  islands = { food = 0 },
}
local USUAL_RATE = 190 -- in tenths of a percent
local SHIPPING_RATES = {
  north = { { 500, 290 }, { 2000, 490 }, { 10000, 890 } },
  south = { { 1000, 390 }, { 10000, 990 } },
  islands = { { 500, 690 }, { 2000, 1290 }, { 5000, 2490 } },
}

local function money(cents) return format("%d.%02d", floor(cents / 100), cents % 100) end

local function sortedKeys(map)
  local keys = {}
  for key in pairs(map) do keys[#keys + 1] = key end
  table.sort(keys)
  return keys
end

local function lineTotal(line) return line.product.price * line.quantity end

local Cart = {}
Cart.__index = Cart

function Cart.new(customer, region, isMember, coupon)
  local cart = { customer = customer, region = region, isMember = isMember, coupon = coupon, lines = {}, bySku = {} }
  return setmetatable(cart, Cart)
end

function Cart:add(product, quantity)
  local line = self.bySku[product.sku]
  if line then
    line.quantity = line.quantity + quantity
  else
    line = { product = product, quantity = quantity }
    self.bySku[product.sku] = line
    insert(self.lines, line)
  end
end

function Cart:subtotal()
  local sum = 0
  for _, line in ipairs(self.lines) do sum = sum + lineTotal(line) end
  return sum
end

function Cart:totalOf(category)
  local sum = 0
  for _, line in ipairs(self.lines) do
    if line.product.category == category then sum = sum + lineTotal(line) end
  end
  return sum
end

function Cart:weight()
  local sum = 0
  for _, line in ipairs(self.lines) do sum = sum + line.product.weight * line.quantity end
  return sum
end

-- A rule has a title and says how much it takes off a cart.
local function percentOff(category, percent)
  return {
    title = format("%d%% off %s", percent, category),
    amount = function(cart) return floor(cart:totalOf(category) * percent / 100) end,
  }
end

local function amountOff(minimum, amount)
  return { title = money(amount) .. " off", amount = function(cart) return cart:subtotal() >= minimum and amount or 0 end }
end

-- Of every three items of a category, the cheapest is free.
local function thirdFree(category)
  return {
    title = "third of " .. category .. " free",
    amount = function(cart)
      local prices, sum = {}, 0
      for _, line in ipairs(cart.lines) do
        if line.product.category == category then
          for _ = 1, line.quantity do insert(prices, line.product.price) end
        end
      end
      table.sort(prices, function(a, b) return a > b end)
      for i = 3, #prices, 3 do sum = sum + prices[i] end
      return sum
    end,
  }
end

local function bundle(first, second, percent)
  return {
    title = first .. " with " .. second,
    amount = function(cart) return floor(min(cart:totalOf(first), cart:totalOf(second)) * percent / 100) end,
  }
end

local function forMembers(rule)
  return { title = "member: " .. rule.title, amount = function(cart) return cart.isMember and rule.amount(cart) or 0 end }
end

local function bestOf(title, ...)
  local rules = { ... }
  return {
    title = title,
    amount = function(cart)
      local best = -huge
      for _, rule in ipairs(rules) do best = max(best, rule.amount(cart)) end
      return best
    end,
  }
end

local RULES = {
  bestOf("book offer", percentOff("books", 10), thirdFree("books")),
  thirdFree("toys"),
  bundle("food", "garden", 15),
  forMembers(percentOff("music", 12)),
  forMembers(bestOf("volume", amountOff(10000, 500), amountOff(25000, 1500), amountOff(50000, 4000))),
}

local COUPONS = {
  WELCOME = { minimum = 2000, rule = amountOff(0, 500) },
  BOOKS20 = { minimum = 3000, rule = percentOff("books", 20) },
  GREEN = { minimum = 15000, rule = bundle("garden", "garden", 25) },
  PLAY = { minimum = 5000, rule = bestOf("play", percentOff("toys", 15), percentOff("music", 15)) },
}

local function findCoupon(code, cart)
  local coupon = COUPONS[code]
  if not coupon then error({ coupon = "no coupon " .. code }) end
  if cart:subtotal() < coupon.minimum then
    error({ coupon = "coupon " .. code .. " is for " .. money(coupon.minimum) .. " or more" })
  end
  return coupon.rule
end

local function shipping(cart, total)
  local weight = cart:weight()
  if total >= 20000 and weight < 15000 then return 0 end
  local rates = SHIPPING_RATES[cart.region]
  for _, rate in ipairs(rates) do
    if weight <= rate[1] then return rate[2] end
  end
  local last = rates[#rates]
  return last[2] + ceil((weight - last[1]) / 1000) * 120
end

local Shop = {}
Shop.__index = Shop

function Shop.new(products) return setmetatable({ products = products, revenue = {}, granted = {} }, Shop) end

function Shop:checkout(number, cart)
  local rows = { format("Invoice %d for %s, %s", number, cart.customer, cart.region) }
  local function addRow(text, amount) rows[#rows + 1] = format("%-36s%12s", text, amount) end

  for _, line in ipairs(cart.lines) do
    addRow(format("%3d x %s", line.quantity, line.product.name), money(lineTotal(line)))
  end
  local subtotal = cart:subtotal()
  addRow("Subtotal", money(subtotal))
  local applied = {}
  for i, rule in ipairs(RULES) do applied[i] = rule end
  if cart.coupon then
    local ok, result = pcall(findCoupon, cart.coupon, cart)
    if ok then
      insert(applied, result)
    else
      if type(result) ~= "table" then error(result, 0) end
      insert(rows, "(" .. result.coupon .. ")")
    end
  end
  local discount = 0
  for _, rule in ipairs(applied) do
    local amount = min(rule.amount(cart), subtotal - discount)
    if amount ~= 0 then
      discount = discount + amount
      self.granted[rule.title] = (self.granted[rule.title] or 0) + amount
      addRow(rule.title, "-" .. money(amount))
    end
  end
  local taxes = {}
  for _, line in ipairs(cart.lines) do
    local rate = TAX_RATES[cart.region][line.product.category] or USUAL_RATE
    local net = lineTotal(line) - floor(discount * lineTotal(line) / subtotal)
    taxes[rate] = (taxes[rate] or 0) + floor((net * rate + 500) / 1000)
  end
  local total = subtotal - discount
  for _, rate in ipairs(sortedKeys(taxes)) do
    addRow(format("Tax %d.%d%%", floor(rate / 10), rate % 10), money(taxes[rate]))
    total = total + taxes[rate]
  end
  local freight = shipping(cart, subtotal - discount)
  addRow("Shipping", freight == 0 and "free" or money(freight))
  total = total + freight
  addRow("Total", money(total))
  self.revenue[cart.region] = (self.revenue[cart.region] or 0) + total
  return rows
end

function Shop:summary()
  local lines = {}
  for _, map in ipairs({ self.revenue, self.granted }) do
    for _, name in ipairs(sortedKeys(map)) do insert(lines, name .. ": " .. money(map[name])) end
  end
  return lines
end

local function makeProducts(random)
  local adjectives = { "Old", "Red", "Small", "Wild", "Quiet", "Golden" }
  local nouns = { "Owl", "River", "Lamp", "Garden", "Box", "Song", "Bread" }
  local products = {}
  for i = 0, 59 do
    local name = adjectives[random(6) + 1] .. " " .. nouns[random(7) + 1]
    local category, price = CATEGORIES[random(5) + 1], 99 + random(6000)
    insert(products, { sku = "P" .. 100 + i, name = name, category = category, price = price, weight = 50 + random(1500) })
  end
  return products
end

local CODES = { "WELCOME", "BOOKS20", "GREEN", "PLAY", "BOGUS" }

local function makeCart(random, products)
  local coupon = random(8) == 0 and CODES[random(5) + 1] or nil
  local cart = Cart.new("customer " .. random(500), REGIONS[random(3) + 1], random(3) == 0, coupon)
  for _ = 1, 1 + random(8) do
    local product = products[random(60) + 1]
    cart:add(product, 1 + random(4))
  end
  return cart
end

function run(n)
  local seed, sum = 42, 0
  local function random(limit)
    seed = seed * 16807 % 2147483647
    return seed % limit
  end
  local function add(rows)
    local text = concat(rows, "\n")
    for i = 1, #text do sum = (sum * 31 + text:byte(i)) % 1000000007 end
  end
  local shop = Shop.new(makeProducts(random))
  for number = 0, n - 1 do add(shop:checkout(number, makeCart(random, shop.products))) end
  add(shop:summary())
  return sum
end
