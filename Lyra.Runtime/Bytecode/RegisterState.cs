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
    /// <summary>Whether every value the register may hold is one of the language.</summary>
    public static bool IsReadable(this RegisterState state) => state is not (RegisterState.Unknown or RegisterState.MaybeUnset or RegisterState.Upvalue);

    /// <summary>What holds of a register that is in one state on one path and in another on another.</summary>
    public static RegisterState Join(RegisterState a, RegisterState b)
    {
        if (a == b)
        {
            return a;
        }

        bool isUnreadable = a is RegisterState.Unknown or RegisterState.Upvalue || b is RegisterState.Unknown or RegisterState.Upvalue;
        return isUnreadable ? RegisterState.Unknown
            : a == RegisterState.MaybeUnset || b == RegisterState.MaybeUnset ? RegisterState.MaybeUnset
            : RegisterState.Value;
    }
}
