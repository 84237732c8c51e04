using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Resolution;

/// <summary>
/// The enum whose cases a pattern at the top of an arm may name without it, because the subject's annotation or an earlier arm names the
/// enum.
/// </summary>
/// <param name="Own">The enum, if this module declares it.</param>
/// <param name="Imported">A type of another module, which may be an enum; the program knows its cases when it runs.</param>
internal readonly record struct CaseNames(EnumLayout? Own, SlotType? Imported)
{
    public bool IsEmpty => Own is null && Imported is null;

    public static CaseNames Of(EnumLayout layout) => new(layout, null);
}
