// compresses texts of n generated words in all with an LZ77-like coder and decompresses them again
using System.Text;

static class Compress
{
    const int Window = 1024;
    const int MaxLength = 40;
    const int MaxTries = 8;
    const int TextWords = 300;
    const long Mod = 1000000007;

    // The code of a text is a list of these two.
    abstract record Token
    {
        public abstract string Encode();
    }

    sealed record Literal(char Letter) : Token
    {
        public override string Encode() => Letter.ToString();
    }

    sealed record Copy(int Distance, int Size) : Token
    {
        public override string Encode() => $"<{Distance},{Size}>";
    }

    static readonly string[] Syllables = ["ka", "lo", "mi", "ter", "an", "sol", "be", "ru", "ing", "est", "o", "qui"];
    static long seed;

    static int Random(int limit)
    {
        seed = seed * 16807 % 2147483647;
        return (int)(seed % limit);
    }

    static List<string> MakeWords(int count)
    {
        var words = new List<string>();
        for (int i = 0; i < count; i++)
        {
            string word = "";
            int size = 1 + Random(3);
            for (int k = 0; k < size; k++) word += Syllables[Random(Syllables.Length)];
            words.Add(word);
        }
        return words;
    }

    // The first words of the list are the most frequent ones.
    static string MakeText(List<string> words, int count)
    {
        var parts = new List<string>();
        for (int i = 0; i < count; i++)
        {
            string word = words[Random(Random(words.Count) + 1)];
            parts.Add(Random(9) == 0 ? Random(1000).ToString() : word);
        }
        return string.Join(" ", parts);
    }

    static int MatchLength(string text, int earlier, int at, int limit)
    {
        int n = 0;
        while (n < limit && text[earlier + n] == text[at + n]) n++;
        return n;
    }

    // The longest copy for the text at a place, or null.
    static Copy? FindCopy(string text, int at, Dictionary<string, List<int>> positions)
    {
        int limit = Math.Min(MaxLength, text.Length - at);
        if (limit < 3) return null;
        if (!positions.TryGetValue(text.Substring(at, 3), out var seen)) return null;
        Copy? best = null;
        int tries = 0;
        int k = seen.Count - 1;
        while (k >= 0 && tries < MaxTries && at - seen[k] <= Window)
        {
            int size = MatchLength(text, seen[k], at, limit);
            if (best == null || size > best.Size) best = new Copy(at - seen[k], size);
            if (size == limit) break;
            tries++;
            k--;
        }
        return best;
    }

    static void Remember(string text, int at, Dictionary<string, List<int>> positions)
    {
        if (at + 3 > text.Length) return;
        string key = text.Substring(at, 3);
        if (positions.TryGetValue(key, out var seen)) seen.Add(at);
        else positions[key] = [at];
    }

    static string CompressText(string text)
    {
        var tokens = new List<Token>();
        var positions = new Dictionary<string, List<int>>();
        int at = 0;
        while (at < text.Length)
        {
            var copy = FindCopy(text, at, positions);
            int size = 1;
            if (copy != null && copy.Size > copy.Encode().Length)
            {
                tokens.Add(copy);
                size = copy.Size;
            }
            else
            {
                tokens.Add(new Literal(text[at]));
            }
            for (int k = 0; k < size; k++) Remember(text, at + k, positions);
            at += size;
        }
        return string.Concat(tokens.Select(t => t.Encode()));
    }

    static string Decompress(string code)
    {
        var letters = new StringBuilder();
        int i = 0;
        while (i < code.Length)
        {
            if (code[i] == '<')
            {
                int end = code.IndexOf('>', i);
                var parts = code[(i + 1)..end].Split(',');
                int distance = int.Parse(parts[0]);
                int size = int.Parse(parts[1]);
                for (int k = 0; k < size; k++) letters.Append(letters[letters.Length - distance]);
                i = end + 1;
            }
            else
            {
                letters.Append(code[i]);
                i++;
            }
        }
        return letters.ToString();
    }

    public static long Run(int n)
    {
        seed = 42;
        var words = MakeWords(120);
        long sum = 0;
        int left = n;
        while (left > 0)
        {
            string text = MakeText(words, Math.Min(left, TextWords));
            left -= TextWords;
            string code = CompressText(text);
            if (Decompress(code) != text) throw new InvalidOperationException("the text has changed");
            sum = (sum * 31 + text.Length * 10000L + code.Length) % Mod;
            foreach (char c in code) sum = (sum * 31 + c) % Mod;
        }
        return sum;
    }
}
