using System;
using System.Diagnostics;
using System.Globalization;
using Lyra.Cli.Files;
using Lyra.Cli.Options;
using Lyra.Cli.Output;
using Lyra.Cli.Reports;
using Lyra.Runtime.Disassembly;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;

namespace Lyra.Cli.Repl;

/// <summary>The commands of the session that show something about a value, its code or the engine.</summary>
internal static class Inspections
{
    /// <summary><c>:type</c>.</summary>
    public static void ShowType(ReplSession session, string source)
    {
        if (session.TryRun(source, session.NextName(), out LyraValue value))
        {
            session.Streams.Output.WriteLine(Throw.TypeName(value.Raw));
        }
    }

    /// <summary><c>:time</c>.</summary>
    public static void ShowTime(ReplSession session, string source)
    {
        JitStatistics before = session.Engine.Statistics.Jit;
        long start = Stopwatch.GetTimestamp();
        if (!session.TryRun(source, session.NextName(), out LyraValue value))
        {
            return;
        }

        TimeSpan time = Stopwatch.GetElapsedTime(start);
        JitStatistics after = session.Engine.Statistics.Jit;
        session.Show(value);
        long steps = after.Steps - before.Steps;
        long compiled = after.CompiledSteps - before.CompiledSteps;
        double share = steps == 0 ? 0 : 100.0 * compiled / steps;
        session.Streams.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:N1} ms, {steps:N0} steps, {share:0.0} % of them compiled"));
    }

    /// <summary><c>:bytecode</c>.</summary>
    public static void ShowBytecode(ReplSession session, string source)
    {
        if (session.Engine.Globals.TryGetValue(source, out LyraValue value) && value.Kind == ValueKind.Proc)
        {
            session.Streams.Output.WriteLine(BytecodeOf(source, value).TrimEnd());
            return;
        }

        string name = session.NextName();
        session.TryDo(source, _ => ListingReport.Write(session.Streams.Output, level => session.Session.Compile(source, name, level)));
    }

    /// <summary><c>:traces</c>.</summary>
    public static void ShowTraces(ReplSession session)
    {
        if (session.Inspector is not { } inspector)
        {
            throw new UsageException("nothing is compiled to machine code here; start the session without --jit off");
        }

        Report report = TraceReport.Of("the session", inspector, session.Engine.Statistics.Jit.Steps, new TraceSettings());
        ReportOutput.Write(report, session.Streams.Output, session.Streams.IsTerminal);
    }

    /// <summary><c>:stats</c>.</summary>
    public static void ShowStatistics(ReplSession session) =>
        StatisticsReport.Write(session.Engine, session.Streams.Output, session.Streams.IsTerminal);

    private static string BytecodeOf(string name, LyraValue proc)
    {
        object? target = proc.Raw.Ref is BoundProc bound ? bound.Target : proc.Raw.Ref;
        return target is Closure { Code: LinkedPrototype { Module.Compiled: { } module } code }
            ? Disassembler.PrintProc(module, code.Prototype)
            : throw new UsageException($"{name} is not written in Lyra, so it has no bytecode");
    }
}
