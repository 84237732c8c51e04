-- Plans n weeks of meetings: merges the busy times of many calendars, books free slots and reports the load
local DAYS = 5
local DAY = 24 * 60
local OPENS = 9 * 60
local CLOSES = 18 * 60

local Slot = {}
Slot.__index = Slot

function Slot.new(start, finish) return setmetatable({ start = start, finish = finish }, Slot) end
function Slot:minutes() return self.finish - self.start end
function Slot:day() return math.floor(self.start / DAY) end

local departments = {
  anna = "sales", bert = "sales", carla = "design", dora = "design", emil = "support",
  fritz = "support", greta = "sales", hanna = "legal", ivan = "design", julia = "legal",
}
local people = { "anna", "bert", "carla", "dora", "emil", "fritz", "greta", "hanna", "ivan", "julia" }
local topics = { "review", "planning", "interview", "training", "standup", "budget" }
local seed = 42

local function random(limit)
  seed = seed * 16807 % 2147483647
  return seed % limit
end

local function randomCalendar()
  local meetings = {}
  for day = 0, DAYS - 1 do
    for _ = 1, random(4) + 1 do
      local start = day * DAY + OPENS + random(32) * 15
      local title = topics[random(#topics) + 1]
      table.insert(meetings, { title = title, start = start, finish = start + (random(4) + 1) * 15 })
    end
  end
  return meetings
end

local function randomRequest(number)
  local title = topics[random(#topics) + 1] .. " " .. number
  local attendees = {}
  for _, name in ipairs(people) do
    if random(3) == 0 then table.insert(attendees, name) end
  end
  if #attendees < 2 then
    attendees = { people[1], people[random(9) + 2] }
  end
  local priority = random(3)
  return { title = title, priority = priority, minutes = (random(6) + 1) * 15, attendees = attendees }
end

-- Joins slots that overlap or touch; the result is in order of time. Sorts the given list.
local function merge(slots)
  table.sort(slots, function(a, b) return a.start < b.start end)
  local merged = {}
  for _, slot in ipairs(slots) do
    local last = merged[#merged]
    if last and slot.start <= last.finish then
      last.finish = math.max(last.finish, slot.finish)
    else
      table.insert(merged, Slot.new(slot.start, slot.finish))
    end
  end
  return merged
end

local function busySlots(meetings)
  local slots = {}
  for i, m in ipairs(meetings) do slots[i] = Slot.new(m.start, m.finish) end
  return merge(slots)
end

-- The gaps between the busy slots of each day's working hours.
local function freeSlots(busy)
  local byDay = {}
  for _, slot in ipairs(busy) do
    local day = slot:day()
    byDay[day] = byDay[day] or {}
    table.insert(byDay[day], slot)
  end
  local free = {}
  for day = 0, DAYS - 1 do
    local time = day * DAY + OPENS
    for _, slot in ipairs(byDay[day] or {}) do
      if slot.start > time then table.insert(free, Slot.new(time, slot.start)) end
      time = slot.finish
    end
    local closes = day * DAY + CLOSES
    if time < closes then table.insert(free, Slot.new(time, closes)) end
  end
  return free
end

-- The tightest slot in which all can meet, of these the earliest; nil if there is none.
local function findSlot(calendars, request)
  local meetings = {}
  for _, name in ipairs(request.attendees) do
    for _, m in ipairs(calendars[name]) do table.insert(meetings, m) end
  end
  local free = {}
  for _, slot in ipairs(freeSlots(busySlots(meetings))) do
    if slot:minutes() >= request.minutes then table.insert(free, slot) end
  end
  table.sort(free, function(a, b)
    if a:minutes() ~= b:minutes() then return a:minutes() < b:minutes() end
    return a.start < b.start
  end)
  return free[1]
end

-- A number made of the minutes per person and per department, busiest first, and of the conflicts.
local function report(calendars)
  local minutes, perDepartment, conflicts = {}, {}, 0
  for name, meetings in pairs(calendars) do
    local busy = busySlots(meetings)
    local department = departments[name]
    minutes[name] = 0
    for _, slot in ipairs(busy) do minutes[name] = minutes[name] + slot:minutes() end
    perDepartment[department] = (perDepartment[department] or 0) + minutes[name]
    conflicts = conflicts + #meetings - #busy
  end
  local result = conflicts

  local function byTotal(totals)
    local names = {}
    for name in pairs(totals) do table.insert(names, name) end
    table.sort(names, function(a, b)
      if totals[a] ~= totals[b] then return totals[a] > totals[b] end
      return a < b
    end)
    return names
  end

  for _, name in ipairs(byTotal(minutes)) do
    result = (result * 31 + minutes[name] + name:byte()) % 1000000007
  end
  for _, department in ipairs(byTotal(perDepartment)) do
    result = (result * 31 + perDepartment[department] + #department) % 1000000007
  end
  return result
end

local function planWeek()
  local calendars = {}
  for _, name in ipairs(people) do calendars[name] = randomCalendar() end
  local requests = {}
  for number = 0, 5 do table.insert(requests, randomRequest(number)) end
  table.sort(requests, function(a, b)
    if a.priority ~= b.priority then return a.priority > b.priority end
    return a.title < b.title
  end)

  local sum = 0
  for _, request in ipairs(requests) do
    local slot = findSlot(calendars, request)
    if slot then
      for _, name in ipairs(request.attendees) do
        local finish = slot.start + request.minutes
        table.insert(calendars[name], { title = request.title, start = slot.start, finish = finish })
      end
      sum = (sum * 31 + slot.start * 100 + request.minutes) % 1000000007
    else
      sum = (sum * 31 + #request.title) % 1000000007
    end
  end
  return (sum * 31 + report(calendars)) % 1000000007
end

function run(n)
  seed = 42
  local sum = 0
  for _ = 1, n do
    sum = (sum * 31 + planWeek()) % 1000000007
  end
  return sum
end
