using System.Runtime.CompilerServices;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>Tests of a value for a pattern. They raise nothing.</summary>
internal static class PatternTests
{
    /// <summary>The length of a value that a pattern destructures; 0 for anything else.</summary>
    public static long Length(in Value value) => value.Ref switch
    {
        ListObject list => list.Count,
        HostList list => list.Count,
        ScriptString text => text.Length,
        TupleObject tuple => tuple.Count,
        _ => 0,
    };
}
