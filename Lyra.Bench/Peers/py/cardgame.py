# German whist, a trick-taking game for two: n games between three players with simple strategies, scores and a histogram
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

RANKS = "23456789TJQKA"


class Card(NamedTuple):
    suit: str
    rank: int

    def value(self, trump):
        return self.rank + 13 if self.suit == trump else self.rank

    def beats(self, led, trump):
        """Whether this card takes the trick from the card that was led."""
        return self.rank > led.rank if self.suit == led.suit else self.suit == trump

    def __str__(self):
        return RANKS[self.rank] + self.suit


# What both players see. In the second half of a game there is no prize.
@dataclass
class Table:
    trump: str
    deck: list
    prize: Card | None = None
    played: set = field(default_factory=set)


def cheapest(cards, trump):
    return min(cards, key=lambda card: card.value(trump))


def dearest(cards, trump):
    return max(cards, key=lambda card: card.value(trump))


def take_or_discard(cards, led, trump):
    """The cheapest card that takes the trick, or else the cheapest."""
    winners = [card for card in cards if card.beats(led, trump)]
    return cheapest(winners or cards, trump)


class Bold:
    """Tries to take every trick."""

    def lead(self, hand, table):
        return dearest(hand, table.trump)

    def follow(self, cards, led, table):
        return take_or_discard(cards, led, table.trump)


class Careful:
    """Tries to take tricks for a good prize."""

    def __init__(self, limit):
        self.limit = limit

    def wants(self, table):
        return table.prize is None or table.prize.value(table.trump) >= self.limit

    def lead(self, hand, table):
        return dearest(hand, table.trump) if self.wants(table) else cheapest(hand, table.trump)

    def follow(self, cards, led, table):
        if self.wants(table):
            return take_or_discard(cards, led, table.trump)
        losers = [card for card in cards if not card.beats(led, table.trump)]
        return cheapest(losers or cards, table.trump)


class Counting:
    """Remembers the played cards and leads those that no card of their suit can beat any more."""

    def is_master(self, card, hand, table):
        return not any(
            other.suit == card.suit and other.rank > card.rank and other not in table.played and other not in hand
            for other in table.deck
        )

    def lead(self, hand, table):
        masters = [card for card in hand if self.is_master(card, hand, table)]
        return cheapest(masters or hand, table.trump)

    def follow(self, cards, led, table):
        return take_or_discard(cards, led, table.trump)


class Player:
    def __init__(self, name, strategy):
        self.name = name
        self.strategy = strategy
        self.hand = []
        self.tricks = 0
        self.wins = 0
        self.score = 0

    def begin(self, hand):
        self.hand = hand
        self.tricks = 0

    def lead(self, table):
        return self.play(self.strategy.lead(self.hand, table), table)

    def follow(self, led, table):
        legal = [card for card in self.hand if card.suit == led.suit]
        return self.play(self.strategy.follow(legal or self.hand, led, table), table)

    def play(self, card, table):
        self.hand.remove(card)
        table.played.add(card)
        return card


def play_game(deck, first, second):
    """The winner of a trick gets the prize, the loser the card below it; tricks without a prize count. Gives the cards played."""
    stock = deck[26:]
    table = Table(stock[-1].suit, deck)
    first.begin(deck[:13])
    second.begin(deck[13:26])
    leader, follower = first, second
    log = []
    for _ in range(26):
        table.prize = stock[-1] if stock else None
        led = leader.lead(table)
        reply = follower.follow(led, table)
        log.append(f"{led}{reply}")
        if reply.beats(led, table.trump):
            leader, follower = follower, leader
        if table.prize is None:
            leader.tricks += 1
        else:
            leader.hand.append(stock.pop())
            follower.hand.append(stock.pop())
    return " ".join(log)


def shuffled(cards, random):
    deck = cards[:]
    for i in range(len(deck) - 1, 0, -1):
        j = random(i + 1)
        deck[i], deck[j] = deck[j], deck[i]
    return deck


def run(n):
    seed = 42

    def random(limit):
        nonlocal seed
        seed = seed * 16807 % 2147483647
        return seed % limit

    cards = [Card(suit, rank) for suit in "CDHS" for rank in range(13)]
    players = [Player("Ann", Bold()), Player("Bert", Careful(9)), Player("Cleo", Counting())]
    histogram = Counter()
    total = 0
    for i in range(n):
        first = players[i % 3]
        second = players[(i + 1) % 3]
        for c in play_game(shuffled(cards, random), first, second):
            total = (total * 31 + ord(c)) % 1000000007
        winner = first if first.tricks > second.tricks else second
        winner.wins += 1
        winner.score += winner.tricks - 6
        histogram[winner.tricks] += 1
    report = [f"{p.name}: {p.wins} {p.score}" for p in sorted(players, key=lambda p: -p.score)]
    report += [f"{tricks} {'#' * (count * 100 // n)}" for tricks, count in sorted(histogram.items())]
    for c in "\n".join(report):
        total = (total * 31 + ord(c)) % 1000000007
    return total
