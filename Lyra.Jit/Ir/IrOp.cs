using static Lyra.Jit.Ir.IrActions;
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
    [IrRow(IrFamily.Const, "", Int, "The int in bits.", IrActions.None, Hoists = IrHoisting.Anywhere, Bits = IrBits.Int)]
    ConstInt,
    [IrRow(IrFamily.Const, "", Float, "The float whose bit pattern is in bits.",
        IrActions.None, Hoists = IrHoisting.Anywhere, Bits = IrBits.Float)]
    ConstFloat,
    [IrRow(IrFamily.Const, "", Bool, "The bool in bits, 0 or 1.", IrActions.None, Hoists = IrHoisting.Anywhere, Bits = IrBits.Bool)]
    ConstBool,
    [IrRow(IrFamily.Const, "", Any, "nil.", IrActions.None, Hoists = IrHoisting.Anywhere)]
    ConstNil,
    [IrRow(IrFamily.Const, "", Any, "The marker for an argument that was not given.", IrActions.None, Hoists = IrHoisting.Anywhere)]
    ConstUnset,
    [IrRow(IrFamily.Const, "", Object, "The object in payload; the node's type is the class of that object.",
        IrActions.None, Hoists = IrHoisting.Anywhere, Payload = IrPayload.Object, Typing = IrTyping.Object)]
    ConstObject,
    [IrRow(IrFamily.Const, "", Object, "The object in payload, which is not a script object: an argument of helpers, never in a " +
        "register.",
        IrActions.None, Hoists = IrHoisting.Anywhere, Payload = IrPayload.Foreign)]
    ConstForeign,
    [IrRow(IrFamily.Input, "", Any, "A parameter of its block; any type. Each edge to the block passes its value.",
        IrActions.None, Traits = NeedsLocal)]
    Parameter,
    [IrRow(IrFamily.Input, "", Any, "Argument number bits of a proc region; any type.",
        IrActions.None, Bits = IrBits.Index, Traits = NeedsLocal, Typing = IrTyping.Argument)]
    Argument,
    [IrRow(IrFamily.Input, "", Any, "Interpreter register bits, counted from the root frame's first.",
        IrActions.None, Reads = Registers, Bits = IrBits.Register, Traits = NeedsLocal, Place = IrPlace.Register)]
    LoadRegister,
    [IrRow(IrFamily.Input, "", Closure, "The closure that the root frame runs.",
        IrActions.None, Hoists = IrHoisting.Anywhere, Traits = NeedsLocal)]
    RootClosure,

    // -- Representation ----------------------------------------------------------------------------------------------------------
    [IrRow(IrFamily.Box, "i", Any, "The int as a value.", IrActions.None, Hoists = IrHoisting.Anywhere)]
    BoxInt,
    [IrRow(IrFamily.Box, "f", Any, "The float as a value.", IrActions.None, Hoists = IrHoisting.Anywhere)]
    BoxFloat,
    [IrRow(IrFamily.Box, "b", Any, "The bool as a value.", IrActions.None, Hoists = IrHoisting.Anywhere)]
    BoxBool,
    [IrRow(IrFamily.Box, "o", Any, "The object as a value.", IrActions.None, Hoists = IrHoisting.Anywhere)]
    BoxObject,
    [IrRow(IrFamily.Unbox, "a", Int, "The 64-bit int; exits when the value is something else. Bits 1: the profile saw only small ints.",
        "{subject} is a 64-bit int", Hoists = IrHoisting.AsGuard, Unchecked = IrOp.AsInt, Bits = IrBits.Hint)]
    UnboxInt,
    [IrRow(IrFamily.Unbox, "a", Float, "The float; exits when the value is something else.",
        "{subject} is a float", Hoists = IrHoisting.AsGuard, Unchecked = IrOp.AsFloat)]
    UnboxFloat,
    [IrRow(IrFamily.Unbox, "a", Bool, "The bool; exits when the value is something else.",
        "{subject} is a bool", Hoists = IrHoisting.AsGuard, Unchecked = IrOp.AsBool)]
    UnboxBool,
    [IrRow(IrFamily.Unbox, "a", Object, "The object of the node's type; exits when the value is of another class.",
        "{subject} is {type}", Hoists = IrHoisting.AsGuard, Unchecked = IrOp.AsObject, Traits = RepeatsInputs | FoldsByPayload,
        Typing = IrTyping.Class)]
    UnboxObject,
    [IrRow(IrFamily.Unbox, "a", Struct, "The instance of the shape in payload; exits when the value is something else.",
        "{subject} is a {shape}", Hoists = IrHoisting.AsGuard, Unchecked = IrOp.AsStruct, Payload = IrPayload.Shape,
        Traits = RepeatsInputs | FoldsByPayload)]
    UnboxStruct,
    [IrRow(IrFamily.As, "a", Int, "The value, which is known to be a 64-bit int.", IrActions.None)]
    AsInt,
    [IrRow(IrFamily.As, "a", Float, "The value, which is known to be a float.", IrActions.None)]
    AsFloat,
    [IrRow(IrFamily.As, "a", Bool, "The value, which is known to be a bool.", IrActions.None)]
    AsBool,
    [IrRow(IrFamily.As, "a", Object, "The value, which is known to be an object of the node's type (checked by a cast).",
        IrActions.None, Typing = IrTyping.Class, Traits = FoldsByPayload)]
    AsObject,
    [IrRow(IrFamily.As, "a", Struct, "The value, which is known to be an instance of the shape in payload (checked by a cast).",
        IrActions.None, Payload = IrPayload.Shape, Traits = FoldsByPayload)]
    AsStruct,
    [IrRow(IrFamily.KindTest, "a", Bool, "True for a 64-bit int.", IrActions.None, Hoists = IrHoisting.Anywhere, Tests = Int,
        Holds = "{subject} is {a|not a} 64-bit int")]
    IsInt,
    [IrRow(IrFamily.KindTest, "a", Bool, "True for a float.", IrActions.None, Hoists = IrHoisting.Anywhere, Tests = Float,
        Holds = "{subject} is {a|not a} float")]
    IsFloat,
    [IrRow(IrFamily.KindTest, "a", Bool, "True for a bool.", IrActions.None, Hoists = IrHoisting.Anywhere, Tests = Bool,
        Holds = "{subject} is {a|not a} bool")]
    IsBool,
    [IrRow(IrFamily.KindTest, "a", Bool, "True for nil.", IrActions.None, Hoists = IrHoisting.Anywhere,
        Holds = "{subject} is {|not }nil")]
    IsNil,
    [IrRow(IrFamily.KindTest, "a", Bool, "True for the unset marker.", IrActions.None, Hoists = IrHoisting.Anywhere,
        Holds = "{subject} was {not |}given")]
    IsUnset,
    [IrRow(IrFamily.KindTest, "a", Bool, "True for everything but nil and false.", IrActions.None, Hoists = IrHoisting.Anywhere)]
    IsTruthy,
    [IrRow(IrFamily.KindTest, "a", Bool, "True for an object of the type in bits (an IrType with a class of its own).",
        IrActions.None, Hoists = IrHoisting.Anywhere, Bits = IrBits.Type, Holds = "{subject} is {|not }{type}", Traits = FoldsByPayload)]
    IsObject,
    [IrRow(IrFamily.KindTest, "a", Bool, "True for an instance of the shape in payload.",
        IrActions.None, Hoists = IrHoisting.Anywhere, Payload = IrPayload.Shape, Traits = RepeatsInputs | FoldsByPayload, Tests = Struct,
        Holds = "{subject} is {a|not a} {shape}")]
    IsStruct,
    [IrRow(IrFamily.KindTest, "a", Bool, "True for an object of the host of the type in payload.",
        IrActions.None, Hoists = IrHoisting.Anywhere, Payload = IrPayload.HostType)]
    IsHost,
    [IrRow(IrFamily.KindTest, "a", Bool, "True for an object of a known type of the host, and of a class in payload (a HostClasses).",
        IrActions.None, Hoists = IrHoisting.ByType, Payload = IrPayload.HostClasses)]
    IsHostClass,
    [IrRow(IrFamily.Conversion, "i", Float, "The float nearest to the int.",
        IrActions.None, Hoists = IrHoisting.Anywhere, Machine = IrMachine.ToFloat)]
    IntToFloat,

    // -- Guards ------------------------------------------------------------------------------------------------------------------
    [IrRow(IrFamily.Guard, "b", IrType.None, "Exits when the condition is false.", "{condition}", Hoists = IrHoisting.AsGuard)]
    Guard,
    [IrRow(IrFamily.Guard, "b", IrType.None, "Exits when the condition is true.", "{not condition}", Hoists = IrHoisting.AsGuard)]
    GuardNot,
    [IrRow(IrFamily.Guard, "b", IrType.None, "Exits when the condition is false. A speculative guard: after it fails, the next " +
        "version does not speculate on it again.",
        "every index in the loop is in range: {condition}", Hoists = IrHoisting.AsGuard)]
    GuardSpeculation,
    [IrRow(IrFamily.Guard, "i i", IrType.None, "Exits unless 0 <= first < second. Bits: the number of failed speculations that " +
        "covered it.",
        "the index is inside {container}", Hoists = IrHoisting.AsGuard, Bits = IrBits.Hint)]
    GuardIndex,
    [IrRow(IrFamily.Guard, "i i", IrType.None, "Exits when the second int, the divisor, is 0, or is -1 and the quotient does not fit " +
        "64 bits.",
        "the divisor is not 0 and the quotient fits 64 bits", Hoists = IrHoisting.AsGuard)]
    GuardDivisor,
    [IrRow(IrFamily.Guard, "i", IrType.None, "Exits unless the int is 0 to 63.",
        "the shift count is 0 to 63", Hoists = IrHoisting.AsGuard)]
    GuardShift,
    [IrRow(IrFamily.Guard, "i", IrType.None, "Exits unless the int lies between -2^30 and 2^30.",
        "{subject} is in the range of small ints", Hoists = IrHoisting.AsGuard)]
    GuardSmall,

    // -- Ints of 64 bits ---------------------------------------------------------------------------------------------------------
    [IrRow(IrFamily.IntMath, "i i", Int, "Sum, modulo 2^64.",
        IrActions.None, Hoists = IrHoisting.Anywhere, Traits = Commutes, Symbol = "+", Machine = IrMachine.Add, Range = IrRange.Sum)]
    AddInt,
    [IrRow(IrFamily.IntMath, "i i", Int, "Difference, modulo 2^64.",
        IrActions.None, Hoists = IrHoisting.Anywhere, Symbol = "-", Machine = IrMachine.Subtract, Range = IrRange.Difference)]
    SubInt,
    [IrRow(IrFamily.IntMath, "i i", Int, "Product, modulo 2^64.",
        IrActions.None, Hoists = IrHoisting.Anywhere, Traits = Commutes, Symbol = "*", Machine = IrMachine.Multiply,
        Range = IrRange.Product)]
    MulInt,
    [IrRow(IrFamily.IntMath, "i i", Int, "Sum; exits when it does not fit. Bits: OperandBounds.",
        "the sum fits 64 bits", Hoists = IrHoisting.AsGuard, Unchecked = IrOp.AddInt, Bits = IrBits.Bounds,
        Traits = Commutes | RepeatsInputs, Symbol = "+", Range = IrRange.Sum)]
    AddIntChecked,
    [IrRow(IrFamily.IntMath, "i i", Int, "Difference; exits when it does not fit. Bits: OperandBounds.",
        "the difference fits 64 bits", Hoists = IrHoisting.AsGuard, Unchecked = IrOp.SubInt, Bits = IrBits.Bounds,
        Traits = RepeatsInputs, Symbol = "-", Range = IrRange.Difference)]
    SubIntChecked,
    [IrRow(IrFamily.IntMath, "i i", Int, "Product; exits when it does not fit. Bits: OperandBounds.",
        "the product fits 64 bits", Hoists = IrHoisting.AsGuard, Unchecked = IrOp.MulInt, Bits = IrBits.Bounds,
        Traits = Commutes | RepeatsInputs, Symbol = "*", Range = IrRange.Product)]
    MulIntChecked,
    [IrRow(IrFamily.IntMath, "i i", Int, "Quotient, truncated; the second is neither 0 nor -1.",
        IrActions.None, Hoists = IrHoisting.ByDivisor, Symbol = "/", Machine = IrMachine.Divide, Range = IrRange.Quotient)]
    DivInt,
    [IrRow(IrFamily.IntMath, "i i", Int, "Remainder with the dividend's sign; the second is neither 0 nor -1.",
        IrActions.None, Hoists = IrHoisting.ByDivisor, Symbol = "%", Machine = IrMachine.Remainder, Range = IrRange.Remainder)]
    ModInt,
    [IrRow(IrFamily.IntMath, "i", Int, "Negation, modulo 2^64.",
        IrActions.None, Hoists = IrHoisting.Anywhere, Machine = IrMachine.Negate, Range = IrRange.Negation)]
    NegInt,
    [IrRow(IrFamily.IntMath, "i", Int, "Negation; exits when it does not fit.",
        "the negated int fits 64 bits", Hoists = IrHoisting.AsGuard, Unchecked = IrOp.NegInt, Traits = RepeatsInputs,
        Range = IrRange.Negation)]
    NegIntChecked,
    [IrRow(IrFamily.IntMath, "i i", Int, "Bitwise and.",
        IrActions.None, Hoists = IrHoisting.Anywhere, Traits = Commutes, Machine = IrMachine.And, Range = IrRange.And)]
    AndInt,
    [IrRow(IrFamily.IntMath, "i i", Int, "Bitwise or.",
        IrActions.None, Hoists = IrHoisting.Anywhere, Traits = Commutes, Machine = IrMachine.Or, Range = IrRange.Or)]
    OrInt,
    [IrRow(IrFamily.IntMath, "i i", Int, "Bitwise exclusive or.",
        IrActions.None, Hoists = IrHoisting.Anywhere, Traits = Commutes, Machine = IrMachine.Xor, Range = IrRange.Or)]
    XorInt,
    [IrRow(IrFamily.IntMath, "i", Int, "Bitwise complement.",
        IrActions.None, Hoists = IrHoisting.Anywhere, Machine = IrMachine.Complement)]
    NotInt,
    [IrRow(IrFamily.IntMath, "i i", Int, "Shift left, modulo 2^64; the count is 0 to 63.",
        IrActions.None, Hoists = IrHoisting.Anywhere, Machine = IrMachine.ShiftLeft)]
    ShlInt,
    [IrRow(IrFamily.IntMath, "i i", Int, "Shift left; exits when a bit is lost or the count is not 0 to 63.",
        "the shifted int fits 64 bits", Hoists = IrHoisting.AsGuard, Unchecked = IrOp.ShlInt, Traits = RepeatsInputs)]
    ShlIntChecked,
    [IrRow(IrFamily.IntMath, "i i", Int, "Arithmetic shift right; the count is 0 to 63.",
        IrActions.None, Hoists = IrHoisting.Anywhere, Machine = IrMachine.ShiftRight, Range = IrRange.ShiftRight)]
    ShrInt,
    [IrRow(IrFamily.IntMath, "i i", Bool, "Equal.",
        IrActions.None, Hoists = IrHoisting.Anywhere, Traits = Commutes | ComparesInts, Symbol = "==", Machine = IrMachine.Equal)]
    EqInt,
    [IrRow(IrFamily.IntMath, "i i", Bool, "Less.",
        IrActions.None, Hoists = IrHoisting.Anywhere, Traits = ComparesInts, Symbol = "<", Machine = IrMachine.Less)]
    LtInt,
    [IrRow(IrFamily.IntMath, "i i", Bool, "Less or equal.",
        IrActions.None, Hoists = IrHoisting.Anywhere, Traits = ComparesInts, Symbol = "<=", Machine = IrMachine.LessOrEqual)]
    LeInt,

    // -- Floats ------------------------------------------------------------------------------------------------------------------
    [IrRow(IrFamily.FloatMath, "f f", Float, "Sum.",
        IrActions.None, Hoists = IrHoisting.Anywhere, Symbol = "+", Machine = IrMachine.Add)]
    AddFloat,
    [IrRow(IrFamily.FloatMath, "f f", Float, "Difference.",
        IrActions.None, Hoists = IrHoisting.Anywhere, Symbol = "-", Machine = IrMachine.Subtract)]
    SubFloat,
    [IrRow(IrFamily.FloatMath, "f f", Float, "Product.",
        IrActions.None, Hoists = IrHoisting.Anywhere, Symbol = "*", Machine = IrMachine.Multiply)]
    MulFloat,
    [IrRow(IrFamily.FloatMath, "f f", Float, "Quotient.",
        IrActions.None, Hoists = IrHoisting.Anywhere, Symbol = "/", Machine = IrMachine.Divide)]
    DivFloat,
    [IrRow(IrFamily.FloatMath, "f f", Float, "Remainder with the dividend's sign.",
        IrActions.None, Hoists = IrHoisting.Anywhere, Traits = CallsMethod, Symbol = "%", Machine = IrMachine.Remainder)]
    ModFloat,
    [IrRow(IrFamily.FloatMath, "f", Float, "Negation.", IrActions.None, Hoists = IrHoisting.Anywhere, Machine = IrMachine.Negate)]
    NegFloat,
    [IrRow(IrFamily.FloatMath, "f f", Bool, "Equal; false for NaN.",
        IrActions.None, Hoists = IrHoisting.Anywhere, Traits = Commutes, Symbol = "==", Machine = IrMachine.Equal)]
    EqFloat,
    [IrRow(IrFamily.FloatMath, "f f", Bool, "Less; false for NaN.",
        IrActions.None, Hoists = IrHoisting.Anywhere, Symbol = "<", Machine = IrMachine.LessFloat)]
    LtFloat,
    [IrRow(IrFamily.FloatMath, "f f", Bool, "Less or equal; false for NaN.",
        IrActions.None, Hoists = IrHoisting.Anywhere, Symbol = "<=", Machine = IrMachine.LessOrEqualFloat)]
    LeFloat,

    // -- Bools and references ----------------------------------------------------------------------------------------------------
    [IrRow(IrFamily.Logic, "b", Bool, "Negation.", IrActions.None, Hoists = IrHoisting.Anywhere)]
    Not,
    [IrRow(IrFamily.Logic, "b b", Bool, "Equal.",
        IrActions.None, Hoists = IrHoisting.Anywhere, Traits = Commutes, Symbol = "==", Machine = IrMachine.Equal)]
    EqBool,
    [IrRow(IrFamily.Logic, "o o", Bool, "True when both are the same object.",
        IrActions.None, Hoists = IrHoisting.Anywhere, Traits = Commutes | FoldsByPayload, Symbol = "==", Machine = IrMachine.Equal)]
    SameObject,
    [IrRow(IrFamily.Logic, "a o", Bool, "True when the value is that object.", IrActions.None, Hoists = IrHoisting.Anywhere,
        Holds = "the callee is {|not }{callee}")]
    IsThis,

    // -- Lists -------------------------------------------------------------------------------------------------------------------
    [IrRow(IrFamily.ListHeader, "l", Int, "Number of elements.",
        IrActions.None, Reads = ListHeaders, Hoists = IrHoisting.Anywhere, Range = IrRange.Length)]
    ListCount,
    [IrRow(IrFamily.ListHeader, "l", Int, "The storage strategy, as a number of ListStrategy.",
        IrActions.None, Reads = ListHeaders, Hoists = IrHoisting.Anywhere)]
    ListStrategy,
    [IrRow(IrFamily.ListHeader, "l", Int, "The kind of the element type, as a number of SlotKind; 0 when there is none.",
        IrActions.None, Reads = ListHeaders, Hoists = IrHoisting.Anywhere)]
    ListElementKind,
    [IrRow(IrFamily.ListArray, "l", IntArray, "The array of ints; at least as long as the count when the list has this strategy.",
        IrActions.None, Reads = ListHeaders, Hoists = IrHoisting.Anywhere)]
    ListInts,
    [IrRow(IrFamily.ListArray, "l", FloatArray, "The array of floats, as ListInts.",
        IrActions.None, Reads = ListHeaders, Hoists = IrHoisting.Anywhere)]
    ListFloats,
    [IrRow(IrFamily.ListArray, "l", BoolArray, "The array of bools, as ListInts.",
        IrActions.None, Reads = ListHeaders, Hoists = IrHoisting.Anywhere)]
    ListBools,
    [IrRow(IrFamily.ListArray, "l", ValueArray, "The array of values, as ListInts.",
        IrActions.None, Reads = ListHeaders, Hoists = IrHoisting.Anywhere)]
    ListValues,
    [IrRow(IrFamily.ElementLoad, "I i", Int, "Element; the index is inside the array.",
        IrActions.None, Reads = IntElements, Hoists = IrHoisting.ByIndex, Machine = IrMachine.LoadInt, Place = IrPlace.Element)]
    LoadInt,
    [IrRow(IrFamily.ElementLoad, "F i", Float, "Element; the index is inside the array.",
        IrActions.None, Reads = FloatElements, Hoists = IrHoisting.ByIndex, Machine = IrMachine.LoadFloat, Place = IrPlace.Element)]
    LoadFloat,
    [IrRow(IrFamily.ElementLoad, "B i", Bool, "Element; the index is inside the array.",
        IrActions.None, Reads = BoolElements, Hoists = IrHoisting.ByIndex, Machine = IrMachine.LoadBool, Place = IrPlace.Element)]
    LoadBool,
    [IrRow(IrFamily.ElementLoad, "V i", Any, "Element; the index is inside the array.",
        IrActions.None, Reads = ValueElements, Hoists = IrHoisting.ByIndex, Traits = RepeatsInputs, Place = IrPlace.Element)]
    LoadValue,
    [IrRow(IrFamily.ElementStore, "I i i", IrType.None, "Stores an element; the index is inside the array.",
        IrActions.None, Writes = IntElements, Machine = IrMachine.StoreInt, Location = IrOp.LoadInt)]
    StoreInt,
    [IrRow(IrFamily.ElementStore, "F i f", IrType.None, "Stores an element; the index is inside the array.",
        IrActions.None, Writes = FloatElements, Machine = IrMachine.StoreFloat, Location = IrOp.LoadFloat)]
    StoreFloat,
    [IrRow(IrFamily.ElementStore, "B i b", IrType.None, "Stores an element; the index is inside the array.",
        IrActions.None, Writes = BoolElements, Machine = IrMachine.StoreBool, Location = IrOp.LoadBool)]
    StoreBool,
    [IrRow(IrFamily.ElementStore, "V i a", IrType.None, "Stores an element; the index is inside the array.",
        IrActions.None, Writes = ValueElements, Traits = StoresValue, Location = IrOp.LoadValue)]
    StoreValue,
    [IrRow(IrFamily.New, "*", List, "A new list of the values, with the storage strategy in bits; exits as NewStruct.",
        "the memory budget is not used up", Allocates, Traits = CallsMethod)]
    NewList,

    // -- Structs, captures, variables, tuples, ranges, strs ----------------------------------------------------------------------
    [IrRow(IrFamily.FieldLoad, "x", Any, "Field bits.",
        IrActions.None, Reads = Fields, Hoists = IrHoisting.Anywhere, Bits = IrBits.Index, Traits = RepeatsInputs, Place = IrPlace.Field)]
    LoadField,
    [IrRow(IrFamily.FieldLoad, "x", Int, "Field bits, which holds a 64-bit int by its annotation, or by the version of its shape.",
        IrActions.None, Reads = Fields, Hoists = IrHoisting.Anywhere, Bits = IrBits.Index, Location = IrOp.LoadField)]
    LoadFieldInt,
    [IrRow(IrFamily.FieldLoad, "x", Float, "Field bits, which holds a float in the same way.",
        IrActions.None, Reads = Fields, Hoists = IrHoisting.Anywhere, Bits = IrBits.Index, Location = IrOp.LoadField)]
    LoadFieldFloat,
    [IrRow(IrFamily.FieldLoad, "x", Bool, "Field bits, which holds a bool in the same way.",
        IrActions.None, Reads = Fields, Hoists = IrHoisting.Anywhere, Bits = IrBits.Index, Location = IrOp.LoadField)]
    LoadFieldBool,
    [IrRow(IrFamily.FieldStore, "x a", IrType.None, "Field bits := the value, to which the field's annotation makes no change.",
        IrActions.None, Writes = Fields, Bits = IrBits.Index, Traits = RepeatsInputs | StoresValue, Location = IrOp.LoadField)]
    StoreField,
    [IrRow(IrFamily.FieldStore, "x i", IrType.None, "Field bits := the int; the field holds a 64-bit int already.",
        IrActions.None, Writes = Fields, Bits = IrBits.Index, Location = IrOp.LoadField)]
    StoreFieldInt,
    [IrRow(IrFamily.FieldStore, "x f", IrType.None, "Field bits := the float; the field holds a float already.",
        IrActions.None, Writes = Fields, Bits = IrBits.Index, Location = IrOp.LoadField)]
    StoreFieldFloat,
    [IrRow(IrFamily.Other, "", Int, "The version of what the shape in payload knows about its fields' values.",
        IrActions.None, Reads = FieldTags, Hoists = IrHoisting.Anywhere, Payload = IrPayload.Shape, Traits = LoadsPayload)]
    FieldVersion,
    [IrRow(IrFamily.New, "*", Struct, "A new instance of the shape in payload with these values of its fields, already converted; " +
        "exits when charging its memory needs a heap walk.",
        "the memory budget is not used up", Allocates, Payload = IrPayload.Shape, Traits = CallsMethod | LoadsPayload,
        Virtual = IrOp.VirtualStruct, Make = IrOp.MakeStruct)]
    NewStruct,
    [IrRow(IrFamily.Other, "u", Any, "The captured variable.", IrActions.None, Reads = Upvalues, Hoists = IrHoisting.Anywhere,
        Place = IrPlace.Upvalue)]
    LoadUpvalue,
    [IrRow(IrFamily.Other, "u a", IrType.None, "Stores the captured variable.",
        IrActions.None, Writes = Upvalues, Traits = StoresValue, Location = IrOp.LoadUpvalue)]
    StoreUpvalue,
    [IrRow(IrFamily.New, "a", Upvalue, "A new captured variable with this value; exits as NewStruct.",
        "the memory budget is not used up", Allocates, Traits = CallsMethod, Virtual = IrOp.VirtualUpvalue)]
    NewUpvalue,
    [IrRow(IrFamily.Other, "c", Any, "Capture bits of the closure.",
        IrActions.None, Hoists = IrHoisting.ByType, Bits = IrBits.Index, Place = IrPlace.Capture, Traits = FoldsByPayload)]
    LoadCapture,
    [IrRow(IrFamily.Other, "c", Bool, "True when the closure's code is the LinkedPrototype in payload.",
        IrActions.None, Hoists = IrHoisting.Anywhere, Payload = IrPayload.Code, Traits = LoadsPayload | FoldsByPayload,
        Holds = "the callee is {|not }{code}")]
    IsCode,
    [IrRow(IrFamily.New, "*", Closure, "A new closure of the LinkedPrototype in payload with these captures; exits as NewStruct.",
        "the memory budget is not used up", Allocates, Payload = IrPayload.Code, Traits = CallsMethod | LoadsPayload,
        Virtual = IrOp.VirtualClosure, Make = IrOp.MakeClosure)]
    NewClosure,
    [IrRow(IrFamily.New, "*", Generator, "A new generator of a closure (the first input) and its arguments (the others). The closure " +
        "runs the LinkedPrototype in payload; exits as NewStruct.",
        "the memory budget is not used up", Allocates, Payload = IrPayload.Code)]
    NewGenerator,
    [IrRow(IrFamily.Other, "", Any, "Variable bits of the module in payload.",
        IrActions.None, Reads = Variables, Hoists = IrHoisting.Anywhere, Bits = IrBits.Index, Payload = IrPayload.Module,
        Place = IrPlace.Variable)]
    LoadVariable,
    [IrRow(IrFamily.Other, "a", IrType.None, "Variable bits of the module in payload := the value.",
        IrActions.None, Writes = Variables, Bits = IrBits.Index, Payload = IrPayload.Module, Traits = StoresValue,
        Location = IrOp.LoadVariable)]
    StoreVariable,
    [IrRow(IrFamily.Other, "t", Int, "Number of elements.", IrActions.None, Hoists = IrHoisting.Anywhere, Range = IrRange.Length,
        Traits = FoldsByPayload)]
    TupleCount,
    [IrRow(IrFamily.Other, "t i", Any, "Element; the index is inside the tuple.", IrActions.None, Hoists = IrHoisting.ByIndex,
        Place = IrPlace.Item, Traits = FoldsByPayload)]
    TupleItem,
    [IrRow(IrFamily.New, "*", Tuple, "A new tuple of the values; exits as NewStruct.",
        "the memory budget is not used up", Allocates, Traits = CallsMethod, Virtual = IrOp.VirtualTuple, Make = IrOp.MakeTuple)]
    NewTuple,
    [IrRow(IrFamily.Virtual, "*", Struct, "For snapshots only: the object in the first input or, when that is nil, a new instance of " +
        "the shape in payload with the other inputs as fields, which the exit makes. Nodes with the same bits are one object.",
        IrActions.None, Hoists = IrHoisting.Anywhere, Payload = IrPayload.Shape)]
    VirtualStruct,
    [IrRow(IrFamily.Virtual, "*", Tuple, "As VirtualStruct: a tuple of the other inputs.",
        IrActions.None, Hoists = IrHoisting.Anywhere)]
    VirtualTuple,
    [IrRow(IrFamily.Virtual, "*", Closure, "As VirtualStruct: a closure of the LinkedPrototype in payload with the other inputs as " +
        "captures.",
        IrActions.None, Hoists = IrHoisting.Anywhere, Payload = IrPayload.Code)]
    VirtualClosure,
    [IrRow(IrFamily.Virtual, "*", Upvalue, "As VirtualStruct: a captured variable with the second input as its value.",
        IrActions.None, Hoists = IrHoisting.Anywhere)]
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
    [IrRow(IrFamily.New, "i i i i b", Range, "A new range of 64-bit bounds: start, stop, step (not 0), number of elements, and " +
        "whether the stop belongs to it; exits as NewStruct.",
        "the memory budget is not used up", Allocates, Traits = CallsMethod, Virtual = IrOp.VirtualRange, Make = IrOp.MakeRange)]
    NewRange,
    [IrRow(IrFamily.Virtual, "*", Range, "As VirtualStruct: a range; the other inputs are as those of NewRange.",
        IrActions.None, Hoists = IrHoisting.Anywhere)]
    VirtualRange,
    [IrRow(IrFamily.Make, "*", Range, "As MakeStruct: the range that VirtualRange describes.", Allocates, Traits = CallsMethod)]
    MakeRange,
    [IrRow(IrFamily.RangePart, "r", Bool, "True when the bounds fit 64 bits.", IrActions.None, Hoists = IrHoisting.Anywhere,
        Traits = FoldsByPayload)]
    RangeIsSmall,
    [IrRow(IrFamily.RangePart, "r", Int, "The first element.", IrActions.None, Hoists = IrHoisting.Anywhere, Traits = FoldsByPayload)]
    RangeStart,
    [IrRow(IrFamily.RangePart, "r", Int, "The step.", IrActions.None, Hoists = IrHoisting.Anywhere, Traits = FoldsByPayload)]
    RangeStep,
    [IrRow(IrFamily.RangePart, "r", Int, "Number of elements.", IrActions.None, Hoists = IrHoisting.Anywhere, Range = IrRange.Count,
        Traits = FoldsByPayload)]
    RangeCount,
    [IrRow(IrFamily.Other, "s", Int, "Length in code units.", IrActions.None, Hoists = IrHoisting.Anywhere, Range = IrRange.Length,
        Traits = FoldsByPayload)]
    StrLength,
    [IrRow(IrFamily.Other, "s", Units, "The code units.", IrActions.None, Hoists = IrHoisting.Anywhere)]
    StrUnits,
    [IrRow(IrFamily.Other, "U i", Int, "The code unit at an index inside the str.",
        IrActions.None, Hoists = IrHoisting.ByIndex, Range = IrRange.Unit, Traits = FoldsByPayload)]
    LoadUnit,
    [IrRow(IrFamily.Other, "i", Str, "The str of one code unit.", IrActions.None, Hoists = IrHoisting.Anywhere, Traits = FoldsByPayload)]
    StrOfUnit,
    [IrRow(IrFamily.Other, "i", Str, "The str of the value with a number, of the enum of the host in payload.",
        IrActions.None, Hoists = IrHoisting.Anywhere, Payload = IrPayload.HostEnum, Traits = LoadsPayload)]
    StrOfEnum,

    // -- Maps --------------------------------------------------------------------------------------------------------------------
    [IrRow(IrFamily.Other, "i", Int, "The position of an entry, from a lookup; exits when it is -1: the key is missing.",
        "the map has the key", Hoists = IrHoisting.AsGuard, Range = IrRange.Position)]
    FoundPosition,
    [IrRow(IrFamily.Other, "m i", Any, "The value of the entry at a position.",
        IrActions.None, Reads = TableKeys | MapValues, Hoists = IrHoisting.ByPosition, Place = IrPlace.Entry)]
    LoadMapValue,
    [IrRow(IrFamily.Other, "m i a", IrType.None, "The value of the entry at a position := the value, to which the map's annotation " +
        "makes no change.",
        IrActions.None, Writes = MapValues, Traits = StoresValue, Location = IrOp.LoadMapValue)]
    StoreMapValue,

    // -- Calls and bookkeeping ---------------------------------------------------------------------------------------------------
    [IrRow(IrFamily.Call, "*", Any, "Calls the helper in payload, a RegionHelper, which declares the effects; any type.",
        IrActions.None, Hoists = IrHoisting.ByHelper, Payload = IrPayload.Helper, Traits = NeedsLocal,
        Holds = "{helper} completes without the interpreter", Range = IrRange.Helper, Typing = IrTyping.Helper)]
    Call,
    [IrRow(IrFamily.Call, "*", Any, "Calls the proc region in payload, a CallTarget, with unboxed arguments. Bits: how many frames " +
        "the caller is above the root. Exits after the call when the callee exited, unless the call is noted; any type.",
        "the callee returns in compiled code", Reads = IrMemory.All, Writes = IrMemory.All, Payload = IrPayload.CallTarget,
        Traits = CallsMethod, Typing = IrTyping.Region)]
    CallRegion,
    [IrRow(IrFamily.Bookkeeping, "", IrType.None, "The stack check of a proc region: exits when the frame limit or the native stack " +
        "allows no more calls.",
        "the frame limit and the native stack allow further calls", Fixed)]
    CheckStack,
    [IrRow(IrFamily.Bookkeeping, "", IrType.None, "Subtracts bits steps from the budget; exits without subtracting when the budget " +
        "is spent, except that a proc region first tries to refill it.",
        "the step budget is not used up", Fixed, Bits = IrBits.Index)]
    ChargeSteps,
    [IrRow(IrFamily.Bookkeeping, "", Bool, "Subtracts bits steps from the budget, for several iterations of a loop; false, and subtracts " +
        "nothing, when so many are not left.",
        Fixed, Bits = IrBits.Index, Traits = NeedsLocal)]
    TakeSteps,
    [IrRow(IrFamily.Bookkeeping, "", IrType.None, "Refunds bits steps that were charged in advance for a path that was not taken.",
        Fixed, Bits = IrBits.Index)]
    RefundSteps,
    [IrRow(IrFamily.Bookkeeping, "", IrType.None, "Charges bits bytes for an object that is not created here; exits as NewStruct.",
        "the memory budget is not used up", Allocates)]
    ChargeMemory,
    [IrRow(IrFamily.Call, "", Int, "Interpreter call-out: the interpreter executes the instruction at the snapshot. 0: it continued " +
        "after the instruction; 1: it jumped; 2: it raised, and the handler in payload (a HandlerTarget) took the error. Results are " +
        "in the interpreter's registers. Exits when it raised otherwise.",
        "the interpreter raises no error", Observes | Fixed, Reads = IrMemory.All, Writes = IrMemory.All, Payload = IrPayload.Handler)]
    CallInterpreter,
    [IrRow(IrFamily.Call, "*", Any, "Calls a delegate of the host, as payload (a HostCall) says. The frames of its snapshot are " +
        "built when the host looks at them; any type. Exits after the call when the call raised, because it cannot be repeated.",
        "the host's delegate is called by compiled code", Observes | Fixed, Reads = IrMemory.All, Writes = IrMemory.All,
        Payload = IrPayload.HostCall, Range = IrRange.Host, Typing = IrTyping.Host)]
    CallHost,
    [IrRow(IrFamily.Other, "*", Any, "As CallHost, of a delegate that only reads the host's memory and can't throw; Int, Float or " +
        "Bool. It stays in its loop, because the host may change its memory meanwhile.",
        IrActions.None, Reads = IrMemory.HostElements, Payload = IrPayload.HostCall, Traits = NeedsLocal, Range = IrRange.Host,
        Typing = IrTyping.Host)]
    LoadHost,
    [IrRow(IrFamily.Call, "*", Any, "As LoadHost, of a delegate that returns an object, text or struct, whose script value is found " +
        "or made. Exits when that reaches a limit.",
        "the memory budget is not used up", Allocates | Fixed, Reads = IrMemory.HostElements, Payload = IrPayload.HostCall,
        Traits = NeedsLocal, Typing = IrTyping.Host)]
    LoadHostObject,
    [IrRow(IrFamily.Other, "*", Any, "As CallHost, of a delegate that only reads and writes the host's memory and can't throw; any " +
        "type, or no result.",
        IrActions.None, Reads = IrMemory.HostElements, Writes = IrMemory.HostElements, Payload = IrPayload.HostCall,
        Traits = NeedsLocal, Range = IrRange.Host, Typing = IrTyping.Host)]
    StoreHost,
#pragma warning restore format
}
