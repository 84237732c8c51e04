using Lyra.Runtime.Bytecode;

namespace Lyra.Tests.Unit.Interpreter.Execution;

/// <summary>
/// A program whose code contains an opcode at the given optimization level, and that can print its output only by executing it.
/// </summary>
internal sealed record OpcodeExample(Opcode Opcode, string Source, string Expected, int Level = 2);
