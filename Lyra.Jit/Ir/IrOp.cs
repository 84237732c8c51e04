using static Lyra.Jit.Ir.IrEffects;
using static Lyra.Jit.Ir.IrMemory;
using static Lyra.Jit.Ir.IrType;

namespace Lyra.Jit.Ir;

/// <summary>
/// THE table of IR operations. Printer, parser, verifier, passes, the IR interpreter of the tests and docs/ir.md derive from these rows.
/// Inputs are letters (see <see cref="IrRowAttribute"/>); "bits" and "payload" are the node's immediates; "exits" means: leaves the region
/// through the node's snapshot, without any effect before.
/// </summary>
internal enum IrOp : byte
{
#pragma warning disable format // a table, aligned by hand

    // -- Constants and inputs ---------------------------------------------------------------------------------------------------------
    [IrRow("",     Int,        "The int in bits.")]                                                                 ConstInt,
    [IrRow("",     Float,      "The float whose pattern is in bits.")]                                              ConstFloat,
    [IrRow("",     Bool,       "The bool in bits, 0 or 1.")]                                                        ConstBool,
    [IrRow("",     Any,        "nil.")]                                                                             ConstNil,
    [IrRow("",     Any,        "The marker for an argument that was not given.")]                                   ConstUnset,
    [IrRow("",     Object,     "The object in payload; the node's own type is that of the object.")]                ConstObject,
    [IrRow("",     Object,     "The object in payload, which is none of the script's: an argument of helpers, never in a register.")] ConstForeign,
    [IrRow("",     Any,        "A parameter of its block; any type. The edges give the values.")]                   Parameter,
    [IrRow("",     Any,        "Argument number bits of an entry region; any type.")]                               Argument,
    [IrRow("",     Any,        "Interpreter register bits, counted from the root frame's first.", Reads = Registers)] LoadRegister,

    [IrRow("",     Closure,    "The closure that the root frame runs.")]                                            RootClosure,

    // -- Representation ----------------------------------------------------------------------------------------------------------------
    [IrRow("i",    Any,        "The int as a value.")]                                                              BoxInt,
    [IrRow("f",    Any,        "The float as a value.")]                                                            BoxFloat,
    [IrRow("b",    Any,        "The bool as a value.")]                                                             BoxBool,
    [IrRow("o",    Any,        "The object as a value.")]                                                           BoxObject,
    [IrRow("a",    Int,        "The 64-bit int; exits when it is none. Bits 1: only small ones were seen.", Exits)] UnboxInt,
    [IrRow("a",    Float,      "The float; exits when it is none.", Exits)]                                         UnboxFloat,
    [IrRow("a",    Bool,       "The bool; exits when it is none.", Exits)]                                          UnboxBool,
    [IrRow("a",    Object,     "The object of the node's own type; exits when it is of another class.", Exits)]     UnboxObject,
    [IrRow("a",    Struct,     "The instance of the shape in payload; exits when it is none.", Exits)]              UnboxStruct,
    [IrRow("a",    Int,        "The 64-bit int that it is known to be.")]                                           AsInt,
    [IrRow("a",    Float,      "The float that it is known to be.")]                                                AsFloat,
    [IrRow("a",    Bool,       "The bool that it is known to be.")]                                                 AsBool,
    [IrRow("a",    Object,     "The object of the node's own type that it is known to be (checked by a cast).")]    AsObject,
    [IrRow("a",    Struct,     "The instance of the shape in payload that it is known to be (checked by a cast).")] AsStruct,
    [IrRow("a",    Bool,       "Whether it is a 64-bit int.")]                                                      IsInt,
    [IrRow("a",    Bool,       "Whether it is a float.")]                                                           IsFloat,
    [IrRow("a",    Bool,       "Whether it is a bool.")]                                                            IsBool,
    [IrRow("a",    Bool,       "Whether it is nil.")]                                                               IsNil,
    [IrRow("a",    Bool,       "Whether it is the unset marker.")]                                                  IsUnset,
    [IrRow("a",    Bool,       "Whether it is neither nil nor false.")]                                             IsTruthy,
    [IrRow("a",    Bool,       "Whether it is an object of the type in bits (an IrType with a class of its own).")] IsObject,
    [IrRow("a",    Bool,       "Whether it is an instance of the shape in payload.")]                               IsStruct,
    [IrRow("i",    Float,      "The int as the nearest float.")]                                                    IntToFloat,

    // -- Guards --------------------------------------------------------------------------------------------------------------------------
    [IrRow("b", IrType.None, "Exits when it is false.", Exits)]                                                   Guard,
    [IrRow("b", IrType.None, "Exits when it is true.", Exits)]                                                    GuardNot,
    [IrRow("b", IrType.None, "Exits when it is false: a bet, which is not made again once it was lost.", Exits)] GuardBet,
    [IrRow("i i", IrType.None, "Exits unless 0 <= first < second. Bits: bets on it that were lost.", Exits)]                                         GuardIndex,
    [IrRow("i", IrType.None, "Exits when it is 0 or -1.", Exits)]                                                 GuardDivisor,
    [IrRow("i", IrType.None, "Exits unless it is 0 to 63.", Exits)]                                               GuardShift,
    [IrRow("i", IrType.None, "Exits unless it lies between -2^30 and 2^30.", Exits)]                                GuardSmall,

    // -- Ints of 64 bits -------------------------------------------------------------------------------------------------------------------
    [IrRow("i i",  Int,        "Sum, modulo 2^64.")]                                                                AddInt,
    [IrRow("i i",  Int,        "Difference, modulo 2^64.")]                                                         SubInt,
    [IrRow("i i",  Int,        "Product, modulo 2^64.")]                                                            MulInt,
    [IrRow("i i",  Int,        "Sum; exits when it does not fit. Bits: OperandFacts.", Exits)]                 AddIntChecked,
    [IrRow("i i",  Int,        "Difference; exits when it does not fit. Bits: OperandFacts.", Exits)]                 SubIntChecked,
    [IrRow("i i",  Int,        "Product; exits when it does not fit. Bits: OperandFacts.", Exits)]                 MulIntChecked,
    [IrRow("i i",  Int,        "Quotient, truncated; the second is neither 0 nor -1.")]                             DivInt,
    [IrRow("i i",  Int,        "Remainder with the dividend's sign; the second is neither 0 nor -1.")]              ModInt,
    [IrRow("i",    Int,        "Negation, modulo 2^64.")]                                                           NegInt,
    [IrRow("i",    Int,        "Negation; exits when it does not fit.", Exits)]                                     NegIntChecked,
    [IrRow("i i",  Int,        "Bitwise and.")]                                                                     AndInt,
    [IrRow("i i",  Int,        "Bitwise or.")]                                                                      OrInt,
    [IrRow("i i",  Int,        "Bitwise exclusive or.")]                                                            XorInt,
    [IrRow("i",    Int,        "Bitwise complement.")]                                                              NotInt,
    [IrRow("i i",  Int,        "Shifted left, modulo 2^64; the count is 0 to 63.")]                                 ShlInt,
    [IrRow("i i",  Int,        "Shifted left; exits when a bit is lost or the count is not 0 to 63.", Exits)]       ShlIntChecked,
    [IrRow("i i",  Int,        "Shifted right with the sign; the count is 0 to 63.")]                               ShrInt,
    [IrRow("i i",  Bool,       "Equal.")]                                                                           EqInt,
    [IrRow("i i",  Bool,       "Less.")]                                                                            LtInt,
    [IrRow("i i",  Bool,       "Less or equal.")]                                                                   LeInt,

    // -- Floats --------------------------------------------------------------------------------------------------------------------------------
    [IrRow("f f",  Float,      "Sum.")]                                                                             AddFloat,
    [IrRow("f f",  Float,      "Difference.")]                                                                      SubFloat,
    [IrRow("f f",  Float,      "Product.")]                                                                         MulFloat,
    [IrRow("f f",  Float,      "Quotient.")]                                                                        DivFloat,
    [IrRow("f f",  Float,      "Remainder with the dividend's sign.")]                                              ModFloat,
    [IrRow("f",    Float,      "Negation.")]                                                                        NegFloat,
    [IrRow("f f",  Bool,       "Equal; false for NaN.")]                                                            EqFloat,
    [IrRow("f f",  Bool,       "Less; false for NaN.")]                                                             LtFloat,
    [IrRow("f f",  Bool,       "Less or equal; false for NaN.")]                                                    LeFloat,

    // -- Bools and references ------------------------------------------------------------------------------------------------------------------
    [IrRow("b",    Bool,       "Negation.")]                                                                        Not,
    [IrRow("b b",  Bool,       "Equal.")]                                                                           EqBool,
    [IrRow("o o",  Bool,       "Whether both are the same object.")]                                                SameObject,
    [IrRow("a o",  Bool,       "Whether it is that object.")]                                                       IsThis,

    // -- Lists ---------------------------------------------------------------------------------------------------------------------------------
    [IrRow("l",    Int,        "Number of elements.", Reads = ListHeaders)]                                         ListCount,
    [IrRow("l",    Int,        "The storage strategy, as a number of ListStrategy.", Reads = ListHeaders)]          ListStrategy,
    [IrRow("l",    Bool,       "Whether stores are checked against an element type.", Reads = ListHeaders)]         ListIsTyped,
    [IrRow("l",    IntArray,   "The storage of ints; at least as long as the count when that is the strategy.", Reads = ListHeaders)]   ListInts,
    [IrRow("l",    FloatArray, "The storage of floats, as ListInts.", Reads = ListHeaders)]                         ListFloats,
    [IrRow("l",    BoolArray,  "The storage of bools, as ListInts.", Reads = ListHeaders)]                          ListBools,
    [IrRow("l",    ValueArray, "The storage of anything, as ListInts.", Reads = ListHeaders)]                       ListValues,
    [IrRow("I i",  Int,        "Element; the index is inside the array.", Reads = IntElements)]                     LoadInt,
    [IrRow("F i",  Float,      "Element; the index is inside the array.", Reads = FloatElements)]                   LoadFloat,
    [IrRow("B i",  Bool,       "Element; the index is inside the array.", Reads = BoolElements)]                    LoadBool,
    [IrRow("V i",  Any,        "Element; the index is inside the array.", Reads = ValueElements)]                   LoadValue,
    [IrRow("I i i", IrType.None, "Stores an element; the index is inside the array.", Writes = IntElements)]          StoreInt,
    [IrRow("F i f", IrType.None, "Stores an element; the index is inside the array.", Writes = FloatElements)]        StoreFloat,
    [IrRow("B i b", IrType.None, "Stores an element; the index is inside the array.", Writes = BoolElements)]         StoreBool,
    [IrRow("V i a", IrType.None, "Stores an element; the index is inside the array.", Writes = ValueElements)]        StoreValue,

    [IrRow("*",    List,       "A new list of the values, whose storage strategy is bits; exits as NewStruct.", Exits | Allocates)] NewList,

    // -- Structs, captures, variables, tuples, ranges, strings ---------------------------------------------------------------------------------
    [IrRow("x",    Any,        "Field bits.", Reads = Fields)]                                                      LoadField,
    [IrRow("x",    Int,        "Field bits, which is annotated int and holds 64 bits.", Reads = Fields)]            LoadFieldInt,
    [IrRow("x",    Float,      "Field bits, which is annotated float.", Reads = Fields)]                            LoadFieldFloat,
    [IrRow("x",    Bool,       "Field bits, which is annotated bool.", Reads = Fields)]                             LoadFieldBool,
    [IrRow("x a", IrType.None, "Field bits := the value, which the field's annotation takes as it is.", Writes = Fields)] StoreField,
    [IrRow("x i", IrType.None, "Field bits := the int; the field is annotated int and holds an int of 64 bits.", Writes = Fields)] StoreFieldInt,
    [IrRow("x f", IrType.None, "Field bits := the float; the field is annotated float.", Writes = Fields)]          StoreFieldFloat,
    [IrRow("*",    Struct,     "A new instance of the shape in payload from its fields' values, which are converted; exits when memory must be accounted for.", Exits | Allocates)] NewStruct,
    [IrRow("u",    Any,        "The captured variable.", Reads = Upvalues)]                                         LoadUpvalue,
    [IrRow("u a", IrType.None, "Stores the captured variable.", Writes = Upvalues)]                                 StoreUpvalue,
    [IrRow("a",    Upvalue,    "A new captured variable with this value; exits as NewStruct.", Exits | Allocates)]  NewUpvalue,
    [IrRow("c",    Any,        "Capture bits of the closure.")]                                                     LoadCapture,
    [IrRow("c",    Bool,       "Whether the closure's code is the LinkedPrototype in payload.")]                    IsCode,
    [IrRow("*",    Closure,    "A new closure of the LinkedPrototype in payload over the captures; exits as NewStruct.", Exits | Allocates)] NewClosure,
    [IrRow("*",    Generator,  "A new generator of the closure and arguments that are its inputs, which runs the LinkedPrototype in payload; exits as NewStruct.", Exits | Allocates)] NewGenerator,
    [IrRow("",     Any,        "Variable bits of the module in payload.", Reads = Variables)]                       LoadVariable,
    [IrRow("a", IrType.None, "Variable bits of the module in payload := the value.", Writes = Variables)]         StoreVariable,
    [IrRow("t",    Int,        "Number of elements.")]                                                              TupleCount,
    [IrRow("t i",  Any,        "Element; the index is inside the tuple.")]                                          TupleItem,
    [IrRow("*",    Tuple,      "A new tuple of the values; exits as NewStruct.", Exits | Allocates)]                NewTuple,
    [IrRow("*",    Struct,     "For snapshots only: the object in the first input, or, when that is nil, one of the shape in payload with the other inputs as fields, which is made when the region is left. Nodes with the same bits are one object.")] VirtualStruct,
    [IrRow("*",    Tuple,      "As VirtualStruct, a tuple of the other inputs.")]                                   VirtualTuple,
    [IrRow("*",    Closure,    "As VirtualStruct, a closure of the LinkedPrototype in payload over the other inputs.")] VirtualClosure,
    [IrRow("*",    Upvalue,    "As VirtualStruct, a captured variable with the second input as its value.")]        VirtualUpvalue,
    [IrRow("*",    Struct,     "The object in the first input, or, when that is nil, a new one as VirtualStruct describes it, which has been charged before.", Allocates)] MakeStruct,
    [IrRow("*",    Tuple,      "As MakeStruct, what VirtualTuple describes.", Allocates)]                   MakeTuple,
    [IrRow("*",    Closure,    "As MakeStruct, what VirtualClosure describes.", Allocates)]                 MakeClosure,
    [IrRow("r",    Bool,       "Whether the bounds fit 64 bits.")]                                                  RangeIsSmall,
    [IrRow("r",    Int,        "The first element.")]                                                               RangeStart,
    [IrRow("r",    Int,        "The step.")]                                                                        RangeStep,
    [IrRow("r",    Int,        "Number of elements.")]                                                              RangeCount,
    [IrRow("s",    Int,        "Length in code units.")]                                                            StrLength,
    [IrRow("s i",  Int,        "The code unit at an index inside the str.")]                                        StrUnit,
    [IrRow("i",    Str,        "The str of one code unit.")]                                                        StrOfUnit,

    // -- Maps ----------------------------------------------------------------------------------------------------------------------------------
    [IrRow("i",    Int,        "The position of an entry that was looked up; exits when it is -1: no such key.", Exits)] FoundPosition,
    [IrRow("m i",  Any,        "The value of the entry at a position.", Reads = TableKeys | MapValues)]             LoadMapValue,
    [IrRow("m i a", IrType.None, "The value of the entry at a position := the value, which the map takes as it is.", Writes = MapValues)] StoreMapValue,

    // -- Calls and bookkeeping -------------------------------------------------------------------------------------------------------------------
    [IrRow("*",    Any,        "Calls the helper in payload (a RegionHelper, which says what it does to memory and whether it exits); any type.")]  Call,
    [IrRow("*",    Any,        "Calls the entry region in payload (a RegionCall) with unboxed arguments, from the frame that is bits calls above the root's; exits behind the call when that left early; any type.", Exits, Reads = IrMemory.All, Writes = IrMemory.All)] CallRegion,
    [IrRow("", IrType.None, "At the start of an entry region: exits when the frame limit or the native stack leaves no room for calls.", Exits | Fixed)]  CheckRoom,
    [IrRow("", IrType.None, "Takes bits steps from the budget; exits before when a limit is to be looked at.", Exits | Fixed)]  ChargeSteps,
    [IrRow("", IrType.None, "Gives bits steps back to the budget, which were charged ahead of another way.", Fixed)]            RefundSteps,
    [IrRow("", IrType.None, "Charges bits bytes of memory for an object that is not made here; exits as NewStruct.", Exits | Allocates)]  ChargeMemory,
    [IrRow("",     Int,        "Has the interpreter execute the instruction at its snapshot: 0 when it went on behind it, 1 when it jumped, 2 when it raised and the handler in payload (a HandlerTarget) took the error. Results are in the interpreter's registers. Exits when it raised otherwise.", Exits | Observes | Fixed, Reads = IrMemory.All, Writes = IrMemory.All)] Interpret,
    [IrRow("*",    Any,        "Calls a delegate of the host as payload (a HostCall) says, at its snapshot, whose frames are built when the host looks at them; any type. Exits behind the call when that raised: it can't be made again.", Exits | Observes | Fixed, Reads = IrMemory.All, Writes = IrMemory.All)] CallHost,
#pragma warning restore format
}
