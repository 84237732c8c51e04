namespace Lyra.Runtime.Execution;

/// <summary>
/// Identifies the intrinsics for which compiled code has operations of its own. Rows of the library with the same meaning share an id (for
/// example <c>isEmpty</c> of every type).
/// </summary>
internal enum IntrinsicId : byte
{
    /// <summary>Compiled code has no operations for it. It calls the handler if the effects allow that.</summary>
    None,

    // Builtins
    Length,
    Push,
    Insert,
    Pop,
    Abs,
    Min,
    Max,
    Range,
    ToInt,
    ToFloat,
    ToText,
    ToBool,
    TypeName,
    Ord,
    Chr,

    // Methods
    MapGet,
    MapHas,
    SetHas,
    SetAdd,
    ListFirst,
    ListLast,
    ListRemoveAt,
    RangeContains,
    IsEmpty,
    StrFind,
    StrIndex,
    StrContains,
    StrStartsWith,
    StrEndsWith,

    // Module math
    MathSqrt,
    MathCbrt,
    MathSin,
    MathCos,
    MathTan,
    MathAsin,
    MathAcos,
    MathAtan,
    MathExp,
    MathLog,
    MathLog2,
    MathLog10,
    MathDegrees,
    MathRadians,
    MathIsNan,
    MathAtan2,
    MathPow,
    MathHypot,
    MathFloor,
    MathCeil,
    MathRound,
    MathTrunc,
    MathMod,
    MathIdiv,

    // Module bits
    BitsPopCount,
    BitsClz,
    BitsCtz,
    BitsAdd32,
    BitsSub32,
    BitsMul32,
    BitsAddu32,
    BitsSubu32,
    BitsMulu32,
    BitsShl32,
    BitsShlu32,
    BitsShr32,
    BitsShru32,
    BitsRotl32,
    BitsRotlu32,
    BitsRotr32,
    BitsRotru32,
    BitsAddu64,
    BitsSubu64,
    BitsMulu64,

    // Methods of channel
    ChannelSend,
    ChannelReceive,

    // Module prelude
    CheckProc,
    IsGiven,

    /// <summary>Whether an iterator has ended.</summary>
    Done,

    /// <summary>A list of the elements of an iterable, which is the iterable itself if that is a list.</summary>
    AsList,
}
