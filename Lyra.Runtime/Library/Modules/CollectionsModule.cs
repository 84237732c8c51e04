using Lyra.Runtime.Library.Rows;

namespace Lyra.Runtime.Library.Modules;

/// <summary>Module <c>collections</c>. The collections are structs in Lyra; each proc calls the one that makes it.</summary>
internal static class CollectionsModule
{
    public static void Rows(RowReader rows)
    {
        rows.Row("deque(xs?)")?.RegisterMaker("makeDeque");
        rows.Row("heap(xs?, key?, by?)")?.RegisterMaker("makeHeap");
        rows.Row("counter(xs?)")?.RegisterMaker("makeCounter");
        rows.Row("sortedMap(entries?)")?.RegisterMaker("makeSortedMap");
        rows.Row("sortedSet(xs?)")?.RegisterMaker("makeSortedSet");
        rows.Row("bitset(n, ones?)")?.RegisterMaker("makeBitset");
    }
}
