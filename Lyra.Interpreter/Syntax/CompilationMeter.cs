using System;
using System.Runtime.CompilerServices;

namespace Lyra.Interpreter.Syntax;

/// <summary>Receives the work of a compilation; may throw to end it.</summary>
/// <param name="bytes">About the bytes that the compiler has allocated since the last report.</param>
/// <param name="nanoseconds">The time that the compiler will take until it reports again; 0 if that is short.</param>
internal delegate void CompilationReport(long bytes, long nanoseconds);

/// <summary>
/// Counts the work of compiling a source. Each phase counts for what it visits and makes. At regular intervals the meter reports, so that a
/// run can charge the memory and check its clock.
/// </summary>
/// <remarks>
/// The sizes are those of the peak of the process, as measured with sources of some MB of one construct each. They are fixed numbers,
/// because a script must reach a memory limit at the same place in every run.
/// </remarks>
/// <param name="report">Null if no run waits for the result.</param>
internal sealed class CompilationMeter(CompilationReport? report = null)
{
    /// <summary>A token and the nodes of the tree that the parser makes of it.</summary>
    public const int Token = 60;

    /// <summary>A node that the resolver visits, with its entry in the table of symbols.</summary>
    public const int Node = 32;

    /// <summary>A declared name.</summary>
    public const int Symbol = 160;

    /// <summary>A scope with its tables.</summary>
    public const int Scope = 300;

    /// <summary>A proc, counted when it is resolved and when it is emitted.</summary>
    public const int Proc = 1_000;

    /// <summary>A struct, besides its constructor and its methods.</summary>
    public const int Struct = 4_000;

    /// <summary>A captured variable of one proc.</summary>
    public const int Capture = 40;

    /// <summary>An arm of a match with a table.</summary>
    public const int Arm = 250;

    /// <summary>A literal in the table of a match.</summary>
    public const int Key = 250;

    /// <summary>An instruction, from its emission to its place in a prototype.</summary>
    public const int Instruction = 60;

    /// <summary>An instruction that a bytecode pass visits.</summary>
    public const int PassedInstruction = 8;

    /// <summary>The time that one bytecode pass, or the making of a prototype, takes for an instruction.</summary>
    public const long NanosecondsPerInstruction = 100;

    /// <summary>Bytes between two reports: less than a millisecond of work.</summary>
    private const long ByteInterval = 128 << 10;

    /// <summary>Steps between two reports.</summary>
    private const int StepInterval = 8 << 10;

    /// <summary>Shorter times are not reported in advance.</summary>
    private const long LongTime = 1_000_000;

    private long _bytesLeft = ByteInterval;
    private int _stepsLeft = StepInterval;

    /// <summary>Counts something that is made.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Count(long bytes)
    {
        if ((_bytesLeft -= bytes) < 0)
        {
            Report(0);
        }
    }

    /// <summary>Counts a step of work that makes nothing: of the lexer, or of a search.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step()
    {
        if (--_stepsLeft < 0)
        {
            Report(0);
        }
    }

    /// <summary>Reports the time of work that counts nothing until it ends.</summary>
    public void Expect(long nanoseconds)
    {
        if (nanoseconds > LongTime)
        {
            Report(nanoseconds);
        }
    }

    private void Report(long nanoseconds)
    {
        long bytes = ByteInterval - _bytesLeft;
        _bytesLeft = ByteInterval;
        _stepsLeft = StepInterval;
        report?.Invoke(bytes, nanoseconds);
    }
}
