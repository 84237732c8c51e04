namespace Lyra.IlVerify.Types;

/// <summary>The kinds of stack entries that the verifier distinguishes (ECMA-335 III.1.8.1.2).</summary>
internal enum VerificationKind
{
    /// <summary>Unknown after an earlier error; compatible with everything, so that one error causes one message.</summary>
    Unknown,
    Int32,
    Int64,
    NativeInt,
    Float,

    /// <summary>An object, or a boxed value when the type is a value type or generic parameter.</summary>
    Reference,
    Null,
    Value,
    ByRef,

    /// <summary>An unmanaged pointer.</summary>
    Pointer,

    /// <summary>A function pointer, the result of ldftn and ldvirtftn.</summary>
    Function,
}
