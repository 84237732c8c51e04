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
        if (rows.Matches("map(list, f)"))
        {
            rows.RegisterScripted();
        }

        if (rows.Matches("filter(list, f)"))
        {
            rows.RegisterScripted();
        }

        if (rows.Matches("reduce(list, f, init?)"))
        {
            rows.RegisterScripted();
        }

        if (rows.Matches("each(list, f)"))
        {
            rows.RegisterScripted();
        }

        if (rows.Matches("find(list, f)"))
        {
            rows.RegisterScripted();
        }
    }
}
