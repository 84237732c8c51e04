using System;
using Lyra.Bench.Suite.Baseline;
using Lyra.Interpreter.Compilation.Options;
using Lyra.Interpreter.Diagnostics;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Bench.Suite.Micro;

/// <summary>
/// An operation of scripts, in a loop of a proc. Its variants run the same source on the stack baseline and on both tiers. The time
/// includes the loop.
/// </summary>
/// <param name="Body">Statements that perform the operation once; <c>i</c> is the number of the iteration.</param>
internal sealed record MicroScript(string Body)
{
    private const string File = "micro.lyra";

    /// <summary>Imports, procs and structs.</summary>
    public string Declarations { get; init; } = string.Empty;

    /// <summary>Statements before the loop.</summary>
    public string Setup { get; init; } = "var s = 0";

    /// <summary>Whether the operation is awaited, so that the proc with the loop is async.</summary>
    public bool IsAsync { get; init; }

    /// <summary>Whether the stack baseline supports it.</summary>
    public bool HasBaseline { get; init; } = true;

    /// <summary>The operations of one execution of <see cref="Body"/>.</summary>
    public int OperationsOfBody { get; init; } = 1;

    /// <summary>Defines what the script uses of the host.</summary>
    public Action<LyraEngine>? Define { get; init; }

    private string Source => $$"""
        {{Declarations}}
        {{(IsAsync ? "async " : string.Empty)}}proc run(n) {
            {{Setup}}
            for i in 0..n { {{Body}} }
            return nil
        }
        """;

    private int Iterations => MicroVariant.Operations / OperationsOfBody;

    /// <summary>The operation on the stack baseline and on both tiers.</summary>
    public MicroVariant[] Variants(string operation) =>
    [
        .. HasBaseline ? [new MicroVariant(operation, MicroWays.Baseline, OnBaseline)] : Array.Empty<MicroVariant>(),
        new MicroVariant(operation, MicroWays.Interpreted, () => OnTier(JitMode.Off)),
        new MicroVariant(operation, MicroWays.Compiled, () => OnTier(JitMode.On)),
    ];

    private MicroRun OnTier(JitMode jit)
    {
        LyraEngine engine = new(new LyraOptions { Jit = jit });
        Define?.Invoke(engine);
        engine.Run(Source, File);
        LyraValue count = LyraValue.From(Iterations);
        return new MicroRun(() => engine.Call("run", count), engine);
    }

    private MicroRun OnBaseline()
    {
        StackMachine machine = new(new HostServices());
        StackModule module = StackCompiler.Compile(machine, new SourceText(Source, File), LibraryNames.Instance);
        machine.Run(module);
        Value run = module.ValueOf("run");
        Value[] count = [Value.FromInt(Iterations)];
        return new MicroRun(() => machine.Call(run, count));
    }
}
