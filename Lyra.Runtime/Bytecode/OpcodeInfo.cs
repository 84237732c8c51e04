using System;
using System.Reflection;

namespace Lyra.Runtime.Bytecode;

/// <summary>
/// A row of the opcode table in decoded form. Nothing on the way of a script from source to its run needs it: it serves disassembly,
/// verification, liveness, stored modules and the documentation, so the reflection that builds it costs no start-up time.
/// </summary>
internal sealed class OpcodeInfo
{
    private const OpEffects Raising =
        OpEffects.MayThrow | OpEffects.MayCall | OpEffects.Allocates | OpEffects.ReadsHeap | OpEffects.BackEdge;

    private static readonly int Count = typeof(Opcode).GetFields(BindingFlags.Public | BindingFlags.Static).Length;

    // By opcode, decoded when it is first asked for: a script has some of them, and reading an attribute takes 30 µs. Two threads may both do so.
    private static readonly OpcodeInfo[] Rows = new OpcodeInfo[Count];

    private OpcodeInfo(Opcode opcode, OpAttribute row)
    {
        Opcode = opcode;
        Operands = row.Operands;
        Effects = row.Effects;
        Meaning = row.Meaning;
        string[] letters = row.Operands.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        A = ParseLetter(letters, 0);
        B = ParseLetter(letters, 1);
        C = B.IsWide() ? OperandKind.UpperHalf : ParseLetter(letters, 2);
        if (letters.Length != (B.IsWide() ? 2 : 3) || A.IsWide() || C.IsWide())
        {
            throw new InvalidOperationException($"The operands \"{row.Operands}\" of opcode {opcode} don't fit the three places of an instruction.");
        }
    }

    /// <summary>All rows, indexed by opcode.</summary>
    public static ReadOnlySpan<OpcodeInfo> Table
    {
        get
        {
            for (int opcode = 0; opcode < Count; opcode++)
            {
                Of((Opcode)opcode);
            }

            return Rows;
        }
    }

    public Opcode Opcode { get; }

    /// <summary>The name in assembly text.</summary>
    public string Mnemonic => Opcode.ToString();

    /// <summary>The operand letters as written in the table.</summary>
    public string Operands { get; }

    public OperandKind A { get; }

    public OperandKind B { get; }

    public OperandKind C { get; }

    public OpEffects Effects { get; }

    /// <summary>One sentence.</summary>
    public string Meaning { get; }

    public bool Jumps => (Effects & OpEffects.Jumps) != 0;

    /// <summary>Whether the next instruction is never reached from this one.</summary>
    public bool Ends => (Effects & OpEffects.Ends) != 0;

    public bool MayThrow => (Effects & OpEffects.MayThrow) != 0;

    /// <summary>
    /// Whether an error can leave the instruction: one of its own, or that of a limit where something is charged, or linked at its first use.
    /// </summary>
    public bool MayRaise => (Effects & Raising) != 0;

    public bool IsBackEdge => (Effects & OpEffects.BackEdge) != 0;

    /// <summary>Whether the number is an opcode.</summary>
    public static bool IsDefined(Opcode opcode) => (int)opcode < Count;

    /// <summary>The row of a valid opcode.</summary>
    public static OpcodeInfo Of(Opcode opcode) => Rows[(int)opcode] ?? Decode(opcode);

    /// <summary>The absolute target of a jump operand at <paramref name="pc"/>; -1 when the instruction has none.</summary>
    public int JumpTarget(in Instruction instruction, int pc)
    {
        if (B == OperandKind.WideJump)
        {
            return ClampTarget(pc + 1L + instruction.Wide);
        }

        return C == OperandKind.Jump ? ClampTarget(pc + 1L + instruction.SignedC) : -1;
    }

    /// <summary>A target that no code has, instead of one that wraps around to a valid number.</summary>
    private static int ClampTarget(long target) => target is < 0 or > int.MaxValue ? int.MaxValue : (int)target;

    private static OperandKind ParseLetter(string[] letters, int place)
    {
        if (place >= letters.Length || letters[place].Length != 1 || !OperandKinds.TryParse(letters[place][0], out OperandKind kind))
        {
            throw new InvalidOperationException($"The opcode table has no valid operand letter at place {place} of \"{string.Join(' ', letters)}\".");
        }

        return kind;
    }

    private static OpcodeInfo Decode(Opcode opcode)
    {
        OpAttribute row = typeof(Opcode).GetField(opcode.ToString())?.GetCustomAttribute<OpAttribute>()
            ?? throw new InvalidOperationException($"Opcode {opcode} has no row in the table.");
        return Rows[(int)opcode] = new OpcodeInfo(opcode, row);
    }
}
