-- a rule-based chat bot in n conversations: patterns with wildcards, remembered facts, replies built from templates
local insert, concat = table.insert, table.concat

local synonyms = {
  hi = "hello", hey = "hello", love = "like", enjoy = "like", adore = "like", bye = "goodbye", mum = "mother",
  dad = "father", never = "always", colour = "color",
}
local reflections = {
  i = "you", me = "you", my = "your", am = "are", mine = "yours", you = "I", your = "my", myself = "yourself",
}

-- The words of each sentence of a text.
local function sentences(text)
  local result = {}
  for sentence in text:lower():gsub("i'm", "i am"):gmatch("[^.!?]+") do
    local words = {}
    for word in sentence:gmatch("[^ ,]+") do insert(words, synonyms[word] or word) end
    if #words > 0 then insert(result, words) end
  end
  return result
end

local function slice(list, first, last)
  local part = {}
  for i = first, last do insert(part, list[i]) end
  return part
end

-- The words that the wildcards of a pattern stand for, or nil; a wildcard stands for one word or more.
local function capture(pattern, words, p, w)
  if p > #pattern then return w > #words and {} or nil end
  if pattern[p] == "*" then
    for last = w, #words do
      local captures = capture(pattern, words, p + 1, last + 1)
      if captures then
        insert(captures, 1, slice(words, w, last))
        return captures
      end
    end
    return nil
  end
  if pattern[p] ~= words[w] then return nil end
  return capture(pattern, words, p + 1, w + 1)
end

local function reflect(words)
  local result = {}
  for i, word in ipairs(words) do result[i] = reflections[word] or word end
  return concat(result, " ")
end

-- An answer that takes one template after the other.
local function say(...)
  local templates, count = { ... }, 0
  return function()
    count = count + 1
    return templates[(count - 1) % #templates + 1]
  end
end

local function remember(bot, captures)
  local topic, value = concat(captures[1], " "), reflect(captures[2])
  local known = bot.facts[topic]
  bot.facts[topic] = value
  if not known then return "so your {1} is {2}, {name|my friend}." end
  if known == value then return "you have told me that, {name|my friend}." end
  return "i thought that your {1} was " .. known .. "."
end

local function recall(bot, captures)
  local known = bot.facts[concat(captures[1], " ")]
  return known and "your {1} is " .. known .. ", isn't it?" or "you never told me about your {1}."
end

local function forget(bot, captures)
  local topic = concat(captures[1], " ")
  local known = bot.facts[topic]
  bot.facts[topic] = nil
  return known and "forgotten." or "i know nothing about your {1}."
end

local function summarize(bot)
  local topics = {}
  for topic in pairs(bot.facts) do insert(topics, topic) end
  if #topics == 0 then return "i know nothing about you." end
  table.sort(topics)
  return "i know about your " .. concat(topics, ", your ") .. "."
end

local function rule(pattern, answer)
  local words = {}
  for word in pattern:gmatch("%S+") do insert(words, word) end
  return { pattern = words, answer = answer }
end

local function makeRules()
  return {
    rule("hello", say("hello, {name|stranger}.", "how are you, {name|stranger}?", "we have met.")),
    rule("hello *", say("hello! who is {1}?", "hello to you.")),
    rule("my * is *", remember),
    rule("what is my *", recall),
    rule("forget my *", forget),
    rule("what do you know *", summarize),
    rule("i am * because *", say("would you be {1} if not {2}?", "is it only because {2}?")),
    rule("i am *", say("how long have you been {1}?", "do you like to be {1}?", "are your {mother|parents} {1} too?")),
    rule("i like * and *", say("what is better, {1} or {2}?", "i like {2}, too.")),
    rule("i like * more than *", say("is {2} so bad?", "{1} would be nothing for me, {name|my friend}.")),
    rule("i like *", say("what do you like about {1}?", "does your {dog|neighbour} like {1}?")),
    rule("do you * me", say("why should i {1} you?", "i {1} everybody.")),
    rule("do you *", say("i {1} now and then.", "do you {1}?")),
    rule("* always *", say("always?", "can you think of one time when {1} did not {2}?")),
    rule("* you * me *", say("why do you think that i {2} you {3}?")),
    rule("* because *", say("is that the reason?", "what else could be because {2}?")),
    rule("goodbye *", say("goodbye, {name|stranger}. greet your {dog|cat}.")),
    rule("*", say("please go on.", "what does {1} mean?", "let us speak of your {job|family}.", "i see.")),
  }
end

local Bot = {}
Bot.__index = Bot

function Bot.new(rules) return setmetatable({ rules = rules, facts = {} }, Bot) end

-- Puts captured words in the place of {1} and facts, or what follows the bar, in that of {name|default}.
function Bot:fill(template, captures)
  local text = template:gsub("{(.-)}", function(hole)
    local name, fallback = hole:match("(.*)|(.*)")
    if name then return self.facts[name] or fallback end
    return reflect(captures[tonumber(hole)])
  end)
  return text
end

function Bot:answer(words)
  for _, rule in ipairs(self.rules) do
    local captures = capture(rule.pattern, words, 1, 1)
    if captures then
      local text = self:fill(rule.answer(self, captures), captures)
      return text:sub(1, 1):upper() .. text:sub(2)
    end
  end
end

function Bot:reply(text)
  local answers = {}
  for _, words in ipairs(sentences(text)) do insert(answers, self:answer(words)) end
  return concat(answers, " ")
end

local topics = { "name", "dog", "job", "mum", "favourite colour", "car", "oldest friend" }
local values = { "Robin", "dark red", "a teacher of music", "very old, but happy", "afraid of my neighbour", "lost", "Max" }
local things = { "green tea", "rainy days", "chess", "my garden", "old films", "you", "long walks with my dog" }
local people = { "my brother", "everyone", "the man next door", "you", "nobody at work" }

-- A form of input has the words that are picked in the place of T, V, W and P.
local lists = { T = topics, V = values, W = things, P = people }
local forms = {
  "Hi!", "Hey %P. I'm %V.", "My %T is %V.", "My %T is %V.", "My %T is %V.",
  "What is my %T? I am %V, because my %T is %V.", "I love %W and %W. Do you like %W?", "I enjoy %W more than %W!",
  "%P always told me about %W.", "Well, %P said you told me to like %W. Do you hear me?",
  "What do you know about me? Forget my %T!", "%P went away because of %W, and I adore %W.", "Bye for now, I think of %W.",
}

local function makeInput(random)
  local text = forms[random(13) + 1]:gsub("%%(%u)", function(list) return lists[list][random(#lists[list]) + 1] end)
  return text
end

function run(n)
  local seed = 42
  local function random(limit)
    seed = seed * 16807 % 2147483647
    return seed % limit
  end
  local sum = 0
  for _ = 1, n do
    local bot = Bot.new(makeRules())
    for _ = 1, 25 do
      local text = bot:reply(makeInput(random))
      for i = 1, #text do sum = (sum * 31 + text:byte(i)) % 1000000007 end
    end
  end
  return sum
end
