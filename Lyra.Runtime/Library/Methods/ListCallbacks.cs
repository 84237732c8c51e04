using Lyra.Runtime.Library.Rows;

namespace Lyra.Runtime.Library.Methods;

/// <summary>
/// The methods of list that call a proc for each element, written in Lyra. If a callback changes the list's size, they throw
/// ConcurrentModification, as a loop does. If it changes an element that is not yet visited, they use the new element.
/// </summary>
internal static class ListCallbacks
{
    public static void Rows(RowReader rows)
    {
        rows.Row("map(list, f)")?.RegisterScripted();
        rows.Row("filter(list, f)")?.RegisterScripted();
        rows.Row("reduce(list, f, init?)")?.RegisterScripted();
        rows.Row("each(list, f)")?.RegisterScripted();
        rows.Row("find(list, f)")?.RegisterScripted();

    }
}
