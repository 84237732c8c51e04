// n paragraphs of text in booklets: wrap and justify the lines, fill pages, add an index of words with page numbers
const MOD = 1000000007;
const WIDTH = 64;
const INDENT = 4;
const PAGE_LINES = 20;
const PARAGRAPHS = 12;

const syllables = ["ba", "con", "de", "fi", "gor", "ha", "in", "jul", "ke", "lan", "mo", "nu", "per", "ra", "ti", "us"];
let seed = 42;

function random(limit) {
  seed = seed * 16807 % 2147483647;
  return seed % limit;
}

function makeVocabulary(count) {
  const words = [];
  for (let i = 0; i < count; i++) {
    let word = "";
    const size = 1 + random(4);
    for (let k = 0; k < size; k++) word += syllables[random(syllables.length)];
    words.push(word);
  }
  return words;
}

function makeSentence(vocabulary) {
  const size = 4 + random(10);
  const words = [];
  for (let i = 0; i < size; i++) {
    let word = vocabulary[random(vocabulary.length)];
    if (i === 0) word = word[0].toUpperCase() + word.slice(1);
    if (i < size - 1 && random(8) === 0) word += ",";
    words.push(word);
  }
  return words.join(" ") + ".";
}

function makeParagraph(vocabulary) {
  const sentences = [];
  const size = 2 + random(4);
  for (let i = 0; i < size; i++) sentences.push(makeSentence(vocabulary));
  return sentences.join(" ");
}

// Lists of the words that fit into a line each.
function wrap(words, width, indent) {
  const rows = [];
  let row = [];
  let used = indent;
  for (const word of words) {
    if (row.length > 0 && used + word.length > width) {
      rows.push(row);
      row = [];
      used = 0;
    }
    row.push(word);
    used += word.length + 1;
  }
  if (row.length > 0) rows.push(row);
  return rows;
}

function justify(words, width) {
  if (words.length === 1) return words[0];
  const gaps = words.length - 1;
  const spaces = width - words.reduce((total, w) => total + w.length, 0);
  const narrow = Math.floor(spaces / gaps);
  const wider = spaces % gaps;
  let line = "";
  words.forEach((word, i) => {
    line += word;
    if (i < gaps) line += " ".repeat(i < wider ? narrow + 1 : narrow);
  });
  return line;
}

const center = (text, width) => " ".repeat(Math.floor((width - text.length) / 2)) + text;

function layoutParagraph(text) {
  const rows = wrap(text.split(" "), WIDTH, INDENT);
  return rows.map((row, i) => {
    const indent = i === 0 ? INDENT : 0;
    const body = i === rows.length - 1 ? row.join(" ") : justify(row, WIDTH - indent);
    return " ".repeat(indent) + body;
  });
}

function paginate(lines) {
  const pages = [];
  for (let i = 0; i < lines.length; i += PAGE_LINES) {
    pages.push({ number: pages.length + 1, lines: lines.slice(i, i + PAGE_LINES) });
  }
  return pages;
}

function collectTerms(pages) {
  const terms = new Map();
  for (const page of pages) {
    for (const line of page.lines) {
      for (const word of line.trim().split(/ +/)) {
        const term = word.replace(",", "").replace(".", "").toLowerCase();
        if (term.length < 7) continue;
        const numbers = terms.get(term);
        if (!numbers) terms.set(term, [page.number]);
        else if (numbers[numbers.length - 1] !== page.number) numbers.push(page.number);
      }
    }
  }
  return terms;
}

// "2, 4-6" for [2, 4, 5, 6]
function formatNumbers(numbers) {
  const parts = [];
  let i = 0;
  while (i < numbers.length) {
    let j = i;
    while (j + 1 < numbers.length && numbers[j + 1] === numbers[j] + 1) j++;
    parts.push(i === j ? String(numbers[i]) : `${numbers[i]}-${numbers[j]}`);
    i = j + 1;
  }
  return parts.join(", ");
}

function layoutIndex(terms) {
  const entries = [...terms.keys()].sort().map(term => `${term} ${formatNumbers(terms.get(term))}`);
  const half = Math.floor((entries.length + 1) / 2);
  const lines = [center("Index", WIDTH)];
  for (let i = 0; i < half; i++) {
    const right = i + half < entries.length ? entries[i + half] : "";
    lines.push(entries[i].padEnd(WIDTH / 2) + right);
  }
  return lines;
}

function layoutBook(title, vocabulary, paragraphs) {
  const lines = [];
  for (let i = 0; i < paragraphs; i++) {
    if (i % 4 === 0) lines.push(center(`${title}, part ${i / 4 + 1}`, WIDTH), "");
    lines.push(...layoutParagraph(makeParagraph(vocabulary)));
  }
  const pages = paginate(lines);
  const result = [];
  for (const page of pages) {
    result.push(...page.lines);
    result.push(center(`- ${page.number} -`, WIDTH));
  }
  result.push(...layoutIndex(collectTerms(pages)));
  return result;
}

function run(n) {
  seed = 42;
  const vocabulary = makeVocabulary(150);
  let sum = 0;
  for (let first = 0; first < n; first += PARAGRAPHS) {
    const title = `Booklet ${first / PARAGRAPHS + 1}`;
    for (const line of layoutBook(title, vocabulary, Math.min(PARAGRAPHS, n - first))) {
      sum = (sum * 31 + line.length) % MOD;
      for (let k = 0; k < line.length; k += 5) sum = (sum * 31 + line.charCodeAt(k)) % MOD;
    }
  }
  return sum;
}
