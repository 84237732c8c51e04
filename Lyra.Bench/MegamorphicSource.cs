using System.Linq;

namespace Lyra.Bench;

/// <summary>A script whose member sites see 24 struct types in turn, so that no site's own entry answers.</summary>
internal static class MegamorphicSource
{
    private const int Types = 24;

    /// <summary>Declares <c>work(n)</c>, which reads three fields and calls one method of n objects.</summary>
    public static string Text { get; } = string.Join('\n', Enumerable.Range(0, Types).Select(Struct)) + $$"""

        let things = [{{string.Join(", ", Enumerable.Range(0, Types).Select(i => $"T{i}()"))}}]
        proc work(n) {
            var sum = 0
            for i in 0..n {
                let thing = things[i % {{Types}}]
                sum += thing.price + thing.weight + thing.position + thing.scaled(i)
            }
            return sum
        }
        """;

    /// <summary>The fields are in another order in each type, after a different number of others.</summary>
    private static string Struct(int i)
    {
        string[] fields = i % 2 == 0 ? ["price", "weight", "position"] : ["position", "weight", "price"];
        string others = string.Concat(Enumerable.Range(0, i % 5).Select(k => $"x{k} = {k}; "));
        return $"struct T{i} {{ {others}{string.Join("; ", fields.Select(name => $"{name} = {i}"))}; "
            + "proc scaled(self, n) { return 2 * n } }";
    }
}
