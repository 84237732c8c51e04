-- A bank ledger: n deposits, withdrawals and transfers, some of them refused, with monthly interest and statements
local ACCOUNTS = 60
local MONTH = 400 -- operations from one month's end to the next
local MODULUS = 1000000007

local owners = { "Adams", "Bertini", "Chen", "Dubois", "Eriksen", "Fischer", "Gupta" }
local seed = 7

local function random(limit)
  seed = seed * 16807 % 2147483647
  return seed % limit
end

local function money(cents)
  local sign = cents < 0 and "-" or ""
  local value = math.abs(cents)
  return string.format("%s%d.%02d", sign, math.floor(value / 100), value % 100)
end

local function accountId(number) return "AC-" .. (1000 + number) end

local function refuse(kind, message) error({ kind = kind, message = message }) end

local Account = {}
Account.__index = Account

function Account.new(id, owner, savings, overdraft)
  return setmetatable({
    id = id, owner = owner, savings = savings, overdraft = overdraft,
    balance = 0, frozen = false, entries = {},
  }, Account)
end

function Account:record(day, kind, amount)
  self.balance = self.balance + amount
  table.insert(self.entries, { day = day, kind = kind, amount = amount, balance = self.balance })
end

function Account:check(amount)
  if amount <= 0 then refuse("InvalidAmount", money(amount) .. " is not a positive amount") end
  if self.frozen then refuse("FrozenAccount", "account " .. self.id .. " is frozen") end
end

function Account:deposit(day, amount, kind)
  self:check(amount)
  self:record(day, kind or "deposit", amount)
end

function Account:withdraw(day, amount, kind)
  self:check(amount)
  if self.balance + self.overdraft < amount then
    refuse("InsufficientFunds", self.id .. " has " .. money(self.balance) .. " but needs " .. money(amount))
  end
  self:record(day, kind or "withdrawal", -amount)
end

function Account:addInterest()
  local interest = 0
  if self.balance < 0 then interest = -math.floor(-self.balance * 18 / 1200)
  elseif self.savings then interest = math.floor(self.balance * 3 / 1200) end
  if interest ~= 0 then self:record(30, "interest", interest) end
end

function Account:statement(month)
  local lines = { string.format("%s %s, month %d", self.id, self.owner, month) }
  local paidIn, paidOut = 0, 0
  for _, e in ipairs(self.entries) do
    if e.amount > 0 then paidIn = paidIn + e.amount else paidOut = paidOut - e.amount end
    table.insert(lines, string.format("%2d %-12s %10s %10s", e.day, e.kind, money(e.amount), money(e.balance)))
  end
  table.insert(lines, "in " .. money(paidIn) .. ", out " .. money(paidOut) .. ", balance " .. money(self.balance))
  return lines
end

local Bank = {}
Bank.__index = Bank

function Bank.new()
  return setmetatable({ accounts = {}, order = {}, refused = {}, attempts = 0, bounced = 0, checksum = 0 }, Bank)
end

function Bank:open(number)
  local id = accountId(number)
  local owner = owners[number % #owners + 1]
  local account = Account.new(id, owner, number % 3 == 0, number % 4 * 20000)
  self.accounts[id] = account
  table.insert(self.order, account)
end

function Bank:find(id)
  local account = self.accounts[id]
  if not account then refuse("UnknownAccount", "there is no account " .. id) end
  return account
end

function Bank:transfer(day, fromId, toId, amount)
  local source = self:find(fromId)
  local target = self:find(toId)
  source:withdraw(day, amount, "transfer out")
  local ok, e = pcall(target.deposit, target, day, amount, "transfer in")
  if not ok then
    source:record(day, "returned", amount)
    error(e)
  end
end

function Bank:refuse(e)
  self.refused[e.kind] = (self.refused[e.kind] or 0) + 1
  self:add(#e.message)
end

function Bank:add(value)
  self.checksum = (self.checksum * 31 + value) % MODULUS
end

function Bank:closeMonth(month)
  for _, account in ipairs(self.order) do
    account:addInterest()
    local lines = account:statement(month)
    self:add(#table.concat(lines, "\n"))
    local last = lines[#lines]
    for i = 1, #last do self:add(last:byte(i)) end
    account.entries = {}
    account.frozen = false
  end
end

local function operate(bank, day)
  local pick = random(100)
  local id = accountId(random(ACCOUNTS + 1))
  local amount = random(40000) - 300
  if pick < 29 then
    bank:find(id):deposit(day, amount)
  elseif pick < 60 then
    bank:find(id):withdraw(day, amount)
  elseif pick < 99 then
    bank:transfer(day, id, accountId(random(ACCOUNTS)), amount)
  else
    bank:find(id).frozen = true
  end
end

function run(n)
  seed = 7
  local bank = Bank.new()
  for i = 0, ACCOUNTS - 1 do bank:open(i) end
  for i = 0, n - 1 do
    local ok, e = pcall(operate, bank, 1 + math.floor(i % MONTH * 30 / MONTH))
    if not ok then
      if type(e) ~= "table" then error(e) end
      if e.kind == "InsufficientFunds" then bank.bounced = bank.bounced + 1 end
      bank:refuse(e)
    end
    bank.attempts = bank.attempts + 1
    if bank.attempts % MONTH == 0 then bank:closeMonth(bank.attempts / MONTH) end
  end
  bank:closeMonth(0)
  local kinds = {}
  for kind in pairs(bank.refused) do table.insert(kinds, kind) end
  table.sort(kinds)
  for _, kind in ipairs(kinds) do bank:add(bank.refused[kind]) end
  bank:add(bank.bounced)
  return bank.checksum
end
