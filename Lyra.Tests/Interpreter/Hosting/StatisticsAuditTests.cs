using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Threading.Tasks;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Objects;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;
using static Lyra.Tests.Interpreter.Hosting.MonitoredScripts;

namespace Lyra.Tests.Interpreter.Hosting;

/// <summary>
/// Every figure of <see cref="LyraStatistics"/> is measured: each has a script or an action of the host that moves it to an expected value.
/// </summary>
[Collection("storage that is used again, which each of these tests drops or counts")]
public sealed class StatisticsAuditTests
{
    /// <summary>One row for each figure.</summary>
    private static readonly Mover[] Movers =
    [
        new("Interpreter.BackEdges", s => s.Interpreter.BackEdges, 99, 100, Runs("for i in 0..100 { }"), Interpreted),
        new("Interpreter.Calls", s => s.Interpreter.Calls, 3, 3, Runs("proc f() { }\nf()\nf()"), Interpreted),
        new("Jit.TracesStarted", s => s.Jit.TracesStarted, 1, 1, Runs(HotLoop), Waiting),
        new("Jit.TracesCompiled", s => s.Jit.TracesCompiled, 1, 1, Runs(HotLoop), Waiting),
        new("Jit.SideTraces", s => s.Jit.SideTraces, 1, 10, Runs(ChangingLoop), Waiting),
        new("Jit.Aborts", s => s.Jit.Aborts.GetValueOrDefault("RaisedOut"), 1, 1,
            Runs(ThrowingLoop), Waiting),
        new("Jit.Dropped", s => s.Jit.Dropped, 1, 10, Runs(DroppedLoop), Waiting with { HotExitThreshold = 1_000_000 }),
        new("Jit.Entries", s => s.Jit.Entries, 1, 10, Runs(HotLoop), Waiting),
        new("Jit.GuardExits", s => s.Jit.GuardExits.Values.Sum(), 1, 10, Runs(HotLoop + "\nlook()"), Waiting) { IsReadInside = true },
        new("Jit.Deoptimizations", s => s.Jit.Deoptimizations, 4, 2_000, Runs(ChangingLoop), Waiting),
        new("Jit.CodeBytes", s => s.Jit.CodeBytes, 100, 10_000, Runs(HotLoop), Waiting),
        new("Jit.CompileTime", s => s.Jit.CompileTime.Ticks, 1, double.MaxValue, Runs(HotLoop), Waiting),
        new("Jit.BackgroundTime", s => s.Jit.BackgroundTime.Ticks, 1, double.MaxValue,
            Runs("var s = 0\nvar i = 0\nwhile s >= 0 and isCold() { i = 0; while i < 50_000 { s += 1; i += 1 } }"),
            Waiting with { CompilesInBackground = true }),
        new("Jit.CompileBytes", s => s.Jit.CompileBytes, 1_000, 100_000_000, Runs(HotLoop), Waiting),
        new("Jit.Steps", s => s.Jit.Steps, 300, 800, Runs("var s = 0\nfor i in 0..100 { s += i }"), Interpreted),
        new("Jit.CompiledSteps", s => s.Jit.CompiledSteps, 40_000, 120_000, Runs(HotLoop), Waiting),
        new("Jit.CallOuts", s => s.Jit.CallOuts, 1, 1_000, Runs("import jit\nfor i in 0..1_000 { jit.status() }"), Waiting),
        new("InlineCache.Lookups", s => s.InlineCache.Lookups, 27, 27, Runs(Members(structs: 3, fields: 4)), Interpreted),
        new("InlineCache.Hits", s => s.InlineCache.Hits, 14, 14, Runs(Members(structs: 3, fields: 4)), Interpreted),
        new("InlineCache.Misses", s => s.InlineCache.Misses, 13, 13, Runs(Members(structs: 3, fields: 4)), Interpreted),
        new("InlineCache.HitRate", s => s.InlineCache.HitRate, 14.0 / 27, 14.0 / 27, Runs(Members(structs: 3, fields: 4)),
            Interpreted),
        new("InlineCache.Collisions", s => s.InlineCache.Collisions, 100, 100_000, Runs(Members(structs: 40, fields: 60)), Interpreted),
        new("InlineCache.Evictions", s => s.InlineCache.Evictions, 500, 5_000, Runs(Members(structs: 60, fields: 60)), Interpreted),
        new("InlineCache.Entries", s => s.InlineCache.Entries, 13, 13, Runs(Members(structs: 3, fields: 4)), Interpreted),
        new("InlineCache.MeanChain", s => s.InlineCache.MeanChain, 6.5, 6.5, Runs(Members(structs: 3, fields: 4)),
            Interpreted with { CacheSlots = 2 }),
        new("InlineCache.LongestChain", s => s.InlineCache.LongestChain, 13, 13, Runs(Members(structs: 3, fields: 4)),
            Interpreted with { CacheSlots = 1 }),
        new("Strings.Interned", s => s.Strings.Interned, 3, 3, Runs("for i in 0..10 { \"one two three a\".split() }"), Interpreted),
        new("Strings.Hits", s => s.Strings.Hits, 27, 27, Runs("for i in 0..10 { \"one two three a\".split() }"), Interpreted),
        new("Arrays.Grown", s => s.Arrays.Grown, 18, 18, GrowsTwoLists, Interpreted),
        new("Arrays.Reused", s => s.Arrays.Reused, 3, 3, GrowsTwoLists, Interpreted),
        new("Objects.GivenBack", s => s.Objects.GivenBack, 500, 2_000, Runs(DeadLists),
            Waiting with { Memory = LyraMemoryMode.LowPause }),
        new("Objects.Reused", s => s.Objects.Reused, 499, 1_999, Runs(DeadLists),
            Waiting with { Memory = LyraMemoryMode.LowPause }),
        new("Pools.Rented", s => s.Pools.Rented, 18, 2_000, GrowsTwoLists, Interpreted),
        new("Pools.Reused", s => s.Pools.Reused, 3, 2_000, GrowsTwoLists, Interpreted),
        new("Pools.HitRate", s => s.Pools.HitRate, 0.1, 1, GrowsTwoLists, Interpreted),
        new("Integrity.Checks", s => s.Integrity.Checks, 1, 1, Runs(Members(structs: 2, fields: 1, repeats: 80)), Interpreted),
        new("Integrity.Violations", s => s.Integrity.Violations, 1, 1, DamagesTheCache, Interpreted),
        new("Slabs.SlotBytes", s => s.Slabs.Sum(slab => slab.SlotBytes), 8_160, 8_160, Runs(Hashed), Interpreted),
        new("Slabs.Slots", s => s.Slabs.Sum(slab => slab.Slots), 16, 16, Runs(Hashed), Interpreted with { SlabSlots = 16 }),
        new("Slabs.Used", s => s.Slabs.Sum(slab => slab.Used), 1, 1, Runs(Hashed), Interpreted) { IsReadInside = true },
        new("Slabs.Peak", s => s.Slabs.Sum(slab => slab.Peak), 1, 3, Runs(Hashed), Interpreted),
        new("Slabs.Fragmentation", s => s.Slabs.Sum(slab => slab.Fragmentation), 15.0 / 16, 15.0 / 16, Runs(Hashed),
            Interpreted with { SlabSlots = 16 }) { IsReadInside = true },
    ];

    /// <summary>The one figure that no engine can move, because it describes the platform. A test of its own changes that.</summary>
    private static readonly string[] OfThePlatform = ["Jit.Available"];

    public static TheoryData<string> Figures => [.. Movers.Select(mover => mover.Figure)];

    [Fact]
    public void Every_figure_has_a_mover() =>
        Movers.Select(mover => mover.Figure).Concat(OfThePlatform).Order(StringComparer.Ordinal)
            .ShouldBe(FiguresOf(typeof(LyraStatistics), string.Empty).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Figures))]
    public void The_mover_moves_the_figure(string figure)
    {
        Mover mover = Movers.Single(row => row.Figure == figure);
        using LyraEngine engine = new(mover.Options);
        double before = mover.Read(engine.Statistics);
        double inside = before;
        engine.Define("look", () => inside = mover.Read(engine.Statistics));
        engine.Define("isCold", () => engine.Statistics.Jit.TracesCompiled == 0);
        mover.Act(engine);

        double after = mover.IsReadInside ? inside : mover.Read(engine.Statistics);
        before.ShouldBe(0);
        after.ShouldBeInRange(mover.Low, mover.High);
    }

    [Fact]
    public async Task The_compiler_is_available_where_the_platform_generates_code()
    {
        using ScratchFolder folder = new();
        string configuration = File.ReadAllText(Repository.PathOfBuilt("Lyra.Cli", "lyra.runtimeconfig.json")).Replace(
            "\"configProperties\": {",
            "\"configProperties\": { \"System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported\": false,",
            StringComparison.Ordinal);
        folder.Write("without.json", Encoding.UTF8.GetBytes(configuration));
        string script = Path.Combine(folder.Path, folder.Write("a.lyra", Encoding.UTF8.GetBytes(HotLoop)));
        CommandRun run = new(["run", "--stats", script]);

        CommandResult usual = await LyraCommand.RunAsync(run);
        CommandResult without = await LyraCommand.RunAsync(run with { RuntimeConfiguration = Path.Combine(folder.Path, "without.json") });

        usual.Err.ShouldMatch("jit: available +yes");
        without.Err.ShouldMatch("jit: available +no");
        without.Code.ShouldBe(0);
    }

    private static IEnumerable<string> FiguresOf(Type type, string path)
    {
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            Type held = property.PropertyType;
            bool isList = held.IsGenericType && held.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);
            Type element = isList ? held.GenericTypeArguments[0] : held;
            IEnumerable<string> figures =
                element.Assembly == type.Assembly ? FiguresOf(element, $"{path}{property.Name}.") : [path + property.Name];
            foreach (string figure in figures)
            {
                yield return figure;
            }
        }
    }

    private static Action<LyraEngine> Runs(string source) => engine => engine.Run(source);

    /// <summary>
    /// Each list takes arrays of 4 to 1,024 elements. The first gives up those of 128, 256 and 512, which the second takes; the thread has
    /// no others.
    /// </summary>
    private static void GrowsTwoLists(LyraEngine engine)
    {
        FreeArrays.Drop();
        engine.Run("for i in 0..2 { var a = []; for k in 0..600 { push(a, k) } }");
    }

    /// <summary>Damages each entry as a stray write would. The entry that is checked is replaced; the script sees nothing of it.</summary>
    internal static void DamagesTheCache(LyraEngine engine)
    {
        const string Reading = "let sums = [0]\nproc read() { for o in all { sums[0] += o.f0 } }\nread()";
        engine.Run(Members(structs: 2, fields: 1) + "\n" + Reading);
        HashInlineCache cache = InterpreterOf(engine).Caches.Shared!;
        Array entries = (Array)Field(typeof(HashInlineCache), "_entries").GetValue(cache)!;
        Field(typeof(HashInlineCache), "_untilCheck").SetValue(cache, 1);
        for (int i = 0; i < cache.Count; i++)
        {
            object entry = entries.GetValue(i)!;
            Field(entry.GetType(), "Checksum").SetValue(entry, 12345u);
            entries.SetValue(entry, i);
        }

        engine.Call("read");
        engine.Run("sums[0]").As<int>().ShouldBe(2);
    }

    private static Lyra.Interpreter.Execution.Interpreter InterpreterOf(LyraEngine engine) =>
        (Lyra.Interpreter.Execution.Interpreter)Field(typeof(LyraEngine), "_interpreter").GetValue(engine)!;

    private static FieldInfo Field(Type type, string name) =>
        type.GetField(name, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)!;

    /// <param name="Figure">The path of the property.</param>
    /// <param name="Read">Reads the figure as a number; 0 in an engine that has done nothing.</param>
    /// <param name="Low">The smallest value that is expected afterwards.</param>
    /// <param name="High">The largest one.</param>
    /// <param name="Act">What moves it.</param>
    /// <param name="Options">The options of the engine.</param>
    private sealed record Mover(
        string Figure, Func<LyraStatistics, double> Read, double Low, double High, Action<LyraEngine> Act, LyraOptions Options)
    {
        /// <summary>Whether the figure is read while the script runs, by its call of <c>look</c>.</summary>
        public bool IsReadInside { get; init; }
    }
}
