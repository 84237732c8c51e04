// compresses texts of n generated words in all with an LZ77-like coder and decompresses them again
const WINDOW = 1024;
const MAX_LENGTH = 40;
const MAX_TRIES = 8;
const TEXT_WORDS = 300;
const MOD = 1000000007;

// The code of a text is a list of these two.
class Literal {
  constructor(letter) {
    this.letter = letter;
  }

  encode() { return this.letter; }
}

class Copy {
  constructor(distance, size) {
    this.distance = distance;
    this.size = size;
  }

  encode() { return `<${this.distance},${this.size}>`; }
}

const syllables = ["ka", "lo", "mi", "ter", "an", "sol", "be", "ru", "ing", "est", "o", "qui"];
let seed = 42;

function random(limit) {
  seed = seed * 16807 % 2147483647;
  return seed % limit;
}

function makeWords(count) {
  const words = [];
  for (let i = 0; i < count; i++) {
    let word = "";
    const size = 1 + random(3);
    for (let k = 0; k < size; k++) word += syllables[random(syllables.length)];
    words.push(word);
  }
  return words;
}

// The first words of the list are the most frequent ones.
function makeText(words, count) {
  const parts = [];
  for (let i = 0; i < count; i++) {
    const word = words[random(random(words.length) + 1)];
    parts.push(random(9) === 0 ? String(random(1000)) : word);
  }
  return parts.join(" ");
}

function matchLength(text, earlier, at, limit) {
  let n = 0;
  while (n < limit && text[earlier + n] === text[at + n]) n++;
  return n;
}

// The longest copy for the text at a place, or null.
function findCopy(text, at, positions) {
  const limit = Math.min(MAX_LENGTH, text.length - at);
  if (limit < 3) return null;
  const seen = positions.get(text.slice(at, at + 3));
  if (!seen) return null;
  let best = null;
  let tries = 0;
  let k = seen.length - 1;
  while (k >= 0 && tries < MAX_TRIES && at - seen[k] <= WINDOW) {
    const size = matchLength(text, seen[k], at, limit);
    if (best === null || size > best.size) best = new Copy(at - seen[k], size);
    if (size === limit) break;
    tries++;
    k--;
  }
  return best;
}

function remember(text, at, positions) {
  if (at + 3 > text.length) return;
  const key = text.slice(at, at + 3);
  if (positions.has(key)) positions.get(key).push(at);
  else positions.set(key, [at]);
}

function compress(text) {
  const tokens = [];
  const positions = new Map();
  let at = 0;
  while (at < text.length) {
    const copy = findCopy(text, at, positions);
    let size = 1;
    if (copy !== null && copy.size > copy.encode().length) {
      tokens.push(copy);
      size = copy.size;
    } else {
      tokens.push(new Literal(text[at]));
    }
    for (let k = 0; k < size; k++) remember(text, at + k, positions);
    at += size;
  }
  return tokens.map(t => t.encode()).join("");
}

function decompress(code) {
  const letters = [];
  let i = 0;
  while (i < code.length) {
    if (code[i] === "<") {
      const end = code.indexOf(">", i);
      const [distance, size] = code.slice(i + 1, end).split(",").map(Number);
      for (let k = 0; k < size; k++) letters.push(letters[letters.length - distance]);
      i = end + 1;
    } else {
      letters.push(code[i]);
      i++;
    }
  }
  return letters.join("");
}

function run(n) {
  seed = 42;
  const words = makeWords(120);
  let sum = 0;
  let left = n;
  while (left > 0) {
    const text = makeText(words, Math.min(left, TEXT_WORDS));
    left -= TEXT_WORDS;
    const code = compress(text);
    if (decompress(code) !== text) throw new Error("the text has changed");
    sum = (sum * 31 + text.length * 10000 + code.length) % MOD;
    for (let i = 0; i < code.length; i++) sum = (sum * 31 + code.charCodeAt(i)) % MOD;
  }
  return sum;
}
