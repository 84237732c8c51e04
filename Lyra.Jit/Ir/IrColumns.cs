using System;

namespace Lyra.Jit.Ir;

/// <summary>Operations that passes and tests treat alike. Most rules look at the family first.</summary>
internal enum IrFamily : byte
{
    /// <summary>None of the families below.</summary>
    Other,

    /// <summary>A constant: the same value wherever it is evaluated.</summary>
    Const,

    /// <summary>A value from outside: a parameter, an argument, a register, the running closure.</summary>
    Input,

    /// <summary>Makes a value of type Any. It has no code of its own: its users push the tag and the bits of its input.</summary>
    Box,

    /// <summary>Takes the contents of an Any, with a check.</summary>
    Unbox,

    /// <summary>Takes the contents of an Any that earlier guards have checked.</summary>
    As,

    /// <summary>Tests the kind of an Any.</summary>
    KindTest,

    /// <summary>Converts between representations without looking at a tag.</summary>
    Conversion,

    /// <summary>Exits unless a condition holds; has no result.</summary>
    Guard,

    /// <summary>Arithmetic and comparisons of ints.</summary>
    IntMath,

    /// <summary>Arithmetic and comparisons of floats.</summary>
    FloatMath,

    /// <summary>Operations on bools and references.</summary>
    Logic,

    /// <summary>Loads the count, strategy or element type of a list.</summary>
    ListHeader,

    /// <summary>Loads the array that holds the elements of a list.</summary>
    ListArray,

    /// <summary>Loads from the array of a list.</summary>
    ElementLoad,

    /// <summary>Stores into the array of a list.</summary>
    ElementStore,

    /// <summary>Loads a field of a struct.</summary>
    FieldLoad,

    /// <summary>Stores a field of a struct.</summary>
    FieldStore,

    /// <summary>Makes an object that no other value refers to yet, and charges its memory.</summary>
    New,

    /// <summary>Describes, for snapshots, an object that an exit makes.</summary>
    Virtual,

    /// <summary>Makes an object that was virtual until here, unless it exists; its memory was charged before.</summary>
    Make,

    /// <summary>Reads a part of a range.</summary>
    RangePart,

    /// <summary>Runs code outside of the region.</summary>
    Call,

    /// <summary>Checks and counts limits.</summary>
    Bookkeeping,
}

/// <summary>
/// How <see cref="Passes.LoopInvariants"/> may move an operation whose inputs, and the memory that it reads, do not change in the loop.
/// </summary>
internal enum IrHoisting : byte
{
    /// <summary>It stays where it is.</summary>
    Never,

    /// <summary>It is safe if its divisor is a constant other than 0 and -1.</summary>
    ByDivisor,

    /// <summary>It is safe if guards before the loop show that its index is inside.</summary>
    ByIndex,

    /// <summary>It is safe if its position was found.</summary>
    ByPosition,

    /// <summary>It is safe if the type of its input was tested before the loop.</summary>
    ByType,

    /// <summary>It is safe if its helper is, and every iteration runs it.</summary>
    ByHelper,

    /// <summary>It is a guard: it may leave a block that every iteration runs, and then exits to the state at the loop's head.</summary>
    AsGuard,

    /// <summary>It accepts every input and has no effect.</summary>
    Anywhere,
}

/// <summary>What the bits of a node are: how the text form shows them, and whether equal nodes have equal bits.</summary>
internal enum IrBits : byte
{
    /// <summary>A number; 0 is not shown.</summary>
    Number,

    /// <summary>A number that is always shown.</summary>
    Index,

    /// <summary>A register of the interpreter.</summary>
    Register,

    /// <summary>A 64-bit int, as a literal.</summary>
    Int,

    /// <summary>The pattern of a float, as a literal.</summary>
    Float,

    /// <summary>0 or 1, as a literal.</summary>
    Bool,

    /// <summary>An <see cref="IrType"/>.</summary>
    Type,

    /// <summary><see cref="OperandBounds"/>: they make the check cheaper and do not change the result.</summary>
    Bounds,

    /// <summary>What the profile says. It does not change the result.</summary>
    Hint,
}

/// <summary>What the payload of a node must be.</summary>
internal enum IrPayload : byte
{
    /// <summary>Nothing, or the <see cref="Runtime.Objects.Shape"/> of a result of type <see cref="IrType.Struct"/>.</summary>
    None,

    /// <summary>A script object.</summary>
    Object,

    /// <summary>Any object.</summary>
    Foreign,

    /// <summary>A <see cref="Runtime.Objects.Shape"/>.</summary>
    Shape,

    /// <summary>A <see cref="Runtime.Execution.LinkedPrototype"/>.</summary>
    Code,

    /// <summary>A <see cref="Runtime.Execution.ModuleInstance"/> that has a variable with the number in bits.</summary>
    Module,

    /// <summary>A <see cref="RegionHelper"/>.</summary>
    Helper,

    /// <summary>A <see cref="Ir.CallTarget"/>.</summary>
    CallTarget,

    /// <summary>A <see cref="Runtime.Objects.HostType"/>.</summary>
    HostType,

    /// <summary>A <see cref="Ir.HostCall"/>.</summary>
    HostCall,

    /// <summary>A <see cref="Ir.HostClasses"/>.</summary>
    HostClasses,

    /// <summary>A <see cref="Runtime.Hosting.HostEnum"/>.</summary>
    HostEnum,

    /// <summary>A <see cref="HandlerTarget"/>, or nothing.</summary>
    Handler,
}

/// <summary>
/// Further properties of an operation. Without any of them an operation is treated correctly, if not as well as possible.
/// </summary>
[Flags]
internal enum IrTraits : byte
{
    None = 0,

    /// <summary>The two inputs may be exchanged.</summary>
    Commutes = 1 << 0,

    /// <summary>Its code reads an input more than once, so inputs belong in locals.</summary>
    RepeatsInputs = 1 << 1,

    /// <summary>Its result belongs in a local and is never computed where it is used.</summary>
    NeedsLocal = 1 << 2,

    /// <summary>Its machine code calls a method: an allocator, another region, <c>fmod</c>.</summary>
    CallsMethod = 1 << 3,

    /// <summary>It stores an Any, which takes a write barrier unless the value is a number.</summary>
    StoresValue = 1 << 4,

    /// <summary>Its code uses the payload as an object.</summary>
    LoadsPayload = 1 << 5,

    /// <summary>It compares two ints.</summary>
    ComparesInts = 1 << 6,

    /// <summary>There are rules that fold it by its payload or by that of an input.</summary>
    FoldsByPayload = 1 << 7,
}

/// <summary>The kind of place that an operation loads from. A store has that of its <see cref="IrRowAttribute.Location"/>.</summary>
internal enum IrPlace : byte
{
    /// <summary>None, or one that no store names.</summary>
    None,

    /// <summary>A register of the interpreter.</summary>
    Register,

    /// <summary>An element of an array.</summary>
    Element,

    /// <summary>A field of a struct.</summary>
    Field,

    /// <summary>A captured variable that changes.</summary>
    Upvalue,

    /// <summary>A capture of a closure.</summary>
    Capture,

    /// <summary>A variable of a module.</summary>
    Variable,

    /// <summary>An element of a tuple.</summary>
    Item,

    /// <summary>The value of an entry of a map.</summary>
    Entry,
}

/// <summary>What determines the type of a node's result.</summary>
internal enum IrTyping : byte
{
    /// <summary>The row of its operation.</summary>
    Row,

    /// <summary>The argument of the region.</summary>
    Argument,

    /// <summary>The object in payload: its class, or Object.</summary>
    Object,

    /// <summary>The node: it is any class of objects.</summary>
    Class,

    /// <summary>The helper in payload.</summary>
    Helper,

    /// <summary>The region that is called; the verifier compares it with the payload.</summary>
    Region,

    /// <summary>The delegate of the host in payload.</summary>
    Host,
}

/// <summary>The machine instruction that an operation is, on its inputs.</summary>
internal enum IrMachine : byte
{
    /// <summary>It takes more than an instruction.</summary>
    None,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Negate,
    And,
    Or,
    Xor,
    Complement,
    ShiftLeft,
    ShiftRight,
    ToFloat,
    Equal,
    Less,
    LessOrEqual,
    LessFloat,
    LessOrEqualFloat,
    LoadInt,
    LoadFloat,
    LoadBool,
    StoreInt,
    StoreFloat,
    StoreBool,
}

/// <summary>How <see cref="Passes.RangeRules"/> finds the interval of an int result.</summary>
internal enum IrRange : byte
{
    /// <summary>The result may be any int.</summary>
    Any,
    Sum,
    Difference,
    Product,
    Negation,
    Quotient,
    Remainder,
    And,

    /// <summary>It has no bits above the highest of the inputs, if they are not negative.</summary>
    Or,
    ShiftRight,

    /// <summary>The length of a container: from 0 to <see cref="int.MaxValue"/>.</summary>
    Length,

    /// <summary>A position in a table: as a length.</summary>
    Position,

    /// <summary>A number of elements that no container holds: from 0 on.</summary>
    Count,

    /// <summary>A code unit.</summary>
    Unit,

    /// <summary>The helper in payload says it.</summary>
    Helper,

    /// <summary>The .NET type of the result of the <see cref="Ir.HostCall"/> in payload says it.</summary>
    Host,
}
