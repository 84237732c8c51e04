// a crossword filler: n grids, each with a generated word list that is indexed by letter and position; backtracking
static class Crossword
{
    const int Limit = 300;
    const string Consonants = "bdklmnrs";
    const string Vowels = "aeio";

    static readonly string[] Patterns =
    [
        """
        .....
        .#.#.
        .....
        .#.#.
        .....
        """,
        """
        ...#...
        .#...#.
        ...#...
        .#...#.
        ...#...
        """,
        """
        ....#...
        .##.....
        ....#.#.
        .#.#....
        .....##.
        ...#....
        """,
        """
        ...##....
        ...###.#.
        ....#....
        .#.###...
        ....##...
        """,
    ];

    sealed class WordList
    {
        readonly Dictionary<int, List<string>> byLength = [];
        readonly Dictionary<(int Length, int Position, char Letter), List<string>> byLetter = [];

        public void Add(string word)
        {
            AddTo(byLength, word.Length, word);
            for (int i = 0; i < word.Length; i++) AddTo(byLetter, (word.Length, i, word[i]), word);
        }

        static void AddTo<TKey>(Dictionary<TKey, List<string>> lists, TKey key, string word) where TKey : notnull
        {
            if (lists.TryGetValue(key, out var list)) list.Add(word);
            else lists[key] = [word];
        }

        // The words that match a pattern such as "a..e".
        public List<string> Matching(string pattern)
        {
            var words = byLength.GetValueOrDefault(pattern.Length) ?? [];
            for (int i = 0; i < pattern.Length; i++)
            {
                if (pattern[i] == '.') continue;
                var found = byLetter.GetValueOrDefault((pattern.Length, i, pattern[i])) ?? [];
                if (found.Count < words.Count) words = found;
            }
            return words.Where(word => Fits(word, pattern)).ToList();
        }

        static bool Fits(string word, string pattern)
        {
            for (int i = 0; i < pattern.Length; i++)
            {
                if (pattern[i] != '.' && pattern[i] != word[i]) return false;
            }
            return true;
        }
    }

    // The runs of at least three free cells; a slot is a list of positions.
    static List<List<(int X, int Y)>> FindSlots(char[][] grid)
    {
        int width = grid[0].Length;
        int height = grid.Length;
        var rows = Enumerable.Range(0, height).Select(y => Enumerable.Range(0, width).Select(x => (X: x, Y: y)));
        var columns = Enumerable.Range(0, width).Select(x => Enumerable.Range(0, height).Select(y => (X: x, Y: y)));
        var slots = new List<List<(int X, int Y)>>();
        foreach (var line in rows.Concat(columns))
        {
            var run = new List<(int X, int Y)>();
            foreach (var (x, y) in line)
            {
                if (grid[y][x] == '#')
                {
                    if (run.Count >= 3) slots.Add(run);
                    run = [];
                }
                else
                {
                    run.Add((x, y));
                }
            }
            if (run.Count >= 3) slots.Add(run);
        }
        return slots;
    }

    sealed class Puzzle(char[][] grid, WordList words)
    {
        readonly HashSet<string> used = [];

        public int Tries { get; private set; }

        string Read(List<(int X, int Y)> slot) => string.Concat(slot.Select(cell => grid[cell.Y][cell.X]));

        void Write(List<(int X, int Y)> slot, string text)
        {
            for (int i = 0; i < slot.Count; i++) grid[slot[i].Y][slot[i].X] = text[i];
        }

        // Fills these slots, the one with the fewest words first; says whether that was possible.
        public bool Fill(List<List<(int X, int Y)>> slots)
        {
            if (slots.Count == 0) return true;
            var (best, found) = slots.Select(slot => (slot, words.Matching(Read(slot)))).MinBy(pair => pair.Item2.Count);
            var others = slots.Where(slot => slot != best).ToList();
            string before = Read(best);
            foreach (string word in found)
            {
                if (used.Contains(word)) continue;
                if (Tries == Limit) return false;
                Tries++;
                Write(best, word);
                used.Add(word);
                if (Fill(others)) return true;
                used.Remove(word);
                Write(best, before);
            }
            return false;
        }
    }

    static WordList MakeWords(Func<int, int> random)
    {
        var words = new WordList();
        var known = new HashSet<string>();
        for (int i = 0; i < 200; i++)
        {
            int start = random(2);
            int length = 3 + random(4);
            string word = string.Concat(
                Enumerable.Range(start, length).Select(at => at % 2 == 0 ? Consonants[random(8)] : Vowels[random(4)]));
            if (known.Add(word)) words.Add(word);
        }
        return words;
    }

    public static double Run(int n)
    {
        long seed = 42;
        int Random(int limit)
        {
            seed = seed * 16807 % 2147483647;
            return (int)(seed % limit);
        }
        long sum = 0;
        int filled = 0;
        for (int i = 0; i < n; i++)
        {
            char[][] grid = Patterns[i % Patterns.Length].Split('\n').Select(line => line.ToCharArray()).ToArray();
            var puzzle = new Puzzle(grid, MakeWords(Random));
            if (puzzle.Fill(FindSlots(grid))) filled++;
            sum = (sum * 31 + puzzle.Tries) % 1000000007;
            foreach (char c in string.Join('\n', grid.Select(row => new string(row)))) sum = (sum * 31 + c) % 1000000007;
        }
        return sum * 10000 + filled;
    }
}
