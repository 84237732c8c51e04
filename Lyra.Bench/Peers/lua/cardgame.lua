-- German whist, a trick-taking game for two: n games between three players with simple strategies, scores and a histogram
local floor, insert, remove, concat = math.floor, table.insert, table.remove, table.concat

local RANKS = "23456789TJQKA"

local Card = {}
Card.__index = Card

function Card.new(suit, rank) return setmetatable({ suit = suit, rank = rank }, Card) end

function Card:value(trump) return self.suit == trump and self.rank + 13 or self.rank end

-- Whether this card takes the trick from the card that was led.
function Card:beats(led, trump)
  if self.suit == led.suit then return self.rank > led.rank end
  return self.suit == trump
end

function Card:__tostring() return RANKS:sub(self.rank + 1, self.rank + 1) .. self.suit end

local function filter(list, condition)
  local result = {}
  for _, item in ipairs(list) do
    if condition(item) then insert(result, item) end
  end
  return result
end

local function slice(list, first, last)
  local result = {}
  for i = first, last do insert(result, list[i]) end
  return result
end

local function indexOf(list, item)
  for i, other in ipairs(list) do
    if other == item then return i end
  end
  return nil
end

local function cheapest(cards, trump)
  local best = cards[1]
  for _, card in ipairs(cards) do
    if card:value(trump) < best:value(trump) then best = card end
  end
  return best
end

local function dearest(cards, trump)
  local best = cards[1]
  for _, card in ipairs(cards) do
    if card:value(trump) > best:value(trump) then best = card end
  end
  return best
end

-- The cheapest card that takes the trick, or else the cheapest.
local function takeOrDiscard(cards, led, trump)
  local winners = filter(cards, function(card) return card:beats(led, trump) end)
  return cheapest(#winners == 0 and cards or winners, trump)
end

-- Tries to take every trick.
local Bold = {}
Bold.__index = Bold

function Bold.new() return setmetatable({}, Bold) end

function Bold:lead(hand, game) return dearest(hand, game.trump) end

function Bold:follow(cards, led, game) return takeOrDiscard(cards, led, game.trump) end

-- Tries to take tricks for a good prize.
local Careful = {}
Careful.__index = Careful

function Careful.new(limit) return setmetatable({ limit = limit }, Careful) end

function Careful:wants(game) return not game.prize or game.prize:value(game.trump) >= self.limit end

function Careful:lead(hand, game)
  return self:wants(game) and dearest(hand, game.trump) or cheapest(hand, game.trump)
end

function Careful:follow(cards, led, game)
  if self:wants(game) then return takeOrDiscard(cards, led, game.trump) end
  local losers = filter(cards, function(card) return not card:beats(led, game.trump) end)
  return cheapest(#losers == 0 and cards or losers, game.trump)
end

-- Remembers the played cards and leads those that no card of their suit can beat any more.
local Counting = {}
Counting.__index = Counting

function Counting.new() return setmetatable({}, Counting) end

function Counting:isMaster(card, hand, game)
  for _, other in ipairs(game.deck) do
    if other.suit == card.suit and other.rank > card.rank and not game.played[other] and not indexOf(hand, other) then
      return false
    end
  end
  return true
end

function Counting:lead(hand, game)
  local masters = filter(hand, function(card) return self:isMaster(card, hand, game) end)
  return cheapest(#masters == 0 and hand or masters, game.trump)
end

function Counting:follow(cards, led, game) return takeOrDiscard(cards, led, game.trump) end

local Player = {}
Player.__index = Player

function Player.new(name, strategy)
  return setmetatable({ name = name, strategy = strategy, hand = {}, tricks = 0, wins = 0, score = 0 }, Player)
end

function Player:begin(hand)
  self.hand = hand
  self.tricks = 0
end

function Player:lead(game) return self:play(self.strategy:lead(self.hand, game), game) end

function Player:follow(led, game)
  local legal = filter(self.hand, function(card) return card.suit == led.suit end)
  return self:play(self.strategy:follow(#legal == 0 and self.hand or legal, led, game), game)
end

function Player:play(card, game)
  remove(self.hand, indexOf(self.hand, card))
  game.played[card] = true
  return card
end

-- The winner of a trick gets the prize, the loser the card below it; tricks without a prize count. Gives the cards played.
local function playGame(deck, first, second)
  local stock = slice(deck, 27, 52)
  -- What both players see. In the second half of a game there is no prize.
  local game = { trump = stock[#stock].suit, deck = deck, played = {} }
  first:begin(slice(deck, 1, 13))
  second:begin(slice(deck, 14, 26))
  local leader, follower, log = first, second, {}
  for _ = 1, 26 do
    game.prize = stock[#stock]
    local led = leader:lead(game)
    local reply = follower:follow(led, game)
    insert(log, tostring(led) .. tostring(reply))
    if reply:beats(led, game.trump) then leader, follower = follower, leader end
    if game.prize then
      insert(leader.hand, remove(stock))
      insert(follower.hand, remove(stock))
    else
      leader.tricks = leader.tricks + 1
    end
  end
  return concat(log, " ")
end

local function shuffled(cards, random)
  local deck = slice(cards, 1, #cards)
  for i = #deck, 2, -1 do
    local j = random(i) + 1
    deck[i], deck[j] = deck[j], deck[i]
  end
  return deck
end

function run(n)
  local seed, sum = 42, 0
  local function random(limit)
    seed = seed * 16807 % 2147483647
    return seed % limit
  end
  local function mix(text)
    for i = 1, #text do sum = (sum * 31 + text:byte(i)) % 1000000007 end
  end
  local cards, histogram = {}, {}
  for suit in ("CDHS"):gmatch(".") do
    for rank = 0, 12 do insert(cards, Card.new(suit, rank)) end
  end
  local players = { Player.new("Ann", Bold.new()), Player.new("Bert", Careful.new(9)), Player.new("Cleo", Counting.new()) }
  for i = 0, n - 1 do
    local first, second = players[i % 3 + 1], players[(i + 1) % 3 + 1]
    mix(playGame(shuffled(cards, random), first, second))
    local winner = first.tricks > second.tricks and first or second
    winner.wins = winner.wins + 1
    winner.score = winner.score + winner.tricks - 6
    histogram[winner.tricks] = (histogram[winner.tricks] or 0) + 1
  end
  local report = {}
  table.sort(players, function(a, b) return a.score > b.score end)
  for _, player in ipairs(players) do insert(report, ("%s: %d %d"):format(player.name, player.wins, player.score)) end
  for tricks = 0, 13 do
    if histogram[tricks] then insert(report, tricks .. " " .. ("#"):rep(floor(histogram[tricks] * 100 / n))) end
  end
  mix(concat(report, "\n"))
  return sum
end
