using System;

namespace Lyra.Runtime.Bytecode;

/// <summary>
/// The row of an opcode in the table. <paramref name="operands"/> names what A, B and C are, one letter each, separated by blanks:
/// <list type="table">
/// <item><term>w r u</term><description>a register written, read, or both</description></item>
/// <item><term>R</term><description>first of the C registers read from B on (<c>R[B..B+C-1]</c>); encoded in B</description></item>
/// <item><term>P</term><description>first of the 2·C registers read from B on; encoded in B</description></item>
/// <item><term>O</term><description>first of the C registers written from A on; encoded in A</description></item>
/// <item><term>W</term><description>call window: reads <c>R[A..A+C]</c> (callee or receiver, C arguments), writes R[A]</description></item>
/// <item><term>V</term><description>call window without callee: reads <c>R[A+1..A+C]</c>, writes R[A]</description></item>
/// <item><term>X</term><description>call window of a call with a descriptor: like W, or V</description></item>
/// <item><term>Q</term><description>count of the registers read from 0 on (<c>R[0..C-1]</c>); encoded in C</description></item>
/// <item><term>2</term><description>a pair of registers read, r and r+1</description></item>
/// <item><term>3</term><description>range-loop state: index, limit, variable (A..A+2), read and written</description></item>
/// <item><term>h</term><description>for-each state written: three hidden registers (A..A+2)</description></item>
/// <item><term>e</term><description>for-each state read: three hidden registers (A..A+2)</description></item>
/// <item><term>4 5</term><description>for-each state read and written: three hidden registers, one or two variables</description></item>
/// <item><term>i I</term><description>a signed immediate: 16 bits, or 32 bits in B and C</description></item>
/// <item><term>k K</term><description>an index into the constants: 16 bits, or 32 bits in B and C</description></item>
/// <item><term>j J</term><description>a jump, relative to the next instruction: 16 bits, or 32 bits in B and C</description></item>
/// <item><term>p</term><description>a child prototype (32 bits in B and C)</description></item>
/// <item><term>m M</term><description>a module variable: 16 bits, or 32 bits in B and C</description></item>
/// <item><term>x</term><description>an external name (32 bits in B and C)</description></item>
/// <item><term>n N</term><description>a builtin name: 16 bits, or 32 bits in B and C</description></item>
/// <item><term>s</term><description>a cache site, which names a member</description></item>
/// <item><term>l</term><description>a loop of the prototype</description></item>
/// <item><term>t T</term><description>a slot type: 16 bits, or 32 bits in B and C</description></item>
/// <item><term>d</term><description>a call descriptor</description></item>
/// <item><term>v</term><description>a capture of the running closure</description></item>
/// <item><term>z</term><description>a switch table (32 bits in B and C)</description></item>
/// <item><term>y</term><description>a struct declaration (32 bits in B and C)</description></item>
/// <item><term>b</term><description>a counted block (32 bits in B and C)</description></item>
/// <item><term>o</term><description>an instruction before it was instrumented (32 bits in B and C)</description></item>
/// <item><term>c</term><description>a plain number (count or flags)</description></item>
/// <item><term>-</term><description>unused, 0</description></item>
/// </list>
/// A 32-bit operand stands at B and leaves no letter for C.
/// </summary>
/// <param name="operands">The operand letters.</param>
/// <param name="traits">Effects, control flow and form.</param>
/// <param name="meaning">One sentence, as it stands in docs/bytecode.md.</param>
[AttributeUsage(AttributeTargets.Field)]
internal sealed class OpAttribute(string operands, OpTraits traits, string meaning) : Attribute
{
    public string Operands { get; } = operands;

    public OpTraits Traits { get; } = traits;

    public string Meaning { get; } = meaning;

    /// <summary>
    /// The operation on registers that the instruction abbreviates: for arithmetic with an immediate or constant operand, the operation on
    /// two registers; for a conditional jump, the comparison. Omitted if it is the instruction itself.
    /// </summary>
    public Opcode Plain { get; set; }

    /// <summary>The struct hook that replaces the operation. Only plain forms specify it.</summary>
    public StructHook Hook { get; set; }

    /// <summary>The conditional jump that jumps exactly when this one does not.</summary>
    public Opcode Negation { get; set; }

    /// <summary>What the registers that it writes hold after it.</summary>
    public OpResult Result { get; set; }

    /// <summary>What the verifier requires of it beyond operands in their bounds.</summary>
    public OpRule Rule { get; set; }

    /// <summary>What the verifier requires of the registers that it reads.</summary>
    public RegisterRule Registers { get; set; }
}
