// German whist, a trick-taking game for two: n games between three players with simple strategies, scores and a histogram
const RANKS = "23456789TJQKA";

class Card {
  constructor(suit, rank) {
    this.suit = suit;
    this.rank = rank;
  }

  value(trump) { return this.suit === trump ? this.rank + 13 : this.rank; }

  // Whether this card takes the trick from the card that was led.
  beats(led, trump) { return this.suit === led.suit ? this.rank > led.rank : this.suit === trump; }

  toString() { return RANKS[this.rank] + this.suit; }
}

const cheapest = (cards, trump) => cards.reduce((best, card) => card.value(trump) < best.value(trump) ? card : best);

const dearest = (cards, trump) => cards.reduce((best, card) => card.value(trump) > best.value(trump) ? card : best);

// The cheapest card that takes the trick, or else the cheapest.
function takeOrDiscard(cards, led, trump) {
  const winners = cards.filter((card) => card.beats(led, trump));
  return cheapest(winners.length === 0 ? cards : winners, trump);
}

// Tries to take every trick.
class Bold {
  lead(hand, table) { return dearest(hand, table.trump); }

  follow(cards, led, table) { return takeOrDiscard(cards, led, table.trump); }
}

// Tries to take tricks for a good prize.
class Careful {
  constructor(limit) { this.limit = limit; }

  wants({ prize, trump }) { return prize === null || prize.value(trump) >= this.limit; }

  lead(hand, table) { return this.wants(table) ? dearest(hand, table.trump) : cheapest(hand, table.trump); }

  follow(cards, led, table) {
    if (this.wants(table)) return takeOrDiscard(cards, led, table.trump);
    const losers = cards.filter((card) => !card.beats(led, table.trump));
    return cheapest(losers.length === 0 ? cards : losers, table.trump);
  }
}

// Remembers the played cards and leads those that no card of their suit can beat any more.
class Counting {
  isMaster(card, hand, table) {
    return !table.deck.some((other) => other.suit === card.suit && other.rank > card.rank
      && !table.played.has(other) && !hand.includes(other));
  }

  lead(hand, table) {
    const masters = hand.filter((card) => this.isMaster(card, hand, table));
    return cheapest(masters.length === 0 ? hand : masters, table.trump);
  }

  follow(cards, led, table) { return takeOrDiscard(cards, led, table.trump); }
}

class Player {
  constructor(name, strategy) {
    this.name = name;
    this.strategy = strategy;
    this.hand = [];
    this.tricks = 0;
    this.wins = 0;
    this.score = 0;
  }

  begin(hand) {
    this.hand = hand;
    this.tricks = 0;
  }

  lead(table) { return this.play(this.strategy.lead(this.hand, table), table); }

  follow(led, table) {
    const legal = this.hand.filter((card) => card.suit === led.suit);
    return this.play(this.strategy.follow(legal.length === 0 ? this.hand : legal, led, table), table);
  }

  play(card, table) {
    this.hand.splice(this.hand.indexOf(card), 1);
    table.played.add(card);
    return card;
  }
}

// The winner of a trick gets the prize, the loser the card below it; tricks without a prize count. Gives the cards played.
function playGame(deck, first, second) {
  const stock = deck.slice(26);
  // What both players see. In the second half of a game there is no prize.
  const table = { trump: stock.at(-1).suit, deck, prize: null, played: new Set() };
  first.begin(deck.slice(0, 13));
  second.begin(deck.slice(13, 26));
  let [leader, follower] = [first, second];
  const log = [];
  for (let turn = 0; turn < 26; turn++) {
    table.prize = stock.at(-1) ?? null;
    const led = leader.lead(table);
    const reply = follower.follow(led, table);
    log.push(`${led}${reply}`);
    if (reply.beats(led, table.trump)) [leader, follower] = [follower, leader];
    if (table.prize === null) {
      leader.tricks++;
    } else {
      leader.hand.push(stock.pop());
      follower.hand.push(stock.pop());
    }
  }
  return log.join(" ");
}

function shuffled(cards, random) {
  const deck = [...cards];
  for (let i = deck.length - 1; i > 0; i--) {
    const j = random(i + 1);
    [deck[i], deck[j]] = [deck[j], deck[i]];
  }
  return deck;
}

function run(n) {
  let seed = 42;
  const random = (limit) => {
    seed = seed * 16807 % 2147483647;
    return seed % limit;
  };
  const cards = [..."CDHS"].flatMap((suit) => Array.from({ length: 13 }, (_, rank) => new Card(suit, rank)));
  const players = [new Player("Ann", new Bold()), new Player("Bert", new Careful(9)), new Player("Cleo", new Counting())];
  const histogram = new Map();
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const first = players[i % 3];
    const second = players[(i + 1) % 3];
    for (const c of playGame(shuffled(cards, random), first, second)) sum = (sum * 31 + c.charCodeAt(0)) % 1000000007;
    const winner = first.tricks > second.tricks ? first : second;
    winner.wins++;
    winner.score += winner.tricks - 6;
    histogram.set(winner.tricks, (histogram.get(winner.tricks) ?? 0) + 1);
  }
  const report = players.toSorted((a, b) => b.score - a.score).map(({ name, wins, score }) => `${name}: ${wins} ${score}`);
  for (const tricks of [...histogram.keys()].sort((a, b) => a - b)) {
    report.push(`${tricks} ${"#".repeat(Math.floor(histogram.get(tricks) * 100 / n))}`);
  }
  for (const c of report.join("\n")) sum = (sum * 31 + c.charCodeAt(0)) % 1000000007;
  return sum;
}
