// German whist, a trick-taking game for two: n games between three players with simple strategies, scores and a histogram
static class CardGame
{
    const string Ranks = "23456789TJQKA";

    sealed record Card(char Suit, int Rank)
    {
        public int Value(char trump) => Suit == trump ? Rank + 13 : Rank;

        // Whether this card takes the trick from the card that was led.
        public bool Beats(Card led, char trump) => Suit == led.Suit ? Rank > led.Rank : Suit == trump;

        public override string ToString() => $"{Ranks[Rank]}{Suit}";
    }

    // What both players see. In the second half of a game there is no prize.
    sealed class Table(char trump, List<Card> deck)
    {
        public char Trump => trump;
        public List<Card> Deck => deck;
        public Card? Prize { get; set; }
        public HashSet<Card> Played { get; } = [];
    }

    static Card Cheapest(IEnumerable<Card> cards, char trump) => cards.MinBy(card => card.Value(trump))!;

    static Card Dearest(IEnumerable<Card> cards, char trump) => cards.MaxBy(card => card.Value(trump))!;

    // The cheapest card that takes the trick, or else the cheapest.
    static Card TakeOrDiscard(List<Card> cards, Card led, char trump)
    {
        var winners = cards.Where(card => card.Beats(led, trump)).ToList();
        return Cheapest(winners.Count == 0 ? cards : winners, trump);
    }

    interface IStrategy
    {
        Card Lead(List<Card> hand, Table table);
        Card Follow(List<Card> cards, Card led, Table table);
    }

    // Tries to take every trick.
    sealed class Bold : IStrategy
    {
        public Card Lead(List<Card> hand, Table table) => Dearest(hand, table.Trump);

        public Card Follow(List<Card> cards, Card led, Table table) => TakeOrDiscard(cards, led, table.Trump);
    }

    // Tries to take tricks for a good prize.
    sealed class Careful(int limit) : IStrategy
    {
        bool Wants(Table table) => table.Prize == null || table.Prize.Value(table.Trump) >= limit;

        public Card Lead(List<Card> hand, Table table) => Wants(table) ? Dearest(hand, table.Trump) : Cheapest(hand, table.Trump);

        public Card Follow(List<Card> cards, Card led, Table table)
        {
            if (Wants(table)) return TakeOrDiscard(cards, led, table.Trump);
            var losers = cards.Where(card => !card.Beats(led, table.Trump)).ToList();
            return Cheapest(losers.Count == 0 ? cards : losers, table.Trump);
        }
    }

    // Remembers the played cards and leads those that no card of their suit can beat any more.
    sealed class Counting : IStrategy
    {
        static bool IsMaster(Card card, List<Card> hand, Table table) =>
            !table.Deck.Any(other => other.Suit == card.Suit && other.Rank > card.Rank
                && !table.Played.Contains(other) && !hand.Contains(other));

        public Card Lead(List<Card> hand, Table table)
        {
            var masters = hand.Where(card => IsMaster(card, hand, table)).ToList();
            return Cheapest(masters.Count == 0 ? hand : masters, table.Trump);
        }

        public Card Follow(List<Card> cards, Card led, Table table) => TakeOrDiscard(cards, led, table.Trump);
    }

    sealed class Player(string name, IStrategy strategy)
    {
        public string Name => name;
        public List<Card> Hand { get; private set; } = [];
        public int Tricks { get; set; }
        public int Wins { get; set; }
        public int Score { get; set; }

        public void Begin(List<Card> hand)
        {
            Hand = hand;
            Tricks = 0;
        }

        public Card Lead(Table table) => Play(strategy.Lead(Hand, table), table);

        public Card Follow(Card led, Table table)
        {
            var legal = Hand.Where(card => card.Suit == led.Suit).ToList();
            return Play(strategy.Follow(legal.Count == 0 ? Hand : legal, led, table), table);
        }

        Card Play(Card card, Table table)
        {
            Hand.Remove(card);
            table.Played.Add(card);
            return card;
        }
    }

    // The winner of a trick gets the prize, the loser the card below it; tricks without a prize count. Gives the cards played.
    static string PlayGame(List<Card> deck, Player first, Player second)
    {
        var stock = new Stack<Card>(deck[26..]);
        var table = new Table(stock.Peek().Suit, deck);
        first.Begin(deck[..13]);
        second.Begin(deck[13..26]);
        var (leader, follower) = (first, second);
        var log = new List<string>();
        for (int turn = 0; turn < 26; turn++)
        {
            table.Prize = stock.Count == 0 ? null : stock.Peek();
            var led = leader.Lead(table);
            var reply = follower.Follow(led, table);
            log.Add($"{led}{reply}");
            if (reply.Beats(led, table.Trump)) (leader, follower) = (follower, leader);
            if (table.Prize == null)
            {
                leader.Tricks++;
            }
            else
            {
                leader.Hand.Add(stock.Pop());
                follower.Hand.Add(stock.Pop());
            }
        }
        return string.Join(' ', log);
    }

    static List<Card> Shuffled(List<Card> cards, Func<int, int> random)
    {
        var deck = cards.ToList();
        for (int i = deck.Count - 1; i > 0; i--)
        {
            int j = random(i + 1);
            (deck[i], deck[j]) = (deck[j], deck[i]);
        }
        return deck;
    }

    public static double Run(int n)
    {
        long seed = 42;
        int Random(int limit)
        {
            seed = seed * 16807 % 2147483647;
            return (int)(seed % limit);
        }
        var cards = "CDHS".SelectMany(suit => Enumerable.Range(0, 13).Select(rank => new Card(suit, rank))).ToList();
        Player[] players = [new("Ann", new Bold()), new("Bert", new Careful(9)), new("Cleo", new Counting())];
        var histogram = new SortedDictionary<int, int>();
        long sum = 0;
        for (int i = 0; i < n; i++)
        {
            var first = players[i % 3];
            var second = players[(i + 1) % 3];
            foreach (char c in PlayGame(Shuffled(cards, Random), first, second)) sum = (sum * 31 + c) % 1000000007;
            var winner = first.Tricks > second.Tricks ? first : second;
            winner.Wins++;
            winner.Score += winner.Tricks - 6;
            histogram[winner.Tricks] = histogram.GetValueOrDefault(winner.Tricks) + 1;
        }
        var report = players.OrderByDescending(player => player.Score).Select(player => $"{player.Name}: {player.Wins} {player.Score}")
            .Concat(histogram.Select(pair => $"{pair.Key} {new string('#', pair.Value * 100 / n)}"));
        foreach (char c in string.Join('\n', report)) sum = (sum * 31 + c) % 1000000007;
        return sum;
    }
}
