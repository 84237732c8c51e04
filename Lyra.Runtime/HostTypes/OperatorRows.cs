using System.Collections.Generic;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;

namespace Lyra.Runtime.HostTypes;

/// <summary>The operators of host types as the operator table shows its rows: <c>Order * float</c> and <c>Order.*</c>.</summary>
internal static class OperatorRows
{
    public static IEnumerable<KeyValuePair<string, string>> Of(HostType type)
    {
        foreach ((string symbol, NativeProc proc) in type.Operators)
        {
            foreach (Intrinsic row in proc.Intrinsic.Overloads is { Length: > 0 } overloads ? overloads : [proc.Intrinsic])
            {
                string[] operands = DelegateAdapter.Of(row)!.ParameterTypes();
                string shown = symbol == HostOperators.Negation ? $"-{operands[0]}" : $"{operands[0]} {symbol} {operands[1]}";
                yield return new(shown, $"{type.Name}.{symbol}");
            }
        }
    }
}
