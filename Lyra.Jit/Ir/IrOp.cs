using static Lyra.Jit.Ir.IrEffects;
using static Lyra.Jit.Ir.IrMemory;
using static Lyra.Jit.Ir.IrTraits;
using static Lyra.Jit.Ir.IrType;

namespace Lyra.Jit.Ir;

/// <summary>
/// THE table of IR operations. The printer, the parser, the verifier, the passes, the emitter, the IR interpreter of the tests and
/// docs/ir.md derive every property of an operation from its row. Inputs are letters (see <see cref="IrRowAttribute"/>); "bits" and
/// "payload" are the node's immediates; "exits" means that the operation leaves the region through the node's snapshot, before it has had
/// any effect.
/// </summary>
internal enum IrOp : byte
{
#pragma warning disable format // a table, aligned by hand

    // -- Constants and inputs ----------------------------------------------------------------------------------------------------
    [IrRow(IrFamily.Const, "", Int, "The int in bits.", IrEffects.None, Hoists = IrHoisting.Anywhere, Bits = IrBits.Int)]
    ConstInt,
    [IrRow(IrFamily.Const, "", Float, "The float whose bit pattern is in bits.",
        IrEffects.None, Hoists = IrHoisting.Anywhere, Bits = IrBits.Float)]
    ConstFloat,
    [IrRow(IrFamily.Const, "", Bool, "The bool in bits, 0 or 1.", IrEffects.None, Hoists = IrHoisting.Anywhere, Bits = IrBits.Bool)]
    ConstBool,
    [IrRow(IrFamily.Const, "", Any, "nil.", IrEffects.None, Hoists = IrHoisting.Anywhere)]
    ConstNil,
    [IrRow(IrFamily.Const, "", Any, "The marker for an argument that was not given.", IrEffects.None, Hoists = IrHoisting.Anywhere)]
    ConstUnset,
    [IrRow(IrFamily.Const, "", Object, "The object in payload; the node's type is the class of that object.",
        IrEffects.None, Hoists = IrHoisting.Anywhere, Payload = IrPayload.Object)]
    ConstObject,
    [IrRow(IrFamily.Const, "", Object, "The object in payload, which is not a script object: an argument of helpers, never in a " +
        "register.",
        IrEffects.None, Hoists = IrHoisting.Anywhere, Payload = IrPayload.Foreign)]
    ConstForeign,
    [IrRow(IrFamily.Input, "", Any, "A parameter of its block; any type. Each edge to the block passes its value.",
        IrEffects.None, Traits = NeedsLocal)]
    Parameter,
    [IrRow(IrFamily.Input, "", Any, "Argument number bits of a proc region; any type.",
        IrEffects.None, Bits = IrBits.Index, Traits = NeedsLocal)]
    Argument,
    [IrRow(IrFamily.Input, "", Any, "Interpreter register bits, counted from the root frame's first.",
        IrEffects.None, Reads = Registers, Bits = IrBits.Register, Traits = NeedsLocal)]
    LoadRegister,
    [IrRow(IrFamily.Input, "", Closure, "The closure that the root frame runs.",
        IrEffects.None, Hoists = IrHoisting.Anywhere, Traits = NeedsLocal)]
    RootClosure,

    // -- Representation ----------------------------------------------------------------------------------------------------------
    [IrRow(IrFamily.Box, "i", Any, "The int as a value.", IrEffects.None, Hoists = IrHoisting.Anywhere)]
    BoxInt,
    [IrRow(IrFamily.Box, "f", Any, "The float as a value.", IrEffects.None, Hoists = IrHoisting.Anywhere)]
    BoxFloat,
    [IrRow(IrFamily.Box, "b", Any, "The bool as a value.", IrEffects.None, Hoists = IrHoisting.Anywhere)]
    BoxBool,
    [IrRow(IrFamily.Box, "o", Any, "The object as a value.", IrEffects.None, Hoists = IrHoisting.Anywhere)]
    BoxObject,
    [IrRow(IrFamily.Unbox, "a", Int, "The 64-bit int; exits when the value is something else. Bits 1: the profile saw only small ints.",
        Exits, Hoists = IrHoisting.AsGuard, Unchecked = IrOp.AsInt, Bits = IrBits.Hint)]
    UnboxInt,
    [IrRow(IrFamily.Unbox, "a", Float, "The float; exits when the value is something else.",
        Exits, Hoists = IrHoisting.AsGuard, Unchecked = IrOp.AsFloat)]
    UnboxFloat,
    [IrRow(IrFamily.Unbox, "a", Bool, "The bool; exits when the value is something else.",
        Exits, Hoists = IrHoisting.AsGuard, Unchecked = IrOp.AsBool)]
    UnboxBool,
    [IrRow(IrFamily.Unbox, "a", Object, "The object of the node's type; exits when the value is of another class.",
        Exits, Hoists = IrHoisting.AsGuard, Unchecked = IrOp.AsObject, Traits = RepeatsInputs)]
    UnboxObject,
    [IrRow(IrFamily.Unbox, "a", Struct, "The instance of the shape in payload; exits when the value is something else.",
        Exits, Hoists = IrHoisting.AsGuard, Unchecked = IrOp.AsStruct, Payload = IrPayload.Shape, Traits = RepeatsInputs)]
    UnboxStruct,
    [IrRow(IrFamily.As, "a", Int, "The value, which is known to be a 64-bit int.", IrEffects.None)]
    AsInt,
    [IrRow(IrFamily.As, "a", Float, "The value, which is known to be a float.", IrEffects.None)]
    AsFloat,
    [IrRow(IrFamily.As, "a", Bool, "The value, which is known to be a bool.", IrEffects.None)]
    AsBool,
    [IrRow(IrFamily.As, "a", Object, "The value, which is known to be an object of the node's type (checked by a cast).", IrEffects.None)]
    AsObject,
    [IrRow(IrFamily.As, "a", Struct, "The value, which is known to be an instance of the shape in payload (checked by a cast).",
        IrEffects.None, Payload = IrPayload.Shape)]
    AsStruct,
    [IrRow(IrFamily.KindTest, "a", Bool, "True for a 64-bit int.", IrEffects.None, Hoists = IrHoisting.Anywhere)]
    IsInt,
    [IrRow(IrFamily.KindTest, "a", Bool, "True for a float.", IrEffects.None, Hoists = IrHoisting.Anywhere)]
    IsFloat,
    [IrRow(IrFamily.KindTest, "a", Bool, "True for a bool.", IrEffects.None, Hoists = IrHoisting.Anywhere)]
    IsBool,
    [IrRow(IrFamily.KindTest, "a", Bool, "True for nil.", IrEffects.None, Hoists = IrHoisting.Anywhere)]
    IsNil,
    [IrRow(IrFamily.KindTest, "a", Bool, "True for the unset marker.", IrEffects.None, Hoists = IrHoisting.Anywhere)]
    IsUnset,
    [IrRow(IrFamily.KindTest, "a", Bool, "True for everything but nil and false.", IrEffects.None, Hoists = IrHoisting.Anywhere)]
    IsTruthy,
    [IrRow(IrFamily.KindTest, "a", Bool, "True for an object of the type in bits (an IrType with a class of its own).",
        IrEffects.None, Hoists = IrHoisting.Anywhere, Bits = IrBits.Type)]
    IsObject,
    [IrRow(IrFamily.KindTest, "a", Bool, "True for an instance of the shape in payload.",
        IrEffects.None, Hoists = IrHoisting.Anywhere, Payload = IrPayload.Shape, Traits = RepeatsInputs)]
    IsStruct,
    [IrRow(IrFamily.KindTest, "a", Bool, "True for an object of the host of the type in payload.",
        IrEffects.None, Hoists = IrHoisting.Anywhere, Payload = IrPayload.HostType)]
    IsHost,
    [IrRow(IrFamily.KindTest, "a", Bool, "True for an object of a known type of the host, and of a class in payload (a HostClasses).",
        IrEffects.None, Hoists = IrHoisting.Conditionally, Payload = IrPayload.HostClasses)]
    IsHostClass,
    [IrRow(IrFamily.Conversion, "i", Float, "The float nearest to the int.", IrEffects.None, Hoists = IrHoisting.Anywhere)]
    IntToFloat,

    // -- Guards ------------------------------------------------------------------------------------------------------------------
    [IrRow(IrFamily.Guard, "b", IrType.None, "Exits when the condition is false.", Exits, Hoists = IrHoisting.AsGuard)]
    Guard,
    [IrRow(IrFamily.Guard, "b", IrType.None, "Exits when the condition is true.", Exits, Hoists = IrHoisting.AsGuard)]
    GuardNot,
    [IrRow(IrFamily.Guard, "b", IrType.None, "Exits when the condition is false. A speculative guard: after it fails, the next " +
        "version does not speculate on it again.",
        Exits, Hoists = IrHoisting.AsGuard)]
    GuardSpeculation,
    [IrRow(IrFamily.Guard, "i i", IrType.None, "Exits unless 0 <= first < second. Bits: the number of failed speculations that " +
        "covered it.",
        Exits, Hoists = IrHoisting.AsGuard, Bits = IrBits.Hint)]
    GuardIndex,
    [IrRow(IrFamily.Guard, "i i", IrType.None, "Exits when the second int, the divisor, is 0, or is -1 and the quotient does not fit " +
        "64 bits.",
        Exits, Hoists = IrHoisting.AsGuard)]
    GuardDivisor,
    [IrRow(IrFamily.Guard, "i", IrType.None, "Exits unless the int is 0 to 63.", Exits, Hoists = IrHoisting.AsGuard)]
    GuardShift,
    [IrRow(IrFamily.Guard, "i", IrType.None, "Exits unless the int lies between -2^30 and 2^30.", Exits, Hoists = IrHoisting.AsGuard)]
    GuardSmall,

    // -- Ints of 64 bits ---------------------------------------------------------------------------------------------------------
    [IrRow(IrFamily.IntMath, "i i", Int, "Sum, modulo 2^64.", IrEffects.None, Hoists = IrHoisting.Anywhere, Traits = Commutes)]
    AddInt,
    [IrRow(IrFamily.IntMath, "i i", Int, "Difference, modulo 2^64.", IrEffects.None, Hoists = IrHoisting.Anywhere)]
    SubInt,
    [IrRow(IrFamily.IntMath, "i i", Int, "Product, modulo 2^64.", IrEffects.None, Hoists = IrHoisting.Anywhere, Traits = Commutes)]
    MulInt,
    [IrRow(IrFamily.IntMath, "i i", Int, "Sum; exits when it does not fit. Bits: OperandFacts.",
        Exits, Hoists = IrHoisting.AsGuard, Unchecked = IrOp.AddInt, Bits = IrBits.Facts, Traits = Commutes | RepeatsInputs)]
    AddIntChecked,
    [IrRow(IrFamily.IntMath, "i i", Int, "Difference; exits when it does not fit. Bits: OperandFacts.",
        Exits, Hoists = IrHoisting.AsGuard, Unchecked = IrOp.SubInt, Bits = IrBits.Facts, Traits = RepeatsInputs)]
    SubIntChecked,
    [IrRow(IrFamily.IntMath, "i i", Int, "Product; exits when it does not fit. Bits: OperandFacts.",
        Exits, Hoists = IrHoisting.AsGuard, Unchecked = IrOp.MulInt, Bits = IrBits.Facts, Traits = Commutes | RepeatsInputs)]
    MulIntChecked,
    [IrRow(IrFamily.IntMath, "i i", Int, "Quotient, truncated; the second is neither 0 nor -1.",
        IrEffects.None, Hoists = IrHoisting.Conditionally)]
    DivInt,
    [IrRow(IrFamily.IntMath, "i i", Int, "Remainder with the dividend's sign; the second is neither 0 nor -1.",
        IrEffects.None, Hoists = IrHoisting.Conditionally)]
    ModInt,
    [IrRow(IrFamily.IntMath, "i", Int, "Negation, modulo 2^64.", IrEffects.None, Hoists = IrHoisting.Anywhere)]
    NegInt,
    [IrRow(IrFamily.IntMath, "i", Int, "Negation; exits when it does not fit.",
        Exits, Hoists = IrHoisting.AsGuard, Unchecked = IrOp.NegInt, Traits = RepeatsInputs)]
    NegIntChecked,
    [IrRow(IrFamily.IntMath, "i i", Int, "Bitwise and.", IrEffects.None, Hoists = IrHoisting.Anywhere, Traits = Commutes)]
    AndInt,
    [IrRow(IrFamily.IntMath, "i i", Int, "Bitwise or.", IrEffects.None, Hoists = IrHoisting.Anywhere, Traits = Commutes)]
    OrInt,
    [IrRow(IrFamily.IntMath, "i i", Int, "Bitwise exclusive or.", IrEffects.None, Hoists = IrHoisting.Anywhere, Traits = Commutes)]
    XorInt,
    [IrRow(IrFamily.IntMath, "i", Int, "Bitwise complement.", IrEffects.None, Hoists = IrHoisting.Anywhere)]
    NotInt,
    [IrRow(IrFamily.IntMath, "i i", Int, "Shift left, modulo 2^64; the count is 0 to 63.", IrEffects.None, Hoists = IrHoisting.Anywhere)]
    ShlInt,
    [IrRow(IrFamily.IntMath, "i i", Int, "Shift left; exits when a bit is lost or the count is not 0 to 63.",
        Exits, Hoists = IrHoisting.AsGuard, Unchecked = IrOp.ShlInt, Traits = RepeatsInputs)]
    ShlIntChecked,
    [IrRow(IrFamily.IntMath, "i i", Int, "Arithmetic shift right; the count is 0 to 63.", IrEffects.None, Hoists = IrHoisting.Anywhere)]
    ShrInt,
    [IrRow(IrFamily.IntMath, "i i", Bool, "Equal.", IrEffects.None, Hoists = IrHoisting.Anywhere, Traits = Commutes | ComparesInts)]
    EqInt,
    [IrRow(IrFamily.IntMath, "i i", Bool, "Less.", IrEffects.None, Hoists = IrHoisting.Anywhere, Traits = ComparesInts)]
    LtInt,
    [IrRow(IrFamily.IntMath, "i i", Bool, "Less or equal.", IrEffects.None, Hoists = IrHoisting.Anywhere, Traits = ComparesInts)]
    LeInt,

    // -- Floats ------------------------------------------------------------------------------------------------------------------
    [IrRow(IrFamily.FloatMath, "f f", Float, "Sum.", IrEffects.None, Hoists = IrHoisting.Anywhere)]
    AddFloat,
    [IrRow(IrFamily.FloatMath, "f f", Float, "Difference.", IrEffects.None, Hoists = IrHoisting.Anywhere)]
    SubFloat,
    [IrRow(IrFamily.FloatMath, "f f", Float, "Product.", IrEffects.None, Hoists = IrHoisting.Anywhere)]
    MulFloat,
    [IrRow(IrFamily.FloatMath, "f f", Float, "Quotient.", IrEffects.None, Hoists = IrHoisting.Anywhere)]
    DivFloat,
    [IrRow(IrFamily.FloatMath, "f f", Float, "Remainder with the dividend's sign.",
        IrEffects.None, Hoists = IrHoisting.Anywhere, Traits = CallsMethod)]
    ModFloat,
    [IrRow(IrFamily.FloatMath, "f", Float, "Negation.", IrEffects.None, Hoists = IrHoisting.Anywhere)]
    NegFloat,
    [IrRow(IrFamily.FloatMath, "f f", Bool, "Equal; false for NaN.", IrEffects.None, Hoists = IrHoisting.Anywhere, Traits = Commutes)]
    EqFloat,
    [IrRow(IrFamily.FloatMath, "f f", Bool, "Less; false for NaN.", IrEffects.None, Hoists = IrHoisting.Anywhere)]
    LtFloat,
    [IrRow(IrFamily.FloatMath, "f f", Bool, "Less or equal; false for NaN.", IrEffects.None, Hoists = IrHoisting.Anywhere)]
    LeFloat,

    // -- Bools and references ----------------------------------------------------------------------------------------------------
    [IrRow(IrFamily.Logic, "b", Bool, "Negation.", IrEffects.None, Hoists = IrHoisting.Anywhere)]
    Not,
    [IrRow(IrFamily.Logic, "b b", Bool, "Equal.", IrEffects.None, Hoists = IrHoisting.Anywhere, Traits = Commutes)]
    EqBool,
    [IrRow(IrFamily.Logic, "o o", Bool, "True when both are the same object.",
        IrEffects.None, Hoists = IrHoisting.Anywhere, Traits = Commutes)]
    SameObject,
    [IrRow(IrFamily.Logic, "a o", Bool, "True when the value is that object.", IrEffects.None, Hoists = IrHoisting.Anywhere)]
    IsThis,

    // -- Lists -------------------------------------------------------------------------------------------------------------------
    [IrRow(IrFamily.ListHeader, "l", Int, "Number of elements.",
        IrEffects.None, Reads = ListHeaders, Hoists = IrHoisting.Anywhere, Traits = IsLength)]
    ListCount,
    [IrRow(IrFamily.ListHeader, "l", Int, "The storage strategy, as a number of ListStrategy.",
        IrEffects.None, Reads = ListHeaders, Hoists = IrHoisting.Anywhere)]
    ListStrategy,
    [IrRow(IrFamily.ListHeader, "l", Int, "The kind of the element type, as a number of SlotKind; 0 when there is none.",
        IrEffects.None, Reads = ListHeaders, Hoists = IrHoisting.Anywhere)]
    ListElementKind,
    [IrRow(IrFamily.ListArray, "l", IntArray, "The array of ints; at least as long as the count when the list has this strategy.",
        IrEffects.None, Reads = ListHeaders, Hoists = IrHoisting.Anywhere)]
    ListInts,
    [IrRow(IrFamily.ListArray, "l", FloatArray, "The array of floats, as ListInts.",
        IrEffects.None, Reads = ListHeaders, Hoists = IrHoisting.Anywhere)]
    ListFloats,
    [IrRow(IrFamily.ListArray, "l", BoolArray, "The array of bools, as ListInts.",
        IrEffects.None, Reads = ListHeaders, Hoists = IrHoisting.Anywhere)]
    ListBools,
    [IrRow(IrFamily.ListArray, "l", ValueArray, "The array of values, as ListInts.",
        IrEffects.None, Reads = ListHeaders, Hoists = IrHoisting.Anywhere)]
    ListValues,
    [IrRow(IrFamily.ElementLoad, "I i", Int, "Element; the index is inside the array.",
        IrEffects.None, Reads = IntElements, Hoists = IrHoisting.Conditionally)]
    LoadInt,
    [IrRow(IrFamily.ElementLoad, "F i", Float, "Element; the index is inside the array.",
        IrEffects.None, Reads = FloatElements, Hoists = IrHoisting.Conditionally)]
    LoadFloat,
    [IrRow(IrFamily.ElementLoad, "B i", Bool, "Element; the index is inside the array.",
        IrEffects.None, Reads = BoolElements, Hoists = IrHoisting.Conditionally)]
    LoadBool,
    [IrRow(IrFamily.ElementLoad, "V i", Any, "Element; the index is inside the array.",
        IrEffects.None, Reads = ValueElements, Hoists = IrHoisting.Conditionally, Traits = RepeatsInputs)]
    LoadValue,
    [IrRow(IrFamily.ElementStore, "I i i", IrType.None, "Stores an element; the index is inside the array.",
        IrEffects.None, Writes = IntElements)]
    StoreInt,
    [IrRow(IrFamily.ElementStore, "F i f", IrType.None, "Stores an element; the index is inside the array.",
        IrEffects.None, Writes = FloatElements)]
    StoreFloat,
    [IrRow(IrFamily.ElementStore, "B i b", IrType.None, "Stores an element; the index is inside the array.",
        IrEffects.None, Writes = BoolElements)]
    StoreBool,
    [IrRow(IrFamily.ElementStore, "V i a", IrType.None, "Stores an element; the index is inside the array.",
        IrEffects.None, Writes = ValueElements, Traits = StoresValue)]
    StoreValue,
    [IrRow(IrFamily.New, "*", List, "A new list of the values, with the storage strategy in bits; exits as NewStruct.",
        Exits | Allocates, Traits = CallsMethod)]
    NewList,

    // -- Structs, captures, variables, tuples, ranges, strs ----------------------------------------------------------------------
    [IrRow(IrFamily.FieldLoad, "x", Any, "Field bits.",
        IrEffects.None, Reads = Fields, Hoists = IrHoisting.Anywhere, Bits = IrBits.Index, Traits = RepeatsInputs)]
    LoadField,
    [IrRow(IrFamily.FieldLoad, "x", Int, "Field bits, which holds a 64-bit int by its annotation, or by the version of its shape.",
        IrEffects.None, Reads = Fields, Hoists = IrHoisting.Anywhere, Bits = IrBits.Index)]
    LoadFieldInt,
    [IrRow(IrFamily.FieldLoad, "x", Float, "Field bits, which holds a float in the same way.",
        IrEffects.None, Reads = Fields, Hoists = IrHoisting.Anywhere, Bits = IrBits.Index)]
    LoadFieldFloat,
    [IrRow(IrFamily.FieldLoad, "x", Bool, "Field bits, which holds a bool in the same way.",
        IrEffects.None, Reads = Fields, Hoists = IrHoisting.Anywhere, Bits = IrBits.Index)]
    LoadFieldBool,
    [IrRow(IrFamily.FieldStore, "x a", IrType.None, "Field bits := the value, to which the field's annotation makes no change.",
        IrEffects.None, Writes = Fields, Bits = IrBits.Index, Traits = RepeatsInputs | StoresValue)]
    StoreField,
    [IrRow(IrFamily.FieldStore, "x i", IrType.None, "Field bits := the int; the field holds a 64-bit int already.",
        IrEffects.None, Writes = Fields, Bits = IrBits.Index)]
    StoreFieldInt,
    [IrRow(IrFamily.FieldStore, "x f", IrType.None, "Field bits := the float; the field holds a float already.",
        IrEffects.None, Writes = Fields, Bits = IrBits.Index)]
    StoreFieldFloat,
    [IrRow(IrFamily.Other, "", Int, "The version of what the shape in payload knows about its fields' values.",
        IrEffects.None, Reads = FieldTags, Hoists = IrHoisting.Anywhere, Payload = IrPayload.Shape, Traits = LoadsPayload)]
    FieldVersion,
    [IrRow(IrFamily.New, "*", Struct, "A new instance of the shape in payload with these values of its fields, already converted; " +
        "exits when charging its memory needs a heap walk.",
        Exits | Allocates, Payload = IrPayload.Shape, Traits = CallsMethod | LoadsPayload)]
    NewStruct,
    [IrRow(IrFamily.Other, "u", Any, "The captured variable.", IrEffects.None, Reads = Upvalues, Hoists = IrHoisting.Anywhere)]
    LoadUpvalue,
    [IrRow(IrFamily.Other, "u a", IrType.None, "Stores the captured variable.", IrEffects.None, Writes = Upvalues, Traits = StoresValue)]
    StoreUpvalue,
    [IrRow(IrFamily.New, "a", Upvalue, "A new captured variable with this value; exits as NewStruct.",
        Exits | Allocates, Traits = CallsMethod)]
    NewUpvalue,
    [IrRow(IrFamily.Other, "c", Any, "Capture bits of the closure.",
        IrEffects.None, Hoists = IrHoisting.Conditionally, Bits = IrBits.Index)]
    LoadCapture,
    [IrRow(IrFamily.Other, "c", Bool, "True when the closure's code is the LinkedPrototype in payload.",
        IrEffects.None, Hoists = IrHoisting.Anywhere, Payload = IrPayload.Code, Traits = LoadsPayload)]
    IsCode,
    [IrRow(IrFamily.New, "*", Closure, "A new closure of the LinkedPrototype in payload with these captures; exits as NewStruct.",
        Exits | Allocates, Payload = IrPayload.Code, Traits = CallsMethod | LoadsPayload)]
    NewClosure,
    [IrRow(IrFamily.New, "*", Generator, "A new generator of a closure (the first input) and its arguments (the others). The closure " +
        "runs the LinkedPrototype in payload; exits as NewStruct.",
        Exits | Allocates, Payload = IrPayload.Code)]
    NewGenerator,
    [IrRow(IrFamily.Other, "", Any, "Variable bits of the module in payload.",
        IrEffects.None, Reads = Variables, Hoists = IrHoisting.Anywhere, Bits = IrBits.Index, Payload = IrPayload.Module)]
    LoadVariable,
    [IrRow(IrFamily.Other, "a", IrType.None, "Variable bits of the module in payload := the value.",
        IrEffects.None, Writes = Variables, Bits = IrBits.Index, Payload = IrPayload.Module, Traits = StoresValue)]
    StoreVariable,
    [IrRow(IrFamily.Other, "t", Int, "Number of elements.", IrEffects.None, Hoists = IrHoisting.Anywhere, Traits = IsLength)]
    TupleCount,
    [IrRow(IrFamily.Other, "t i", Any, "Element; the index is inside the tuple.", IrEffects.None, Hoists = IrHoisting.Conditionally)]
    TupleItem,
    [IrRow(IrFamily.New, "*", Tuple, "A new tuple of the values; exits as NewStruct.", Exits | Allocates, Traits = CallsMethod)]
    NewTuple,
    [IrRow(IrFamily.Virtual, "*", Struct, "For snapshots only: the object in the first input or, when that is nil, a new instance of " +
        "the shape in payload with the other inputs as fields, which the exit makes. Nodes with the same bits are one object.",
        IrEffects.None, Hoists = IrHoisting.Anywhere, Payload = IrPayload.Shape)]
    VirtualStruct,
    [IrRow(IrFamily.Virtual, "*", Tuple, "As VirtualStruct: a tuple of the other inputs.", IrEffects.None, Hoists = IrHoisting.Anywhere)]
    VirtualTuple,
    [IrRow(IrFamily.Virtual, "*", Closure, "As VirtualStruct: a closure of the LinkedPrototype in payload with the other inputs as " +
        "captures.",
        IrEffects.None, Hoists = IrHoisting.Anywhere, Payload = IrPayload.Code)]
    VirtualClosure,
    [IrRow(IrFamily.Virtual, "*", Upvalue, "As VirtualStruct: a captured variable with the second input as its value.",
        IrEffects.None, Hoists = IrHoisting.Anywhere)]
    VirtualUpvalue,
    [IrRow(IrFamily.Make, "*", Struct, "The object in the first input or, when that is nil, a new one as VirtualStruct describes it, " +
        "whose memory was charged before.",
        Allocates, Payload = IrPayload.Shape, Traits = CallsMethod | LoadsPayload)]
    MakeStruct,
    [IrRow(IrFamily.Make, "*", Tuple, "As MakeStruct: the tuple that VirtualTuple describes.", Allocates, Traits = CallsMethod)]
    MakeTuple,
    [IrRow(IrFamily.Make, "*", Closure, "As MakeStruct: the closure that VirtualClosure describes.",
        Allocates, Payload = IrPayload.Code, Traits = CallsMethod | LoadsPayload)]
    MakeClosure,
    [IrRow(IrFamily.New, "i i i i b", Range, "A new range of 64-bit bounds: start, stop, step (not 0), number of elements, and whether " +
        "the stop belongs to it; exits as NewStruct.",
        Exits | Allocates, Traits = CallsMethod)]
    NewRange,
    [IrRow(IrFamily.Virtual, "*", Range, "As VirtualStruct: a range; the other inputs are as those of NewRange.",
        IrEffects.None, Hoists = IrHoisting.Anywhere)]
    VirtualRange,
    [IrRow(IrFamily.Make, "*", Range, "As MakeStruct: the range that VirtualRange describes.", Allocates, Traits = CallsMethod)]
    MakeRange,
    [IrRow(IrFamily.RangePart, "r", Bool, "True when the bounds fit 64 bits.", IrEffects.None, Hoists = IrHoisting.Anywhere)]
    RangeIsSmall,
    [IrRow(IrFamily.RangePart, "r", Int, "The first element.", IrEffects.None, Hoists = IrHoisting.Anywhere)]
    RangeStart,
    [IrRow(IrFamily.RangePart, "r", Int, "The step.", IrEffects.None, Hoists = IrHoisting.Anywhere)]
    RangeStep,
    [IrRow(IrFamily.RangePart, "r", Int, "Number of elements.", IrEffects.None, Hoists = IrHoisting.Anywhere)]
    RangeCount,
    [IrRow(IrFamily.Other, "s", Int, "Length in code units.", IrEffects.None, Hoists = IrHoisting.Anywhere, Traits = IsLength)]
    StrLength,
    [IrRow(IrFamily.Other, "s", Units, "The code units.", IrEffects.None, Hoists = IrHoisting.Anywhere)]
    StrUnits,
    [IrRow(IrFamily.Other, "U i", Int, "The code unit at an index inside the str.", IrEffects.None, Hoists = IrHoisting.Conditionally)]
    LoadUnit,
    [IrRow(IrFamily.Other, "i", Str, "The str of one code unit.", IrEffects.None, Hoists = IrHoisting.Anywhere)]
    StrOfUnit,
    [IrRow(IrFamily.Other, "i", Str, "The str of the value with a number, of the enum of the host in payload.",
        IrEffects.None, Hoists = IrHoisting.Anywhere, Payload = IrPayload.HostEnum, Traits = LoadsPayload)]
    StrOfEnum,

    // -- Maps --------------------------------------------------------------------------------------------------------------------
    [IrRow(IrFamily.Other, "i", Int, "The position of an entry, from a lookup; exits when it is -1: the key is missing.",
        Exits, Hoists = IrHoisting.AsGuard)]
    FoundPosition,
    [IrRow(IrFamily.Other, "m i", Any, "The value of the entry at a position.",
        IrEffects.None, Reads = TableKeys | MapValues, Hoists = IrHoisting.Conditionally)]
    LoadMapValue,
    [IrRow(IrFamily.Other, "m i a", IrType.None, "The value of the entry at a position := the value, to which the map's annotation " +
        "makes no change.",
        IrEffects.None, Writes = MapValues, Traits = StoresValue)]
    StoreMapValue,

    // -- Calls and bookkeeping ---------------------------------------------------------------------------------------------------
    [IrRow(IrFamily.Call, "*", Any, "Calls the helper in payload, a RegionHelper, which declares the effects; any type.",
        IrEffects.None, Hoists = IrHoisting.Conditionally, Payload = IrPayload.Helper, Traits = NeedsLocal)]
    Call,
    [IrRow(IrFamily.Call, "*", Any, "Calls the proc region in payload, a CallTarget, with unboxed arguments. Bits: how many frames " +
        "the caller is above the root. Exits after the call when the callee exited, unless the call is noted; any type.",
        Exits, Reads = IrMemory.All, Writes = IrMemory.All, Payload = IrPayload.CallTarget, Traits = CallsMethod)]
    CallRegion,
    [IrRow(IrFamily.Bookkeeping, "", IrType.None, "The stack check of a proc region: exits when the frame limit or the native stack " +
        "allows no more calls.",
        Exits | Fixed)]
    CheckStack,
    [IrRow(IrFamily.Bookkeeping, "", IrType.None, "Subtracts bits steps from the budget; exits without subtracting when the budget is " +
        "spent, except that a proc region first tries to refill it.",
        Exits | Fixed, Bits = IrBits.Index)]
    ChargeSteps,
    [IrRow(IrFamily.Bookkeeping, "", IrType.None, "Refunds bits steps that were charged in advance for a path that was not taken.",
        Fixed, Bits = IrBits.Index)]
    RefundSteps,
    [IrRow(IrFamily.Bookkeeping, "", IrType.None, "Charges bits bytes for an object that is not created here; exits as NewStruct.",
        Exits | Allocates)]
    ChargeMemory,
    [IrRow(IrFamily.Call, "", Int, "Interpreter call-out: the interpreter executes the instruction at the snapshot. 0: it continued " +
        "after the instruction; 1: it jumped; 2: it raised, and the handler in payload (a HandlerTarget) took the error. Results are " +
        "in the interpreter's registers. Exits when it raised otherwise.",
        Exits | Observes | Fixed, Reads = IrMemory.All, Writes = IrMemory.All, Payload = IrPayload.Handler)]
    CallInterpreter,
    [IrRow(IrFamily.Call, "*", Any, "Calls a delegate of the host, as payload (a HostCall) says. The frames of its snapshot are built " +
        "when the host looks at them; any type. Exits after the call when the call raised, because it cannot be repeated.",
        Exits | Observes | Fixed, Reads = IrMemory.All, Writes = IrMemory.All, Payload = IrPayload.HostCall)]
    CallHost,
    [IrRow(IrFamily.Other, "*", Any, "As CallHost, of a delegate that only reads the host's memory and can't throw; Int, Float or " +
        "Bool. It stays in its loop, because the host may change its memory meanwhile.",
        IrEffects.None, Reads = IrMemory.HostElements, Payload = IrPayload.HostCall, Traits = NeedsLocal)]
    LoadHost,
    [IrRow(IrFamily.Call, "*", Any, "As LoadHost, of a delegate that returns an object, text or struct, whose script value is found or " +
        "made. Exits when that reaches a limit.",
        Exits | Allocates | Fixed, Reads = IrMemory.HostElements, Payload = IrPayload.HostCall, Traits = NeedsLocal)]
    LoadHostObject,
    [IrRow(IrFamily.Other, "*", Any, "As CallHost, of a delegate that only reads and writes the host's memory and can't throw; any " +
        "type, or no result.",
        IrEffects.None, Reads = IrMemory.HostElements, Writes = IrMemory.HostElements, Payload = IrPayload.HostCall, Traits = NeedsLocal)]
    StoreHost,
#pragma warning restore format
}
