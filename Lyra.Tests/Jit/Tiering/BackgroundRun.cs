using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness.Programs;
using Shouldly;

namespace Lyra.Tests.Jit.Tiering;

/// <summary>
/// A script whose regions are compiled by another thread. Its global <c>compiled</c> is the number of regions that it can enter.
/// </summary>
internal sealed class BackgroundRun
{
    private readonly GlobalVariable _compiled = new(Value.FromInt(0));
    private readonly ScriptRun _run;

    public BackgroundRun(string source, Func<TierOptions, TierOptions>? change = null)
    {
        TierOptions options = new() { HotLoop = 20, HotProc = 20, HotExit = 4, CompilesInBackground = true };
        _run = new ScriptRun(source, new ScriptSetup
        {
            Tiers = change?.Invoke(options) ?? options,
            Controller = (host, tiers) => new TierController(host, tiers) { Observer = OnEvent },
            Globals = new Dictionary<string, GlobalVariable> { ["compiled"] = _compiled },
            MaxFrames = 10_000,
            Timeout = TimeSpan.FromMinutes(5),
        });
        Controller.Counters.Aborts().ShouldNotContainKey("CompilerFault");
    }

    public TierController Controller => _run.Controller!;

    public List<TierEvent> Events { get; } = [];

    public string Output => _run.Output;

    /// <summary>The number of versions that were compiled of a proc region.</summary>
    public int VersionsOf(string proc) => Events.Count(e => e.Kind == TierEventKind.Compiled && e.Code.Prototype.Name == proc && e.Pc == 0);

    private void OnEvent(TierEvent e)
    {
        Events.Add(e);
        if (e.Kind == TierEventKind.Compiled)
        {
            _compiled.Value = Value.FromInt(_compiled.Value.AsInt + 1);
        }
    }
}
