using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Profiling;

/// <summary>
/// Instructions of a proc, without the inserted ones, of which all run if the first one does and none raises an error. A block without
/// instructions counts how often control passes from the instruction before it to the next one, without jumps.
/// </summary>
/// <param name="Start">The first instruction.</param>
/// <param name="End">The instruction after the last one.</param>
/// <param name="CountedAt">
/// The instruction that the counter precedes: the first one, or the one after the head of a loop, which must stay the target of the loop's
/// jumps.
/// </param>
internal readonly record struct CodeBlock(int Start, int End, int CountedAt);

/// <summary>A prototype and the copy of it that counts what it executes.</summary>
/// <param name="Original">The prototype as compiled.</param>
/// <param name="Copy">The instrumented copy, which the engine runs.</param>
/// <param name="Blocks">The blocks of the original, by the operand of <see cref="Opcode.Count"/>, in the order of the code.</param>
/// <param name="Origins">
/// The instruction of the original for each one of the copy; for an inserted one, the original that it precedes or completes.
/// </param>
internal sealed record InstrumentedProc(Prototype Original, Prototype Copy, CodeBlock[] Blocks, int[] Origins);
