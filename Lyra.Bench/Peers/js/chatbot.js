// a rule-based chat bot in n conversations: patterns with wildcards, remembered facts, replies built from templates
const synonyms = new Map(Object.entries({
  hi: "hello", hey: "hello", love: "like", enjoy: "like", adore: "like", bye: "goodbye", mum: "mother",
  dad: "father", never: "always", colour: "color",
}));
const reflections = new Map(Object.entries({
  i: "you", me: "you", my: "your", am: "are", mine: "yours", you: "I", your: "my", myself: "yourself",
}));

// The words of each sentence of a text.
function sentences(text) {
  return text.toLowerCase().replaceAll("i'm", "i am").split(/[.!?]/)
    .map((sentence) => sentence.split(/[ ,]+/).filter((word) => word !== ""))
    .filter((words) => words.length > 0)
    .map((words) => words.map((word) => synonyms.get(word) ?? word));
}

// The words that the wildcards of a pattern stand for, or null; a wildcard stands for one word or more.
function capture(pattern, words, p = 0, w = 0) {
  if (p === pattern.length) return w === words.length ? [] : null;
  if (pattern[p] === "*") {
    for (let end = w + 1; end <= words.length; end++) {
      const others = capture(pattern, words, p + 1, end);
      if (others !== null) return [words.slice(w, end), ...others];
    }
    return null;
  }
  if (w === words.length || pattern[p] !== words[w]) return null;
  return capture(pattern, words, p + 1, w + 1);
}

const reflect = (words) => words.map((word) => reflections.get(word) ?? word).join(" ");

// An answer that takes one template after the other.
function say(...templates) {
  let count = 0;
  return () => templates[count++ % templates.length];
}

function remember(bot, captures) {
  const topic = captures[0].join(" ");
  const value = reflect(captures[1]);
  const known = bot.facts.get(topic);
  bot.facts.set(topic, value);
  if (known === undefined) return "so your {1} is {2}, {name|my friend}.";
  if (known === value) return "you have told me that, {name|my friend}.";
  return `i thought that your {1} was ${known}.`;
}

function recall(bot, captures) {
  const known = bot.facts.get(captures[0].join(" "));
  return known === undefined ? "you never told me about your {1}." : `your {1} is ${known}, isn't it?`;
}

function forget(bot, captures) {
  return bot.facts.delete(captures[0].join(" ")) ? "forgotten." : "i know nothing about your {1}.";
}

function summarize(bot) {
  if (bot.facts.size === 0) return "i know nothing about you.";
  return `i know about your ${[...bot.facts.keys()].sort().join(", your ")}.`;
}

function makeRules() {
  const rule = (pattern, answer) => ({ pattern: pattern.split(" "), answer });
  return [
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
  ];
}

class Bot {
  constructor(rules) {
    this.rules = rules;
    this.facts = new Map();
  }

  // Puts captured words in the place of {1} and facts, or what follows the bar, in that of {name|default}.
  fill(template, captures) {
    return template.replace(/\{(.*?)\}/g, (_, hole) => {
      const [name, fallback] = hole.split("|");
      if (fallback !== undefined) return this.facts.get(name) ?? fallback;
      return reflect(captures[Number(hole) - 1]);
    });
  }

  answer(words) {
    for (const rule of this.rules) {
      const captures = capture(rule.pattern, words);
      if (captures !== null) {
        const text = this.fill(rule.answer(this, captures), captures);
        return text[0].toUpperCase() + text.slice(1);
      }
    }
  }

  reply(text) { return sentences(text).map((words) => this.answer(words)).join(" "); }
}

const topics = ["name", "dog", "job", "mum", "favourite colour", "car", "oldest friend"];
const values = ["Robin", "dark red", "a teacher of music", "very old, but happy", "afraid of my neighbour", "lost", "Max"];
const things = ["green tea", "rainy days", "chess", "my garden", "old films", "you", "long walks with my dog"];
const people = ["my brother", "everyone", "the man next door", "you", "nobody at work"];

function makeInput(random) {
  const pick = (items) => items[random(items.length)];
  switch (random(13)) {
    case 0: return "Hi!";
    case 1: return `Hey ${pick(people)}. I'm ${pick(values)}.`;
    case 2: case 3: case 4: return `My ${pick(topics)} is ${pick(values)}.`;
    case 5: return `What is my ${pick(topics)}? I am ${pick(values)}, because my ${pick(topics)} is ${pick(values)}.`;
    case 6: return `I love ${pick(things)} and ${pick(things)}. Do you like ${pick(things)}?`;
    case 7: return `I enjoy ${pick(things)} more than ${pick(things)}!`;
    case 8: return `${pick(people)} always told me about ${pick(things)}.`;
    case 9: return `Well, ${pick(people)} said you told me to like ${pick(things)}. Do you hear me?`;
    case 10: return `What do you know about me? Forget my ${pick(topics)}!`;
    case 11: return `${pick(people)} went away because of ${pick(things)}, and I adore ${pick(things)}.`;
    default: return `Bye for now, I think of ${pick(things)}.`;
  }
}

function run(n) {
  let seed = 42;
  const random = (limit) => {
    seed = seed * 16807 % 2147483647;
    return seed % limit;
  };
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const bot = new Bot(makeRules());
    for (let input = 0; input < 25; input++) {
      for (const c of bot.reply(makeInput(random))) sum = (sum * 31 + c.charCodeAt(0)) % 1000000007;
    }
  }
  return sum;
}
