using System.Globalization;

// a diff of trees: n pairs of documents are parsed, compared by the keys of their nodes, and one is changed into the other
static class TreeDiff
{
    static readonly string[] Tags = ["page", "box", "text", "image", "list"];
    static readonly string[] Names = ["color", "width", "height", "title", "align"];
    static readonly string[] Words = ["red", "blue", "left", "right", "big", "small", "none", "auto"];

    sealed class Node(string tag, int id)
    {
        public string Tag => tag;
        public int Id => id;
        public Dictionary<string, string> Attributes { get; } = [];
        public List<Node> Children { get; } = [];
        public string Key => $"{tag}#{id}";

        public bool ContentEquals(Node other) =>
            Key == other.Key && Attributes.Count == other.Attributes.Count
            && Attributes.All(pair => other.Attributes.TryGetValue(pair.Key, out string? value) && value == pair.Value)
            && Children.Count == other.Children.Count
            && Children.Zip(other.Children).All(pair => pair.First.ContentEquals(pair.Second));

        public void Write(List<string> lines, string indent = "")
        {
            var attributes = Attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}: {pair.Value}");
            lines.Add($"{indent}{Key} ({string.Join(", ", attributes)}) {{");
            foreach (var child in Children) child.Write(lines, indent + "  ");
            lines.Add($"{indent}}}");
        }
    }

    sealed class Parser(string text)
    {
        int pos;

        void SkipBlanks()
        {
            while (pos < text.Length && char.IsWhiteSpace(text[pos])) pos++;
        }

        bool Accept(char c)
        {
            SkipBlanks();
            if (pos == text.Length || text[pos] != c) return false;
            pos++;
            return true;
        }

        void Expect(char c)
        {
            if (!Accept(c)) throw new FormatException($"expected {c} at {pos}");
        }

        string Word()
        {
            SkipBlanks();
            int start = pos;
            while (pos < text.Length && char.IsAsciiLetterOrDigit(text[pos])) pos++;
            return text[start..pos];
        }

        public Node Node()
        {
            string tag = Word();
            Expect('#');
            var node = new Node(tag, int.Parse(Word(), CultureInfo.InvariantCulture));
            Expect('(');
            while (!Accept(')'))
            {
                string name = Word();
                Expect(':');
                node.Attributes[name] = Word();
                Accept(',');
            }
            Expect('{');
            while (!Accept('}')) node.Children.Add(Node());
            return node;
        }
    }

    // The edits; a path is the list of the keys below the root.
    abstract record Edit(string[] Path);
    sealed record Change(string[] Path, string Name, string? Value) : Edit(Path);
    sealed record Delete(string[] Path, string Key) : Edit(Path);
    sealed record Insert(string[] Path, int At, Node Node) : Edit(Path);
    sealed record Move(string[] Path, string Key, int At) : Edit(Path);

    static void Diff(Node old, Node @new, string[] path, List<Edit> edits)
    {
        foreach (string name in old.Attributes.Keys.Union(@new.Attributes.Keys).Order(StringComparer.Ordinal))
        {
            string? value = @new.Attributes.GetValueOrDefault(name);
            if (value != old.Attributes.GetValueOrDefault(name)) edits.Add(new Change(path, name, value));
        }
        var wanted = @new.Children.Select(child => child.Key).ToHashSet();
        var known = old.Children.ToDictionary(child => child.Key);
        edits.AddRange(old.Children.Where(child => !wanted.Contains(child.Key)).Select(child => new Delete(path, child.Key)));
        var order = old.Children.Select(child => child.Key).Where(wanted.Contains).ToList();
        for (int at = 0; at < @new.Children.Count; at++)
        {
            var child = @new.Children[at];
            string key = child.Key;
            if (!known.ContainsKey(key))
            {
                edits.Add(new Insert(path, at, child));
                order.Insert(at, key);
            }
            else if (order[at] != key)
            {
                edits.Add(new Move(path, key, at));
                order.Remove(key);
                order.Insert(at, key);
            }
        }
        foreach (var child in @new.Children)
        {
            if (known.TryGetValue(child.Key, out var match)) Diff(match, child, [.. path, child.Key], edits);
        }
    }

    static string Describe(Edit edit)
    {
        string path = "/" + string.Join('/', edit.Path);
        return edit switch
        {
            Change(_, var name, var value) => $"change {path} {name} to {value ?? "nothing"}",
            Delete(_, var key) => $"delete {path} {key}",
            Insert(_, var at, var node) => $"insert {path} {node.Key} at {at}",
            Move(_, var key, var at) => $"move {path} {key} to {at}",
            _ => throw new ArgumentException("unknown edit"),
        };
    }

    static void Apply(Node root, Edit edit)
    {
        var target = root;
        foreach (string key in edit.Path) target = target.Children.First(child => child.Key == key);
        var children = target.Children;
        switch (edit)
        {
            case Change(_, var name, null):
                target.Attributes.Remove(name);
                break;
            case Change(_, var name, var value):
                target.Attributes[name] = value;
                break;
            case Delete(_, var key):
                children.RemoveAt(children.FindIndex(child => child.Key == key));
                break;
            case Insert(_, var at, var node):
                children.Insert(at, node);
                break;
            case Move(_, var key, var at):
                var moved = children.First(child => child.Key == key);
                children.Remove(moved);
                children.Insert(at, moved);
                break;
        }
    }

    sealed class Author(Func<int, int> random)
    {
        int lastId;

        public Node Create(int depth)
        {
            lastId++;
            var node = new Node(Tags[random(5)], lastId);
            int attributes = random(5);
            for (int i = 0; i < attributes; i++)
            {
                string value = Words[random(8)];
                node.Attributes[Names[random(5)]] = value;
            }
            if (depth > 0)
            {
                int children = 1 + random(5);
                for (int i = 0; i < children; i++) node.Children.Add(Create(depth - 1));
            }
            return node;
        }

        // A copy with changes.
        public Node Revise(Node node)
        {
            var copy = new Node(node.Tag, node.Id);
            foreach (string name in node.Attributes.Keys.Order(StringComparer.Ordinal))
            {
                int what = random(12);
                if (what > 0) copy.Attributes[name] = what == 1 ? Words[random(8)] : node.Attributes[name];
            }
            foreach (var child in node.Children)
            {
                if (random(10) > 0) copy.Children.Add(Revise(child));
                if (random(10) == 0) copy.Children.Add(Create(random(2)));
            }
            if (copy.Children.Count > 1 && random(4) == 0)
            {
                var last = copy.Children[^1];
                copy.Children.RemoveAt(copy.Children.Count - 1);
                copy.Children.Insert(random(copy.Children.Count), last);
            }
            return copy;
        }
    }

    static string TextOf(Node root)
    {
        var lines = new List<string>();
        root.Write(lines);
        return string.Join('\n', lines);
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
        for (int i = 0; i < n; i++)
        {
            var author = new Author(Random);
            var draft = author.Create(3);
            string oldText = TextOf(draft);
            string newText = TextOf(author.Revise(draft));
            var old = new Parser(oldText).Node();
            var @new = new Parser(newText).Node();
            var edits = new List<Edit>();
            Diff(old, @new, [], edits);
            foreach (var edit in edits)
            {
                Apply(old, edit);
                foreach (char c in Describe(edit)) sum = (sum * 31 + c) % 1000000007;
            }
            if (!old.ContentEquals(@new)) throw new InvalidOperationException("the edits are wrong");
            sum += edits.Count + oldText.Length + TextOf(old).Length;
        }
        return sum;
    }
}
