using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Lyra.Runtime.Library.Operations;

namespace Lyra.Runtime.Library.Modules;

/// <summary>The element-wise operations of module <c>simd</c> on arrays of floats.</summary>
internal static class SimdFloats
{
    /// <summary>All three have the same length. The result may be one of the operands.</summary>
    public static void Operate(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> result, SimdOperation operation)
    {
        switch (operation)
        {
            case SimdOperation.Add:
                Run<SimdOperators.AddFloats>(a, b, result);
                return;
            case SimdOperation.Sub:
                Run<SimdOperators.SubFloats>(a, b, result);
                return;
            case SimdOperation.Mul:
                Run<SimdOperators.MulFloats>(a, b, result);
                return;
            case SimdOperation.Div:
                Run<SimdOperators.DivFloats>(a, b, result);
                return;
            case SimdOperation.Min:
                Run<SimdOperators.MinFloats>(a, b, result);
                return;
            case SimdOperation.Max:
                Run<SimdOperators.MaxFloats>(a, b, result);
                return;
            default:
                throw new UnreachableException();
        }
    }

    [MethodImpl(ElementLoops.Optimized)]
    private static void Run<TOperator>(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> result)
        where TOperator : struct, ISimdOperator<double>
    {
        ReadOnlySpan<Vector256<double>> fours = MemoryMarshal.Cast<double, Vector256<double>>(a);
        ReadOnlySpan<Vector256<double>> others = MemoryMarshal.Cast<double, Vector256<double>>(b)[..fours.Length];
        Span<Vector256<double>> results = MemoryMarshal.Cast<double, Vector256<double>>(result)[..fours.Length];
        for (int i = 0; i < fours.Length; i++)
        {
            results[i] = TOperator.Apply(fours[i], others[i]);
        }

        for (int i = fours.Length * Vector256<double>.Count; i < a.Length; i++)
        {
            result[i] = TOperator.Apply(a[i], b[i]);
        }
    }
}
