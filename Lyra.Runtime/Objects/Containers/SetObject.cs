using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>A set. It keeps insertion order; adding a present element changes nothing.</summary>
internal sealed class SetObject() : HashTable(ValueKind.Set)
{
    /// <summary>The annotation that elements are checked against; null when every value is accepted.</summary>
    public BoundType? ElementType;

    public override ValueKind Kind => ValueKind.Set;

    public override bool IsFrozen => ElementType?.Kind == SlotKind.Frozen;

    /// <summary>Adds an element, converted by <see cref="ElementType"/>; false when it was present.</summary>
    /// <exception cref="ScriptErrorException">TypeError for a refused or unhashable element; a hook's error; a limit is
    /// exceeded.</exception>
    public bool Add(ScriptContext context, in Value item)
    {
        Value stored = item;
        if (ElementType is not null)
        {
            SlotCheck.Convert(context, ElementType, ref stored);
        }

        if (Find(context, stored, out int hash) >= 0)
        {
            return false;
        }

        Append(context, stored, default, hash);
        return true;
    }

    /// <exception cref="ScriptErrorException">TypeError for an unhashable element; whatever a hook throws.</exception>
    public bool Contains(ScriptContext context, in Value item) => Find(context, item, out _) >= 0;

    /// <summary>Removes an element; false when it was absent.</summary>
    /// <exception cref="ScriptErrorException">TypeError for an unhashable element; whatever a hook throws.</exception>
    public bool Remove(ScriptContext context, in Value item)
    {
        RequireMutable();
        int position = Find(context, item, out _);
        if (position >= 0)
        {
            RemoveAt(context, position);
        }

        return position >= 0;
    }

    /// <summary>
    /// The element at a position from 0 to EntryLimit - 1; false for a hole. Positions are stable while Version is unchanged.
    /// </summary>
    public bool TryEntryAt(int position, out Value item) => TryKeyAt(position, out item);
}
