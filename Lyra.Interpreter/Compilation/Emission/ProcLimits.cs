using Lyra.Interpreter.Diagnostics;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>The limits that the sizes of operands impose on one proc. The first one that it exceeds is reported.</summary>
internal sealed class ProcLimits(ProcEmitter proc)
{
    /// <summary>The largest value of a 16-bit operand.</summary>
    public const int MaxOperand = ushort.MaxValue;

    private bool _isTooLarge;

    public void Clear() => _isTooLarge = false;

    /// <summary>True for an int that fits into a signed 16-bit operand.</summary>
    public static bool IsSmallInt(Value value) => value.IsInt && value.AsInt is >= short.MinValue and <= short.MaxValue;

    /// <summary>Returns <paramref name="index"/>; reports it if it does not fit into a 16-bit operand.</summary>
    /// <param name="index">The index.</param>
    /// <param name="counted">The plural of the indexed things, for the message.</param>
    public int Fit(int index, string counted)
    {
        if (index > MaxOperand)
        {
            Report(counted);
        }

        return index;
    }

    private void Report(string counted)
    {
        if (_isTooLarge)
        {
            return;
        }

        _isTooLarge = true;
        SourceSpan span = proc.Context.Node?.NameSpan ?? default;
        proc.Owner.Diagnostics.Report(CompilerDiagnostics.ProcTooLarge, span, proc.Context.Name, $"{MaxOperand:N0}", counted);
    }
}
