using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>The sizes that operands set for one proc. The first size that it exceeds is reported.</summary>
internal sealed class ProcLimits(ProcContext context, DiagnosticBag diagnostics)
{
    /// <summary>The largest value of a 16-bit operand.</summary>
    public const int MaxOperand = ushort.MaxValue;

    private bool _isTooLarge;

    /// <summary>True for an int that a signed 16-bit operand holds.</summary>
    public static bool IsSmallInt(Value value) => value.IsInt && value.AsInt is >= short.MinValue and <= short.MaxValue;

    /// <summary>Returns <paramref name="index"/>; reports it when a 16-bit operand can't hold it.</summary>
    /// <param name="index">The index.</param>
    /// <param name="counted">The things it numbers, in the plural, for the message.</param>
    public int Fit(int index, string counted)
    {
        if (index > MaxOperand) Report(counted);
        return index;
    }

    private void Report(string counted)
    {
        if (_isTooLarge) return;

        _isTooLarge = true;
        SourceSpan span = context.Node?.NameSpan ?? default;
        diagnostics.Report(CompilerDiagnostics.ProcTooLarge, span, context.Name, $"{MaxOperand:N0}", counted);
    }
}
