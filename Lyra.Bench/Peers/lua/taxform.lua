-- a tax form: fields that depend on other fields, deductions and brackets, for n generated households, with a line for each
local floor, ceil, min, max = math.floor, math.ceil, math.min, math.max

local brackets = {
  single = { { 11000, 0.1 }, { 44725, 0.12 }, { 95375, 0.22 }, { 182100, 0.24 }, { 231250, 0.32 }, { math.huge, 0.35 } },
  joint = { { 22000, 0.1 }, { 89450, 0.12 }, { 190750, 0.22 }, { 364200, 0.24 }, { 462500, 0.32 }, { math.huge, 0.35 } },
  head = { { 15700, 0.1 }, { 59850, 0.12 }, { 95350, 0.22 }, { 182100, 0.24 }, { 231250, 0.32 }, { math.huge, 0.35 } },
}
local standardDeductions = { single = 13850, joint = 27700, head = 20800 }

local function rounded(amount) return floor(amount + 0.5) end

local function sum(numbers)
  local total = 0
  for _, number in ipairs(numbers) do total = total + number end
  return total
end

local function count(items, condition)
  local total = 0
  for _, item in ipairs(items) do
    if condition(item) then total = total + 1 end
  end
  return total
end

local function bracketTax(income, status)
  local tax, lower = 0, 0
  for _, bracket in ipairs(brackets[status]) do
    if income <= lower then break end
    tax = tax + (min(income, bracket[1]) - lower) * bracket[2]
    lower = bracket[1]
  end
  return rounded(tax)
end

-- A field is a function that computes it from the household and from other fields.
local fields = {}

function fields.wages(form) return sum(form.household.wages) end

function fields.interest(form) return form.household.interest + form.household.dividends end

function fields.business(form) return max(0, form.household.sales - form.household.expenses) end

function fields.businessTax(form) return rounded(form.business * 0.9235 * 0.153) end

function fields.income(form) return form.wages + form.interest + form.business end

function fields.adjustments(form) return min(2500, form.household.studentLoan) + floor(form.businessTax / 2) end

function fields.adjusted(form) return max(0, form.income - form.adjustments) end

function fields.medical(form) return max(0, form.household.medical - rounded(form.adjusted * 0.075)) end

function fields.gifts(form) return min(form.household.gifts, rounded(form.adjusted * 0.6)) end

function fields.itemized(form)
  return form.medical + min(10000, form.household.localTaxes) + form.household.mortgage + form.gifts
end

function fields.standard(form)
  return standardDeductions[form.household.status] + 1500 * count(form.household.ages, function(age) return age >= 65 end)
end

function fields.deduction(form) return max(form.itemized, form.standard) end

function fields.taxable(form) return max(0, form.adjusted - form.deduction) end

function fields.tax(form) return bracketTax(form.taxable, form.household.status) end

function fields.childCredit(form)
  local children = count(form.household.ages, function(age) return age < 17 end)
  local limit = form.household.status == "joint" and 400000 or 200000
  local excess = max(0, form.adjusted - limit)
  return max(0, 2000 * children - 50 * ceil(excess / 1000))
end

-- A part of the earned income up to a limit, less a part of the income above another.
function fields.earnedCredit(form)
  if form.interest > 11000 then return 0 end
  local earned = min(form.wages + form.business, 16000) * 0.21
  local reduction = max(0, form.adjusted - 23000) * 0.16
  return max(0, rounded(earned - reduction))
end

function fields.surtax(form) return rounded(max(0, min(form.interest, form.adjusted - 200000)) * 0.038) end

function fields.total(form) return max(0, form.tax - form.childCredit) + form.businessTax + form.surtax end

function fields.refund(form) return form.household.withheld + form.earnedCredit - form.total end

-- A form computes a field when it is first read.
local Form = {}

function Form.__index(form, name)
  local value = fields[name](form)
  form[name] = value
  return value
end

local function money(amount)
  local text = ("%d"):format(amount):reverse():gsub("(%d%d%d)", "%1,"):reverse():gsub("^,", "")
  return text
end

local function summary(form)
  local household = form.household
  local kind = form.itemized > form.standard and "itemized" or "standard"
  local last = form.refund < 0 and ("to pay %9s"):format(money(-form.refund)) or ("refund %9s"):format(money(form.refund))
  return ("%-16s %-6s %d persons, %s, income %9s, taxable %9s, tax %8s, %s"):format(
    household.name, household.status, #household.ages, kind,
    money(form.income), money(form.taxable), money(form.total), last)
end

local firstNames = { "Ada", "Ben", "Cora", "Dov", "Elsa", "Finn", "Greta", "Hugo", "Iris", "Jon" }
local lastNames = { "Abbot", "Brandt", "Castle", "Dumas", "Ericson", "Fuchs", "Grant", "Holm" }
local statuses = { "single", "joint", "head" }

local function makeHousehold(random)
  local function maybe(percent, limit) return random(100) < percent and random(limit) or 0 end
  local status = statuses[random(3) + 1]
  local adults = status == "joint" and 2 or 1
  local name = firstNames[random(10) + 1] .. " " .. lastNames[random(8) + 1]
  local ages, wages = {}, {}
  for i = 1, adults do ages[i] = 20 + random(60) end
  for _ = 1, random(4) do ages[#ages + 1] = random(22) end
  for i = 1, adults do wages[i] = random(40) * random(4000) end
  return {
    name = name, status = status, ages = ages, wages = wages, interest = maybe(60, 4000), dividends = maybe(20, 40000),
    sales = maybe(25, 150000), expenses = maybe(25, 60000), studentLoan = maybe(20, 4000), medical = maybe(40, 20000),
    localTaxes = random(14000), mortgage = maybe(40, 24000), gifts = maybe(50, 9000),
    withheld = floor(sum(wages) * random(25) / 100),
  }
end

function run(n)
  local seed = 42
  local function random(limit)
    seed = seed * 16807 % 2147483647
    return seed % limit
  end
  local totals, checksum = {}, 0
  for _ = 1, n do
    local form = setmetatable({ household = makeHousehold(random) }, Form)
    local line = summary(form)
    for i = 1, #line do checksum = (checksum * 31 + line:byte(i)) % 1000000007 end
    local status = form.household.status
    local total = totals[status]
    if not total then
      total = { count = 0, income = 0, tax = 0 }
      totals[status] = total
    end
    total.count = total.count + 1
    total.income = total.income + form.income
    total.tax = total.tax + form.total
  end
  local seen = {}
  for status in pairs(totals) do seen[#seen + 1] = status end
  table.sort(seen)
  for _, status in ipairs(seen) do
    local total = totals[status]
    local percent = floor(total.tax * 100 / max(1, total.income))
    checksum = (checksum * 31 + total.count * 1000 + percent + total.tax) % 1000000007
  end
  return checksum
end
