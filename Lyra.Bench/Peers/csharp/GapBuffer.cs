// a text editor's buffer: edits, moves, searches and undos in n documents, held as the lines above and below the cursor
static class GapBuffer
{
    // Edits with the position of the cursor after them.
    abstract record Edit(int Row, int Column, string Text);
    sealed record Inserted(int Row, int Column, string Text) : Edit(Row, Column, Text);
    sealed record Deleted(int Row, int Column, string Text) : Edit(Row, Column, Text);

    sealed class Buffer
    {
        readonly Stack<string> above = new();
        readonly Stack<string> below = new();
        readonly Stack<Edit> undos = new();
        string left = "";
        string right;

        public Buffer(string text)
        {
            string[] lines = text.Split('\n');
            right = lines[0];
            foreach (string line in lines.Skip(1).Reverse()) below.Push(line);
        }

        public int Row => above.Count;

        public int Column => left.Length;

        public IEnumerable<string> Lines => above.Reverse().Append(left + right).Concat(below);

        public void MoveTo(int row, int column)
        {
            string line = left + right;
            while (Row > row && above.Count > 0)
            {
                below.Push(line);
                line = above.Pop();
            }
            while (Row < row && below.Count > 0)
            {
                above.Push(line);
                line = below.Pop();
            }
            int at = Math.Min(column, line.Length);
            left = line[..at];
            right = line[at..];
        }

        public void MoveHome() => MoveTo(Row, 0);

        public void MoveEnd() => MoveTo(Row, left.Length + right.Length);

        void Put(string text)
        {
            string[] parts = text.Split('\n');
            foreach (string part in parts[..^1])
            {
                above.Push(left + part);
                left = "";
            }
            left += parts[^1];
        }

        // Removes up to `count` characters before the cursor, line ends too, and gives them.
        string Take(int count)
        {
            string taken = "";
            while (taken.Length < count)
            {
                if (left == "")
                {
                    if (above.Count == 0) break;
                    left = above.Pop();
                    taken = "\n" + taken;
                }
                else
                {
                    int at = Math.Max(0, left.Length - (count - taken.Length));
                    taken = left[at..] + taken;
                    left = left[..at];
                }
            }
            return taken;
        }

        public void Insert(string text)
        {
            Put(text);
            undos.Push(new Inserted(Row, Column, text));
        }

        public void Erase(int count)
        {
            string text = Take(count);
            if (text != "") undos.Push(new Deleted(Row, Column, text));
        }

        public void Undo()
        {
            if (!undos.TryPop(out var edit)) return;
            MoveTo(edit.Row, edit.Column);
            if (edit is Inserted) Take(edit.Text.Length);
            else Put(edit.Text);
        }

        // Moves behind the next occurrence of a word, after the end from the top.
        public bool Find(string word)
        {
            int at = right.IndexOf(word, StringComparison.Ordinal);
            if (at >= 0)
            {
                MoveTo(Row, Column + at + word.Length);
                return true;
            }
            var lines = Lines.ToList();
            for (int i = 1; i <= lines.Count; i++)
            {
                int row = (Row + i) % lines.Count;
                at = lines[row].IndexOf(word, StringComparison.Ordinal);
                if (at >= 0)
                {
                    MoveTo(row, at + word.Length);
                    return true;
                }
            }
            return false;
        }
    }

    static readonly string[] Words =
    [
        "the", "harbour", "lights", "were", "dim", "and", "rain", "fell", "on", "quiet", "streets", "while", "boats",
        "drifted", "under", "bridge", "nobody", "saw", "captain", "return", "from", "island", "with", "letters",
    ];

    public static double Run(int n)
    {
        long seed = 42;
        int Random(int limit)
        {
            seed = seed * 16807 % 2147483647;
            return (int)(seed % limit);
        }
        string Word() => Words[Random(24)];
        string MakeLine() => string.Join(' ', Enumerable.Range(0, 4 + Random(8)).Select(_ => Word()));
        long sum = 0;
        for (int i = 0; i < n; i++)
        {
            var buffer = new Buffer(string.Join('\n', Enumerable.Range(0, 40).Select(_ => MakeLine())));
            for (int command = 0; command < 300; command++)
            {
                switch (Random(100))
                {
                    case < 30: buffer.Insert(Word() + " "); break;
                    case < 34: buffer.Insert("\n"); break;
                    case < 36: buffer.Insert($"{MakeLine()}\n{MakeLine()}\n"); break;
                    case < 50: buffer.Erase(1 + Random(12)); break;
                    case < 64: buffer.MoveTo(Math.Max(0, buffer.Row + Random(21) - 10), Random(60)); break;
                    case < 67: buffer.MoveHome(); break;
                    case < 70: buffer.MoveEnd(); break;
                    case < 76: buffer.Find(Word()); break;
                    case < 82:
                        string old = Word();
                        if (buffer.Find(old))
                        {
                            buffer.Erase(old.Length);
                            buffer.Insert(Word().ToUpperInvariant());
                        }
                        break;
                    case < 97:
                        for (int times = 1 + Random(3); times > 0; times--) buffer.Undo();
                        break;
                    default:
                        buffer.MoveEnd();
                        buffer.Erase(buffer.Column + 1);
                        break;
                }
                sum = (sum * 31 + buffer.Row * 100 + buffer.Column) % 1000000007;
            }
            string text = string.Join('\n', buffer.Lines);
            for (int at = 0; at < text.Length; at += 7) sum = (sum * 31 + text[at]) % 1000000007;
            sum += text.Length;
        }
        return sum;
    }
}
