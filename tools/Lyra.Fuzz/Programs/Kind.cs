namespace Lyra.Fuzz.Programs;

/// <summary>The kind that the generator expects a value to have. It may be wrong: programs change kinds on purpose.</summary>
internal enum Kind
{
    Int,
    Float,
    Bool,
    Str,

    /// <summary>A list of ints.</summary>
    Ints,

    /// <summary>A list of floats.</summary>
    Floats,

    /// <summary>A list of bools.</summary>
    Bools,

    /// <summary>A list of strs.</summary>
    Texts,

    /// <summary>A list of anything.</summary>
    Mixed,

    /// <summary>A map with strs and ints as keys.</summary>
    Table,

    Set,

    /// <summary>A tuple of an int and anything.</summary>
    Pair,

    /// <summary>An instance of one of the program's structs.</summary>
    Instance,

    /// <summary>A proc from int to int.</summary>
    Proc,

    /// <summary>A list of procs from int to int.</summary>
    Procs,

    Bytes,

    /// <summary>Anything.</summary>
    Any,
}
