using System.Diagnostics.CodeAnalysis;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>What <c>for</c>, <c>next</c> and every builtin that takes an iterable can drive.</summary>
internal abstract class ScriptIterator : ScriptObject
{
    /// <summary>Whether an advance has found the end.</summary>
    public bool IsDone { get; set; }

    public override ValueKind Kind => ValueKind.Iterator;

    public override string TypeName => "iterator";

    /// <summary>The next value; false at the end, and ever after.</summary>
    public abstract bool MoveNext(ScriptContext context, out Value value);

    /// <summary>Ends the iteration early; a generator's finally blocks run.</summary>
    public abstract void Close(ScriptContext context);
}
