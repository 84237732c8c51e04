namespace Lyra.Runtime.Verification;

/// <summary>The verifier's knowledge of a register at one point of the code.</summary>
internal enum RegisterState : byte
{
    /// <summary>Not written in this call on some path, or of incompatible states on different paths: must not be read.</summary>
    Unknown,

    /// <summary>Any value of the language.</summary>
    Value,

    /// <summary>A value or the unset marker.</summary>
    MaybeUnset,

    /// <summary>The upvalue of a variable, made in this call.</summary>
    Upvalue,

    /// <summary>A list made by an instruction for list literals.</summary>
    List,

    /// <summary>The index of a range loop.</summary>
    RangeIndex,

    /// <summary>The limit of a range loop.</summary>
    RangeLimit,

    /// <summary>The object that a for-each loop iterates over.</summary>
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
    /// Whether every value that the register may hold is a value of the language. The hidden state of a loop is not: how the loop counts
    /// and what remains after its end are internal, and the tiers may differ in them.
    /// </summary>
    public static bool IsReadable(this RegisterState state) => state is RegisterState.Value or RegisterState.List;

    /// <summary>The state of a register that has one state on one path and another on another.</summary>
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
