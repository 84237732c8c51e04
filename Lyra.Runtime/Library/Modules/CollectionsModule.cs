using Lyra.Runtime.Library.Rows;

namespace Lyra.Runtime.Library.Modules;

/// <summary>Module <c>collections</c>. The collections are structs in Lyra; each proc calls the one that makes it.</summary>
internal static class CollectionsModule
{
    /// <summary>The name of the module.</summary>
    public const string Name = "collections";

    public static void Rows(RowReader rows)
    {
        rows.Row("deque(xs?)")?.RegisterMaker();
        rows.Row("heap(xs?, key?, by?)")?.RegisterMaker();
        rows.Row("counter(xs?)")?.RegisterMaker();
        rows.Row("sortedMap(entries?)")?.RegisterMaker();
        rows.Row("sortedSet(xs?)")?.RegisterMaker();
        rows.Row("bitset(n, ones?)")?.RegisterMaker();
    }
}
