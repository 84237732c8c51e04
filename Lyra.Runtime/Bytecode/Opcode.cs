using static Lyra.Runtime.Bytecode.OpTraits;

namespace Lyra.Runtime.Bytecode;

/// <summary>
/// The table of bytecode operations: <see cref="OpAttribute"/> explains its columns. Everything that depends on an opcode alone is a column
/// here, and <see cref="OpcodeInfo"/> reads it. After a change run <c>dotnet run --project tools/Lyra.Generate -- files</c>.
/// </summary>
/// <remarks>
/// Every instruction checks before it has effects. It can therefore be executed again after it raised an error, or after a compiled region
/// exited before it. "Throws" means that the instruction raises a script error.
/// </remarks>
internal enum Opcode : ushort
{
    // -- Registers and constants --------------------------------------------------------------------------------------

    [Op("- - -", None, "Does nothing.")]
    Nop,

    [Op("w r -", None, "R[A] := R[B].", Result = OpResult.Copy, Registers = RegisterRule.Any)]
    Move,

    [Op("w K", Constant, "R[A] := K.", Result = OpResult.Literal)]
    LoadConst,

    [Op("w I", Constant, "R[A] := the int I.", Result = OpResult.Literal)]
    LoadInt,

    [Op("w - -", Constant, "R[A] := nil.", Result = OpResult.Literal)]
    LoadNil,

    [Op("w c -", Constant, "R[A] := true when B is 1, else false.", Result = OpResult.Literal, Rule = OpRule.Bool)]
    LoadBool,

    [Op("w - -", None, "R[A] := the marker for an argument that was not given.", Result = OpResult.Unset)]
    LoadUnset,

    // -- Variables ----------------------------------------------------------------------------------------------------

    [Op("w M", MayThrow | ReadsHeap, "R[A] := module variable M; ValueError when its declaration has not run.")]
    GetModule,

    [Op("r M", WritesHeap, "Module variable M := R[A].")]
    SetModule,

    [Op("w x", MayThrow | ReadsHeap, "R[A] := the global of the engine that external name x is linked to.")]
    GetExternal,

    [Op("r x", MayThrow | WritesHeap, "The global that external name x is linked to := R[A].")]
    SetExternal,

    [Op("w N", ReadsHeap, "R[A] := the builtin N as a value.")]
    GetBuiltin,

    [Op("w v -", Constant, "R[A] := capture B, a captured value that never changes.")]
    GetCapture,

    [Op("w v -", MayThrow | ReadsHeap, "R[A] := the variable in the upvalue at capture B; ValueError when unset.")]
    GetUpvalue,

    [Op("r v -", WritesHeap, "The variable in the upvalue at capture B := R[A].")]
    SetUpvalue,

    [Op("u - -", Allocates, "R[A] := a new upvalue that holds R[A].", Result = OpResult.Upvalue, Registers = RegisterRule.MaybeUnset)]
    NewUpvalue,

    [Op("w - -", Allocates, "R[A] := a new upvalue whose declaration has not run.", Result = OpResult.Upvalue)]
    NewUnsetUpvalue,

    [Op("w r -", MayThrow | ReadsHeap, "R[A] := the variable in the upvalue in R[B]; ValueError when unset.",
        Registers = RegisterRule.UpvalueInB)]
    LoadUpvalue,

    [Op("r r -", WritesHeap, "The variable in the upvalue in R[A] := R[B].", Registers = RegisterRule.UpvalueInA)]
    StoreUpvalue,

    // -- Arithmetic: numbers, str, list, tuple and hooks (language.md §4) ---------------------------------------------

    [Op("w r r", MayThrow | MayCall | Allocates, "R[A] := R[B] + R[C].", Hook = StructHook.Add)]
    Add,

    [Op("w r r", MayThrow | MayCall | Allocates, "R[A] := R[B] - R[C].", Hook = StructHook.Sub)]
    Sub,

    [Op("w r r", MayThrow | MayCall | Allocates, "R[A] := R[B] * R[C].", Hook = StructHook.Mul)]
    Mul,

    [Op("w r r", MayThrow | MayCall | Allocates, "R[A] := R[B] / R[C].", Hook = StructHook.Div)]
    Div,

    [Op("w r r", MayThrow | MayCall | Allocates, "R[A] := R[B] % R[C].", Hook = StructHook.Mod)]
    Mod,

    [Op("w r r", MayThrow | Allocates, "R[A] := R[B] ** R[C].")]
    Pow,

    [Op("w r r", MayThrow | MayCall | Allocates, "R[A] := R[B] & R[C].", Hook = StructHook.BitAnd)]
    BitAnd,

    [Op("w r r", MayThrow | MayCall | Allocates, "R[A] := R[B] | R[C].", Hook = StructHook.BitOr)]
    BitOr,

    [Op("w r r", MayThrow | MayCall | Allocates, "R[A] := R[B] ^ R[C].", Hook = StructHook.BitXor)]
    BitXor,

    [Op("w r r", MayThrow | Allocates, "R[A] := R[B] << R[C].")]
    Shl,

    [Op("w r r", MayThrow | Allocates, "R[A] := R[B] >> R[C].")]
    Shr,

    [Op("w r i", MayThrow | MayCall | Allocates, "R[A] := R[B] + the int C.", Plain = Add)]
    AddInt,

    [Op("w r i", MayThrow | MayCall | Allocates, "R[A] := R[B] - the int C.", Plain = Sub)]
    SubInt,

    [Op("w r i", MayThrow | MayCall | Allocates, "R[A] := R[B] * the int C.", Plain = Mul)]
    MulInt,

    [Op("w r i", MayThrow | MayCall | Allocates, "R[A] := R[B] / the int C.", Plain = Div)]
    DivInt,

    [Op("w r i", MayThrow | MayCall | Allocates, "R[A] := R[B] % the int C.", Plain = Mod)]
    ModInt,

    [Op("w r i", MayThrow | MayCall | Allocates, "R[A] := R[B] & the int C.", Plain = BitAnd)]
    BitAndInt,

    [Op("w r i", MayThrow | Allocates, "R[A] := R[B] << the int C.", Plain = Shl)]
    ShlInt,

    [Op("w r i", MayThrow | Allocates, "R[A] := R[B] >> the int C.", Plain = Shr)]
    ShrInt,

    [Op("w r k", MayThrow | MayCall | Allocates, "R[A] := R[B] + K[C], a number.", Plain = Add, Rule = OpRule.Number)]
    AddConst,

    [Op("w r k", MayThrow | MayCall | Allocates, "R[A] := R[B] - K[C], a number.", Plain = Sub, Rule = OpRule.Number)]
    SubConst,

    [Op("w r k", MayThrow | MayCall | Allocates, "R[A] := R[B] * K[C], a number.", Plain = Mul, Rule = OpRule.Number)]
    MulConst,

    [Op("w r k", MayThrow | MayCall | Allocates, "R[A] := R[B] / K[C], a number.", Plain = Div, Rule = OpRule.Number)]
    DivConst,

    [Op("w r -", MayThrow | MayCall | Allocates, "R[A] := -R[B].", Hook = StructHook.Neg)]
    Neg,

    [Op("w r -", MayThrow | Allocates, "R[A] := ~R[B].")]
    BitNot,

    [Op("w r -", None, "R[A] := not R[B].")]
    Not,

    [Op("w R c", MayThrow | MayCall | Allocates,
        "R[A] := the texts of R[B..B+C-1] joined, as tostring returns them.", Hook = StructHook.Text, Rule = OpRule.NotEmpty)]
    Concat,

    // -- Comparison to a value ----------------------------------------------------------------------------------------

    [Op("w r r", MayThrow | MayCall | ReadsHeap, "R[A] := R[B] == R[C].", Hook = StructHook.Equals)]
    Eq,

    [Op("w r r", MayThrow | MayCall | ReadsHeap | Negates, "R[A] := R[B] != R[C].", Plain = Eq)]
    Ne,

    [Op("w r r", MayThrow | MayCall | ReadsHeap, "R[A] := R[B] < R[C].", Hook = StructHook.Less)]
    Lt,

    [Op("w r r", MayThrow | MayCall | ReadsHeap, "R[A] := R[B] <= R[C].", Hook = StructHook.LessOrEqual)]
    Le,

    [Op("w r r", MayThrow, "R[A] := R[B] is R[C] (identity).")]
    Is,

    [Op("w r r", MayThrow | MayCall | ReadsHeap, "R[A] := R[B] in R[C].")]
    In,

    // -- Jumps. Not… forms are the negations, which differ from the opposite comparison for NaN -----------------------

    [Op("- J", Jumps | Ends, "Jumps.")]
    Jump,

    [Op("r J", Jumps, "Jumps when R[A] is truthy.", Negation = JumpIfNot)]
    JumpIf,

    [Op("r J", Jumps, "Jumps when R[A] is nil or false.", Negation = JumpIf)]
    JumpIfNot,

    [Op("r J", Jumps, "Jumps when R[A] is nil.", Negation = JumpIfNotNil)]
    JumpIfNil,

    [Op("r J", Jumps, "Jumps when R[A] is not nil.", Negation = JumpIfNil)]
    JumpIfNotNil,

    [Op("r J", Jumps, "Jumps when R[A] was given (is not the unset marker).", Registers = RegisterRule.MaybeUnset)]
    JumpIfSet,

    [Op("r r j", Jumps | MayThrow | MayCall | ReadsHeap, "Jumps when R[A] == R[B].", Plain = Eq, Negation = JumpNe)]
    JumpEq,

    [Op("r r j", Jumps | MayThrow | MayCall | ReadsHeap | Negates, "Jumps when R[A] != R[B].", Plain = Eq, Negation = JumpEq)]
    JumpNe,

    [Op("r r j", Jumps | MayThrow | MayCall | ReadsHeap, "Jumps when R[A] < R[B].", Plain = Lt, Negation = JumpNotLt)]
    JumpLt,

    [Op("r r j", Jumps | MayThrow | MayCall | ReadsHeap, "Jumps when R[A] <= R[B].", Plain = Le, Negation = JumpNotLe)]
    JumpLe,

    [Op("r r j", Jumps | MayThrow | MayCall | ReadsHeap | Negates, "Jumps when not R[A] < R[B].", Plain = Lt, Negation = JumpLt)]
    JumpNotLt,

    [Op("r r j", Jumps | MayThrow | MayCall | ReadsHeap | Negates, "Jumps when not R[A] <= R[B].", Plain = Le, Negation = JumpLe)]
    JumpNotLe,

    [Op("r i j", Jumps | MayThrow | MayCall, "Jumps when R[A] == the int B.", Plain = Eq, Negation = JumpNeInt)]
    JumpEqInt,

    [Op("r i j", Jumps | MayThrow | MayCall | Negates, "Jumps when R[A] != the int B.", Plain = Eq, Negation = JumpEqInt)]
    JumpNeInt,

    [Op("r i j", Jumps | MayThrow | MayCall, "Jumps when R[A] < the int B.", Plain = Lt, Negation = JumpNotLtInt)]
    JumpLtInt,

    [Op("r i j", Jumps | MayThrow | MayCall, "Jumps when R[A] <= the int B.", Plain = Le, Negation = JumpNotLeInt)]
    JumpLeInt,

    [Op("r i j", Jumps | MayThrow | MayCall | Swaps, "Jumps when R[A] > the int B.", Plain = Lt, Negation = JumpNotGtInt)]
    JumpGtInt,

    [Op("r i j", Jumps | MayThrow | MayCall | Swaps, "Jumps when R[A] >= the int B.", Plain = Le, Negation = JumpNotGeInt)]
    JumpGeInt,

    [Op("r i j", Jumps | MayThrow | MayCall | Negates, "Jumps when not R[A] < the int B.", Plain = Lt, Negation = JumpLtInt)]
    JumpNotLtInt,

    [Op("r i j", Jumps | MayThrow | MayCall | Negates, "Jumps when not R[A] <= the int B.", Plain = Le, Negation = JumpLeInt)]
    JumpNotLeInt,

    [Op("r i j", Jumps | MayThrow | MayCall | Negates | Swaps, "Jumps when not R[A] > the int B.", Plain = Lt, Negation = JumpGtInt)]
    JumpNotGtInt,

    [Op("r i j", Jumps | MayThrow | MayCall | Negates | Swaps, "Jumps when not R[A] >= the int B.", Plain = Le, Negation = JumpGeInt)]
    JumpNotGeInt,

    [Op("r k j", Jumps | MayThrow | MayCall, "Jumps when R[A] == K[B], a str, number, bool or nil.", Plain = Eq, Negation = JumpNeConst,
        Rule = OpRule.NoTuple)]
    JumpEqConst,

    [Op("r k j", Jumps | MayThrow | MayCall | Negates,
        "Jumps when R[A] != K[B], a str, number, bool or nil.", Plain = Eq, Negation = JumpEqConst, Rule = OpRule.NoTuple)]
    JumpNeConst,

    [Op("r z", Jumps | Ends | MayThrow, "Jumps to the target that switch table z has for R[A], a number or a str, or to its default.")]
    Switch,

    // -- Loops --------------------------------------------------------------------------------------------------------

    [Op("l - -", BackEdge | MayThrow, "Head of a while loop: charges loop A and counts heat.")]
    LoopHead,

    [Op("- I", MayThrow, "Charges I steps, for code whose steps the entry of the proc or the iteration around it does not charge.",
        Rule = OpRule.Steps)]
    Charge,

    [Op("3 J", Jumps | MayThrow | Allocates,
        "Starts a loop over R[A] .. R[A+1] (exclusive); R[A+2] := the first index, or jumps when there is none.")]
    ForPrep,

    [Op("3 J", Jumps | MayThrow | Allocates, "Starts a loop over R[A] ..= R[A+1] (inclusive), as ForPrep.")]
    ForPrepInclusive,

    [Op("3 l j", Jumps | BackEdge | MayThrow, "Next index of a range loop: R[A+2] := it and jumps back, or falls through at the end.",
        Registers = RegisterRule.RangeLoop)]
    ForLoop,

    [Op("h r c", MayThrow | MayCall | Allocates,
        "Starts iterating R[B]: R[A..A+2] := hidden state. C is 1 when the loop's head created R[B].", Hook = StructHook.Iterate)]
    IterPrep,

    [Op("4 l j", Jumps | BackEdge | MayThrow | MayCall | Allocates | ReadsHeap | Waits,
        "Next element: R[A+3] := it and jumps back, or falls through at the end.", Registers = RegisterRule.Iteration)]
    ForEach,

    [Op("5 l j", Jumps | BackEdge | MayThrow | MayCall | Allocates | ReadsHeap | Waits,
        "Next pair: R[A+3], R[A+4] := key and value of a map, index and element of anything else; jumps back, or falls through.",
        Registers = RegisterRule.Iteration)]
    ForEachPair,

    [Op("e - -", MayThrow | MayCall,
        "Closes the iterator in R[A], running its finally blocks, when the loop created it; does nothing otherwise.",
        Registers = RegisterRule.Iteration)]
    CloseIter,

    [Op("r - -", WritesHeap, "Gives the iterator in R[A] to its consumer: a loop over it closes it. Does nothing with other values.")]
    GiveIter,

    // -- Members, elements, containers --------------------------------------------------------------------------------

    [Op("w r s", MayThrow | MayCall | Allocates | ReadsHeap, "R[A] := member s of R[B]: a field, a bound method, a module's export.")]
    GetField,

    [Op("r r s", MayThrow | MayCall | WritesHeap, "Field s of R[A] := R[B], checked and converted by the field's annotation.")]
    SetField,

    [Op("w r r", MayThrow | MayCall | Allocates | ReadsHeap, "R[A] := R[B][R[C]].", Hook = StructHook.GetIndex)]
    GetIndex,

    [Op("w r i", MayThrow | MayCall | Allocates | ReadsHeap, "R[A] := R[B][the int C].", Plain = GetIndex)]
    GetIndexInt,

    [Op("r r r", MayThrow | MayCall | WritesHeap, "R[A][R[B]] := R[C].", Hook = StructHook.SetIndex)]
    SetIndex,

    [Op("w r 2", MayThrow | MayCall | Allocates | ReadsHeap, "R[A] := R[B][R[C] .. R[C+1]], nil for an open end.")]
    Slice,

    [Op("w R c", Allocates, "R[A] := a list of R[B..B+C-1].", Result = OpResult.List)]
    NewList,

    [Op("w T", Allocates, "R[A] := an empty list, set or map with the element types of T.", Rule = OpRule.Container)]
    NewTyped,

    [Op("w R c", Allocates, "R[A] := a tuple of R[B..B+C-1].")]
    NewTuple,

    [Op("w P c", MayThrow | MayCall | Allocates, "R[A] := a map of the C key-value pairs in R[B..B+2C-1]; later ones win.")]
    NewMap,

    [Op("w r r", MayThrow | Allocates, "R[A] := R[B] .. R[C] as a range.")]
    NewRange,

    [Op("w r r", MayThrow | Allocates, "R[A] := R[B] ..= R[C] as a range.")]
    NewRangeInclusive,

    [Op("r r -", MayThrow | MayCall | WritesHeap | Allocates, "Appends R[B] to the list in R[A].")]
    Append,

    [Op("r r -", MayThrow | MayCall | WritesHeap | Allocates, "Appends every element of the iterable R[B] to the list in R[A].")]
    Extend,

    [Op("w r -", MayThrow | MayCall | WritesHeap | Allocates,
        "R[A] := R[B] if that is a list, else a new list of the elements of the iterable R[B].", Result = OpResult.List)]
    Spread,

    [Op("u T", MayThrow | MayCall | WritesHeap | Allocates,
        "Sets the element types of the new container in R[A] to those of T; converts its elements or throws.", Rule = OpRule.Container)]
    SetElementType,

    [Op("O r c", MayThrow | ReadsHeap, "R[A..A+C-1] := the elements of the tuple or list in R[B]; ValueError when there are not C.")]
    Unpack,

    [Op("w p", Allocates | ReadsHeap, "R[A] := a closure of child prototype p, which captures variables of this frame and of its closure.",
        Registers = RegisterRule.Captures)]
    NewClosure,

    [Op("w y", Allocates | ReadsHeap, "R[A] := the struct type of declaration y.")]
    NewStructType,

    // -- Calls. The result goes to R[A]; a callee's registers start at its first argument -----------------------------

    [Op("W - c", MayThrow | MayCall | Allocates | Calls, "Calls R[A] with R[A+1..A+C].", Hook = StructHook.Call)]
    Call,

    [Op("V m c", MayThrow | MayCall | Allocates | Calls,
        "Calls the declared proc in module variable B with R[A+1..A+C]; the compiler has matched the arguments to its C parameters.",
        Rule = OpRule.Proc, Registers = RegisterRule.ProcArguments)]
    CallProc,

    [Op("V n c", MayThrow | MayCall | Allocates, "Calls builtin B with R[A+1..A+C].", Registers = RegisterRule.BuiltinArguments)]
    CallBuiltin,

    [Op("W s c", MayThrow | MayCall | Allocates | ReadsHeap | Calls,
        "Calls method s of R[A] with R[A+1..A+C]: the value's own method, else a proc in the field, else the builtin.")]
    CallMethod,

    [Op("X d c", MayThrow | MayCall | Allocates | Calls,
        "Calls R[A] with arguments as descriptor B says (names, spread); R[A+1..A+C] hold them.", Hook = StructHook.Call,
        Rule = OpRule.Descriptor, Registers = RegisterRule.Spread)]
    CallEx,

    [Op("w r s", MayThrow | MayCall | Allocates | ReadsHeap, "R[A] := method s of R[B] bound to it, resolved as CallMethod does.")]
    LoadMethod,

    [Op("V m c", MayThrow | MayCall | Allocates,
        "Makes an instance of the struct in module variable B from R[A+1..A+C], one per field, in order; unset ones take their defaults.",
        Rule = OpRule.Struct, Registers = RegisterRule.StructFields)]
    NewStruct,

    [Op("w m Q", MayThrow | Allocates | ReadsHeap,
        "R[A] := a new instance of the struct in module variable B with the fields R[0..C-1]: the last step of its constructor.",
        Rule = OpRule.Constructor)]
    MakeStruct,

    [Op("r - -", Jumps | Ends | Returns, "Returns R[A].")]
    Return,

    [Op("- - -", Jumps | Ends | Returns, "Returns nil.")]
    ReturnNil,

    // -- Annotations --------------------------------------------------------------------------------------------------

    [Op("u T", MayThrow | Allocates, "R[A] := R[A] as a slot of type T stores it; TypeError when it can't.")]
    CheckSlot,

    [Op("w r t", ReadsHeap, "R[A] := whether R[B] is of type C, without conversion (patterns).")]
    TestType,

    [Op("w r t", ReadsHeap,
        "R[A] := the position, among the element types of tuple type C, of the first one that R[B] is of; their number when none is.")]
    FindType,

    [Op("w r c", ReadsHeap, "R[A] := whether R[B] is a list of exactly C elements.")]
    TestList,

    [Op("w r c", ReadsHeap, "R[A] := whether R[B] is a list of at least C elements.")]
    TestListPrefix,

    [Op("w r c", ReadsHeap, "R[A] := whether R[B] is a tuple of exactly C elements.")]
    TestTuple,

    [Op("w r c", ReadsHeap, "R[A] := whether R[B] is a tuple of at least C elements.")]
    TestTuplePrefix,

    [Op("w r c", ReadsHeap, "R[A] := whether R[B] is a map of exactly C entries.")]
    TestMap,

    [Op("w r c", ReadsHeap, "R[A] := whether R[B] is a map of at least C entries.")]
    TestMapPrefix,

    [Op("w r 2", ReadsHeap,
        "R[A] := whether R[B] is an int, or a float equal to one, from the int R[C] up to the int R[C+1], without that.")]
    TestRange,

    [Op("w r -", ReadsHeap, "R[A] := length of the list, tuple or str in R[B].")]
    Length,

    // -- Errors -------------------------------------------------------------------------------------------------------

    [Op("r - -", Jumps | Ends | MayThrow | Raises, "Throws R[A]: an error, or a str as an error of kind Error.")]
    Throw,

    [Op("2 - -", Jumps | MayThrow,
        "End of a finally block: when R[A] is the int -1, throws the error in R[A+1] again; otherwise continues.")]
    EndFinally,

    [Op("r - -", Jumps | Ends | MayThrow | Raises, "No arm of a match fits R[A]: throws MatchError.")]
    NoMatch,

    // -- Generators, tasks, modules -----------------------------------------------------------------------------------

    [Op("r - -", MayThrow | MayCall, "Suspends the generator and passes R[A] to its caller.", Rule = OpRule.Generator)]
    Yield,

    [Op("w r -", MayThrow | MayCall | Waits,
        "R[A] := the result of task R[B], suspending until it is finished; the value itself when it is not a task.", Rule = OpRule.Async)]
    Await,

    [Op("X d c", MayThrow | Allocates, "R[A] := a queued task of the call of R[A] with arguments as descriptor B says.",
        Rule = OpRule.Descriptor, Registers = RegisterRule.Spread)]
    Spawn,

    [Op("w K", MayThrow | MayCall | Allocates, "R[A] := the module named by K, which is first loaded and run if necessary.",
        Rule = OpRule.Import)]
    Import,

    [Op("w r k", MayThrow | ReadsHeap, "R[A] := export K[C] of the module in R[B]; ImportError when there is none.", Rule = OpRule.Text)]
    ImportName,

    // -- Tools --------------------------------------------------------------------------------------------------------

    [Op("- - -", None, "Asks the recorder for the instruction to execute in its place; never in a compiled module.",
        Rule = OpRule.OfRecorder)]
    Trap,

    [Op("- b", None, "Counts an entry of block b for a profile; never in a compiled module.", Rule = OpRule.OfProfile)]
    Count,

    [Op("- b", None, "As Count, and says that block b is where the run is; never in a compiled module.", Rule = OpRule.OfProfile)]
    Enter,

    [Op("- o", None, "Says that instruction o of the original code begins, for a profile that times it; never in a compiled module.",
        Rule = OpRule.OfProfile)]
    Time,
}
