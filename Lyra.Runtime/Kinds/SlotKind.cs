namespace Lyra.Runtime.Kinds;

/// <summary>The kinds of annotation. Module files contain their numbers.</summary>
internal enum SlotKind : byte
{
    Any,
    Nil,
    Bool,
    Int,
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
    Float,
    F32,
    Str,
    List,
    Map,
    Set,
    Tuple,
    Range,
    Bytes,
    Proc,
    Struct,
    Task,
    Iterator,
    Error,
    Channel,
    Host,

    /// <summary>Takes the values of any of several types, its arguments.</summary>
    Union,

    /// <summary>Takes no value: the element kind of a frozen container. Source code and module files have no name for it.</summary>
    Frozen,
}

/// <summary>What a store makes of a value.</summary>
internal enum SlotStore : byte
{
    /// <summary>It stores a value that it accepts as it is.</summary>
    Keeps,

    /// <summary>It wraps ints to the size of the slot.</summary>
    Wraps,

    /// <summary>It converts numbers to floats of the size of the slot.</summary>
    Rounds,

    /// <summary>It converts the elements to the types of the annotation, if there are any.</summary>
    ConvertsElements,

    /// <summary>It keeps a value of one of the types, or else converts it as the first of them that can.</summary>
    Chooses,
}

/// <summary>What a slot without an initializer stores.</summary>
internal enum SlotDefault : byte
{
    Nil,
    False,
    IntZero,
    FloatZero,
    EmptyStr,
    EmptyContainer,
}
