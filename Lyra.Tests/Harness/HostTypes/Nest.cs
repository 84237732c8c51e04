using System.Collections.Generic;
using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Lyra.Tests.Harness.HostTypes;

/// <summary>An object with collections of collections, of every kind that scripts use in place.</summary>
public sealed class Nest
{
    /// <summary>An array of arrays that is a field.</summary>
    public int[][] Jag = [[1, 2, 3], [4, 5, 6]];

    /// <summary>What the indexer reads.</summary>
    private readonly List<int>[] _rows = [[1], [2]];

    public double[][] Floats { get; } = [[1, 2], [3, 4]];

    public List<List<int>> Lists { get; } = [[1, 2], [3]];

    public Dictionary<string, List<int>> Map { get; } = new() { ["a"] = [1], ["b"] = [] };

    public Dictionary<string, Dictionary<string, int>> Maps { get; } = new() { ["a"] = new() { ["x"] = 1 } };

    public Dictionary<string, int>[] Dictionaries { get; } = [new() { ["x"] = 1 }];

    public List<HashSet<int>> Sets { get; } = [[1, 2]];

    public IList<IList<int>> Interfaces { get; } = [new List<int> { 1 }, new[] { 2, 3 }];

    public IDictionary<string, IDictionary<string, int[]>> Deep { get; } =
        new Dictionary<string, IDictionary<string, int[]>> { ["a"] = new Dictionary<string, int[]> { ["x"] = [1, 2] } };

    public int[][][] Cube { get; } = [[[1, 2], [3, 4]], [[5, 6], [7, 8]]];

    public List<object> Objects { get; } = [new List<int> { 1 }, new[] { 2 }, 3, "four"];

    public (List<int> Left, int[] Right) Pair { get; } = ([1], [2]);

    public List<(string Name, int[] Values)> Pairs { get; } = [("a", [1])];

    public List<byte[]> Blobs { get; } = [[1, 2]];

    public List<Queue<int>> Queues { get; } = [new([1, 2])];

    public IReadOnlyList<IReadOnlyList<int>> Fixed { get; } = [[1, 2], ImmutableArray.Create(3)];

    public Spot[] Spots { get; } = [new() { X = 1, Marks = [1] }];

    public List<Spot> SpotList { get; } = [new() { X = 2, Marks = [2] }];

    public JsonObject Json { get; } = new() { ["rows"] = new JsonArray(1, 2) };

    public Nest Self => this;

    public List<int> this[int row] => _rows[row];

    /// <summary>A copy for scripts, as every result of a method.</summary>
    public List<int[]> Copied() => [.. Jag];

    /// <summary>A method whose result is an object: its parts are not copied.</summary>
    public Nest Same() => this;
}

/// <summary>A .NET struct, of which scripts hold a copy.</summary>
public struct Spot
{
    public int X;

    public int Y { get; set; }

    public List<int> Marks { get; set; }
}
