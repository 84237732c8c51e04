using System.Reflection.Metadata;

namespace Lyra.Jit.HostCode;

/// <summary>Groups of IL operations that have the same effects (ECMA-335, III.3 and III.4).</summary>
internal static class HostOperations
{
    /// <summary>Whether it computes a number of two, or of one (<see cref="IsUnary"/>).</summary>
    public static bool IsArithmetic(ILOpCode op) => op is (>= ILOpCode.Add and <= ILOpCode.Not)
        or (>= ILOpCode.Add_ovf and <= ILOpCode.Sub_ovf_un) or (>= ILOpCode.Ceq and <= ILOpCode.Clt_un);

    public static bool IsUnary(ILOpCode op) => op is ILOpCode.Neg or ILOpCode.Not;

    /// <summary>Whether arithmetic on ints throws where its result overflows.</summary>
    public static bool IsChecked(ILOpCode op) => op is >= ILOpCode.Add_ovf and <= ILOpCode.Sub_ovf_un;

    /// <summary>Whether it throws where ints are divided by 0, or the least by -1.</summary>
    public static bool IsDivision(ILOpCode op) => op is >= ILOpCode.Div and <= ILOpCode.Rem_un;

    public static bool IsComparison(ILOpCode op) => op is >= ILOpCode.Ceq and <= ILOpCode.Clt_un;

    /// <summary>Whether it converts a number to another type of numbers.</summary>
    public static bool IsConversion(ILOpCode op) => op is (>= ILOpCode.Conv_i1 and <= ILOpCode.Conv_u8) or ILOpCode.Conv_r_un
        or ILOpCode.Conv_u2 or ILOpCode.Conv_u1 or ILOpCode.Conv_i or ILOpCode.Conv_u || IsCheckedConversion(op);

    public static bool IsCheckedConversion(ILOpCode op) => op is (>= ILOpCode.Conv_ovf_i1_un and <= ILOpCode.Conv_ovf_u_un)
        or (>= ILOpCode.Conv_ovf_i1 and <= ILOpCode.Conv_ovf_u8) or ILOpCode.Conv_ovf_i or ILOpCode.Conv_ovf_u;

    /// <summary>Whether a conversion makes a float.</summary>
    public static bool MakesFloat(ILOpCode op) => op is ILOpCode.Conv_r4 or ILOpCode.Conv_r8 or ILOpCode.Conv_r_un;

    /// <summary>Whether it loads an element of an array of numbers or references.</summary>
    public static bool IsElementLoad(ILOpCode op) => op is >= ILOpCode.Ldelem_i1 and <= ILOpCode.Ldelem_ref;

    /// <summary>Whether it stores an element of an array of numbers. Stores of references compare types, and throw.</summary>
    public static bool IsElementStore(ILOpCode op) => op is >= ILOpCode.Stelem_i and <= ILOpCode.Stelem_r8;

    /// <summary>Whether it loads a number or a reference from an address.</summary>
    public static bool IsIndirectLoad(ILOpCode op) => op is >= ILOpCode.Ldind_i1 and <= ILOpCode.Ldind_ref;

    /// <summary>Whether it stores a number or a reference at an address.</summary>
    public static bool IsIndirectStore(ILOpCode op) => op is (>= ILOpCode.Stind_ref and <= ILOpCode.Stind_r8) or ILOpCode.Stind_i;

    /// <summary>The number of operands that a branch compares.</summary>
    public static int OperandsOf(ILOpCode branch) => branch switch
    {
        ILOpCode.Br => 0,
        ILOpCode.Brfalse or ILOpCode.Brtrue => 1,
        _ => 2,
    };

    public static bool IsBranch(ILOpCode op) => op is >= ILOpCode.Br and <= ILOpCode.Blt_un;
}
