using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>
/// A collection of the host that scripts use in place: they see it as a list, map or set. Elements are converted when they are read and
/// written.
/// </summary>
internal abstract class HostCollection(ValueKind kind) : OwnedObject(ScriptObject.HostTagOf(kind))
{
    /// <summary>The bytes of the object: those of the collection are the host's.</summary>
    public const long Bytes = 32;

    /// <summary>The collection itself.</summary>
    public abstract object Source { get; }

    public abstract int Count { get; }

    /// <summary>
    /// Whether it is a dictionary or set whose members run none of the host's code: the class, the keys and the way to compare them are
    /// those of the platform.
    /// </summary>
    public virtual bool IsPlainTable => false;

    public override ValueKind Kind { get; } = kind;

    public override long OwnBytes => Bytes;

    /// <summary>The present content as a list, map or set of the language.</summary>
    public abstract Value Copy(ScriptContext context);

    /// <summary>Removes all elements.</summary>
    public abstract void Clear(ScriptContext context);

    /// <summary>The content of a collection of the host as a value of the language; any other value itself.</summary>
    public static Value CopyOf(ScriptContext context, in Value value) =>
        value.Ref is HostCollection collection ? collection.Copy(context) : value;
}

/// <summary>A list or array of the host.</summary>
internal abstract class HostList() : HostCollection(ValueKind.List)
{
    /// <summary>The element at an index below the count.</summary>
    public abstract Value Get(ScriptContext context, int index);

    /// <summary>Replaces the element at an index below the count.</summary>
    public abstract void Set(ScriptContext context, int index, in Value value);

    /// <summary>Inserts an element before an index, which is at most the count.</summary>
    public abstract void Insert(ScriptContext context, int index, in Value value);

    /// <summary>Removes and returns the element at an index below the count.</summary>
    public abstract Value RemoveAt(ScriptContext context, int index);

    /// <summary>The present elements as a new list of the language.</summary>
    public ListObject CopyList(ScriptContext context)
    {
        ListObject copy = new();
        context.ChargeMemory(copy.OwnBytes);
        context.Protect(copy);
        for (int i = 0; i < Count; i++)
        {
            context.Charge(1);
            copy.Add(context, Get(context, i));
        }

        context.Unprotect();
        return copy;
    }

    public override Value Copy(ScriptContext context) => Value.FromObject(CopyList(context));

    /// <summary>Makes the elements those of a list of the language.</summary>
    public void Replace(ScriptContext context, ListObject elements)
    {
        for (int i = 0; i < elements.Count; i++)
        {
            context.Charge(1);
            if (i < Count)
            {
                Set(context, i, elements.Get(i));
            }
            else
            {
                Insert(context, i, elements.Get(i));
            }
        }

        for (int i = Count - 1; i >= elements.Count; i--)
        {
            RemoveAt(context, i);
        }
    }
}

/// <summary>A dictionary of the host.</summary>
internal abstract class HostMap() : HostCollection(ValueKind.Map)
{
    /// <summary>An iterator over the present entries.</summary>
    public abstract ScriptIterator Iterate(ScriptContext context);

    /// <summary>The value of a key; false when there is none, also for a key of a type that the dictionary can't have.</summary>
    public abstract bool TryGet(ScriptContext context, in Value key, out Value value);

    /// <summary>
    /// Looks up a key without code of the host, conversions that may fail, or memory; false when <see cref="TryGet"/> has to do it.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="found">Whether the dictionary has it.</param>
    /// <param name="value">Its value; nil if there is none.</param>
    public virtual bool TryPeek(in Value key, out bool found, out Value value)
    {
        (found, value) = (false, default);
        return false;
    }

    /// <summary>Adds or replaces a value.</summary>
    public abstract void Set(ScriptContext context, in Value key, in Value value);

    /// <summary>Removes a key; false when there is none.</summary>
    public abstract bool Remove(ScriptContext context, in Value key);
}

/// <summary>A set of the host.</summary>
internal abstract class HostSet() : HostCollection(ValueKind.Set)
{
    /// <summary>An iterator over the present elements.</summary>
    public abstract ScriptIterator Iterate(ScriptContext context);

    public abstract bool Contains(ScriptContext context, in Value item);

    /// <summary>Adds an element; false when the set has it.</summary>
    public abstract bool Add(ScriptContext context, in Value item);

    /// <summary>Removes an element; false when the set does not have it.</summary>
    public abstract bool Remove(ScriptContext context, in Value item);
}
