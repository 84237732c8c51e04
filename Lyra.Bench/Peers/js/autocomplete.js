// Autocompletion with a trie: n rounds of learning words, typing with ranked suggestions, patterns and forgetting words
const WORDS = 80;
const SESSIONS = 16;
const LIMIT = 4;
const MODULUS = 1000000007;

const syllables = ["ka", "to", "mi", "ren", "sol", "ba", "lu", "dor", "ne", "vi", "sha", "pel"];
let seed = 23;

function random(limit) {
  seed = seed * 16807 % 2147483647;
  return seed % limit;
}

function makeWord() {
  let word = "";
  const count = 2 + random(3);
  for (let i = 0; i < count; i++) word += syllables[random(syllables.length)];
  return word;
}

class Node {
  constructor() {
    this.children = new Map();
    this.weight = 0; // how often the word that ends here was used; 0 where none ends
  }
}

class Trie {
  constructor() {
    this.root = new Node();
    this.count = 0;
  }

  learn(word, weight = 1) {
    let node = this.root;
    for (const c of word) {
      let child = node.children.get(c);
      if (child === undefined) {
        child = new Node();
        node.children.set(c, child);
      }
      node = child;
    }
    if (node.weight === 0) this.count++;
    node.weight += weight;
  }

  find(prefix) {
    let node = this.root;
    for (const c of prefix) {
      node = node.children.get(c);
      if (node === undefined) return undefined;
    }
    return node;
  }

  // The words below the prefix, the most used first, alphabetically where equal.
  complete(prefix, limit) {
    const node = this.find(prefix);
    if (node === undefined) return [];
    const found = [];
    collect(node, prefix, found);
    return rank(found, limit);
  }

  // The words that fit a pattern in which ? stands for any letter.
  search(pattern, limit) {
    const found = [];
    fit(this.root, pattern, "", found);
    return rank(found, limit);
  }

  forget(word) {
    const node = this.find(word);
    if (node === undefined || node.weight === 0) return false;
    this.count--;
    prune(this.root, word, 0);
    return true;
  }
}

function rank(found, limit) {
  found.sort((a, b) => b.weight - a.weight || (a.word < b.word ? -1 : 1));
  return found.slice(0, limit);
}

function collect(node, text, found) {
  if (node.weight > 0) found.push({ word: text, weight: node.weight });
  for (const [c, child] of node.children) collect(child, text + c, found);
}

function fit(node, pattern, text, found) {
  const at = text.length;
  if (at === pattern.length) {
    if (node.weight > 0) found.push({ word: text, weight: node.weight });
  } else if (pattern[at] === "?") {
    for (const [c, child] of node.children) fit(child, pattern, text + c, found);
  } else {
    const child = node.children.get(pattern[at]);
    if (child !== undefined) fit(child, pattern, text + pattern[at], found);
  }
}

// Removes the word below the node; true when nothing is left there.
function prune(node, word, at) {
  if (at === word.length) {
    node.weight = 0;
  } else if (prune(node.children.get(word[at]), word, at + 1)) {
    node.children.delete(word[at]);
  }
  return node.weight === 0 && node.children.size === 0;
}

// Types a word until it is among the suggestions and picks it there: the number of keys pressed.
function typeWord(trie, word) {
  for (let keys = 1; keys < word.length; keys++) {
    const suggestions = trie.complete(word.slice(0, keys), LIMIT);
    const i = suggestions.findIndex((s) => s.word === word);
    if (i >= 0) {
      trie.learn(word);
      return keys + i;
    }
  }
  trie.learn(word);
  return word.length;
}

function digest(suggestions) {
  let hash = 0;
  for (const s of suggestions) {
    for (const c of s.word) hash = (hash * 31 + c.charCodeAt(0)) % MODULUS;
    hash = (hash * 31 + s.weight) % MODULUS;
  }
  return hash;
}

function playRound() {
  const trie = new Trie();
  const words = [];
  for (let i = 0; i < WORDS; i++) {
    const word = makeWord();
    words.push(word);
    trie.learn(word, 1 + random(20));
  }
  let sum = trie.count;
  for (let i = 0; i < SESSIONS; i++) {
    const word = i % 8 === 0 ? makeWord() : words[random(WORDS)];
    sum += typeWord(trie, word) * (i + 1);
  }
  for (const word of words.slice(0, 20)) {
    const hole = 1 + random(word.length - 1);
    sum += digest(trie.search(word.slice(0, hole) + "?" + word.slice(hole + 1), LIMIT)) % 1000;
  }
  for (const word of words.slice(WORDS / 2)) {
    if (trie.forget(word)) sum += word.length;
  }
  for (const s of syllables) sum = (sum * 31 + digest(trie.complete(s, LIMIT)) + trie.count) % MODULUS;
  return sum;
}

function run(n) {
  seed = 23;
  let checksum = 0;
  for (let i = 0; i < n; i++) checksum = (checksum * 31 + playRound()) % MODULUS;
  return checksum;
}
