namespace Lyra.Runtime.Bytecode;

/// <summary>What the verifier knows of a register at one point of the code.</summary>
internal enum RegisterState : byte
{
    /// <summary>Not written in this call on some path, or different things that have nothing in common: must not be read.</summary>
    Unknown,

    /// <summary>Any value of the language.</summary>
    Value,

    /// <summary>A value or the unset marker.</summary>
    MaybeUnset,

    /// <summary>The box of a variable, made in this call.</summary>
    Upvalue,

    /// <summary>A list that an instruction for list literals made.</summary>
    List,

    /// <summary>The index of a range loop.</summary>
    RangeIndex,

    /// <summary>The limit of a range loop.</summary>
    RangeLimit,

    /// <summary>What a for-each loop iterates over.</summary>
    IterationSource,

    /// <summary>The second hidden register of a for-each loop, an int.</summary>
    IterationPosition,

    /// <summary>The third hidden register of a for-each loop, an int or the task of a channel that is waited for.</summary>
    IterationExtra,
}

/// <summary>The lattice of <see cref="RegisterState"/>.</summary>
internal static class RegisterStates
{
    /// <summary>
    /// Whether every value the register may hold is one of the language. What a loop keeps for itself is none: how it counts, and what is left of it
    /// behind its end, is its own affair, which the tiers may differ in.
    /// </summary>
    public static bool IsReadable(this RegisterState state) => state is RegisterState.Value or RegisterState.List;

    /// <summary>What holds of a register that is in one state on one path and in another on another.</summary>
    public static RegisterState Join(RegisterState a, RegisterState b)
    {
        if (a == b)
        {
            return a;
        }

        return !HoldsValueOrUnset(a) || !HoldsValueOrUnset(b) ? RegisterState.Unknown
            : a == RegisterState.MaybeUnset || b == RegisterState.MaybeUnset ? RegisterState.MaybeUnset
            : RegisterState.Value;
    }

    private static bool HoldsValueOrUnset(RegisterState state) => state.IsReadable() || state == RegisterState.MaybeUnset;
}
