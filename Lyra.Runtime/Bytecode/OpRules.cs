namespace Lyra.Runtime.Bytecode;

/// <summary>What the registers that an instruction writes hold after it.</summary>
internal enum OpResult : byte
{
    /// <summary>A value.</summary>
    Value,

    /// <summary>A value that the instruction itself names.</summary>
    Literal,

    /// <summary>A list.</summary>
    List,

    /// <summary>What the register that is read held, if only the unset marker.</summary>
    Copy,

    /// <summary>The unset marker.</summary>
    Unset,

    /// <summary>An upvalue, which is not a value.</summary>
    Upvalue,
}

/// <summary>What the verifier requires of an instruction beyond operands in their bounds.</summary>
internal enum OpRule : byte
{
    None,

    /// <summary>It is no part of a program: the recorder sets it.</summary>
    OfRecorder,

    /// <summary>It is part of a profiled program only.</summary>
    OfProfile,

    /// <summary>B is 0 or 1.</summary>
    Bool,

    /// <summary>The immediate is positive.</summary>
    Steps,

    /// <summary>The constant C is a number.</summary>
    Number,

    /// <summary>The constant B is not a tuple.</summary>
    NoTuple,

    /// <summary>There is at least one register to join.</summary>
    NotEmpty,

    /// <summary>It is in the main code of a module, and the constant is a str.</summary>
    Import,

    /// <summary>The constant C is a str.</summary>
    Text,

    /// <summary>It is in a generator.</summary>
    Generator,

    /// <summary>It is in an async proc or in the main code of a module.</summary>
    Async,

    /// <summary>The slot type is a list, map or set.</summary>
    Container,

    /// <summary>The descriptor B describes C arguments.</summary>
    Descriptor,

    /// <summary>The module variable B holds a proc with C parameters.</summary>
    Proc,

    /// <summary>The module variable B holds a struct with C fields.</summary>
    Struct,

    /// <summary>It is in a constructor; as <see cref="Struct"/>.</summary>
    Constructor,
}

/// <summary>What the verifier requires of the registers that an instruction reads.</summary>
internal enum RegisterRule : byte
{
    /// <summary>They hold values.</summary>
    Values,

    /// <summary>B holds a value, an upvalue, or the unset marker.</summary>
    Any,

    /// <summary>A holds a value or the unset marker.</summary>
    MaybeUnset,

    /// <summary>B holds an upvalue.</summary>
    UpvalueInB,

    /// <summary>A holds an upvalue, and B a value.</summary>
    UpvalueInA,

    /// <summary>They hold the state of a range loop.</summary>
    RangeLoop,

    /// <summary>They hold the state of a for-each loop.</summary>
    Iteration,

    /// <summary>They hold the arguments of a known proc.</summary>
    ProcArguments,

    /// <summary>They hold the fields of a known struct.</summary>
    StructFields,

    /// <summary>They hold the arguments of a builtin.</summary>
    BuiltinArguments,

    /// <summary>They hold values, the first of which may be a list to spread.</summary>
    Spread,

    /// <summary>They hold what a proc captures: values and upvalues.</summary>
    Captures,
}
