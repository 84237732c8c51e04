using System.Diagnostics.CodeAnalysis;

namespace Lyra;

/// <summary>The kind of a script value.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "These are the types of the language.")]
public enum ValueKind : byte
{
    /// <summary>The only value of type nil.</summary>
    Nil,

    /// <summary>true or false.</summary>
    Bool,

    /// <summary>An integer of any size.</summary>
    Int,

    /// <summary>An IEEE 754 binary64 number.</summary>
    Float,

    /// <summary>An immutable text of UTF-16 code units.</summary>
    Str,

    /// <summary>A growable list.</summary>
    List,

    /// <summary>A map that keeps insertion order.</summary>
    Map,

    /// <summary>A set that keeps insertion order.</summary>
    Set,

    /// <summary>An immutable tuple.</summary>
    Tuple,

    /// <summary>A range of ints.</summary>
    Range,

    /// <summary>A mutable byte buffer.</summary>
    Bytes,

    /// <summary>A proc: a closure, a builtin, a bound method or a host delegate.</summary>
    Proc,

    /// <summary>An instance of a struct.</summary>
    Struct,

    /// <summary>A struct declaration; calling it constructs an instance.</summary>
    StructType,

    /// <summary>A task.</summary>
    Task,

    /// <summary>An iterator.</summary>
    Iterator,

    /// <summary>An error value.</summary>
    Error,

    /// <summary>A channel between tasks.</summary>
    Channel,

    /// <summary>An imported module.</summary>
    Module,

    /// <summary>An enum declaration, whose members are the cases.</summary>
    Enum,

    /// <summary>An object of the host.</summary>
    Host, // the last kind: the type tags after its own are those of the host's collections
}
