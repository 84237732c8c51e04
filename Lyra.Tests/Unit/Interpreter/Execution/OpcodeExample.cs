using Lyra.Runtime.Bytecode;

namespace Lyra.Tests.Unit.Interpreter.Execution;

/// <summary>
/// A program whose code contains an opcode, at an optimization level, and that can't print what it prints without executing it.
/// </summary>
internal sealed record OpcodeExample(Opcode Opcode, string Source, string Expected, int Level = 2);
