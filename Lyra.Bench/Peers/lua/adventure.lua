-- A text adventure: scripted players explore rooms, carry things and bring them to the vault, n typed commands in all
local WIDTH = 6
local HEIGHT = 4
local MODULUS = 1000000007

local directions = { "north", "east", "south", "west" }
local opposite = { north = "south", east = "west", south = "north", west = "east" }
local short = { n = "go north", e = "go east", s = "go south", w = "go west", l = "look", i = "inventory", get = "take" }
local noise = { the = true, a = true, an = true, to = true, at = true, my = true, please = true }
local places = { "hall", "cellar", "library", "garden", "tower", "kitchen", "crypt", "stable" }
local moods = { "dark", "quiet", "dusty" }
local materials = { "brass", "silver", "wooden", "golden", "rusty" }
local things = { "lamp", "key", "cup", "sword", "crown", "book" }
local tour = { "Look", "examine the lamp", "n", "Take the LAMP please", "say hello to everybody", "e", "i",
  "go south", "dance", "get all", "w", "drop the lamp", "go up", "score", "take", "drop all" }

local seed = 11

local function random(limit)
  seed = seed * 16807 % 2147483647
  return seed % limit
end

local function choose(list) return list[random(#list) + 1] end

local function split(text)
  local words = {}
  for word in text:gmatch("%S+") do table.insert(words, word) end
  return words
end

local function contains(list, value)
  for _, v in ipairs(list) do
    if v == value then return true end
  end
  return false
end

local function removeItem(items, item)
  for i, other in ipairs(items) do
    if other == item then
      table.remove(items, i)
      return
    end
  end
end

local Room = {}
Room.__index = Room

function Room.new(number, name)
  return setmetatable({ number = number, name = name, exits = {}, items = {} }, Room)
end

function Room:ways()
  local ways = {}
  for _, d in ipairs(directions) do
    if self.exits[d] then table.insert(ways, d) end
  end
  return ways
end

-- think is a function from the player to the next line typed.
local function newPlayer(name, room, think)
  return { name = name, room = room, think = think, items = {}, score = 0, moves = 0 }
end

local function join(first, direction, second, key)
  first.exits[direction] = { room = second, key = key }
  second.exits[opposite[direction]] = { room = first, key = key }
end

local function buildRooms()
  local rooms = {}
  for i = 0, WIDTH * HEIGHT - 1 do
    table.insert(rooms, Room.new(i, moods[math.floor(i / #places) + 1] .. " " .. places[i % #places + 1]))
  end
  for i, room in ipairs(rooms) do
    local x = (i - 1) % WIDTH
    if x + 1 < WIDTH then join(room, "east", rooms[i + 1], nil) end
    if i + WIDTH <= #rooms and (x == 0 or random(2) == 0) then
      join(room, "south", rooms[i + WIDTH], x > 0 and random(3) == 0 and "rusty key" or nil)
    end
  end
  for _, material in ipairs(materials) do
    for _, thing in ipairs(things) do
      table.insert(choose(rooms).items, { name = material .. " " .. thing, value = 5 + random(40) })
    end
  end
  return rooms
end

local function names(items)
  if #items == 0 then return "nothing" end
  local list = {}
  for _, item in ipairs(items) do table.insert(list, "a " .. item.name) end
  return table.concat(list, ", ")
end

-- The first item whose name has all the words.
local function pick(items, words)
  for _, item in ipairs(items) do
    local parts = split(item.name)
    local all = true
    for _, w in ipairs(words) do
      if not contains(parts, w) then all = false break end
    end
    if all then return item end
  end
  return nil
end

local Game = {}
Game.__index = Game

function Game.new(rooms)
  local game = setmetatable({ rooms = rooms, players = {} }, Game)
  game.verbs = {
    look = function(player, words) return game:look(player, words) end,
    go = function(player, words) return game:go(player, words) end,
    take = function(player, words) return game:take(player, words) end,
    drop = function(player, words) return game:drop(player, words) end,
    examine = function(player, words) return game:examine(player, words) end,
    inventory = function(player) return "You carry " .. names(player.items) .. "." end,
    say = function(player, words) return player.name .. " says: " .. table.concat(words, " ") .. "!" end,
    score = function(player) return player.score .. " points in " .. player.moves .. " moves." end,
  }
  return game
end

function Game:look(player)
  local room = player.room
  local others = {}
  for _, p in ipairs(self.players) do
    if p.room == room and p ~= player then table.insert(others, p.name) end
  end
  local company = #others == 0 and "" or " Here: " .. table.concat(others, ", ") .. "."
  return "You are in the " .. room.name .. ". Exits: " .. table.concat(room:ways(), ", ") ..
    ". You see " .. names(room.items) .. "." .. company
end

function Game:go(player, words)
  if #words == 0 then return "Go where?" end
  local exit = player.room.exits[words[1]]
  if not exit then return "You can't go " .. words[1] .. " from here." end
  if exit.key and not pick(player.items, { split(exit.key)[2] }) then return "The door needs a key." end
  player.room = exit.room
  player.moves = player.moves + 1
  return "You walk to the " .. exit.room.name .. "."
end

function Game:take(player, words)
  local room = player.room
  if #words == 0 then return "Take what?" end
  if #player.items >= 5 then return "Your hands are full." end
  local item
  if words[1] == "all" and #room.items > 0 then item = room.items[1] else item = pick(room.items, words) end
  if not item then return "There is no " .. table.concat(words, " ") .. " here." end
  removeItem(room.items, item)
  table.insert(player.items, item)
  return "Taken: " .. item.name .. "."
end

-- What is dropped in the vault (room 0) scores, and turns up elsewhere.
function Game:drop(player, words)
  local everything = #words == 1 and words[1] == "all"
  local dropped = {}
  for _, item in ipairs(player.items) do
    local all = true
    if not everything then
      for _, w in ipairs(words) do
        if not item.name:find(w, 1, true) then all = false break end
      end
    end
    if all then table.insert(dropped, item) end
  end
  if #dropped == 0 then return "You have no " .. table.concat(words, " ") .. "." end
  for _, item in ipairs(dropped) do
    removeItem(player.items, item)
    if player.room.number == 0 then
      player.score = player.score + item.value
      table.insert(choose(self.rooms).items, item)
    else
      table.insert(player.room.items, item)
    end
  end
  return "Dropped: " .. names(dropped) .. "."
end

function Game:examine(player, words)
  local item = pick(player.items, words) or pick(player.room.items, words)
  if not item then return "You see no such thing." end
  return "The " .. item.name .. " is worth " .. item.value .. "."
end

function Game:perform(player, line)
  local words = split(line:lower())
  if short[words[1]] then
    local expanded = split(short[words[1]])
    for i = 2, #words do table.insert(expanded, words[i]) end
    words = expanded
  end
  local rest = {}
  for i = 2, #words do
    if not noise[words[i]] then table.insert(rest, words[i]) end
  end
  local verb = self.verbs[words[1]]
  if not verb then return "I don't know how to " .. words[1] .. "." end
  return verb(player, rest)
end

local function wander(player)
  local which = random(10)
  if which == 0 then return "look"
  elseif which == 1 then return "inventory"
  elseif which == 2 then return "examine the " .. choose(things)
  else return "go to the " .. choose(directions) end
end

local function collect(player)
  local room = player.room
  if room.number == 0 and #player.items > 0 then return "drop all" end
  if #player.items >= 4 then return room.exits.west and "go west" or "go north" end
  if #room.items > 0 and random(4) > 0 then return "take the " .. choose(room.items).name end
  return "go " .. choose(room:ways())
end

local function follow(script)
  local at = 0
  return function(player)
    at = at % #script + 1
    return script[at]
  end
end

function run(n)
  seed = 11
  local game = Game.new(buildRooms())
  local backwards = {}
  for _, line in ipairs(tour) do table.insert(backwards, 1, line) end
  for i, think in ipairs({ wander, collect, follow(tour), collect, follow(backwards) }) do
    table.insert(game.players, newPlayer("Player" .. i, game.rooms[(i - 1) * 5 + 1], think))
  end
  local checksum = 0
  for i = 0, n - 1 do
    local player = game.players[i % #game.players + 1]
    local reply = game:perform(player, player.think(player))
    local middle = reply:byte(math.floor(#reply / 2) + 1)
    checksum = (checksum * 31 + #reply * 1000 + middle + player.score + player.room.number) % MODULUS
  end
  return checksum
end
