// n pairs of random nested values (maps, lists, leaves): deep copy, comparison, merge and queries by path like "a.b[2].c"
using System.Globalization;
using Map = System.Collections.Generic.Dictionary<string, object>;
using Items = System.Collections.Generic.List<object>;

static class DeepValues
{
    const long Mod = 1000003;

    static readonly string[] Names = ["id", "name", "tags", "size", "meta", "owner", "items", "color"];
    static readonly string[] Words = ["red", "green", "blue", "small", "large", "round"];
    static long seed;

    static int Random(int limit)
    {
        seed = seed * 16807 % 2147483647;
        return (int)(seed % limit);
    }

    static object Build(int depth)
    {
        switch (Random(depth > 0 ? 9 : 3))
        {
            case 0: return Random(1000);
            case 1: return $"{Words[Random(Words.Length)]}-{Random(100)}";
            case 2: return Random(2) == 0;
            case 3: case 4: case 5: case 6: return BuildMap(depth);
            default: return BuildList(depth);
        }
    }

    static Map BuildMap(int depth)
    {
        var result = new Map();
        int count = 2 + Random(3);
        for (int i = 0; i < count; i++)
        {
            string name = Names[Random(Names.Length)];
            result[name] = Build(depth - 1);
        }
        return result;
    }

    static Items BuildList(int depth)
    {
        var result = new Items();
        int count = 1 + Random(3);
        for (int i = 0; i < count; i++) result.Add(Build(depth - 1));
        return result;
    }

    static object DeepCopy(object value) => value switch
    {
        Map map => map.ToDictionary(p => p.Key, p => DeepCopy(p.Value)),
        Items items => items.Select(DeepCopy).ToList(),
        _ => value,
    };

    static bool DeepEquals(object? a, object? b)
    {
        switch (a, b)
        {
            case (Map x, Map y):
                if (x.Count != y.Count) return false;
                foreach (var (k, v) in x)
                    if (!y.TryGetValue(k, out var other) || !DeepEquals(v, other)) return false;
                return true;
            case (Items x, Items y):
                if (x.Count != y.Count) return false;
                for (int i = 0; i < x.Count; i++)
                    if (!DeepEquals(x[i], y[i])) return false;
                return true;
            default:
                return Equals(a, b);
        }
    }

    // Maps are merged key by key, lists joined; of anything else the second one wins.
    static object Merge(object a, object b)
    {
        if (a is Map x && b is Map y)
        {
            var result = (Map)DeepCopy(x);
            foreach (var (k, v) in y) result[k] = x.TryGetValue(k, out var old) ? Merge(old, v) : DeepCopy(v);
            return result;
        }
        if (a is Items first && b is Items second) return first.Concat(second).Select(DeepCopy).ToList();
        return DeepCopy(b);
    }

    // "a.b[2].c" gives "a", "b", 2, "c".
    static List<object> ParsePath(string path)
    {
        var result = new List<object>();
        foreach (string part in path.Split('.'))
        {
            string[] pieces = part.Split('[');
            result.Add(pieces[0]);
            foreach (string piece in pieces.Skip(1)) result.Add(int.Parse(piece.TrimEnd(']'), CultureInfo.InvariantCulture));
        }
        return result;
    }

    static object? Step(object value, object key) => (value, key) switch
    {
        (Map map, string name) => map.GetValueOrDefault(name),
        (Items items, int index) when index < items.Count => items[index],
        _ => null,
    };

    static object? GetPath(object root, string path)
    {
        object? value = root;
        foreach (object key in ParsePath(path))
        {
            value = Step(value, key);
            if (value == null) return null;
        }
        return value;
    }

    static void SetPath(object root, string path, object value)
    {
        var way = ParsePath(path);
        object target = root;
        foreach (object key in way.SkipLast(1)) target = Step(target, key)!;
        if (target is Map map) map[(string)way[^1]] = value;
        else ((Items)target)[(int)way[^1]] = value;
    }

    static void CollectPaths(object value, string prefix, List<string> result)
    {
        switch (value)
        {
            case Map map:
                foreach (var (k, v) in map) CollectPaths(v, prefix == "" ? k : $"{prefix}.{k}", result);
                break;
            case Items items:
                for (int i = 0; i < items.Count; i++) CollectPaths(items[i], $"{prefix}[{i}]", result);
                break;
            default:
                result.Add(prefix);
                break;
        }
    }

    static List<string> LeafPaths(object value)
    {
        var result = new List<string>();
        CollectPaths(value, "", result);
        result.Sort(StringComparer.Ordinal);
        return result;
    }

    // The same for equal values: the order of a map's keys plays no role.
    static long Checksum(object value) => value switch
    {
        Map map => map.Aggregate(3L, (sum, p) => (sum + Checksum(p.Key) * Checksum(p.Value)) % Mod),
        Items items => items.Aggregate(5L, (sum, v) => (sum * 31 + Checksum(v)) % Mod),
        string s => s.Aggregate(7L, (sum, c) => (sum * 31 + c) % Mod),
        bool b => b ? 11 : 13,
        int number => number,
        _ => throw new ArgumentException("not a value"),
    };

    public static long Run(int n)
    {
        seed = 42;
        long sum = 0;
        for (int round = 0; round < n; round++)
        {
            var a = BuildMap(4);
            var b = BuildMap(4);
            var copied = DeepCopy(a);
            if (!DeepEquals(a, copied)) throw new InvalidOperationException("a copy differs");
            var merged = Merge(a, b);

            int found = 0;
            foreach (string path in LeafPaths(merged))
            {
                var leaf = GetPath(merged, path)!;
                if (DeepEquals(leaf, GetPath(b, path))) found++;
                sum = (sum * 31 + Checksum(leaf)) % Mod;
            }
            var paths = LeafPaths(a);
            SetPath(copied, paths[Random(paths.Count)], Random(1000));
            if (DeepEquals(a, copied)) found += 1000;
            sum = (sum * 31 + found + Checksum(merged) + Checksum(copied)) % Mod;
        }
        return sum;
    }
}
