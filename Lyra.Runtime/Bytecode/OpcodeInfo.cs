using System;
using System.Reflection;

namespace Lyra.Runtime.Bytecode;

/// <summary>
/// A row of the opcode table. All columns except the sentence are constant data that tools/Lyra.Generate writes from the table. The
/// compiler reads them before the first run of a script, and reflection would delay that run by milliseconds.
/// </summary>
internal readonly struct OpcodeInfo
{
    /// <summary>The number of opcodes.</summary>
    public const int Count = OpcodeColumns.Count;

    private const OpTraits Raising = OpTraits.MayThrow | OpTraits.MayCall | OpTraits.Allocates | OpTraits.ReadsHeap | OpTraits.BackEdge;

    private OpcodeInfo(Opcode opcode)
    {
        Opcode = opcode;
    }

    /// <summary>All rows, by opcode. Every call makes a new array.</summary>
    public static OpcodeInfo[] Table => Array.ConvertAll(Enum.GetValues<Opcode>(), Of);

    public Opcode Opcode { get; }

    /// <summary>The name in assembly text.</summary>
    public string Mnemonic => Opcode.ToString();

    /// <summary>The operand letters as written in the table.</summary>
    public string Operands => B.IsWide() ? $"{A.Letter()} {B.Letter()}" : $"{A.Letter()} {B.Letter()} {C.Letter()}";

    public OperandKind A => (OperandKind)OpcodeColumns.LettersOfA[(int)Opcode];

    public OperandKind B => (OperandKind)OpcodeColumns.LettersOfB[(int)Opcode];

    public OperandKind C => (OperandKind)OpcodeColumns.LettersOfC[(int)Opcode];

    public OpTraits Traits => OpcodeColumns.Traits[(int)Opcode];

    /// <summary>The operation on registers that the instruction abbreviates; the instruction itself when it abbreviates none.</summary>
    public Opcode Plain => OpcodeColumns.Plain[(int)Opcode];

    /// <summary>The struct hook that replaces the operation; <see cref="StructHook.None"/> if there is none.</summary>
    public StructHook Hook => OpcodeColumns.Hook[(int)Plain];

    /// <inheritdoc cref="OpAttribute.Result"/>
    public OpResult Result => OpcodeColumns.Result[(int)Opcode];

    /// <inheritdoc cref="OpAttribute.Rule"/>
    public OpRule Rule => OpcodeColumns.Rule[(int)Opcode];

    /// <inheritdoc cref="OpAttribute.Registers"/>
    public RegisterRule Registers => OpcodeColumns.Registers[(int)Opcode];

    /// <summary>The conditional jump that jumps exactly when this one does not; <see cref="Opcode.Nop"/> when there is none.</summary>
    public Opcode Negation => OpcodeColumns.Negation[(int)Opcode];

    /// <summary>The form of this operation with a 16-bit int as its right operand; <see cref="Opcode.Nop"/> if there is none.</summary>
    public Opcode WithInt => OpcodeColumns.WithInt[(int)Plain];

    /// <summary>The form of this operation with a constant as its right operand; <see cref="Opcode.Nop"/> if there is none.</summary>
    public Opcode WithConstant => OpcodeColumns.WithConstant[(int)Plain];

    /// <summary>The jump when this comparison's plain form holds for two registers; <see cref="Opcode.Nop"/> if there is none.</summary>
    public Opcode Jump => OpcodeColumns.Jump[(int)Plain];

    /// <summary>As <see cref="Jump"/>, with a 16-bit int as the right operand.</summary>
    public Opcode JumpWithInt => OpcodeColumns.JumpWithInt[(int)Plain];

    /// <summary>As <see cref="Jump"/>, with a 16-bit int as the left operand; the register is the right one.</summary>
    public Opcode SwappedJumpWithInt => OpcodeColumns.SwappedJumpWithInt[(int)Plain];

    /// <summary>As <see cref="Jump"/>, with a constant as the right operand.</summary>
    public Opcode JumpWithConstant => OpcodeColumns.JumpWithConstant[(int)Plain];

    /// <summary>One sentence. Reads the attribute, which takes about 30 µs.</summary>
    public string Meaning => typeof(Opcode).GetField(Mnemonic)!.GetCustomAttribute<OpAttribute>()!.Meaning;

    public bool Jumps => Has(OpTraits.Jumps);

    /// <summary>Whether the next instruction is never reached from this one.</summary>
    public bool Ends => Has(OpTraits.Ends);

    public bool MayThrow => Has(OpTraits.MayThrow);

    /// <summary>
    /// Whether the instruction may raise an error: its own, that of a limit if it charges something, or that of linking at its first use.
    /// </summary>
    public bool MayRaise => (Traits & Raising) != 0;

    public bool IsBackEdge => Has(OpTraits.BackEdge);

    /// <summary>Whether the instruction compares two values by equality or order, and stores the result or jumps.</summary>
    public bool Compares => Hook is StructHook.Equals or StructHook.Less or StructHook.LessOrEqual;

    /// <summary>Whether the jump's offset has 16 bits; others have 32.</summary>
    public bool HasShortOffset => C == OperandKind.Jump;

    public static bool IsDefined(Opcode opcode) => (int)opcode < Count;

    /// <summary>The row of a valid opcode.</summary>
    public static OpcodeInfo Of(Opcode opcode) => new(opcode);

    /// <summary>Whether the instruction has all of these traits.</summary>
    public bool Has(OpTraits traits) => (Traits & traits) == traits;

    /// <summary>The loop that the instruction names; -1 when it names none.</summary>
    public int LoopOf(in Instruction instruction) => A == OperandKind.Loop ? instruction.A : B == OperandKind.Loop ? instruction.B : -1;

    /// <summary>The absolute target of a jump operand at <paramref name="pc"/>; -1 when the instruction has none.</summary>
    public int JumpTarget(in Instruction instruction, int pc)
    {
        if (B == OperandKind.WideJump)
        {
            return ClampTarget(pc + 1L + instruction.Wide);
        }

        return C == OperandKind.Jump ? ClampTarget(pc + 1L + instruction.SignedC) : -1;
    }

    /// <summary>Replaces an overflowing target by one outside all code, so that it does not wrap around to a valid position.</summary>
    private static int ClampTarget(long target) => target is < 0 or > int.MaxValue ? int.MaxValue : (int)target;
}
