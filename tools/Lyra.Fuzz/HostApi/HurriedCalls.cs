using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using Lyra.Fuzz.Oracles;
using Lyra.Fuzz.Seeds;

namespace Lyra.Fuzz.HostApi;

/// <summary>
/// Calls of the host with much work and little time: each gets a time limit, or a token that is cancelled before or meanwhile, and must
/// end soon after. How far it comes depends on the machine, so only its time is judged, unless it was cancelled before.
/// </summary>
/// <param name="calls">The API.</param>
/// <param name="excess">Called with what takes too long.</param>
/// <param name="fault">Called with what ignores its token.</param>
internal sealed class HurriedCalls(HostCalls calls, Action<string> excess, Action<string> fault)
{
    private readonly HostCalls _calls = calls;

    /// <summary>
    /// The processor time that a call may take after its end is due. The work between two looks takes a few milliseconds in the fuzzer,
    /// which runs unoptimized code, and an error that the CLR throws for the first time takes some more.
    /// </summary>
    private static readonly TimeSpan MostLate = TimeSpan.FromMilliseconds(60);

    /// <summary>The only call that has no token.</summary>
    private const string Conversion = "convert";

    private const string Returned = "returned";

    private static readonly (string Name, Action<HurriedCalls, Case> Make)[] Table =
    [
        ("compile", static (c, t) => c._calls.Compile(t.Source, t.Level, t.Limits, t.Token)),
        ("save", static (c, t) => c.Save(t.Script, t)),
        ("load", static (c, t) => c._calls.Load(t.Stored, t.Limits, t.Token)),
        ("check", static (c, t) => c.Use(t, static (c, t, engine) => c._calls.Check(engine, t.Source, t.Token))),
        ("run", static (c, t) => c.Use(t, static (c, t, engine) => c._calls.Run(engine, t.Source + t.Endless, t.Token))),
        ("run what is imported", static (c, t) => c.Use(t, static (c, t, engine) => c._calls.Run(engine, "import \"large\"", t.Token))),
        (Conversion, static (c, t) => c.Use(t, static (c, t, engine) => c.Convert(engine, t))),
    ];

    private static readonly string[] EndlessLoops =
    [
        "while true { }", "var xs = []\nwhile true { xs = [xs, 1] }", "sum(0..2000000000000)", "while true { sorted(list(0..20000)) }",
        "while true { try { throw 1 } catch e { } }", "proc f(n) { return if n < 2 { n } else { f(n - 1) + f(n - 2) } }\nf(90)",
        "while true { reversed(0..90000) }", "let s = \"ab\" * 100000\nwhile true { s.replace(\"a\", \"c\") }",
        "while true { json.stringify(list(0..30000)) }",
    ];

    private static readonly string[] Parts =
    [
        "proc q$i(a, b = $i) {\n    var s = 0\n    for i in 0..9 { s += i * a - b }\n    return [s, \"text $i\", {\"k\": a}]\n}\n",
        "struct S$i { x; y = $i\n    proc get(self) { return self.x + self.y } }\n",
        "let t$i = match $i { 0 => \"none\", 1..9 => \"few\", [a, ...b] => a, _ => x => x + $i }\n",
        "try { if $i > 3 and not ($i == 9) { throw error(\"K\", \"m $i\") } } catch e { e.message } finally { [$i, 2.5] }\n",
    ];

    /// <summary>One call.</summary>
    private sealed class Case
    {
        public required string Source { get; init; }

        public required LyraScript Script { get; init; }

        public required MemoryStream Stored { get; init; }

        public required string Endless { get; init; }

        public required int Level { get; init; }

        public required int Conversion { get; init; }

        public required LyraLimits Limits { get; init; }

        public CancellationToken Token { get; set; }
    }

    /// <summary>Makes each of the calls with one source.</summary>
    public string Make(FuzzRandom random)
    {
        string source = "import json\n" + Large(random);
        int level = random.Below(4);
        LyraScript script = LyraScript.Compile(source, optimizationLevel: level);
        using MemoryStream stored = new();
        script.Save(stored);
        foreach ((string name, Action<HurriedCalls, Case> make) in Table)
        {
            bool isCancelled = random.Chance(50) && name != Conversion;
            TimeSpan time = TimeSpan.FromMilliseconds(random.Pick(0, 0, 1, 20));
            stored.Position = 0;
            Judge(name, isCancelled, time, make, new Case
            {
                Source = source,
                Script = script,
                Stored = stored,
                Endless = random.PickFrom(EndlessLoops),
                Level = level,
                Conversion = random.Below(HostConversions.Count),
                Limits = new LyraLimits { Timeout = isCancelled ? null : time, MaxMemoryBytes = 64 << 20 },
            });
        }

        return "made";
    }

    /// <summary>A valid source of some thousand lines at most.</summary>
    private static string Large(FuzzRandom random)
    {
        string part = random.PickFrom(Parts);
        return string.Concat(Enumerable.Range(0, random.Between(50, 600))
            .Select(i => part.Replace("$i", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)));
    }

    private void Judge(string name, bool isCancelled, TimeSpan time, Action<HurriedCalls, Case> make, Case made)
    {
        using CancellationTokenSource cancellation = new();
        made.Token = cancellation.Token;
        bool isCancelledBefore = isCancelled && time == TimeSpan.Zero;
        if (isCancelledBefore)
        {
            cancellation.Cancel();
        }
        else if (isCancelled)
        {
            cancellation.CancelAfter(time);
        }

        TimeSpan start = ThreadClock.Now;
        string ending = Returned;
        try
        {
            make(this, made);
        }
        catch (Exception e) when (e is LyraLimitException or OperationCanceledException or InvalidCastException)
        {
            // The end that was due, or a conversion that does not exist. Any other exception is a find of the session.
            ending = e.GetType().Name;
        }

        if (isCancelledBefore && ending == Returned)
        {
            fault($"{name} ignores a token that was cancelled before");
        }

        TimeSpan late = ThreadClock.Now - start - time;
        if (late > MostLate)
        {
            excess($"{name}: {ending} {late.TotalMilliseconds:0} ms after its {(isCancelled ? "cancellation" : "time limit")}, "
                + $"{MostLate.TotalMilliseconds:0} ms are allowed\n{made.Endless}");
        }
    }

    private void Save(LyraScript script, Case made)
    {
        using MemoryStream stream = new();
        _calls.Save(script, stream, made.Limits, made.Token);
    }

    private void Use(Case made, Action<HurriedCalls, Case, LyraEngine> use)
    {
        using LyraEngine engine = _calls.NewEngine(new LyraOptions
        {
            Limits = made.Limits,
            Output = TextWriter.Null,
            ModuleLoader = new DictionaryModuleLoader(new Dictionary<string, string> { ["large"] = made.Source + made.Endless }),
        });
        use(this, made, engine);
    }

    /// <summary>Converts a value that is small for a script and huge as a copy. The conversion has the time limit of the engine.</summary>
    private void Convert(LyraEngine engine, Case made)
    {
        string source = "var a = [1, 2]\nfor i in 0..24 { a = [a, a] }\na";
        _calls.Convert(_calls.Run(engine, source, made.Token), made.Conversion);
    }
}
