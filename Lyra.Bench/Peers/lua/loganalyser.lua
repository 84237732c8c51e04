-- a log analyser: n lines are generated and parsed; groups by host, path and minute, percentiles, top lists, sessions
local floor, ceil, max = math.floor, math.ceil, math.max
local format, concat = string.format, table.concat

local SESSION_GAP = 1800
local METHODS = { "GET", "GET", "GET", "POST", "PUT" }
local STATUSES = { 200, 200, 200, 200, 304, 302, 404, 500 }
local FILES = { "app.js", "site.css", "logo.png" }

local function makePath(random)
  local kind = random(6)
  if kind == 0 then return "/" end
  if kind == 1 then return "/items/" .. random(500) end
  if kind == 2 then return "/items/" .. random(500) .. "/reviews?page=" .. random(9) end
  if kind == 3 then return "/search?q=word" .. random(90) end
  if kind == 4 then return "/users/" .. random(300) .. "/orders" end
  return "/static/" .. FILES[random(3) + 1]
end

local function makeLines(n, random)
  local time, lines = 86400, {}
  for i = 1, n do
    time = time + random(10)
    if random(60) == 0 then
      lines[i] = "-- log rotated --"
    else
      local day, hours, minutes = floor(time / 86400), floor(time / 3600) % 24, floor(time / 60) % 60
      local stamp = format("%02d/Mar/2026:%02d:%02d:%02d", day, hours, minutes, time % 60)
      local user = random(4) == 0 and "-" or "user" .. random(300)
      local request = METHODS[random(5) + 1] .. " " .. makePath(random)
      local slow = random(40) == 0 and 1000 or 0
      local rest = format("%d %d %d", STATUSES[random(8) + 1], random(20000), 5 + random(40) * (1 + random(6)) + slow)
      lines[i] = format('web%d %s [%s] "%s" %s', random(6), user, stamp, request, rest)
    end
  end
  return lines
end

-- Seconds, from "05/Mar/2026:12:34:56".
local function parseTime(text)
  local day, hours, minutes, seconds = text:match("^(%d+)/%a+/%d+:(%d+):(%d+):(%d+)$")
  return ((tonumber(day) * 24 + tonumber(hours)) * 60 + tonumber(minutes)) * 60 + tonumber(seconds)
end

-- The path without its query, and with ":id" for numbers.
local function normalize(target) return (target:match("^[^?]*"):gsub("/%d[^/]*", "/:id")) end

-- An entry, or nil if the line is none.
local function parse(line)
  local host, user, time, method, target, status, size, duration =
    line:match('^(%S+) (%S+) %[(%S+)%] "(%S+) (%S+)" (%d+) (%d+) (%d+)$')
  if not host then return nil end
  return {
    host = host, user = user ~= "-" and user or nil, time = parseTime(time), method = method, path = normalize(target),
    status = tonumber(status), size = tonumber(size), duration = tonumber(duration),
  }
end

-- Entries without a key are in no group.
local function groupBy(entries, keyOf)
  local groups = {}
  for _, entry in ipairs(entries) do
    local key = keyOf(entry)
    if key and groups[key] then table.insert(groups[key], entry) elseif key then groups[key] = { entry } end
  end
  return groups
end

local function percentile(ordered, percent) return ordered[ceil(#ordered * percent / 100)] end

-- The keys of the largest groups.
local function top(groups, count)
  local keys, result = {}, {}
  for key in pairs(groups) do keys[#keys + 1] = key end
  table.sort(keys, function(a, b) return #groups[a] > #groups[b] or #groups[a] == #groups[b] and a < b end)
  for i = 1, math.min(count, #keys) do result[i] = keys[i] end
  return result
end

local function reportHosts(entries, out)
  local hosts, names = groupBy(entries, function(entry) return entry.host end), {}
  for host in pairs(hosts) do names[#names + 1] = host end
  table.sort(names)
  for _, host in ipairs(names) do
    local bytes, errors = 0, 0
    for _, entry in ipairs(hosts[host]) do
      bytes = bytes + entry.size
      if entry.status >= 500 then errors = errors + 1 end
    end
    out[#out + 1] = format("%s: %d requests, %d kB, %d errors", host, #hosts[host], floor(bytes / 1024), errors)
  end
end

local function reportPaths(entries, out)
  local groups = groupBy(entries, function(entry) return entry.method .. " " .. entry.path end)
  for _, path in ipairs(top(groups, 10)) do
    local times, columns = {}, {}
    for i, entry in ipairs(groups[path]) do times[i] = entry.duration end
    table.sort(times)
    for i, percent in ipairs({ 50, 90, 99 }) do columns[i] = format("p%d %5d", percent, percentile(times, percent)) end
    out[#out + 1] = format("%-30s %6d %s", path, #times, concat(columns, " "))
  end
end

local function reportMinutes(entries, out)
  local groups = groupBy(entries, function(entry) return floor(entry.time / 60) end)
  for _, minute in ipairs(top(groups, 5)) do
    local slowest = 0
    for _, entry in ipairs(groups[minute]) do slowest = max(slowest, entry.duration) end
    local day, hours = floor(minute / 1440), floor(minute / 60) % 24
    out[#out + 1] = format("day %d %02d:%02d %d slowest %d", day, hours, minute % 60, #groups[minute], slowest)
  end
end

-- A session ends when its user is silent for half an hour.
local function reportSessions(entries, out)
  local lengths = {}
  for _, visits in pairs(groupBy(entries, function(entry) return entry.user end)) do
    local start = visits[1].time
    local last = start
    for _, visit in ipairs(visits) do
      if visit.time - last > SESSION_GAP then
        lengths[#lengths + 1] = last - start
        start = visit.time
      end
      last = visit.time
    end
    lengths[#lengths + 1] = last - start
  end
  table.sort(lengths)
  out[#out + 1] = format("%d sessions, median %d s, longest %d s", #lengths, percentile(lengths, 50), lengths[#lengths])
end

function run(n)
  local seed = 42
  local function random(limit)
    seed = seed * 16807 % 2147483647
    return seed % limit
  end
  local text = concat(makeLines(n, random), "\n")
  local count, entries = 0, {}
  for line in text:gmatch("[^\n]+") do
    count = count + 1
    local entry = parse(line)
    if entry then entries[#entries + 1] = entry end
  end
  local out = { format("%d entries, %d other lines", #entries, count - #entries) }
  reportHosts(entries, out)
  reportPaths(entries, out)
  reportMinutes(entries, out)
  reportSessions(entries, out)
  local report, sum = concat(out, "\n"), #text
  for i = 1, #report do sum = (sum * 31 + report:byte(i)) % 1000000007 end
  return sum
end
