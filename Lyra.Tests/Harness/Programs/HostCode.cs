using System;
using System.Linq;
using Lyra.Cli.Verification;
using Lyra.Interpreter.Hosting;
using Lyra.Jit.Inspection;
using Shouldly;

namespace Lyra.Tests.Harness.Programs;

/// <summary>What holds for every program that uses objects of the host and is compiled.</summary>
internal static class HostCode
{
    /// <summary>
    /// Both tiers agree, whichever guard of the compiled code fails, and compiled code takes a part of the steps. <see cref="Sweep"/> says
    /// how many guards.
    /// </summary>
    /// <param name="program">The script.</param>
    /// <param name="define">Defines what it uses of the host, and returns the engine.</param>
    /// <param name="leastShare">The least share of compiled steps.</param>
    public static void ShouldAgree(string program, Func<LyraEngine, LyraEngine> define, double leastShare)
    {
        int guards = Sweep.Count(400, least: 20);
        TierCheckResult result = TierCheck.Run(
            program,
            options: new TierCheckOptions
            {
                CreateEngine = options => define(new LyraEngine(options)),
                MaxGuards = guards,
                Seed = Sweep.Seed,
            });
        result.ToString().ShouldStartWith("The tiers agree");
        result.GuardsFailed.ShouldBe(Math.Min(guards, result.GuardsExecuted));
        result.CompiledShare.ShouldBeGreaterThan(leastShare);
    }

    /// <summary>The code that is compiled while a program runs is verifiable.</summary>
    /// <param name="program">The script.</param>
    /// <param name="define">Defines what it uses of the host, and returns the engine.</param>
    public static void ShouldBeVerifiable(string program, Func<LyraEngine, LyraEngine> define)
    {
        using LyraEngine engine = define(new LyraEngine(ProgramVerifier.OptionsFor(new LyraOptions { HotLoopThreshold = 5 })));
        EmittedMethods methods = ProgramVerifier.Watch(engine);
        engine.Run(program);
        new ProgramVerifier().Verify("host", methods).Faults.ShouldBeEmpty();
        methods.Regions.ShouldBeGreaterThan(0);
    }

    /// <summary>A statement in a hot loop runs in compiled code, without calls of the interpreter.</summary>
    /// <param name="engine">An engine that compiles a loop after some iterations, in the foreground.</param>
    /// <param name="statement">The statement; it may use the variables <c>i</c> and <c>s</c>.</param>
    /// <param name="op">An operation that its code has; null for any.</param>
    public static void ShouldRunWithoutCallOuts(LyraEngine engine, string statement, string? op = null)
    {
        RegionInspector inspector = new();
        engine.Compiler.Inspect(inspector);
        engine.Run($"var s = 0\nproc run() {{\n for i in 0..5000 {{ {statement} }}\n}}\nrun()");
        JitStatistics jit = engine.Statistics.Jit;
        (jit.CompiledSteps / (double)jit.Steps).ShouldBeGreaterThan(0.9);
        jit.CallOuts.ShouldBeLessThan(100);
        if (op is not null)
        {
            inspector.Places.SelectMany(place => place.Versions)
                .ShouldContain(version => HostedRun.TextOf(version).Contains(op, StringComparison.Ordinal));
        }
    }
}
