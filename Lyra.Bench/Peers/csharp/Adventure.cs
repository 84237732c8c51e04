// A text adventure: scripted players explore rooms, carry things and bring them to the vault, n typed commands in all
static class Adventure
{
    const int Width = 6;
    const int Height = 4;
    const long Modulus = 1000000007;

    static readonly string[] Directions = ["north", "east", "south", "west"];
    static readonly Dictionary<string, string> Opposite = new()
    {
        ["north"] = "south", ["east"] = "west", ["south"] = "north", ["west"] = "east",
    };
    static readonly Dictionary<string, string> Short = new()
    {
        ["n"] = "go north", ["e"] = "go east", ["s"] = "go south", ["w"] = "go west",
        ["l"] = "look", ["i"] = "inventory", ["get"] = "take",
    };
    static readonly HashSet<string> Noise = ["the", "a", "an", "to", "at", "my", "please"];
    static readonly string[] Places = ["hall", "cellar", "library", "garden", "tower", "kitchen", "crypt", "stable"];
    static readonly string[] Moods = ["dark", "quiet", "dusty"];
    static readonly string[] Materials = ["brass", "silver", "wooden", "golden", "rusty"];
    static readonly string[] Things = ["lamp", "key", "cup", "sword", "crown", "book"];
    static readonly string[] Tour =
    [
        "Look", "examine the lamp", "n", "Take the LAMP please", "say hello to everybody", "e", "i",
        "go south", "dance", "get all", "w", "drop the lamp", "go up", "score", "take", "drop all",
    ];

    static long seed = 11;

    static int Random(int limit)
    {
        seed = seed * 16807 % 2147483647;
        return (int)(seed % limit);
    }

    static T Choose<T>(IReadOnlyList<T> list) => list[Random(list.Count)];

    class Item(string name, int value)
    {
        public string Name { get; } = name;
        public int Value { get; } = value;
    }

    record Exit(Room Room, string? Key);

    class Room(int number, string name)
    {
        public int Number { get; } = number;
        public string Name { get; } = name;
        public Dictionary<string, Exit> Exits { get; } = [];
        public List<Item> Items { get; } = [];

        public List<string> Ways() => Directions.Where(Exits.ContainsKey).ToList();
    }

    class Player(string name, Room room, Func<Player, string> think)
    {
        public string Name { get; } = name;
        public Room Room { get; set; } = room;
        public Func<Player, string> Think { get; } = think; // from the player to the next line typed
        public List<Item> Items { get; } = [];
        public int Score { get; set; }
        public int Moves { get; set; }
    }

    static void Join(Room first, string direction, Room second, string? key)
    {
        first.Exits[direction] = new Exit(second, key);
        second.Exits[Opposite[direction]] = new Exit(first, key);
    }

    static List<Room> BuildRooms()
    {
        var rooms = Enumerable.Range(0, Width * Height)
            .Select(i => new Room(i, $"{Moods[i / Places.Length]} {Places[i % Places.Length]}")).ToList();
        for (int i = 0; i < rooms.Count; i++)
        {
            int x = i % Width;
            if (x + 1 < Width) Join(rooms[i], "east", rooms[i + 1], null);
            if (i + Width < rooms.Count && (x == 0 || Random(2) == 0))
                Join(rooms[i], "south", rooms[i + Width], x > 0 && Random(3) == 0 ? "rusty key" : null);
        }
        foreach (var material in Materials)
            foreach (var thing in Things)
                Choose(rooms).Items.Add(new Item($"{material} {thing}", 5 + Random(40)));
        return rooms;
    }

    static string Names(List<Item> items) =>
        items.Count == 0 ? "nothing" : string.Join(", ", items.Select(item => "a " + item.Name));

    // The first item whose name has all the words.
    static Item? Pick(IEnumerable<Item> items, List<string> words) => items.FirstOrDefault(item =>
    {
        var parts = item.Name.Split(' ');
        return words.All(w => parts.Contains(w));
    });

    class Game
    {
        readonly Dictionary<string, Func<Player, List<string>, string>> verbs;
        public List<Room> Rooms { get; }
        public List<Player> Players { get; } = [];

        public Game(List<Room> rooms)
        {
            Rooms = rooms;
            verbs = new()
            {
                ["look"] = Look, ["go"] = Go, ["take"] = Take, ["drop"] = Drop, ["examine"] = Examine,
                ["inventory"] = (player, words) => $"You carry {Names(player.Items)}.",
                ["say"] = (player, words) => $"{player.Name} says: {string.Join(" ", words)}!",
                ["score"] = (player, words) => $"{player.Score} points in {player.Moves} moves.",
            };
        }

        string Look(Player player, List<string> words)
        {
            var room = player.Room;
            var others = Players.Where(p => p.Room == room && p != player).Select(p => p.Name).ToList();
            string company = others.Count == 0 ? "" : $" Here: {string.Join(", ", others)}.";
            return $"You are in the {room.Name}. Exits: {string.Join(", ", room.Ways())}. You see {Names(room.Items)}.{company}";
        }

        string Go(Player player, List<string> words)
        {
            if (words.Count == 0) return "Go where?";
            if (!player.Room.Exits.TryGetValue(words[0], out var exit)) return $"You can't go {words[0]} from here.";
            if (exit.Key != null && Pick(player.Items, [exit.Key.Split(' ')[1]]) == null) return "The door needs a key.";
            player.Room = exit.Room;
            player.Moves++;
            return $"You walk to the {exit.Room.Name}.";
        }

        string Take(Player player, List<string> words)
        {
            var room = player.Room;
            if (words.Count == 0) return "Take what?";
            if (player.Items.Count >= 5) return "Your hands are full.";
            var item = words[0] == "all" && room.Items.Count > 0 ? room.Items[0] : Pick(room.Items, words);
            if (item == null) return $"There is no {string.Join(" ", words)} here.";
            room.Items.Remove(item);
            player.Items.Add(item);
            return $"Taken: {item.Name}.";
        }

        // What is dropped in the vault (room 0) scores, and turns up elsewhere.
        string Drop(Player player, List<string> words)
        {
            var dropped = words is ["all"]
                ? player.Items.ToList()
                : player.Items.Where(item => words.All(w => item.Name.Contains(w))).ToList();
            if (dropped.Count == 0) return $"You have no {string.Join(" ", words)}.";
            foreach (var item in dropped)
            {
                player.Items.Remove(item);
                if (player.Room.Number == 0)
                {
                    player.Score += item.Value;
                    Choose(Rooms).Items.Add(item);
                }
                else
                {
                    player.Room.Items.Add(item);
                }
            }
            return $"Dropped: {Names(dropped)}.";
        }

        string Examine(Player player, List<string> words)
        {
            var item = Pick(player.Items.Concat(player.Room.Items), words);
            return item == null ? "You see no such thing." : $"The {item.Name} is worth {item.Value}.";
        }

        public string Perform(Player player, string line)
        {
            var words = line.ToLowerInvariant().Split(' ').ToList();
            if (Short.TryGetValue(words[0], out var full)) words = [.. full.Split(' '), .. words.Skip(1)];
            var rest = words.Skip(1).Where(w => !Noise.Contains(w)).ToList();
            if (!verbs.TryGetValue(words[0], out var verb)) return $"I don't know how to {words[0]}.";
            return verb(player, rest);
        }
    }

    static string Wander(Player player) => Random(10) switch
    {
        0 => "look",
        1 => "inventory",
        2 => $"examine the {Choose(Things)}",
        _ => $"go to the {Choose(Directions)}",
    };

    static string Collect(Player player)
    {
        var room = player.Room;
        if (room.Number == 0 && player.Items.Count > 0) return "drop all";
        if (player.Items.Count >= 4) return room.Exits.ContainsKey("west") ? "go west" : "go north";
        if (room.Items.Count > 0 && Random(4) > 0) return $"take the {Choose(room.Items).Name}";
        return $"go {Choose(room.Ways())}";
    }

    static Func<Player, string> Follow(IReadOnlyList<string> script)
    {
        int at = -1;
        return player =>
        {
            at = (at + 1) % script.Count;
            return script[at];
        };
    }

    public static long Run(int n)
    {
        seed = 11;
        var game = new Game(BuildRooms());
        Func<Player, string>[] minds = [Wander, Collect, Follow(Tour), Collect, Follow(Enumerable.Reverse(Tour).ToList())];
        for (int i = 0; i < minds.Length; i++)
            game.Players.Add(new Player($"Player{i + 1}", game.Rooms[i * 5], minds[i]));
        long checksum = 0;
        for (int i = 0; i < n; i++)
        {
            var player = game.Players[i % game.Players.Count];
            string reply = game.Perform(player, player.Think(player));
            checksum = (checksum * 31 + reply.Length * 1000 + reply[reply.Length / 2] + player.Score + player.Room.Number) % Modulus;
        }
        return checksum;
    }
}
