namespace Lyra.IlVerify.Types;

/// <summary>What is told apart on the stack (ECMA-335 III.1.8.1.2).</summary>
internal enum VerificationKind
{
    /// <summary>Nothing is known, since something was wrong before; fits everywhere, so that one fault makes one message.</summary>
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

    /// <summary>What ldftn and ldvirtftn leave.</summary>
    Function,
}
