-- n paragraphs of text in booklets: wrap and justify the lines, fill pages, add an index of words with page numbers
local MOD = 1000000007
local WIDTH = 64
local INDENT = 4
local PAGE_LINES = 20
local PARAGRAPHS = 12

local syllables =
  { "ba", "con", "de", "fi", "gor", "ha", "in", "jul", "ke", "lan", "mo", "nu", "per", "ra", "ti", "us" }
local seed = 42

local function random(limit)
  seed = seed * 16807 % 2147483647
  return seed % limit
end

local function extend(list, items)
  for _, item in ipairs(items) do list[#list + 1] = item end
end

local function makeVocabulary(count)
  local words = {}
  for i = 1, count do
    local word = ""
    for k = 1, 1 + random(4) do word = word .. syllables[random(#syllables) + 1] end
    words[i] = word
  end
  return words
end

local function makeSentence(vocabulary)
  local size = 4 + random(10)
  local words = {}
  for i = 1, size do
    local word = vocabulary[random(#vocabulary) + 1]
    if i == 1 then word = word:sub(1, 1):upper() .. word:sub(2) end
    if i < size and random(8) == 0 then word = word .. "," end
    words[i] = word
  end
  return table.concat(words, " ") .. "."
end

local function makeParagraph(vocabulary)
  local sentences = {}
  for i = 1, 2 + random(4) do sentences[i] = makeSentence(vocabulary) end
  return table.concat(sentences, " ")
end

-- Lists of the words that fit into a line each.
local function wrap(text, width, indent)
  local rows = {}
  local row = {}
  local used = indent
  for word in text:gmatch("%S+") do
    if #row > 0 and used + #word > width then
      rows[#rows + 1] = row
      row = {}
      used = 0
    end
    row[#row + 1] = word
    used = used + #word + 1
  end
  if #row > 0 then rows[#rows + 1] = row end
  return rows
end

local function justify(words, width)
  if #words == 1 then return words[1] end
  local gaps = #words - 1
  local spaces = width
  for _, word in ipairs(words) do spaces = spaces - #word end
  local narrow = math.floor(spaces / gaps)
  local wider = spaces % gaps
  local parts = {}
  for i, word in ipairs(words) do
    parts[#parts + 1] = word
    if i <= gaps then parts[#parts + 1] = (" "):rep(i <= wider and narrow + 1 or narrow) end
  end
  return table.concat(parts)
end

local function center(text, width) return (" "):rep(math.floor((width - #text) / 2)) .. text end

local function layoutParagraph(text)
  local rows = wrap(text, WIDTH, INDENT)
  local lines = {}
  for i, row in ipairs(rows) do
    local indent = i == 1 and INDENT or 0
    local body = i == #rows and table.concat(row, " ") or justify(row, WIDTH - indent)
    lines[i] = (" "):rep(indent) .. body
  end
  return lines
end

local function paginate(lines)
  local pages = {}
  local page
  for i, line in ipairs(lines) do
    if (i - 1) % PAGE_LINES == 0 then
      page = { number = #pages + 1, lines = {} }
      pages[#pages + 1] = page
    end
    page.lines[#page.lines + 1] = line
  end
  return pages
end

local function collectTerms(pages)
  local terms = {}
  for _, page in ipairs(pages) do
    for _, line in ipairs(page.lines) do
      for word in line:gmatch("%S+") do
        local term = word:gsub("[,.]", ""):lower()
        if #term >= 7 then
          local numbers = terms[term]
          if not numbers then
            terms[term] = { page.number }
          elseif numbers[#numbers] ~= page.number then
            numbers[#numbers + 1] = page.number
          end
        end
      end
    end
  end
  return terms
end

-- "2, 4-6" for { 2, 4, 5, 6 }
local function formatNumbers(numbers)
  local parts = {}
  local i = 1
  while i <= #numbers do
    local j = i
    while numbers[j + 1] == numbers[j] + 1 do j = j + 1 end
    parts[#parts + 1] = i == j and tostring(numbers[i]) or numbers[i] .. "-" .. numbers[j]
    i = j + 1
  end
  return table.concat(parts, ", ")
end

local function layoutIndex(terms)
  local entries = {}
  for term in pairs(terms) do entries[#entries + 1] = term end
  table.sort(entries)
  for i, term in ipairs(entries) do entries[i] = term .. " " .. formatNumbers(terms[term]) end
  local half = math.floor((#entries + 1) / 2)
  local lines = { center("Index", WIDTH) }
  for i = 1, half do
    lines[#lines + 1] = string.format("%-32s", entries[i]) .. (entries[i + half] or "")
  end
  return lines
end

local function layoutBook(title, vocabulary, paragraphs)
  local lines = {}
  for i = 0, paragraphs - 1 do
    if i % 4 == 0 then extend(lines, { center(string.format("%s, part %d", title, i / 4 + 1), WIDTH), "" }) end
    extend(lines, layoutParagraph(makeParagraph(vocabulary)))
  end
  local pages = paginate(lines)
  local result = {}
  for _, page in ipairs(pages) do
    extend(result, page.lines)
    result[#result + 1] = center("- " .. page.number .. " -", WIDTH)
  end
  extend(result, layoutIndex(collectTerms(pages)))
  return result
end

function run(n)
  seed = 42
  local vocabulary = makeVocabulary(150)
  local sum = 0
  for first = 0, n - 1, PARAGRAPHS do
    local title = string.format("Booklet %d", first / PARAGRAPHS + 1)
    for _, line in ipairs(layoutBook(title, vocabulary, math.min(PARAGRAPHS, n - first))) do
      sum = (sum * 31 + #line) % MOD
      for k = 1, #line, 5 do sum = (sum * 31 + line:byte(k)) % MOD end
    end
  end
  return sum
end
