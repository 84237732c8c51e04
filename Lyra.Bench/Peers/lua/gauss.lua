-- n systems of linear equations on tables of tables of floats: Gaussian elimination with pivoting, determinants, inverses
local MODULUS = 1000000007
local EPSILON = 1e-9

local seed = 31

local function random(limit)
  seed = seed * 16807 % 2147483647
  return seed % limit
end

local function randomValue() return random(2000) / 1000 - 1 end

local function map(list, f)
  local result = {}
  for i, v in ipairs(list) do result[i] = f(v) end
  return result
end

local function randomVector(size)
  local v = {}
  for i = 1, size do v[i] = randomValue() end
  return v
end

local function randomMatrix(size)
  local m = {}
  for i = 1, size do m[i] = randomVector(size) end
  return m
end

local function identity(size)
  local m = {}
  for i = 1, size do
    m[i] = {}
    for j = 1, size do m[i][j] = i == j and 1.0 or 0.0 end
  end
  return m
end

-- The matrix with the columns of another one at its right.
local function augment(a, b)
  local m = {}
  for i, row in ipairs(a) do
    local joined = {}
    for _, v in ipairs(row) do table.insert(joined, v) end
    for _, v in ipairs(b[i]) do table.insert(joined, v) end
    m[i] = joined
  end
  return m
end

local function pivotRow(m, column)
  local best = column
  for i = column + 1, #m do
    if math.abs(m[i][column]) > math.abs(m[best][column]) then best = i end
  end
  if math.abs(m[best][column]) < EPSILON then
    error({ kind = "Singular", message = "no pivot in column " .. column })
  end
  return best
end

-- Brings the square part at the left to upper triangular form, in place; the result is its determinant.
local function eliminate(m)
  local size = #m
  local width = #m[1]
  local determinant = 1.0
  for column = 1, size do
    local pivot = pivotRow(m, column)
    if pivot ~= column then
      m[column], m[pivot] = m[pivot], m[column]
      determinant = -determinant
    end
    determinant = determinant * m[column][column]
    for i = column + 1, size do
      local factor = m[i][column] / m[column][column]
      for j = column, width do m[i][j] = m[i][j] - factor * m[column][j] end
    end
  end
  return determinant
end

local function solve(a, b)
  local size = #a
  local m = augment(a, map(b, function(v) return { v } end))
  local determinant = eliminate(m)
  local x = {}
  for i = 1, size do x[i] = 0.0 end
  for i = size, 1, -1 do
    local sum = m[i][size + 1]
    for j = i + 1, size do sum = sum - m[i][j] * x[j] end
    x[i] = sum / m[i][i]
  end
  return x, determinant
end

local function inverse(a)
  local size = #a
  local m = augment(a, identity(size))
  eliminate(m)
  for column = size, 1, -1 do
    local pivot = m[column][column]
    m[column] = map(m[column], function(v) return v / pivot end)
    for i = 1, column - 1 do
      local factor = m[i][column]
      for j = 1, 2 * size do m[i][j] = m[i][j] - factor * m[column][j] end
    end
  end
  return map(m, function(row)
    local right = {}
    for j = size + 1, 2 * size do table.insert(right, row[j]) end
    return right
  end)
end

local function dot(u, v)
  local sum = 0.0
  for i, x in ipairs(u) do sum = sum + x * v[i] end
  return sum
end

local function apply(a, v) return map(a, function(row) return dot(row, v) end) end

local function transpose(a)
  local m = {}
  for j = 1, #a[1] do m[j] = map(a, function(row) return row[j] end) end
  return m
end

local function multiply(a, b)
  local columns = transpose(b)
  return map(a, function(row)
    return map(columns, function(column) return dot(row, column) end)
  end)
end

local function largest(v)
  local best = 0.0
  for _, x in ipairs(v) do best = math.max(best, math.abs(x)) end
  return best
end

local function rounded(x) return math.floor(x * 1000 + 0.5) % MODULUS end

local function digest(v)
  local hash = 0
  for _, x in ipairs(v) do hash = (hash * 31 + rounded(x)) % MODULUS end
  return hash
end

local function solveOne(number)
  local size = 3 + random(10)
  local a = randomMatrix(size)
  local b = randomVector(size)
  if number % 8 == 7 then a[size] = map(a[1], function(v) return v * 2 end) end -- no solution
  local x, determinant = solve(a, b)
  local errors = {}
  for i, p in ipairs(apply(a, x)) do errors[i] = p - b[i] end
  assert(largest(errors) < 0.001, "wrong solution")
  local hash = digest(x) + rounded(determinant)
  if number % 4 == 0 then
    local inverted = inverse(a)
    for _, row in ipairs(inverted) do hash = (hash * 31 + digest(row)) % MODULUS end
    for i, row in ipairs(multiply(a, inverted)) do assert(math.abs(row[i] - 1) < 0.001, "wrong inverse") end
  end
  return hash
end

function run(n)
  seed = 31
  local checksum = 0
  local singular = 0
  for i = 0, n - 1 do
    local ok, result = pcall(solveOne, i)
    if ok then
      checksum = (checksum * 31 + result) % MODULUS
    elseif type(result) == "table" and result.kind == "Singular" then
      singular = singular + 1
    else
      error(result)
    end
  end
  return (checksum * 31 + singular) % MODULUS
end
