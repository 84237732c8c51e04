using System.Diagnostics.CodeAnalysis;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>An iterator that <c>for</c>, <c>next</c> and every builtin that accepts an iterable can advance.</summary>
internal abstract class ScriptIterator : OwnedObject
{
    public bool IsDone { get; set; }

    /// <summary>
    /// Whether the expression that made the iterator also made its consumer, so that a loop over it closes it, as it closes one that its
    /// own head has made.
    /// </summary>
    public bool IsGiven { get; set; }

    /// <summary>Lets the consumer of an iterator close it (<see cref="IsGiven"/>); does nothing with other values.</summary>
    public static void Give(object? value)
    {
        if (value is ScriptIterator iterator)
        {
            iterator.IsGiven = true;
        }
    }

    public override ValueKind Kind => ValueKind.Iterator;

    /// <summary>Advances to the next value; returns false at the end and on every call after it.</summary>
    public abstract bool MoveNext(ScriptContext context, out Value value);

    /// <summary>Ends the iteration early; a generator's finally blocks run.</summary>
    public abstract void Close(ScriptContext context);
}
