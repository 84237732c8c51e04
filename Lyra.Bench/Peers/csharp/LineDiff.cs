// diff of lists of n lines in all by longest common subsequence, as a patch text that is then parsed and applied
static class LineDiff
{
    const long Mod = 1000000007;
    const int FileLines = 50;
    const int Context = 2;

    // Kind is ' ' for a common line, '-' for a removed and '+' for an added one.
    record Edit(char Kind, string Text);

    class Hunk(int oldStart, int newStart)
    {
        public int OldStart { get; } = oldStart;
        public int NewStart { get; } = newStart;
        public List<Edit> Edits { get; } = [];

        public int OldCount() => Edits.Count(e => e.Kind != '+');
        public int NewCount() => Edits.Count(e => e.Kind != '-');
        public string Header() => $"@@ -{OldStart},{OldCount()} +{NewStart},{NewCount()} @@";
    }

    static readonly string[] Names = ["count", "total", "index", "name", "value", "result", "items", "first"];
    static readonly string[] Actions = ["print", "push", "update", "check", "load"];
    static long seed;

    static int Random(int limit)
    {
        seed = seed * 16807 % 2147483647;
        return (int)(seed % limit);
    }

    static string Pick(string[] list) => list[Random(list.Length)];

    static string MakeLine() => Random(6) switch
    {
        0 => "",
        1 => "}",
        2 => $"if {Pick(Names)} > {Random(10)} {{",
        3 => $"    {Pick(Names)} = {Pick(Names)} + {Random(100)}",
        4 => $"    {Pick(Actions)}({Pick(Names)}, {Pick(Names)})",
        _ => $"    return {Pick(Names)}",
    };

    static List<string> MakeLines(int count)
    {
        var lines = new List<string>();
        for (int i = 0; i < count; i++) lines.Add(MakeLine());
        return lines;
    }

    static List<string> Change(List<string> lines)
    {
        var result = new List<string>();
        foreach (string line in lines)
        {
            switch (Random(25))
            {
                case 0:
                    break;
                case 1:
                    result.Add(line + " // new");
                    break;
                case 2:
                    result.Add(line);
                    result.AddRange(MakeLines(1 + Random(4)));
                    break;
                default:
                    result.Add(line);
                    break;
            }
        }
        return result;
    }

    // table[i][j] is the length of the longest common subsequence of a from i on and b from j on.
    static int[][] CommonLengths(List<string> a, List<string> b)
    {
        var table = new int[a.Count + 1][];
        for (int i = 0; i <= a.Count; i++) table[i] = new int[b.Count + 1];
        for (int i = a.Count - 1; i >= 0; i--)
        {
            for (int j = b.Count - 1; j >= 0; j--)
                table[i][j] = a[i] == b[j] ? table[i + 1][j + 1] + 1 : Math.Max(table[i + 1][j], table[i][j + 1]);
        }
        return table;
    }

    static List<Edit> Compare(List<string> a, List<string> b)
    {
        var table = CommonLengths(a, b);
        var edits = new List<Edit>();
        int i = 0, j = 0;
        while (i < a.Count || j < b.Count)
        {
            if (i < a.Count && j < b.Count && a[i] == b[j])
            {
                edits.Add(new Edit(' ', a[i]));
                i++;
                j++;
            }
            else if (j == b.Count || i < a.Count && table[i + 1][j] >= table[i][j + 1])
            {
                edits.Add(new Edit('-', a[i]));
                i++;
            }
            else
            {
                edits.Add(new Edit('+', b[j]));
                j++;
            }
        }
        return edits;
    }

    // Groups the changes with some common lines around them.
    static List<Hunk> MakeHunks(List<Edit> edits)
    {
        var hunks = new List<Hunk>();
        int oldLine = 1, newLine = 1;
        int end = 0;          // of the last hunk
        Hunk? hunk = null;
        for (int k = 0; k < edits.Count; k++)
        {
            var edit = edits[k];
            if (edit.Kind != ' ') end = Math.Min(edits.Count, k + Context + 1);
            var ahead = edits.GetRange(k, Math.Min(edits.Count - k, Context + 1));
            if (k < end || ahead.Any(e => e.Kind != ' '))
            {
                if (hunk == null)
                {
                    hunk = new Hunk(oldLine, newLine);
                    hunks.Add(hunk);
                }
                hunk.Edits.Add(edit);
            }
            else
            {
                hunk = null;
            }
            if (edit.Kind != '+') oldLine++;
            if (edit.Kind != '-') newLine++;
        }
        return hunks;
    }

    static string FormatPatch(List<Hunk> hunks)
    {
        var lines = new List<string>();
        foreach (var hunk in hunks)
        {
            lines.Add(hunk.Header());
            foreach (var edit in hunk.Edits) lines.Add(edit.Kind + edit.Text);
        }
        return string.Join("\n", lines);
    }

    static List<Hunk> ParsePatch(string text)
    {
        var hunks = new List<Hunk>();
        foreach (string line in text.Split('\n'))
        {
            if (line.StartsWith("@@ ", StringComparison.Ordinal))
            {
                var starts = line.Split(' ').Where(p => p != "@@").Select(p => int.Parse(p[1..p.IndexOf(',')])).ToList();
                hunks.Add(new Hunk(starts[0], starts[1]));
            }
            else
            {
                hunks[^1].Edits.Add(new Edit(line[0], line[1..]));
            }
        }
        return hunks;
    }

    static List<string> Apply(List<string> lines, List<Hunk> hunks)
    {
        var result = new List<string>();
        int at = 0;
        foreach (var hunk in hunks)
        {
            result.AddRange(lines.GetRange(at, hunk.OldStart - 1 - at));
            at = hunk.OldStart - 1;
            foreach (var edit in hunk.Edits)
            {
                if (edit.Kind != '+')
                {
                    if (lines[at] != edit.Text) throw new InvalidOperationException($"line {at + 1} differs");
                    at++;
                }
                if (edit.Kind != '-') result.Add(edit.Text);
            }
        }
        result.AddRange(lines.GetRange(at, lines.Count - at));
        return result;
    }

    public static long Run(int n)
    {
        seed = 42;
        long sum = 0;
        for (int first = 0; first < n; first += FileLines)
        {
            var old = MakeLines(Math.Min(FileLines, n - first));
            var changed = Change(old);
            string patch = FormatPatch(MakeHunks(Compare(old, changed)));
            sum = (sum * 31 + patch.Length) % Mod;
            if (patch == "") continue;
            if (!Apply(old, ParsePatch(patch)).SequenceEqual(changed))
                throw new InvalidOperationException("the patch gives something else");
            for (int k = 0; k < patch.Length; k += 3) sum = (sum * 31 + patch[k]) % Mod;
        }
        return sum;
    }
}
