using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Objects;

namespace Lyra.Runtime.Library.Modules;

/// <summary>The list that the operations of module <c>simd</c> whose names end in <c>To</c> write into.</summary>
internal static class SimdTarget
{
    /// <summary>True when the list holds that many unboxed elements, and its element type takes others of them as they are.</summary>
    public static bool Holds(ListObject target, ListStrategy strategy, int count) =>
        target.Strategy == strategy && target.Count == count && (target.ElementKind == SlotKind.Any || strategy switch
        {
            ListStrategy.Ints => target.ElementKind is SlotKind.Int or SlotKind.I64,
            ListStrategy.Floats => target.ElementKind == SlotKind.Float,
            ListStrategy.Empty or ListStrategy.Bools or ListStrategy.Values => target.ElementKind == SlotKind.Bool,
        });

    /// <summary>Replaces the elements by those of a new list, converted by the element type.</summary>
    /// <exception cref="ScriptErrorException">TypeError when the element type refuses one; a limit is exceeded. The target is unchanged.
    /// </exception>
    public static void Replace(ScriptContext context, ListObject target, ListObject results)
    {
        if (target.ElementType is not { } type)
        {
            target.TakeElements(results);
            return;
        }

        ListObject converted = new() { ElementType = type };
        converted.EnsureCapacity(context, results.Count);
        context.Protect(results);
        context.Protect(converted);
        converted.AddRange(context, results);
        context.Unprotect();
        context.Unprotect();
        target.TakeElements(converted);
    }
}
