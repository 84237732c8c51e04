using static Lyra.Bench.Suite.Baseline.StackOpAttribute;

namespace Lyra.Bench.Suite.Baseline;

/// <summary>
/// The instructions of the stack machine. Each row of this table has the operands A and B, the values that the instruction pops and pushes,
/// and what it does. <c>count</c> as a number of values stands for B.
/// </summary>
internal enum StackOp : byte
{
#pragma warning disable format // a table, aligned by hand
    // Values and variables
    [StackOp("constant",       0,     1,     "Pushes a constant.")]                                             Constant,
    [StackOp("",               1,     0,     "Drops a value.")]                                                 Pop,
    [StackOp("",               1,     2,     "Pushes the top value again.")]                                    Duplicate,
    [StackOp("",               2,     4,     "Pushes the two top values again.")]                               DuplicatePair,
    [StackOp("local",          0,     1,     "Pushes a local variable.")]                                       LoadLocal,
    [StackOp("local",          1,     0,     "Pops into a local variable.")]                                    StoreLocal,
    [StackOp("local",          1,     0,     "Pops into a new cell, which the local variable then holds.")]     NewCell,
    [StackOp("local",          0,     0,     "Stores a new cell without a value in a local variable.")]         NewUnsetCell,
    [StackOp("local",          0,     1,     "Pushes the value in the cell of a local variable.")]              LoadCell,
    [StackOp("local",          1,     0,     "Pops into the cell of a local variable.")]                        StoreCell,
    [StackOp("capture",        0,     1,     "Pushes a captured value.")]                                       LoadCapture,
    [StackOp("capture",        0,     1,     "Pushes the value in a captured cell.")]                           LoadCapturedCell,
    [StackOp("capture",        1,     0,     "Pops into a captured cell.")]                                     StoreCapturedCell,
    [StackOp("variable",       0,     1,     "Pushes a variable of the module.")]                               LoadModule,
    [StackOp("variable",       1,     0,     "Pops into a variable of the module.")]                            StoreModule,

    // Operators
    [StackOp("",               2,     1,     "a + b")]                                                          Add,
    [StackOp("",               2,     1,     "a - b")]                                                          Subtract,
    [StackOp("",               2,     1,     "a * b")]                                                          Multiply,
    [StackOp("",               2,     1,     "a / b")]                                                          Divide,
    [StackOp("",               2,     1,     "a % b")]                                                          Modulo,
    [StackOp("",               2,     1,     "a ** b")]                                                         Power,
    [StackOp("",               2,     1,     "a << b")]                                                         ShiftLeft,
    [StackOp("",               2,     1,     "a >> b")]                                                         ShiftRight,
    [StackOp("",               2,     1,     "a & b")]                                                          BitAnd,
    [StackOp("",               2,     1,     "a | b")]                                                          BitOr,
    [StackOp("",               2,     1,     "a ^ b")]                                                          BitXor,
    [StackOp("",               2,     1,     "a == b")]                                                         Equal,
    [StackOp("",               2,     1,     "a != b")]                                                         NotEqual,
    [StackOp("",               2,     1,     "a < b")]                                                          Less,
    [StackOp("",               2,     1,     "a <= b")]                                                         LessEqual,
    [StackOp("",               2,     1,     "a > b")]                                                          Greater,
    [StackOp("",               2,     1,     "a >= b")]                                                         GreaterEqual,
    [StackOp("",               2,     1,     "a in b")]                                                         In,
    [StackOp("",               2,     1,     "a is b")]                                                         Is,
    [StackOp("",               1,     1,     "-a")]                                                             Negate,
    [StackOp("",               1,     1,     "not a")]                                                          Not,
    [StackOp("",               1,     1,     "~a")]                                                             Complement,

    // Objects
    [StackOp("-, count",       Count, 1,     "Makes a list.")]                                                  NewList,
    [StackOp("-, count",       Count, 1,     "Makes a tuple.")]                                                 NewTuple,
    [StackOp("-, count",       Count, 1,     "Makes a map of keys and values in turn.")]                        NewMap,
    [StackOp("isInclusive",    2,     1,     "Makes a range.")]                                                 NewRange,
    [StackOp("-, count",       Count, 1,     "Joins the texts of values.")]                                     Interpolate,
    [StackOp("proc",           0,     1,     "Makes a closure.")]                                               NewClosure,
    [StackOp("struct",         0,     1,     "Makes an instance whose fields are the first local variables.")]  NewStruct,
    [StackOp("",               2,     1,     "Pushes container[index].")]                                       GetIndex,
    [StackOp("",               3,     0,     "Stores the value below container and index.")]                    SetIndex,
    [StackOp("",               3,     0,     "Stores the value above container and index.")]                    UpdateIndex,
    [StackOp("isInclusive",    3,     1,     "Pushes container[start..end]; nil is a missing bound.")]          Slice,
    [StackOp("name",           1,     1,     "Pushes object.name.")]                                            GetField,
    [StackOp("name",           2,     0,     "object.name = the value below the object")]                       SetField,
    [StackOp("name",           2,     0,     "object.name = the value above the object")]                       UpdateField,
    [StackOp("-, count",       1,     Count, "Pushes the items of a list or tuple, the last one first.")]       Unpack,

    // Annotations
    [StackOp("type",           1,     1,     "Converts a value to an annotated type.")]                         Convert,
    [StackOp("type",           1,     1,     "Sets the element types of a new container.")]                     SetElementTypes,
    [StackOp("type",           0,     1,     "Makes the empty container of an annotated type.")]                NewTyped,

    // Jumps
    [StackOp("-, target",      0,     0,     "Jumps.")]                                                         Jump,
    [StackOp("-, target",      1,     0,     "Pops; jumps if the value is false or nil.")]                      JumpIfFalse,
    [StackOp("-, target",      1,     0,     "Jumps if the top value is false or nil, else drops it.", 0)]      JumpIfFalseOrPop,
    [StackOp("-, target",      1,     0,     "Jumps unless the top value is false or nil, else drops it.", 0)]  JumpIfTrueOrPop,
    [StackOp("-, target",      1,     0,     "Jumps unless the top value is nil, else drops it.", 0)]           JumpIfNotNilOrPop,
    [StackOp("-, target",      0,     0,     "Jumps if the top value is nil.")]                                 JumpIfNil,
    [StackOp("local, target",  0,     0,     "Jumps unless the parameter has no argument.")]                    JumpIfGiven,

    // Calls
    [StackOp("-, count",       Count, 1,     "Calls the value below the arguments.", Also = 1)]                 Call,
    [StackOp("name, count",    Count, 1,     "Calls a method of the value below the arguments.", Also = 1)]     CallMethod,
    [StackOp("builtin, count", Count, 1,     "Calls a builtin.")]                                               CallBuiltin,
    [StackOp("names, count",   Count, 1,     "As Call; the last arguments have names.", Also = 1)]             CallNamed,
    [StackOp("-, count",       Count, 1,     "Makes a task that calls the value below the arguments.", Also = 1)] Spawn,
    [StackOp("",               1,     0,     "Returns a value.")]                                               Return,
    [StackOp("",               1,     0,     "Suspends the generator with a value.")]                           Yield,
    [StackOp("",               1,     1,     "Waits for a task and pushes its result; pushes any other value.")] Await,
    [StackOp("",               1,     0,     "Throws.")]                                                        Throw,

    // Loops and patterns
    [StackOp("local",          1,     0,     "Starts an iteration, whose state is a local variable.")]          StartLoop,
    [StackOp("local, target",  0,     1,     "Pushes the next value; jumps at the end.", 0)]                    NextValue,
    [StackOp("local, target",  0,     2,     "Pushes the next value and its index or key; jumps at the end.", 0)] NextPair,
    [StackOp("type",           1,     1,     "Pushes whether a value has a type.")]                             TestType,
    [StackOp("kind, count",           1,     1,     "Pushes whether a value is a container of a kind and size.")]      TestSize,
    [StackOp("constant",       1,     1,     "Pushes whether an int is in a constant range.")]                  TestRange,
    [StackOp("",               1,     0,     "Throws the error of a match without a fitting arm.")]             NoMatch,
#pragma warning restore format
}
