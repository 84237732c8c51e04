// n paragraphs of text in booklets: wrap and justify the lines, fill pages, add an index of words with page numbers
using System.Text;

static class Typeset
{
    const long Mod = 1000000007;
    const int Width = 64;
    const int Indent = 4;
    const int PageLines = 20;
    const int Paragraphs = 12;

    static readonly string[] Syllables =
        ["ba", "con", "de", "fi", "gor", "ha", "in", "jul", "ke", "lan", "mo", "nu", "per", "ra", "ti", "us"];
    static long seed;

    static int Random(int limit)
    {
        seed = seed * 16807 % 2147483647;
        return (int)(seed % limit);
    }

    static List<string> MakeVocabulary(int count)
    {
        var words = new List<string>();
        for (int i = 0; i < count; i++)
        {
            string word = "";
            int size = 1 + Random(4);
            for (int k = 0; k < size; k++) word += Syllables[Random(Syllables.Length)];
            words.Add(word);
        }
        return words;
    }

    static string MakeSentence(List<string> vocabulary)
    {
        int size = 4 + Random(10);
        var words = new List<string>();
        for (int i = 0; i < size; i++)
        {
            string word = vocabulary[Random(vocabulary.Count)];
            if (i == 0) word = char.ToUpper(word[0]) + word[1..];
            if (i < size - 1 && Random(8) == 0) word += ",";
            words.Add(word);
        }
        return string.Join(" ", words) + ".";
    }

    static string MakeParagraph(List<string> vocabulary)
    {
        var sentences = new List<string>();
        int size = 2 + Random(4);
        for (int i = 0; i < size; i++) sentences.Add(MakeSentence(vocabulary));
        return string.Join(" ", sentences);
    }

    // Lists of the words that fit into a line each.
    static List<List<string>> Wrap(string[] words, int width, int indent)
    {
        var rows = new List<List<string>>();
        var row = new List<string>();
        int used = indent;
        foreach (string word in words)
        {
            if (row.Count > 0 && used + word.Length > width)
            {
                rows.Add(row);
                row = [];
                used = 0;
            }
            row.Add(word);
            used += word.Length + 1;
        }
        if (row.Count > 0) rows.Add(row);
        return rows;
    }

    static string Justify(List<string> words, int width)
    {
        if (words.Count == 1) return words[0];
        int gaps = words.Count - 1;
        int spaces = width - words.Sum(w => w.Length);
        int narrow = spaces / gaps;
        int wider = spaces % gaps;
        var line = new StringBuilder();
        for (int i = 0; i < words.Count; i++)
        {
            line.Append(words[i]);
            if (i < gaps) line.Append(' ', i < wider ? narrow + 1 : narrow);
        }
        return line.ToString();
    }

    static string Center(string text, int width) => new string(' ', (width - text.Length) / 2) + text;

    static List<string> LayoutParagraph(string text)
    {
        var rows = Wrap(text.Split(' '), Width, Indent);
        var lines = new List<string>();
        for (int i = 0; i < rows.Count; i++)
        {
            int indent = i == 0 ? Indent : 0;
            string body = i == rows.Count - 1 ? string.Join(" ", rows[i]) : Justify(rows[i], Width - indent);
            lines.Add(new string(' ', indent) + body);
        }
        return lines;
    }

    record Page(int Number, List<string> Lines);

    static List<Page> Paginate(List<string> lines)
    {
        var pages = new List<Page>();
        for (int i = 0; i < lines.Count; i += PageLines)
            pages.Add(new Page(pages.Count + 1, lines.GetRange(i, Math.Min(lines.Count - i, PageLines))));
        return pages;
    }

    static Dictionary<string, List<int>> CollectTerms(List<Page> pages)
    {
        var terms = new Dictionary<string, List<int>>();
        foreach (var page in pages)
        {
            foreach (string line in page.Lines)
            {
                foreach (string word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    string term = word.Replace(",", "").Replace(".", "").ToLower();
                    if (term.Length < 7) continue;
                    if (!terms.TryGetValue(term, out var numbers)) terms[term] = [page.Number];
                    else if (numbers[^1] != page.Number) numbers.Add(page.Number);
                }
            }
        }
        return terms;
    }

    // "2, 4-6" for [2, 4, 5, 6]
    static string FormatNumbers(List<int> numbers)
    {
        var parts = new List<string>();
        int i = 0;
        while (i < numbers.Count)
        {
            int j = i;
            while (j + 1 < numbers.Count && numbers[j + 1] == numbers[j] + 1) j++;
            parts.Add(i == j ? numbers[i].ToString() : $"{numbers[i]}-{numbers[j]}");
            i = j + 1;
        }
        return string.Join(", ", parts);
    }

    static List<string> LayoutIndex(Dictionary<string, List<int>> terms)
    {
        var entries = terms.Keys.Order(StringComparer.Ordinal)
            .Select(term => $"{term} {FormatNumbers(terms[term])}").ToList();
        int half = (entries.Count + 1) / 2;
        var lines = new List<string> { Center("Index", Width) };
        for (int i = 0; i < half; i++)
        {
            string right = i + half < entries.Count ? entries[i + half] : "";
            lines.Add(entries[i].PadRight(Width / 2) + right);
        }
        return lines;
    }

    static List<string> LayoutBook(string title, List<string> vocabulary, int paragraphs)
    {
        var lines = new List<string>();
        for (int i = 0; i < paragraphs; i++)
        {
            if (i % 4 == 0) lines.AddRange([Center($"{title}, part {i / 4 + 1}", Width), ""]);
            lines.AddRange(LayoutParagraph(MakeParagraph(vocabulary)));
        }
        var pages = Paginate(lines);
        var result = new List<string>();
        foreach (var page in pages)
        {
            result.AddRange(page.Lines);
            result.Add(Center($"- {page.Number} -", Width));
        }
        result.AddRange(LayoutIndex(CollectTerms(pages)));
        return result;
    }

    public static long Run(int n)
    {
        seed = 42;
        var vocabulary = MakeVocabulary(150);
        long sum = 0;
        for (int first = 0; first < n; first += Paragraphs)
        {
            string title = $"Booklet {first / Paragraphs + 1}";
            foreach (string line in LayoutBook(title, vocabulary, Math.Min(Paragraphs, n - first)))
            {
                sum = (sum * 31 + line.Length) % Mod;
                for (int k = 0; k < line.Length; k += 5) sum = (sum * 31 + line[k]) % Mod;
            }
        }
        return sum;
    }
}
