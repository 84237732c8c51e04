-- Evaluates n generated programs with a tokenizer and a recursive descent parser that computes while it parses
local function fail(message) error({ message = message }) end

local function tokenize(source)
  local tokens = {}
  local i = 1
  while i <= #source do
    local c = source:sub(i, i)
    if c == " " then
      i = i + 1
    elseif c:find("%d") then
      local text = source:match("^[%d.]+", i)
      table.insert(tokens, { kind = "number", text = text })
      i = i + #text
    elseif c:find("[%l_]") then
      local text = source:match("^[%l%d_]+", i)
      table.insert(tokens, { kind = "name", text = text })
      i = i + #text
    elseif ("+-*/(),="):find(c, 1, true) then
      i = i + 1
      table.insert(tokens, { kind = c, text = c })
    else
      fail("unexpected character '" .. c .. "'")
    end
  end
  table.insert(tokens, { kind = "end", text = "" })
  return tokens
end

local function divide(a, b)
  if b == 0 then fail("division by zero") end
  return a / b
end

local function add(args)
  local total = 0
  for _, value in ipairs(args) do total = total + value end
  return total
end

local unpack = table.unpack or unpack

local functions = {
  abs = function(args) return math.abs(args[1]) end,
  sqrt = function(args) return math.sqrt(args[1]) end,
  floor = function(args) return math.floor(args[1]) end,
  max = function(args) return math.max(unpack(args)) end,
  min = function(args) return math.min(unpack(args)) end,
  sum = add,
  avg = function(args) return add(args) / #args end,
}

local Parser = {}
Parser.__index = Parser

function Parser.new(tokens, variables)
  return setmetatable({ tokens = tokens, variables = variables, position = 1 }, Parser)
end

function Parser:peek() return self.tokens[self.position].kind end

function Parser:advance()
  self.position = self.position + 1
  return self.tokens[self.position - 1]
end

function Parser:accept(kind)
  local found = self:peek() == kind
  if found then self.position = self.position + 1 end
  return found
end

function Parser:expect(kind)
  if not self:accept(kind) then fail("expected " .. kind .. " but found " .. self:peek()) end
end

-- statement = [name "="] expression
function Parser:statement()
  local target
  if self:peek() == "name" and self.tokens[self.position + 1].kind == "=" then
    target = self:advance().text
    self:expect("=")
  end
  local value = self:expression()
  self:expect("end")
  if math.abs(value) > 1e9 then fail("overflow") end
  if target then self.variables[target] = value end
  return value
end

-- expression = term {("+" | "-") term}
function Parser:expression()
  local value = self:term()
  while true do
    if self:accept("+") then value = value + self:term()
    elseif self:accept("-") then value = value - self:term()
    else return value end
  end
end

-- term = factor {("*" | "/") factor}
function Parser:term()
  local value = self:factor()
  while true do
    if self:accept("*") then value = value * self:factor()
    elseif self:accept("/") then value = divide(value, self:factor())
    else return value end
  end
end

-- factor = "-" factor | number | name | name "(" arguments ")" | "(" expression ")"
function Parser:factor()
  local token = self:advance()
  if token.kind == "number" then
    return tonumber(token.text)
  elseif token.kind == "-" then
    return -self:factor()
  elseif token.kind == "(" then
    local value = self:expression()
    self:expect(")")
    return value
  elseif token.kind == "name" then
    if self:accept("(") then return self:call(token.text) end
    local value = self.variables[token.text]
    if value == nil then fail("unknown variable " .. token.text) end
    return value
  end
  fail("unexpected " .. token.kind)
end

function Parser:call(name)
  local f = functions[name]
  if not f then fail("unknown function " .. name) end
  local args = { self:expression() }
  while self:accept(",") do table.insert(args, self:expression()) end
  self:expect(")")
  return f(args)
end

local names = { "x", "y", "total", "rate_1", "count" }
local folds = { "avg", "min", "sum" }
local seed = 42

local function random(limit)
  seed = seed * 16807 % 2147483647
  return seed % limit
end

local function number()
  if random(3) == 0 then return random(30) .. "." .. random(100) end
  return tostring(random(20))
end

local function generate(depth)
  if depth == 0 or random(8) == 0 then
    if random(3) == 0 then return number() end
    return names[random(#names) + 1]
  end
  local a = generate(depth - 1)
  local which = random(12)
  if which <= 2 then return a .. " + " .. generate(depth - 1)
  elseif which <= 4 then return a .. " - (" .. generate(depth - 1) .. ")"
  elseif which <= 6 then return number() .. " * (" .. a .. ")"
  elseif which == 7 then return "(" .. a .. ") / (" .. generate(depth - 1) .. ")"
  elseif which == 8 then return "-(" .. a .. ") * 0.5"
  elseif which == 9 then return "max(" .. a .. ", " .. generate(depth - 1) .. ", " .. number() .. ")"
  elseif which == 10 then return "sqrt(abs(" .. a .. "))"
  else return folds[random(3) + 1] .. "(" .. a .. ", floor(" .. generate(depth - 1) .. "))" end
end

-- Four assignments and an expression.
local function generateProgram()
  local lines = {}
  for i = 2, #names do table.insert(lines, names[i] .. " = " .. generate(3)) end
  table.insert(lines, generate(4))
  return lines
end

local function evaluate(lines, x)
  local variables = { x = x, y = 1, total = 100, rate_1 = 0.25, count = 3 }
  local result = 0
  for _, line in ipairs(lines) do
    result = Parser.new(tokenize(line), variables):statement()
  end
  return result
end

function run(n)
  seed = 42
  local sum = 0
  for _ = 1, n do
    local program = generateProgram()
    for x = 1, 3 do
      local ok, result = pcall(evaluate, program, x)
      if ok then
        local sign = result < 0 and 7 or 3
        sum = (sum * 31 + math.floor(math.abs(result) * 1000 + 0.5) + sign) % 1000000007
      else
        if type(result) ~= "table" then error(result) end
        sum = (sum * 31 + #result.message) % 1000000007
      end
    end
  end
  return sum
end
