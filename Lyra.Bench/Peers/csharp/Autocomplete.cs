// Autocompletion with a trie: n rounds of learning words, typing with ranked suggestions, patterns and forgetting words
static class Autocomplete
{
    const int Words = 80;
    const int Sessions = 16;
    const int Limit = 4;
    const long Modulus = 1000000007;

    static readonly string[] Syllables = ["ka", "to", "mi", "ren", "sol", "ba", "lu", "dor", "ne", "vi", "sha", "pel"];
    static long seed = 23;

    static int Random(int limit)
    {
        seed = seed * 16807 % 2147483647;
        return (int)(seed % limit);
    }

    static string MakeWord()
    {
        string word = "";
        int count = 2 + Random(3);
        for (int i = 0; i < count; i++) word += Syllables[Random(Syllables.Length)];
        return word;
    }

    class Node
    {
        public Dictionary<char, Node> Children { get; } = [];
        public int Weight { get; set; } // how often the word that ends here was used; 0 where none ends
    }

    record Suggestion(string Word, int Weight);

    class Trie
    {
        readonly Node root = new();
        public int Count { get; private set; }

        public void Learn(string word, int weight = 1)
        {
            var node = root;
            foreach (char c in word)
            {
                if (!node.Children.TryGetValue(c, out var child))
                {
                    child = new Node();
                    node.Children[c] = child;
                }
                node = child;
            }
            if (node.Weight == 0) Count++;
            node.Weight += weight;
        }

        Node? Find(string prefix)
        {
            var node = root;
            foreach (char c in prefix)
                if (!node.Children.TryGetValue(c, out node)) return null;
            return node;
        }

        // The words below the prefix, the most used first, alphabetically where equal.
        public List<Suggestion> Complete(string prefix, int limit)
        {
            var node = Find(prefix);
            if (node == null) return [];
            List<Suggestion> found = [];
            Collect(node, prefix, found);
            return Rank(found, limit);
        }

        // The words that fit a pattern in which ? stands for any letter.
        public List<Suggestion> Search(string pattern, int limit)
        {
            List<Suggestion> found = [];
            Fit(root, pattern, "", found);
            return Rank(found, limit);
        }

        public bool Forget(string word)
        {
            var node = Find(word);
            if (node == null || node.Weight == 0) return false;
            Count--;
            Prune(root, word, 0);
            return true;
        }
    }

    static List<Suggestion> Rank(List<Suggestion> found, int limit) =>
        found.OrderByDescending(s => s.Weight).ThenBy(s => s.Word, StringComparer.Ordinal).Take(limit).ToList();

    static void Collect(Node node, string text, List<Suggestion> found)
    {
        if (node.Weight > 0) found.Add(new Suggestion(text, node.Weight));
        foreach (var (c, child) in node.Children) Collect(child, text + c, found);
    }

    static void Fit(Node node, string pattern, string text, List<Suggestion> found)
    {
        int at = text.Length;
        if (at == pattern.Length)
        {
            if (node.Weight > 0) found.Add(new Suggestion(text, node.Weight));
        }
        else if (pattern[at] == '?')
        {
            foreach (var (c, child) in node.Children) Fit(child, pattern, text + c, found);
        }
        else if (node.Children.TryGetValue(pattern[at], out var child))
        {
            Fit(child, pattern, text + pattern[at], found);
        }
    }

    // Removes the word below the node; true when nothing is left there.
    static bool Prune(Node node, string word, int at)
    {
        if (at == word.Length) node.Weight = 0;
        else if (Prune(node.Children[word[at]], word, at + 1)) node.Children.Remove(word[at]);
        return node.Weight == 0 && node.Children.Count == 0;
    }

    // Types a word until it is among the suggestions and picks it there: the number of keys pressed.
    static int TypeWord(Trie trie, string word)
    {
        for (int keys = 1; keys < word.Length; keys++)
        {
            int i = trie.Complete(word[..keys], Limit).FindIndex(s => s.Word == word);
            if (i >= 0)
            {
                trie.Learn(word);
                return keys + i;
            }
        }
        trie.Learn(word);
        return word.Length;
    }

    static long Digest(List<Suggestion> suggestions)
    {
        long hash = 0;
        foreach (var s in suggestions)
        {
            foreach (char c in s.Word) hash = (hash * 31 + c) % Modulus;
            hash = (hash * 31 + s.Weight) % Modulus;
        }
        return hash;
    }

    static long PlayRound()
    {
        var trie = new Trie();
        List<string> words = [];
        for (int i = 0; i < Words; i++)
        {
            string word = MakeWord();
            words.Add(word);
            trie.Learn(word, 1 + Random(20));
        }
        long sum = trie.Count;
        for (int i = 0; i < Sessions; i++)
        {
            string word = i % 8 == 0 ? MakeWord() : words[Random(Words)];
            sum += TypeWord(trie, word) * (i + 1);
        }
        foreach (var word in words.Take(20))
        {
            int hole = 1 + Random(word.Length - 1);
            sum += Digest(trie.Search(word[..hole] + "?" + word[(hole + 1)..], Limit)) % 1000;
        }
        foreach (var word in words.Skip(Words / 2))
            if (trie.Forget(word)) sum += word.Length;
        foreach (var s in Syllables) sum = (sum * 31 + Digest(trie.Complete(s, Limit)) + trie.Count) % Modulus;
        return sum;
    }

    public static long Run(int n)
    {
        seed = 23;
        long checksum = 0;
        for (int i = 0; i < n; i++) checksum = (checksum * 31 + PlayRound()) % Modulus;
        return checksum;
    }
}
