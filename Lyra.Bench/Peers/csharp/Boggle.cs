// finds all words of a generated dictionary in n boards of letters by backtracking
static class Boggle
{
    const long Mod = 1000000007;
    const int Size = 4;
    const int MaxWords = 500;

    // A node of the dictionary's tree of letters; a word ends in it unless Word is null.
    class Node
    {
        public Dictionary<char, Node> Children { get; } = new();
        public string? Word { get; private set; }

        public void Add(string word)
        {
            var node = this;
            foreach (char c in word)
            {
                if (!node.Children.ContainsKey(c)) node.Children[c] = new Node();
                node = node.Children[c];
            }
            node.Word = word;
        }
    }

    const string Consonants = "ttnnssrrlldmcpbgh";
    const string Vowels = "eeeaaaiioou";
    static readonly (int Down, int Right)[] Directions =
        [(-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1)];
    static long seed;

    static int Random(int limit)
    {
        seed = seed * 16807 % 2147483647;
        return (int)(seed % limit);
    }

    static char RandomLetter(string letters) => letters[Random(letters.Length)];

    static string MakeWord()
    {
        int size = 3 + Random(3) + Random(3);
        bool vowel = Random(3) == 0;
        string word = "";
        while (word.Length < size)
        {
            word += RandomLetter(vowel ? Vowels : Consonants);
            vowel = !vowel;
        }
        return word;
    }

    static Node MakeDictionary(int count)
    {
        var root = new Node();
        for (int i = 0; i < count; i++) root.Add(MakeWord());
        return root;
    }

    static List<List<char>> MakeBoard()
    {
        var board = new List<List<char>>();
        for (int row = 0; row < Size; row++)
        {
            var letters = new List<char>();
            for (int column = 0; column < Size; column++)
                letters.Add(RandomLetter(Random(5) < 2 ? Vowels : Consonants));
            board.Add(letters);
        }
        return board;
    }

    class Solver(List<List<char>> board)
    {
        readonly List<List<bool>> visited = [];
        readonly HashSet<string> found = [];

        public List<string> Solve(Node dictionary)
        {
            foreach (var row in board) visited.Add(row.Select(c => false).ToList());
            for (int row = 0; row < Size; row++)
            {
                for (int column = 0; column < Size; column++) Search(row, column, dictionary);
            }
            return found.Order(StringComparer.Ordinal).ToList();
        }

        void Search(int row, int column, Node node)
        {
            if (!node.Children.TryGetValue(board[row][column], out var child)) return;
            if (child.Word != null) found.Add(child.Word);
            visited[row][column] = true;
            foreach (var (down, right) in Directions)
            {
                int r = row + down;
                int c = column + right;
                if (r >= 0 && r < Size && c >= 0 && c < Size && !visited[r][c]) Search(r, c, child);
            }
            visited[row][column] = false;
        }
    }

    static int Score(string word) => word.Length switch
    {
        3 or 4 => 1,
        5 => 2,
        6 => 3,
        7 => 5,
        _ => 11,
    };

    public static long Run(int n)
    {
        seed = 42;
        var dictionary = MakeDictionary(Math.Min(MaxWords, 10 + n * 10));
        var times = new Dictionary<string, int>();
        long sum = 0;
        for (int i = 0; i < n; i++)
        {
            var words = new Solver(MakeBoard()).Solve(dictionary);
            int points = 0;
            for (int k = 0; k < words.Count; k++)
            {
                string word = words[k];
                times[word] = times.GetValueOrDefault(word) + 1;
                points += Score(word) * 100 + (k + 1) * word[^1];
            }
            sum = (sum * 31 + points) % Mod;
        }
        var favourites = times.Keys.OrderByDescending(word => times[word]).ThenBy(word => word, StringComparer.Ordinal);
        foreach (string word in favourites)
        {
            sum = (sum * 31 + times[word]) % Mod;
            foreach (char c in word) sum = (sum * 31 + c) % Mod;
        }
        return sum;
    }
}
