-- a discrete scheduler: n days of jobs with priorities, dependencies and deadlines on machines; events in time order
local floor, ceil, max, min = math.floor, math.ceil, math.max, math.min

local JOBS = 60
local SKILLS = { "cut", "drill", "weld", "paint" }

-- A binary heap, the first in order first.
local Heap = {}
Heap.__index = Heap

function Heap.new(isBefore) return setmetatable({ items = {}, size = 0, isBefore = isBefore }, Heap) end

function Heap:peek() return self.items[1] end

function Heap:push(item)
  local items, isBefore = self.items, self.isBefore
  local i = self.size + 1
  self.size = i
  while i > 1 do
    local parent = floor(i / 2)
    if not isBefore(item, items[parent]) then break end
    items[i] = items[parent]
    i = parent
  end
  items[i] = item
end

function Heap:pop()
  local items, isBefore, count = self.items, self.isBefore, self.size - 1
  local smallest, item = items[1], items[count + 1]
  items[count + 1] = nil
  self.size = count
  if count == 0 then return smallest end
  local i = 1
  while true do
    local child = 2 * i
    if child > count then break end
    if child < count and isBefore(items[child + 1], items[child]) then child = child + 1 end
    if not isBefore(items[child], item) then break end
    items[i] = items[child]
    i = child
  end
  items[i] = item
  return smallest
end

-- `missing` counts the dependencies that are not done, and one for the release.
local function newJob(id, skill, priority, work, release, deadline)
  return {
    id = id, skill = skill, priority = priority, work = work, release = release, deadline = deadline,
    dependents = {}, missing = 1, finish = 0,
  }
end

local function lateness(job) return max(0, job.finish - job.deadline) end

local function isMoreUrgent(a, b)
  if a.priority ~= b.priority then return a.priority > b.priority end
  if a.deadline ~= b.deadline then return a.deadline < b.deadline end
  return a.id < b.id
end

local function newMachine(name, speed, skills)
  return { name = name, speed = speed, skills = skills, lastSkill = "", busy = 0, jobs = 0 }
end

local Plant = {}
Plant.__index = Plant

local function isEarlier(a, b) return a.time < b.time or a.time == b.time and a.order < b.order end

function Plant.new(machines)
  local plant = { machines = machines, idle = {}, ready = {}, events = Heap.new(isEarlier), order = 0, now = 0 }
  for i, machine in ipairs(machines) do plant.idle[i] = machine end
  for _, skill in ipairs(SKILLS) do plant.ready[skill] = Heap.new(isMoreUrgent) end
  return setmetatable(plant, Plant)
end

function Plant:after(delay, event)
  self.order = self.order + 1
  self.events:push({ time = self.now + delay, order = self.order, event = event })
end

-- One thing less to wait for.
function Plant:advance(job)
  job.missing = job.missing - 1
  if job.missing == 0 then self.ready[job.skill]:push(job) end
end

-- The most urgent job that the machine can do, or nil.
function Plant:take(machine)
  local best
  for _, skill in ipairs(machine.skills) do
    local queue = self.ready[skill]
    if queue.size > 0 and (not best or isMoreUrgent(queue:peek(), best:peek())) then best = queue end
  end
  return best and best:pop()
end

function Plant:start(machine, job)
  local setup = machine.lastSkill == job.skill and 0 or 3
  local duration = setup + ceil(job.work * 100 / machine.speed)
  machine.lastSkill = job.skill
  machine.busy = machine.busy + duration
  machine.jobs = machine.jobs + 1
  self:after(duration, { kind = "finish", job = job, machine = machine })
end

function Plant:dispatch()
  local idle = {}
  for _, machine in ipairs(self.idle) do
    local job = self:take(machine)
    if job then self:start(machine, job) else idle[#idle + 1] = machine end
  end
  self.idle = idle
end

function Plant:handle(event)
  local job, machine = event.job, event.machine
  if event.kind == "release" then
    self:advance(job)
  elseif event.kind == "finish" then
    job.finish = self.now
    for _, dependent in ipairs(job.dependents) do self:advance(dependent) end
    if machine.jobs % 8 == 0 then self:after(25, { kind = "repaired", machine = machine })
    else table.insert(self.idle, machine) end
  elseif event.kind == "repaired" then
    table.insert(self.idle, machine)
  end
end

function Plant:run(jobs)
  for _, job in ipairs(jobs) do self:after(job.release, { kind = "release", job = job }) end
  while self.events.size > 0 do
    local item = self.events:pop()
    self.now = item.time
    self:handle(item.event)
    self:dispatch()
  end
end

local function report(plant, jobs)
  local lines = {}
  local function add(...) lines[#lines + 1] = string.format(...) end
  for priority = 1, 5 do
    local count, worst, total = 0, 0, 0
    for _, job in ipairs(jobs) do
      local time = lateness(job)
      if job.priority == priority and time > 0 then
        count, worst, total = count + 1, max(worst, time), total + time
      end
    end
    if count == 0 then add("priority %d: on time", priority)
    else add("priority %d: %d late, worst %d, mean %d", priority, count, worst, floor(total / count)) end
  end
  for _, machine in ipairs(plant.machines) do
    add("%s: %d jobs, %d%% busy", machine.name, machine.jobs, floor(machine.busy * 100 / plant.now))
  end
  local latest = {}
  for i, job in ipairs(jobs) do latest[i] = job end
  table.sort(latest, function(a, b)
    local lateA, lateB = lateness(a), lateness(b)
    return lateA > lateB or lateA == lateB and a.id < b.id
  end)
  for i = 1, 5 do add("job %d: %d late", latest[i].id, lateness(latest[i])) end
  return lines
end

local function makeJobs(random)
  local jobs = {}
  for id = 0, JOBS - 1 do
    local release = random(400)
    local work = 5 + random(40)
    local job = newJob(id, SKILLS[random(4) + 1], 1 + random(5), work, release, release + work * (3 + random(8)))
    for _ = 1, random(min(3, id + 1)) do
      table.insert(jobs[id - random(min(id, 12))].dependents, job)
      job.missing = job.missing + 1
    end
    jobs[#jobs + 1] = job
  end
  return jobs
end

function run(n)
  local seed, sum = 42, 0
  local function random(limit)
    seed = seed * 16807 % 2147483647
    return seed % limit
  end
  for _ = 1, n do
    local jobs = makeJobs(random)
    local plant = Plant.new({
      newMachine("saw", 100, { "cut" }), newMachine("lathe", 80, { "cut", "drill" }),
      newMachine("robot", 140, { "weld", "drill" }), newMachine("booth", 90, { "paint" }), newMachine("bench", 60, SKILLS),
    })
    plant:run(jobs)
    local text = table.concat(report(plant, jobs), "\n")
    for i = 1, #text do sum = (sum * 31 + text:byte(i)) % 1000000007 end
  end
  return sum
end
