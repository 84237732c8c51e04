-- a nightly bank batch: n nights of transaction lines, parsed, validated and posted, interest, rejected lines, sorted reports
local floor, abs, insert = math.floor, math.abs, table.insert

local PENALTY = 1250
local rates = { savings = 310, checking = 25, business = 40 } -- basis points a year

-- Amounts are in cents; interest is collected in cents * basis points a day and paid at the end of a month.
local Account = {}
Account.__index = Account

function Account.new(fields)
  fields.postings, fields.interest, fields.penalty = 0, 0, 0
  return setmetatable(fields, Account)
end

function Account:post(amount)
  self.balance = self.balance + amount
  self.postings = self.postings + 1
end

function Account:covers(amount) return self.balance + self.overdraft >= amount end

function Account:accrue()
  if self.balance >= 0 then
    self.interest = self.interest + self.balance * rates[self.kind]
  else
    self.penalty = self.penalty - self.balance * PENALTY
  end
end

function Account:payInterest()
  self.balance = self.balance + floor(self.interest / 3650000) - floor(self.penalty / 3650000)
  self.interest, self.penalty = 0, 0
end

-- The cents of an amount such as "120.50", or nil.
local function parseAmount(text)
  local whole, cents = text:match("^(%d+)%.(%d%d)$")
  return whole and tonumber(whole) * 100 + tonumber(cents)
end

local function money(cents)
  local sign, amount = cents < 0 and "-" or "", abs(cents)
  return ("%s%d.%02d"):format(sign, floor(amount / 100), amount % 100)
end

-- The accounts are in the order of their ids; byId finds one.
local Bank = {}
Bank.__index = Bank

function Bank.new(accounts)
  local byId = {}
  for _, account in ipairs(accounts) do byId[account.id] = account end
  return setmetatable({ accounts = accounts, byId = byId }, Bank)
end

-- Posts a transaction line such as "W;1007;120.50;;rent". Gives the reason if it is rejected, else nil.
function Bank:process(line)
  local kind, id, text, targetId = line:match("^([^;]*);([^;]*);([^;]*);([^;]*);[^;]*$")
  if not kind then return "wrong number of fields" end
  local account = self.byId[id]
  if not account then return "unknown account" end
  if account.isClosed then return "closed account" end
  local amount = parseAmount(text)
  if not amount or amount == 0 then return "bad amount" end
  if kind == "D" then
    account:post(amount)
  elseif kind == "F" then
    account:post(-amount)
  elseif kind == "W" then
    if not account:covers(amount) then return "insufficient funds" end
    account:post(-amount)
  elseif kind == "T" then
    local target = self.byId[targetId]
    if not target or target.isClosed or target == account then return "bad target" end
    if not account:covers(amount) then return "insufficient funds" end
    account:post(-amount)
    target:post(amount)
  else
    return "unknown kind"
  end
  return nil
end

-- Processes the lines of a night and gives those that are rejected.
function Bank:runNight(lines, isMonthEnd)
  local rejects = {}
  for _, account in ipairs(self.accounts) do account.postings = 0 end
  for i, line in ipairs(lines) do
    local reason = self:process(line)
    if reason then insert(rejects, { number = i, reason = reason, line = line }) end
  end
  for _, account in ipairs(self.accounts) do
    account:accrue()
    if isMonthEnd then account:payInterest() end
  end
  return rejects
end

-- The active accounts by branch, the richest first, and the rejected lines by reason.
function Bank:report(night, rejects)
  local lines, branches, names = { "NIGHT " .. night }, {}, {}
  for _, account in ipairs(self.accounts) do
    if account.postings > 0 then
      if not branches[account.branch] then
        branches[account.branch] = {}
        insert(names, account.branch)
      end
      insert(branches[account.branch], account)
    end
  end
  table.sort(names)
  for _, name in ipairs(names) do
    local accounts, total = branches[name], 0
    table.sort(accounts, function(a, b)
      if a.balance ~= b.balance then return a.balance > b.balance end
      return a.id < b.id
    end)
    for _, account in ipairs(accounts) do
      total = total + account.balance
      insert(lines, ("  %s %-9s%3d%14s"):format(account.id, account.kind, account.postings, money(account.balance)))
    end
    insert(lines, ("%-16s%14s"):format(name, money(total)))
  end
  table.sort(rejects, function(a, b)
    if a.reason ~= b.reason then return a.reason < b.reason end
    return a.number < b.number
  end)
  for _, reject in ipairs(rejects) do
    insert(lines, ("! %s: line %d, %s"):format(reject.reason, reject.number, reject.line))
  end
  return lines
end

local accountKinds = { "savings", "checking", "business" }
local branches = { "Northgate", "Harbour", "Old Town", "Mill Lane", "Station" }
local lineKinds = { "D", "D", "W", "W", "W", "T", "T", "F" }
local memos = { "rent", "wages", "groceries", "invoice", "savings plan" }

local function makeAccounts(random)
  local accounts = {}
  for i = 0, 59 do
    local kind = accountKinds[random(3) + 1]
    accounts[i + 1] = Account.new({
      id = tostring(1000 + i), kind = kind, overdraft = kind == "savings" and 0 or 50000,
      branch = branches[random(5) + 1], balance = random(500000), isClosed = random(20) == 0,
    })
  end
  return accounts
end

-- One line of ten has a random mistake.
local function makeLine(random)
  local kind = lineKinds[random(8) + 1]
  local id = ("%d"):format(1000 + random(60))
  local amount = money(kind == "F" and 1 + random(500) or 1 + random(90000))
  local target = kind == "T" and ("%d"):format(1000 + random(60)) or ""
  local memo = memos[random(5) + 1]
  local mistake = random(50)
  if mistake == 0 then return kind .. ";" .. id .. ";" .. amount .. ";" .. target end
  if mistake == 1 then amount = amount:gsub("%.", ",")
  elseif mistake == 2 then kind = "X"
  elseif mistake == 3 then id = "9" .. id
  elseif mistake == 4 then amount = "-" .. amount end
  return kind .. ";" .. id .. ";" .. amount .. ";" .. target .. ";" .. memo
end

function run(n)
  local seed = 42
  local function random(limit)
    seed = seed * 16807 % 2147483647
    return seed % limit
  end
  local bank, checksum = Bank.new(makeAccounts(random)), 0
  for night = 1, n do
    local lines = {}
    for i = 1, 100 do lines[i] = makeLine(random) end
    local rejects = bank:runNight(lines, night % 30 == 0)
    for _, line in ipairs(bank:report(night, rejects)) do
      for i = 1, #line do checksum = (checksum * 31 + line:byte(i)) % 1000000007 end
    end
  end
  return checksum
end
