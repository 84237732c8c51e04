using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace Lyra.Runtime.Execution;

/// <summary>A call of an intrinsic that is written in Lyra.</summary>
/// <param name="Row">The intrinsic.</param>
/// <param name="Count">The number of arguments, with the receiver.</param>
/// <param name="Pc">The position of the call in the code of its caller.</param>
internal readonly record struct ScriptedCall(Intrinsic Row, int Count, int Pc)
{
    /// <summary>
    /// Compares calls. Written out, because the CLR would have to compile its own comparer when a process uses it first.
    /// </summary>
    public sealed class Comparer : IEqualityComparer<ScriptedCall>
    {
        public static readonly Comparer Instance = new();

        public bool Equals(ScriptedCall x, ScriptedCall y) => ReferenceEquals(x.Row, y.Row) && x.Count == y.Count && x.Pc == y.Pc;

        public int GetHashCode(ScriptedCall call) =>
            unchecked((((RuntimeHelpers.GetHashCode(call.Row) * 31) + call.Count) * 31) + call.Pc);
    }
}
