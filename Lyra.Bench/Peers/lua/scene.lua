-- n scene graphs of shapes in nested transforms, each visited for its bounds, its areas by color and the shapes under points
local MODULUS = 1000000007

local turns = { { 1, 0 }, { 0.6, 0.8 }, { 0, 1 }, { 0.8, -0.6 } } -- cosine and sine
local colors = { "red", "green", "blue", "white" }
local seed = 5

local function random(limit)
  seed = seed * 16807 % 2147483647
  return seed % limit
end

local function point(x, y) return { x = x, y = y } end

local Box = {}
Box.__index = Box

function Box.new(left, top, right, bottom)
  return setmetatable({ left = left, top = top, right = right, bottom = bottom }, Box)
end

function Box:union(o)
  return Box.new(math.min(self.left, o.left), math.min(self.top, o.top),
    math.max(self.right, o.right), math.max(self.bottom, o.bottom))
end

function Box:contains(p)
  return p.x >= self.left and p.x <= self.right and p.y >= self.top and p.y <= self.bottom
end

function Box:area() return (self.right - self.left) * (self.bottom - self.top) end

local function boxOf(points)
  local box = Box.new(points[1].x, points[1].y, points[1].x, points[1].y)
  for _, p in ipairs(points) do box = box:union(Box.new(p.x, p.y, p.x, p.y)) end
  return box
end

-- x' = a x + c y + e, y' = b x + d y + f
local Transform = {}
Transform.__index = Transform

function Transform.new(a, b, c, d, e, f)
  return setmetatable({ a = a or 1, b = b or 0, c = c or 0, d = d or 1, e = e or 0, f = f or 0 }, Transform)
end

function Transform.__mul(s, o)
  return Transform.new(
    s.a * o.a + s.c * o.b, s.b * o.a + s.d * o.b,
    s.a * o.c + s.c * o.d, s.b * o.c + s.d * o.d,
    s.a * o.e + s.c * o.f + s.e, s.b * o.e + s.d * o.f + s.f)
end

function Transform:apply(p)
  return point(self.a * p.x + self.c * p.y + self.e, self.b * p.x + self.d * p.y + self.f)
end

function Transform:determinant() return self.a * self.d - self.b * self.c end

function Transform:inverse()
  local k = self:determinant()
  return Transform.new(self.d / k, -self.b / k, -self.c / k, self.a / k,
    (self.c * self.f - self.d * self.e) / k, (self.b * self.e - self.a * self.f) / k)
end

local Circle = {}
Circle.__index = Circle

function Circle.new(center, radius, color)
  return setmetatable({ center = center, radius = radius, color = color }, Circle)
end

function Circle:accept(visitor) return visitor:visitCircle(self) end

local Rect = {}
Rect.__index = Rect

function Rect.new(corner, width, height, color)
  return setmetatable({ corner = corner, width = width, height = height, color = color }, Rect)
end

function Rect:accept(visitor) return visitor:visitRect(self) end

function Rect:corners()
  local x, y = self.corner.x, self.corner.y
  return { point(x, y), point(x + self.width, y), point(x + self.width, y + self.height), point(x, y + self.height) }
end

local Polygon = {}
Polygon.__index = Polygon

function Polygon.new(points, color) return setmetatable({ points = points, color = color }, Polygon) end

function Polygon:accept(visitor) return visitor:visitPolygon(self) end

local Group = {}
Group.__index = Group

function Group.new(transform, children)
  return setmetatable({ transform = transform, children = children or {} }, Group)
end

function Group:accept(visitor) return visitor:visitGroup(self) end

-- Gives the box around a shape.
local Bounds = {}
Bounds.__index = Bounds

function Bounds.new(transform) return setmetatable({ transform = transform }, Bounds) end

function Bounds:visitCircle(circle)
  local t = self.transform
  local center = t:apply(circle.center)
  local w = circle.radius * math.sqrt(t.a * t.a + t.c * t.c)
  local h = circle.radius * math.sqrt(t.b * t.b + t.d * t.d)
  return Box.new(center.x - w, center.y - h, center.x + w, center.y + h)
end

function Bounds:around(points)
  local moved = {}
  for i, p in ipairs(points) do moved[i] = self.transform:apply(p) end
  return boxOf(moved)
end

function Bounds:visitRect(rect) return self:around(rect:corners()) end

function Bounds:visitPolygon(polygon) return self:around(polygon.points) end

function Bounds:visitGroup(group)
  local inner = Bounds.new(self.transform * group.transform)
  local box
  for _, child in ipairs(group.children) do
    local other = child:accept(inner)
    box = box and box:union(other) or other
  end
  return box
end

-- Adds up the areas by color.
local Areas = {}
Areas.__index = Areas

function Areas.new() return setmetatable({ totals = {}, scale = 1 }, Areas) end

function Areas:add(color, area) self.totals[color] = (self.totals[color] or 0) + area * self.scale end

function Areas:visitCircle(circle) self:add(circle.color, math.pi * circle.radius * circle.radius) end

function Areas:visitRect(rect) self:add(rect.color, rect.width * rect.height) end

function Areas:visitPolygon(polygon)
  local sum = 0
  local last = polygon.points[#polygon.points]
  for _, p in ipairs(polygon.points) do
    sum = sum + (last.x * p.y - p.x * last.y)
    last = p
  end
  self:add(polygon.color, math.abs(sum) / 2)
end

function Areas:visitGroup(group)
  local outer = self.scale
  self.scale = outer * math.abs(group.transform:determinant())
  for _, child in ipairs(group.children) do child:accept(self) end
  self.scale = outer
end

-- Counts the shapes under a point.
local Hits = {}
Hits.__index = Hits

function Hits.new(p) return setmetatable({ point = p }, Hits) end

function Hits:visitCircle(circle)
  local dx = self.point.x - circle.center.x
  local dy = self.point.y - circle.center.y
  return dx * dx + dy * dy <= circle.radius * circle.radius and 1 or 0
end

function Hits:visitRect(rect) return boxOf(rect:corners()):contains(self.point) and 1 or 0 end

function Hits:visitPolygon(polygon)
  local p = self.point
  local inside = false
  local a = polygon.points[#polygon.points]
  for _, b in ipairs(polygon.points) do
    if (a.y > p.y) ~= (b.y > p.y) and p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x then inside = not inside end
    a = b
  end
  return inside and 1 or 0
end

function Hits:visitGroup(group)
  local inner = Hits.new(group.transform:inverse():apply(self.point))
  local count = 0
  for _, child in ipairs(group.children) do count = count + child:accept(inner) end
  return count
end

local function randomPoint(size)
  local x = random(size * 10) / 10
  return point(x, random(size * 10) / 10)
end

local function randomTransform()
  local turn = turns[random(#turns) + 1]
  local cosine, sine = turn[1], turn[2]
  local scale = (1 + random(4)) / 2
  local x = random(30)
  local y = random(30)
  return Transform.new(1, 0, 0, 1, x, y) * Transform.new(cosine * scale, sine * scale, -sine * scale, cosine * scale)
end

local build

local function randomShape(depth)
  local color = colors[random(#colors) + 1]
  local which = random(depth > 0 and 6 or 3)
  if which == 0 then
    local center = randomPoint(20)
    return Circle.new(center, 1 + random(9), color)
  elseif which == 1 then
    local corner = randomPoint(20)
    local width = 1 + random(12)
    return Rect.new(corner, width, 1 + random(12), color)
  elseif which == 2 then
    local points = {}
    for i = 1, 3 + random(3) do points[i] = randomPoint(20) end
    return Polygon.new(points, color)
  end
  return build(depth - 1)
end

function build(depth)
  local group = Group.new(randomTransform())
  for _ = 1, 2 + random(3) do table.insert(group.children, randomShape(depth)) end
  return group
end

local function rounded(x) return math.floor(x * 1000 + 0.5) % MODULUS end

local function survey(scene)
  local box = scene:accept(Bounds.new(Transform.new()))
  local hash = rounded(box.left) + rounded(box.bottom) + rounded(box:area())
  local areas = Areas.new()
  scene:accept(areas)
  for _, color in ipairs(colors) do hash = (hash * 31 + rounded(areas.totals[color] or 0)) % MODULUS end
  for i = 0, 5 do
    local p = point(box.left + (box.right - box.left) * (i + 1) / 8, box.top + (box.bottom - box.top) * (7 - i) / 8)
    hash = hash * 7 + scene:accept(Hits.new(p))
  end
  return hash % MODULUS
end

function run(n)
  seed = 5
  local checksum = 0
  for _ = 1, n do
    local transform = randomTransform()
    local left = build(3)
    local scene = Group.new(transform, { left, build(3) })
    checksum = (checksum * 31 + survey(scene)) % MODULUS
  end
  return checksum
end
