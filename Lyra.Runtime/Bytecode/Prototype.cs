using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Profiling;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Bytecode;

/// <summary>The kind of proc that a prototype describes.</summary>
internal enum ProcKind : byte
{
    /// <summary>Runs when called.</summary>
    Normal,

    /// <summary>Contains <c>yield</c>: a call makes an iterator.</summary>
    Generator,

    /// <summary><c>async</c>: a call makes a task and runs up to its first unfinished await.</summary>
    Async,

    /// <summary>The top level of a module.</summary>
    Module,

    /// <summary>Makes an instance of a struct; its parameters are the fields.</summary>
    Constructor,
}

/// <summary>
/// A parameter. If it has a default and its argument is missing, it holds the unset marker at first; code at the start of the proc then
/// stores the default.
/// </summary>
internal readonly record struct ParameterInfo(string Name, bool HasDefault, bool IsRest);

/// <summary>
/// The source of a capture: a register of the enclosing frame, or one of the enclosing closure's own captures.
/// </summary>
internal readonly record struct CaptureInfo(string Name, bool FromRegister, int Index);

/// <summary>A loop: the start of its body, which is the target of its back-edge, and the steps that one back-edge costs.</summary>
internal readonly record struct LoopInfo(int BodyPc, int Cost);

/// <summary>The purpose of an exception handler.</summary>
internal enum HandlerKind : byte
{
    /// <summary>
    /// <c>catch</c>: handles catchable errors. The error is stored in R[Register] and execution continues at the handler. The code there
    /// tests the kinds of the clauses and rethrows an error that none matches.
    /// </summary>
    Catch,

    /// <summary>
    /// <c>finally</c>: handles every error. R[Register] := -1, R[Register + 1] := the error; <see cref="Opcode.EndFinally"/> rethrows it.
    /// </summary>
    Finally,

    /// <summary>
    /// The body of a catch clause: handles nothing. If an error other than the caught one in R[Register] propagates out of it, the caught
    /// one becomes the cause of that error, unless it has a cause.
    /// </summary>
    CatchBody,

    /// <summary>
    /// A for-each loop: handles nothing. When an error propagates out of it, the iterator in R[Register] is closed if the loop made it.
    /// </summary>
    CloseIterator,

    /// <summary>
    /// The body of a finally block: handles nothing. If an error of lower precedence than the error in R[Register + 1], with which the
    /// block was entered, propagates out of it, the latter replaces it, so that a throw in the block can't discard a limit error.
    /// </summary>
    FinallyBody,
}

/// <summary>
/// A range of instructions [Start, End) that a handler guards. Inner ranges precede the outer ranges that contain them.
/// </summary>
internal readonly record struct HandlerInfo(HandlerKind Kind, int Start, int End, int HandlerPc, int Register)
{
    /// <summary>Whether control continues at <see cref="HandlerPc"/>; the other kinds only observe a propagating error.</summary>
    public bool IsEntered => Kind is HandlerKind.Catch or HandlerKind.Finally;

    /// <summary>The number of registers from <see cref="Register"/> on that belong to the handler.</summary>
    public int Registers => Kind switch
    {
        HandlerKind.Finally or HandlerKind.FinallyBody => 2,
        HandlerKind.CloseIterator => 3,
        HandlerKind.Catch or HandlerKind.CatchBody => 1,
    };

    /// <summary>Whether an instruction is guarded.</summary>
    public bool Covers(int pc) => pc >= Start && pc < End;
}

/// <summary>
/// The layout of the arguments of a CallEx or Spawn in its window. Without spread: the positional ones, then one per name. With spread:
/// one list that holds all positional ones, then one per name.
/// </summary>
internal sealed record CallDescriptor(bool HasSpread, string[] Names)
{
    /// <summary>Stands as the last name for a map whose entries are named arguments.</summary>
    public const string NamedSpread = "...";

    /// <summary>Whether the last argument is a map of named arguments.</summary>
    public bool HasNamedSpread => Names is [.., NamedSpread];

    /// <summary>The most spread arguments that cost no steps.</summary>
    public const int MaxFreeSpread = 15;

    /// <summary>The steps that a call charges for so many spread arguments, beyond those of a call.</summary>
    public static long SpreadSteps(int count) => count >> 4;
}

/// <summary>The constant-time dispatch of a match from int, float or str literals to instructions.</summary>
internal sealed class SwitchTable(KeyValuePair<Value, int>[] cases, int defaultPc)
{
    /// <summary>The distinct literals in the canonical form of <see cref="SwitchKeys"/>, each with its absolute jump target.</summary>
    public KeyValuePair<Value, int>[] Cases { get; } = cases;

    /// <summary>The target for every other value.</summary>
    public int DefaultPc { get; } = defaultPc;
}

/// <summary>A struct declaration. Its methods and its constructor are child prototypes.</summary>
internal sealed record StructInfo(string Name, FieldInfo[] Fields, MethodInfo[] Methods, int Constructor)
{
    /// <summary>For a struct that holds values of an enum: the module variable that holds the enum; −1 for other structs.</summary>
    public int EnumVariable { get; init; } = -1;

    /// <summary>
    /// For a struct that holds values of an enum: the position of their case; −1 for the one that holds those of all cases without fields.
    /// </summary>
    public int Ordinal { get; init; } = -1;

    /// <summary>The module variables of the structs that it uses, and those that these use.</summary>
    public int[] Uses { get; init; } = [];

    /// <summary>Whether another struct uses it, or may do so in another module.</summary>
    public bool HasUsers { get; init; }

    /// <summary>
    /// The number of structs of other modules whose members it takes over once they are imported; see <c>Shape.Adopt</c>.
    /// </summary>
    public short Adoptions { get; init; }
}

/// <summary>
/// A field: its name, the index of its slot type in <see cref="Prototype.SlotTypes"/> (-1 without annotation) and whether it has a default.
/// </summary>
internal readonly record struct FieldInfo(string Name, int SlotType, bool HasDefault)
{
    /// <summary>For a field of a struct of another module: the number of its adoption; −1 for others.</summary>
    public short Adoption { get; init; } = -1;
}

/// <summary>A method: its name, its prototype (an index into the children) and whether it takes <c>self</c>.</summary>
internal readonly record struct MethodInfo(string Name, int Prototype, bool HasSelf);

/// <summary>
/// The immutable compiled form of a proc or of a module's top level. Engines and threads share it; the state that an engine adds to it
/// (caches, counters, linked names) is in <see cref="Execution.LinkedPrototype"/>.
/// </summary>
internal sealed class Prototype
{
    /// <summary>Bytes of a prototype with empty tables, and of its linked form.</summary>
    private const long ObjectBytes = 720;

    /// <summary>Bytes of a name of a site and its cache.</summary>
    private const long SiteBytes = 56;

    /// <summary>Bytes of an entry in one of the other tables, on average.</summary>
    private const long EntryBytes = 48;

    /// <summary>The name in traces: the proc's own name, <c>&lt;lambda&gt;</c> or <c>&lt;module&gt;</c>.</summary>
    public required string Name { get; init; }

    public required ProcKind Kind { get; init; }

    public required ScriptSource Source { get; init; }

    public required Instruction[] Code { get; init; }

    /// <summary>
    /// The source position of each instruction, packed by <see cref="SourcePosition.Pack"/>; as long as <see cref="Code"/>.
    /// </summary>
    public required int[] Positions { get; init; }

    public required Value[] Constants { get; init; }

    public required Prototype[] Children { get; init; }

    public required ParameterInfo[] Parameters { get; init; }

    public required CaptureInfo[] Captures { get; init; }

    /// <summary>Registers of a frame, parameters first.</summary>
    public required int RegisterCount { get; init; }

    public required LoopInfo[] Loops { get; init; }

    public required HandlerInfo[] Handlers { get; init; }

    /// <summary>The member name of each cache site.</summary>
    public required string[] Sites { get; init; }

    public required SlotType[] SlotTypes { get; init; }

    public required CallDescriptor[] CallDescriptors { get; init; }

    public required SwitchTable[] SwitchTables { get; init; }

    public required StructInfo[] Structs { get; init; }

    /// <summary>
    /// Steps charged at entry: the code outside loops, counted before any optimization so that it does not depend on its level.
    /// </summary>
    public required int EntryCost { get; init; }

    /// <summary>About the bytes of the code and its tables, without its children, and of what an engine adds when it links them.</summary>
    public long OwnBytes
    {
        get
        {
            long bytes = ObjectBytes + ((long)Code.Length * (Unsafe.SizeOf<Instruction>() + sizeof(int)))
                + (SiteBytes * (long)Sites.Length) + (EntryBytes * (long)CountOfEntries());
            foreach (ref readonly Value constant in Constants.AsSpan())
            {
                bytes += 16 + (constant.Ref is ScriptObject o ? o.OwnBytes : 0);
            }

            return bytes;
        }
    }

    /// <summary>The checksum of the code, by <see cref="CodeSeal"/>; 0 until an engine links it.</summary>
    public ulong Seal { get; set; }

    /// <summary>The counters of an instrumented copy, which a profile has made for one engine; null for compiled code.</summary>
    public BlockCounts? Counts { get; init; }

    private int CountOfEntries()
    {
        int count = Children.Length + Parameters.Length + Captures.Length + Loops.Length + Handlers.Length + SlotTypes.Length
            + CallDescriptors.Length;
        foreach (SwitchTable table in SwitchTables)
        {
            count += 1 + table.Cases.Length;
        }

        foreach (StructInfo info in Structs)
        {
            count += 2 + info.Fields.Length + info.Methods.Length;
        }

        return count;
    }

    /// <summary>A proc without parameters whose code, if it has any, refers to no table.</summary>
    public static Prototype WithoutTables(ScriptSource source, string name, int instructions, int registers, Prototype[] children) => new()
    {
        Name = name,
        Kind = ProcKind.Normal,
        Source = source,
        Code = new Instruction[instructions],
        Positions = new int[instructions],
        Constants = [],
        Children = children,
        Parameters = [],
        Captures = [],
        RegisterCount = registers,
        Loops = [],
        Handlers = [],
        Sites = [],
        SlotTypes = [],
        CallDescriptors = [],
        SwitchTables = [],
        Structs = [],
        EntryCost = 0,
    };

    /// <summary>Whether it executes a builtin, so that no trace shows its frames: it has no place in a source of the user.</summary>
    public bool IsHidden => ReferenceEquals(Source.FileName, ScriptSource.LibraryFile);

    /// <summary>Whether the last parameter receives the remaining arguments as a list.</summary>
    public bool HasRest => Parameters.Length > 0 && Parameters[^1].IsRest;

    /// <summary>The number of parameters without a default.</summary>
    public int RequiredCount
    {
        get
        {
            int count = 0;
            foreach (ParameterInfo parameter in Parameters)
            {
                count += parameter.HasDefault || parameter.IsRest ? 0 : 1;
            }

            return count;
        }
    }

    /// <summary>The 1-based source position of an instruction.</summary>
    public (int Line, int Column) PositionAt(int pc) =>
        Positions.Length == 0 ? (0, 0) : SourcePosition.Unpack(Positions[Math.Clamp(pc, 0, Positions.Length - 1)]);
}
