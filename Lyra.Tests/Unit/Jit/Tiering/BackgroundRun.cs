using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Lyra.Interpreter.Execution;
using Lyra.Interpreter.Hosting;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;
using Shouldly;
using Engine = Lyra.Interpreter.Execution.Interpreter;

namespace Lyra.Tests.Unit.Jit.Tiering;

/// <summary>A script whose regions another thread compiles. Its global <c>compiled</c> counts the regions that it can enter.</summary>
internal sealed class BackgroundRun
{
    private readonly StringBuilder _output = new();
    private readonly GlobalVariable _compiled = new(Value.FromInt(0));

    public BackgroundRun(string source)
    {
        TierOptions options = new() { HotLoop = 20, HotProc = 20, HotExit = 4, CompilesInBackground = true };
        HostServices host = new() { Output = new StringWriter(_output) { NewLine = "\n" } };
        Engine engine = new(new InterpreterSettings(10_000, host, Tiers: new TierSettings(options.HotLoop, options.HotProc, options.HotExit)));
        engine.UseTiers(recording => Controller = new TierController(recording, options) { Observer = OnEvent });
        engine.Globals["compiled"] = _compiled;
        ModuleInstance module = engine.Link(ScriptCompiler.Compile(source, "background.lyra", 2, engine.Globals.ContainsKey).Module, "background", out _);
        engine.Run(module, new RunLimits(null, TimeSpan.FromMinutes(5), default));
        Controller!.Counters.Aborts().ShouldNotContainKey("CompilerFault");
    }

    public TierController? Controller { get; private set; }

    public List<TierEvent> Events { get; } = [];

    public string Output => _output.ToString();

    /// <summary>How often a proc was compiled as such.</summary>
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
